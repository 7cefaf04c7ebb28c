"""Makes ``lib/vision/sketches/kinds.npz``: drawings of known garments, and the weights that tell them apart.

``python -m sample_data.kinds`` draws them anew (about ten minutes) and fits. The drawings come from the atelier's
flats and the simulated hand, with seeds of their own: none is in a Proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.garments import KINDS, Garment, flat, options
from lib.merchandising.sketch_to_design.hand_drawn import Hand, drawn
from lib.vision.sketches.forms import outlines
from lib.vision.sketches.kinds import WEIGHTS, features
from lib.vision.sketches.lines import Ink
from lib.vision.sketches.model import Labels
from lib.vision.sketches.reading import DEFAULT, _regions

SEED, COUNT, SHEET = 77_000, 754, (820, 600)
HIDDEN, TURN_HIDDEN, DECAY, TURNS = 40, 24, 2.0, 200
#: Every fourth drawing, by lot, is kept to say how often the weights are right.
_HELD: Final = 0.25


def drawing(index: int) -> tuple[str, Labels]:
    """A garment's kind, and the regions that are read off a drawing of it."""
    kind = KINDS[(index // 2) % len(KINDS)]
    chance = np.random.default_rng([SEED, index])
    chosen = {part: str(chance.choice(values)) for part, values in options(kind).items()}
    sides = flat(Garment(kind, **chosen))  # type: ignore[arg-type]
    view = sides.front if chance.random() < 0.8 else sides.back
    tool, stiff = str(chance.choice(["pencil", "pen", "marker"])), kind in ("bag", "shoe")
    hand = Hand(
        tool=tool,  # type: ignore[arg-type]
        wobble=float(chance.uniform(0.08, 0.25)) * (0.6 if stiff else 1),
        sway=float(chance.uniform(0.3, 1.3)) * (0.5 if stiff else 1),
        gaps=float(chance.uniform(0, 0.35)),
        gap=float(chance.uniform(0.8, 2.2)) * (0.5 if stiff else 1),
        restated=float(chance.uniform(0, 0.5)),
        guides=False,
        writing=False,
        stitches=bool(chance.random() < 0.5),
    )
    left, top, right, low = view.bounds()
    scale = min(0.84 * SHEET[0] / (low - top), 0.84 * SHEET[1] / (right - left))
    at = (SHEET[1] / 2 - (left + right) / 2 * scale, SHEET[0] / 2 - (top + low) / 2 * scale)
    made = drawn(view, hand, int(chance.integers(1 << 30)), scale, SHEET, at)
    return kind, _read(made.ink)


def _read(ink: NDArray[np.float32]) -> Labels:
    """The regions of ink that lies on even paper."""
    darkness = (ink * 0.8).astype(np.float32)
    bare = Ink(darkness, np.zeros((1, 1, 3), np.uint8), np.zeros((1, 1, 3), np.float32), 0.005, 0.5)
    return _regions(bare, darkness > 0.16, DEFAULT)[0]


@dataclass(frozen=True, eq=False)
class Example:
    """A drawing as the networks see it.

    Args:
        seen: its features.
        kind: what is drawn.
        turn: by how many quarters it was turned clockwise.
        number: the drawing that it comes from.
    """

    seen: NDArray[np.float32]
    kind: str
    turn: int
    number: int


def examples(count: int = COUNT) -> list[Example]:
    """Each drawing as it is, mirrored, and turned by one, two and three quarters."""
    found = []
    for number in range(count):
        kind, labels = drawing(number)
        views = [(labels, 0), (labels[:, ::-1], 0), *((np.rot90(labels, -turn), turn) for turn in (1, 2, 3))]
        for view, turn in views:
            drawings = outlines(np.ascontiguousarray(view))
            if drawings:
                largest = max(drawings, key=lambda one: int(one.mask.sum()))
                found.append(Example(features(largest), kind, turn, number))
    return found


def fit(found: Sequence[Example]) -> tuple[float, float]:
    """Fit both networks, write their weights, and return how often each is right on drawings held out."""
    upright = [one for one in found if not one.turn]
    kinds, kind_share = _network(upright, [one.kind for one in upright], HIDDEN)
    turns, turn_share = _network(found, [str(one.turn) for one in found], TURN_HIDDEN)
    weights = {**kinds, **{f"turn_{name}": value for name, value in turns.items() if name != "kinds"}}
    np.savez_compressed(WEIGHTS, **weights)  # type: ignore[arg-type]
    return kind_share, turn_share


def _network(found: Sequence[Example], meant: Sequence[str], hidden: int) -> tuple[dict[str, NDArray[Any]], float]:
    """A network's weights, and the share of held-out drawings that it tells rightly."""
    from sklearn.neural_network import MLPClassifier

    rows, labels = np.array([one.seen for one in found]), np.array(meant)
    numbers = np.array([one.number for one in found])
    held = np.random.default_rng(1).random(int(numbers.max()) + 1)[numbers] < _HELD
    mean, spread = rows[~held].mean(axis=0), rows[~held].std(axis=0) + 1e-3
    scaled = (rows - mean) / spread
    network = MLPClassifier((hidden,), alpha=DECAY, max_iter=TURNS, random_state=0).fit(scaled[~held], labels[~held])
    (first, second), (first_bias, second_bias) = network.coefs_, network.intercepts_
    weights = {"in": first, "in_bias": first_bias, "out": second, "out_bias": second_bias}
    weights |= {"mean": mean, "spread": spread}
    small = {name: value.astype(np.float32) for name, value in weights.items()}
    names = np.array([str(one) for one in network.classes_])
    return {"kinds": names, **small}, float(network.score(scaled[held], labels[held]))


if __name__ == "__main__":
    kind_share, turn_share = fit(examples())
    print(f"held out: {kind_share:.3f} of the kinds and {turn_share:.3f} of the turns are told rightly")
