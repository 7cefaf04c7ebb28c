"""Which variants a grid shows: near to the brief, and unlike each other.

Candidates are all combinations of the brief's cloths, patterns and palettes. They are chosen one by one by maximal
marginal relevance (Carbonell and Goldstein, 1998): the next one has the best of relevance to the brief less its
likeness to what stands in the grid already. Relevance is how much of what was asked it keeps; likeness compares what
an eye sees: the cloth or pattern, and the colours by CIEDE2000.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from lib.atelier.colours import Colour, difference
from lib.atelier.fabrics import KINDS as FABRICS
from lib.atelier.garments.options import OPTIONS
from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.sketch_to_design import house
from lib.merchandising.sketch_to_design.design import Brief, Design

FEWEST, MOST = 4, 16
#: How much relevance counts against likeness, by how far the grid may go from the brief.
REACH: Final[dict[str, float]] = {"near": 0.65, "balanced": 0.45, "far": 0.3}
#: Sizes of a motif to be tried, against the pattern's own.
SCALES: Final = (1.0, 0.5, 1.8)
#: CIEDE2000 at which two colours have become two different ones to the eye.
_APART: Final = 22.0
#: What the first, second and third colour count for the eye.
_WEIGHTS: Final = np.array([0.6, 0.25, 0.15])
#: A likeness from which two designs can hardly be told apart.
ALIKE: Final = 0.97


@dataclass(frozen=True)
class _Seen:
    """What an eye compares of a design: what it is made of, and its first three colours in CIELAB."""

    stuff: str
    scale: float
    family: str
    lab: np.ndarray


def grid(
    brief: Brief, count: int = 9, seed: int = 0, *, locked: Sequence[Design] = (), reach: str = "balanced"
) -> list[Design]:
    """``count`` designs: the locked ones first, then the rest by maximal marginal relevance; fewer where the brief
    leaves no more open.

    Raises:
        InputError: ``count`` is not between 4 and 16.
    """
    if not FEWEST <= count <= MOST:
        raise InputError(N_("A grid has {low} to {high} variants. Choose a number in between."), low=FEWEST, high=MOST)
    candidates = _candidates(brief, seed)
    return _chosen(candidates, [_relevance(one, brief) for one in candidates], count, list(locked), REACH[reach])


def near(design: Design, brief: Brief, count: int = 9, seed: int = 0) -> list[Design]:
    """``count`` designs of which the first is ``design`` and the others each change one thing of it.

    Cloth, pattern, colours and cut take turns, so that all of them are seen.
    """
    kinds: dict[str, list[Design]] = {}
    for one in _neighbours(design, brief, seed):
        first = next(iter(changes(design, one)), "colour")
        kinds.setdefault(first if first in ("fabric", "print", "scale", "colour") else "cut", []).append(one)
    found = [design]
    while any(kinds.values()) and len(found) < count:
        for others in kinds.values():
            if others and len(found) < count:
                more = _chosen(others, [1.0] * len(others), len(found) + 1, found, REACH["balanced"])
                found.append(more[-1])
                others[:] = [one for one in others if one.id != found[-1].id]
    return found


def _chosen(
    candidates: Sequence[Design], relevance: Sequence[float], count: int, begun: list[Design], weight: float
) -> list[Design]:
    found = begun[:count]
    left = {one.id: (one, score) for one, score in zip(candidates, relevance, strict=True)}
    for one in found:
        left.pop(one.id, None)
    seen = {key: _seen(one) for key, (one, _score) in left.items()}
    nearest = {key: max((_likeness(seen[key], _seen(one)) for one in found), default=0.0) for key in left}
    while left and len(found) < count:
        told_apart = [key for key in left if nearest[key] <= ALIKE] or list(left)
        best = max(told_apart, key=lambda key: weight * left[key][1] - (1 - weight) * nearest[key])
        found.append(left.pop(best)[0])
        for key in left:
            nearest[key] = max(nearest[key], _likeness(seen[key], seen[best]))
    return found


def _candidates(brief: Brief, seed: int) -> list[Design]:
    """Every combination that can be told apart, in the brief's order.

    A colour that was asked for has to be seen; tones that go with it stand in where there are too few others.
    """
    found: dict[tuple[object, ...], Design] = {}
    spare: dict[tuple[object, ...], Design] = {}
    for palette, pattern, cloth, factor in product(brief.palettes, brief.patterns, brief.cloths, SCALES):
        if factor != 1 and not (pattern and brief.asked_pattern):
            continue  # where the pattern is open, another one shows more than a larger one
        if pattern and not brief.asked_pattern and pattern not in house.PATTERNS.get(cloth, ()):
            continue
        one = Design(
            kind=brief.kind,
            options=brief.options,
            size=brief.size,
            cloth=cloth,
            pattern=pattern,
            colours=palette,
            scale=round(FABRICS[pattern].scale_cm * factor, 2) if factor != 1 else 0.0,
            sketch=brief.sketch,
            seed=seed,
        )
        shown = tuple(colour.hex for colour in one.shown)
        kept = not brief.asked_colours or set(shown) & set(brief.asked_colours)
        (found if kept else spare).setdefault((pattern or cloth, shown, factor), one)
    return [*found.values(), *(spare.values() if len(found) < MOST else ())]


def _relevance(design: Design, brief: Brief) -> float:
    """How much of the brief a design keeps, 0 to 1."""
    cloth = 1.0 if design.cloth == brief.cloths[0] else 0.45
    pattern = 1.0 if design.pattern == brief.patterns[0] else 0.6
    colours = 1.0 - 0.06 * brief.palettes.index(design.colours)
    if brief.asked_colours:
        ground = design.colours[0] in brief.asked_colours
        ground = ground or (brief.asked_pattern and brief.palettes.index(design.colours) == 0)
        colours = (1.0 if ground else 0.35) - 0.04 * min(brief.palettes.index(design.colours), 5)
        if brief.asked_pattern and not {one.hex for one in design.shown} <= set(brief.palettes[0]):
            colours *= 0.5  # a print in colours that nobody asked for
    heavy = 0.45 if brief.asked_cloth else 0.25
    pattern -= 0.1 if design.scale else 0.0
    return heavy * cloth + 0.2 * pattern + (0.8 - heavy) * max(colours, 0.0)


def _seen(design: Design) -> _Seen:
    stuff = design.pattern or design.cloth
    shown = design.shown
    lab = np.array([shown[min(at, len(shown) - 1)].lab for at in range(len(_WEIGHTS))])
    return _Seen(stuff, design.scale, FABRICS[stuff].family, lab)


def _likeness(one: _Seen, other: _Seen) -> float:
    """How alike two designs look, 0 to 1."""
    same = 1.0 if one.scale == other.scale else 0.75
    stuff = same if one.stuff == other.stuff else 0.3 if one.family == other.family else 0.0
    apart = np.asarray(difference(one.lab, other.lab), dtype=float)
    colour = float(np.exp(-(apart @ _WEIGHTS) / _APART))
    return 0.45 * stuff + 0.55 * colour


def changes(one: Design, other: Design) -> tuple[str, ...]:
    """What differs between two designs: names of attributes."""
    found = [
        name
        for name, before, after in (
            ("fabric", one.cloth, other.cloth),
            ("print", one.pattern, other.pattern),
            ("colour", one.colours, other.colours),
            ("scale", one.scale, other.scale),
        )
        if before != after
    ]
    found += [part for part in OPTIONS[one.kind] if one.options.get(part) != other.options.get(part)]
    return tuple(found)


def _neighbours(design: Design, brief: Brief, seed: int) -> list[Design]:
    """Designs one step from another: a near cloth, a turn of its colours, a pattern, its scale, one part of the cut."""
    draw = np.random.default_rng((seed, int(design.id, 16)))
    found: list[Design] = []

    def step(**new: object) -> None:
        found.append(design.model_copy(update={**new, "seed": seed}))

    for cloth in house.NEAR[design.cloth]:
        step(cloth=cloth, pattern="", scale=0.0)
    for pattern in house.PATTERNS.get(design.cloth, ()):
        step(pattern=pattern, scale=0.0)
    if design.pattern:
        own = FABRICS[design.pattern].scale_cm
        for factor in (0.5, 1.8):
            step(scale=round(own * factor, 2))
        step(pattern="", scale=0.0)
    for colours in _recoloured(design, brief):
        step(colours=colours)
    if not design.sketch:
        for part, value in _cuts(design):
            step(options={**design.options, part: value})
    order = draw.permutation(len(found))
    return list({found[index].id: found[index] for index in order}.values())


def _recoloured(design: Design, brief: Brief) -> Iterable[tuple[str, ...]]:
    """The colours in another order, lighter and darker, and the brief's other palettes."""
    colours = design.colours
    for turn in range(1, min(len(colours), 3)):
        yield (*colours[turn:], *colours[:turn])
    lab = Colour(colours[0]).lab
    for light in (-14.0, 12.0):
        yield (_toned(lab, light), *colours[1:])
    yield from (palette for palette in brief.palettes[:4] if palette != colours)


def _toned(lab: np.ndarray, light: float) -> str:
    from lib.atelier.colours import rgb_from_lab

    return Colour.of(rgb_from_lab([float(np.clip(lab[0] + light, 6, 97)), lab[1], lab[2]])).hex


def _cuts(design: Design) -> Iterable[tuple[str, str]]:
    """Other values of the parts that change a garment most."""
    for part in ("neckline", "sleeve", "length", "silhouette", "collar", "closure", "pleats"):
        values = OPTIONS[design.kind].get(part, ())
        for value in values:
            if value != design.options.get(part, values[0]) and (part, value) != ("closure", "none"):
                yield part, value


def alike(one: Design, other: Design) -> bool:
    """Whether two designs can hardly be told apart by what they are made of and by their colours."""
    return _likeness(_seen(one), _seen(other)) > ALIKE
