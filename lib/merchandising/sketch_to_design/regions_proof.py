"""How well regions are read off photographed sketches, against flood fill: 60 sketches whose regions are known.

Each sketch is a garment of the atelier drawn as by hand and photographed with damage (tilt, uneven light, shadows,
coloured paper, noise, JPEG). The gap that the method closes is chosen on one half, and flood fill's threshold too;
what is reported comes from the other half.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.garments import Garment, flat, options
from lib.errors import Cancelled, InputError
from lib.i18n import N_
from lib.merchandising.sketch_to_design.hand_drawn import Hand, Labels, drawn
from lib.merchandising.sketch_to_design.photographed import Photo, Scene, photographed
from lib.proofs import Measure
from lib.vision.sketches import Settings, read_sketch
from lib.vision.sketches.page import find_page
from lib.vision.sketches.reading import regions_at

KINDS: Final = ("dress", "coat", "blazer", "shirt", "t_shirt", "knit", "trousers", "jeans", "skirt", "jumpsuit", "bag")
SHEET, PHOTO = (1100, 780), (960, 720)
#: What is tried on the first half: gaps, as a share of the page; thresholds against Otsu's.
GAPS: Final = (0.012, 0.02, 0.028)
THRESHOLDS: Final = (0.85, 1.0, 1.1)
PLAIN, STRAIGHTENED = N_("flood fill on the photo"), N_("flood fill on the straightened page")
CHANCE: Final = N_("the regions of another sketch")
METRIC: Final = N_("regions read off photographed sketches: overlap with those meant (mean IoU)")
CONTROL: Final = N_("null control: overlap with what was meant by yet another sketch (mean IoU)")
PAIRS: Final = N_("the same sketches")


@dataclass(frozen=True)
class RegionsResult:
    """What the page's proof takes over: its measures, and whether the null control found a win."""

    measures: tuple[Measure, ...]
    null_win: bool


@dataclass(frozen=True, eq=False)
class _Read:
    """One sketch of the second half: what was meant, what was found by us and by each baseline."""

    meant: Labels
    ours: Labels
    plain: Labels
    straightened: Labels


def regions_proof(
    seed: int = 0,
    *,
    count: int = 60,
    draws: int = 1_000,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RegionsResult:
    """Measure the reading of regions.

    Each region that was meant is matched to one that was found (Hungarian method: Kuhn, 1955); a region without a
    match counts 0. The gap that ours closes and flood fill's threshold are chosen on the first half, and what is
    reported comes from the second. Intervals: bootstrap over sketches (Efron, 1979).

    The null control asks the same of regions that were meant by yet another sketch: there our reading of a photo must
    not do better than our reading of any other photo.

    Args:
        seed: of the sketches and the draws.
        count: sketches; the first half is for tuning.
        draws: bootstrap draws.
        progress: is told the share that is done.
        cancelled: looked at between sketches.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    half = count // 2
    gaps = np.zeros(len(GAPS))
    levels = np.zeros(len(THRESHOLDS))
    read: list[_Read] = []
    for index in range(count):
        if cancelled():
            raise Cancelled(N_("The proof was stopped."))
        photo = photographed_sketch(seed, index)
        if index < half:
            to_photo, maps = regions_at(photo.pixels, GAPS)
            gaps += [mean_iou(_in_photo(labels, to_photo, photo), photo.meant) for labels in maps]
            levels += [mean_iou(flooded, photo.meant) for flooded in _flooded(photo, THRESHOLDS)]
        else:
            gap, level = GAPS[int(gaps.argmax())], THRESHOLDS[int(levels.argmax())]
            plain = flood_fill(photo.pixels, level)
            read.append(_Read(photo.meant, ours(photo, gap), plain, _flooded(photo, [level])[0]))
        progress((index + 1) / count)
    measure, control, won = _measure(read, seed, draws), *_null_control(read, seed, draws)
    return RegionsResult((measure, control), won)


def photographed_sketch(seed: int, index: int) -> Photo:
    """One sketch of the measurement: its garment, hand, paper and light drawn by lot."""
    chance = np.random.default_rng([seed, index, 5])
    kind = KINDS[index % len(KINDS)]
    chosen = {part: str(chance.choice(values)) for part, values in options(kind).items()}
    view = flat(Garment(kind, **chosen)).front  # type: ignore[arg-type]
    tool = str(chance.choice(["pencil", "pencil", "pen", "marker"]))
    hand = Hand(
        tool=tool,  # type: ignore[arg-type]
        wobble=float(chance.uniform(0.08, 0.25)) * (0.6 if kind == "bag" else 1),
        sway=float(chance.uniform(0.3, 1.0)) * (0.5 if kind == "bag" else 1),
        gaps=float(chance.uniform(0.1, 0.4)),
        gap=float(chance.uniform(0.8, 2.2)) * (0.5 if kind == "bag" else 1),
        restated=float(chance.uniform(0, 0.5)),
        guides=bool(chance.random() < 0.5),
        writing=bool(chance.random() < 0.5),
        stitches=bool(chance.random() < 0.5),
    )
    left, top, right, low = view.bounds()
    scale = min(0.82 * SHEET[0] / (low - top), 0.82 * SHEET[1] / (right - left))
    at = (SHEET[1] / 2 - (left + right) / 2 * scale, SHEET[0] / 2 - (top + low) / 2 * scale)
    drawing = drawn(view, hand, int(chance.integers(1 << 30)), scale, SHEET, at)
    return photographed(drawing, _scene(tool, chance), int(chance.integers(1 << 30)), PHOTO)


def _scene(tool: str, chance: np.random.Generator) -> Scene:
    papers = ((244, 242, 236), (236, 236, 240), (232, 214, 178), (206, 220, 204), (214, 200, 190))
    desks = ((118, 88, 62), (84, 92, 98), (52, 74, 66), (166, 140, 112), (40, 38, 42))
    inks = {"pencil": (62, 60, 62), "pen": (28, 34, 78), "marker": (24, 22, 24)}
    return Scene(
        paper=papers[int(chance.integers(len(papers)))],
        ink=inks[tool],
        desk=desks[int(chance.integers(len(desks)))],
        grain=float(chance.uniform(0.1, 0.6)),
        tilt=float(chance.uniform(0.0, 0.07)),
        turn=float(chance.uniform(0, 6)),
        uneven=float(chance.uniform(0.1, 0.5)),
        shadow=float(chance.choice([0.0, 0.2, 0.35])),
        noise=float(chance.uniform(1.5, 5)),
        blur=float(chance.uniform(0.4, 1.0)),
        zoom=float(chance.uniform(0.82, 1.02)),
        quality=int(chance.integers(60, 90)),
    )


def ours(photo: Photo, gap: float) -> Labels:
    """The regions that the method reads, at the photo's pixels; none where it refuses the picture."""
    try:
        sketch = read_sketch(photo.pixels, replace(Settings(), gap=gap))
    except InputError:
        return np.zeros(photo.meant.shape, dtype=np.int32)
    return _in_photo(sketch.regions, sketch.to_photo, photo)


def _in_photo(labels: Labels, to_photo: NDArray[np.float64], photo: Photo) -> Labels:
    """A map of the straightened page at the photo's pixels."""
    import cv2

    size = (photo.meant.shape[1], photo.meant.shape[0])
    back = cv2.warpPerspective(labels.astype(np.float32), to_photo, size, flags=cv2.INTER_NEAREST)
    return np.asarray(back, dtype=np.int32)


def flood_fill(pixels: NDArray[np.uint8], level: float) -> Labels:
    """The baseline: Otsu's threshold (1979), then each light area that the rim's isn't part of is a region."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    otsu, _thrown = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    light = (grey > min(254, otsu * level)).astype(np.uint8)
    count, labels, stats, _middles = cv2.connectedComponentsWithStats(light, connectivity=4)
    rim = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    dropped = stats[:, cv2.CC_STAT_AREA] < 0.0004 * grey.size
    dropped[rim] = True
    dropped[0] = True
    del count
    return np.where(dropped[labels], 0, labels).astype(np.int32)


def _flooded(photo: Photo, levels: Sequence[float]) -> list[Labels]:
    """Flood fill on the page, found and straightened for it, at the photo's pixels, for each threshold."""
    page = find_page(photo.pixels, max(photo.pixels.shape))
    return [_in_photo(flood_fill(page.pixels, level), page.to_photo, photo) for level in levels]


def mean_iou(found: Labels, meant: Labels) -> float:
    """Mean over the regions that were meant of the intersection over union with the one matched to each.

    The matching maximises the sum; a region that was meant and has no match counts 0.
    """
    from scipy.optimize import linear_sum_assignment

    rows_, columns_ = int(meant.max()) + 1, int(found.max()) + 1
    table = np.bincount((meant * columns_ + found).ravel(), minlength=rows_ * columns_)
    both = table.reshape(rows_, columns_).astype(float)
    union = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    there = both.sum(axis=1) > 0
    share = (both / np.maximum(union, 1))[1:, 1:][there[1:]]
    if not share.size:
        return 0.0
    rows, columns = linear_sum_assignment(-share)
    return float(share[rows, columns].sum() / len(share))


def _measure(read: Sequence[_Read], seed: int, draws: int) -> Measure:
    """Ours against flood fill, and against regions that have nothing to do with the sketch."""
    mine = np.array([mean_iou(one.ours, one.meant) for one in read])
    others = {
        STRAIGHTENED: np.array([mean_iou(one.straightened, one.meant) for one in read]),
        PLAIN: np.array([mean_iou(one.plain, one.meant) for one in read]),
        CHANCE: np.array([mean_iou(read[at - 1].ours, one.meant) for at, one in enumerate(read)]),
    }
    return _compared(METRIC, mine, others, seed, draws)


def _null_control(read: Sequence[_Read], seed: int, draws: int) -> tuple[Measure, bool]:
    """The same where nothing is to be found: regions that were meant by another sketch, some turns further."""
    count = len(read)
    turns = [turn for turn in range(2, count) if turn % max(1, count // 5) == 0] or [0]
    mine, theirs = np.zeros(count), np.zeros(count)
    for turn in turns:
        for at, one in enumerate(read):
            meant = read[(at + turn) % count].meant
            mine[at] += mean_iou(one.ours, meant) / len(turns)
            theirs[at] += mean_iou(read[at - 1].ours, meant) / len(turns)
    measure = replace(_compared(CONTROL, mine, {CHANCE: theirs}, seed + 1, draws), control=True, headline="")
    return measure, bool(measure.wins(CHANCE))


def _compared(
    metric: str, mine: NDArray[np.float64], others: dict[str, NDArray[np.float64]], seed: int, draws: int
) -> Measure:
    picks = np.random.default_rng([seed, 31]).integers(0, len(mine), (draws, len(mine)))

    def interval(values: NDArray[np.float64]) -> tuple[float, float]:
        low, high = np.percentile(values[picks].mean(axis=1), (2.5, 97.5))
        return float(low), float(high)

    low, high = interval(mine)
    return Measure(
        metric=metric,
        unit="IoU",
        n=len(mine),
        ours=float(mine.mean()),
        low=low,
        high=high,
        baselines={name: float(values.mean()) for name, values in others.items()},
        better="higher",
        baseline_intervals={name: interval(values) for name, values in others.items()},
        differences={
            name: (float((mine - values).mean()), *interval(mine - values)) for name, values in others.items()
        },
        paired_by=PAIRS,
        headline=N_("Regions of a photographed sketch overlap {ours} with those meant, {theirs} by flood fill"),
    )
