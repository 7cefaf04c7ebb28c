"""How well regions are read off photographed sketches, against flood fill: 60 sketches whose regions are known.

Each sketch is a garment of the atelier drawn as by hand and photographed with damage (tilt, uneven light, shadows,
coloured paper, noise, JPEG). The gap that the method closes is chosen on one half, and flood fill's threshold too;
what is reported comes from the other half.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.garments import Garment, flat, options
from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.sketch_to_design.hand_drawn import Drawing, Hand, Labels, drawn
from lib.merchandising.sketch_to_design.photographed import Photo, Scene, photographed
from lib.proofs import Measure
from lib.vision.sketches import Settings, read_sketch
from lib.vision.sketches.page import find_page

KINDS: Final = ("dress", "coat", "blazer", "shirt", "t_shirt", "knit", "trousers", "jeans", "skirt", "jumpsuit", "bag")
SHEET, PHOTO = (1240, 880), (1080, 810)
#: What is tried on the first half: gaps, as a share of the page; thresholds against Otsu's.
GAPS: Final = (0.008, 0.012, 0.016, 0.022)
THRESHOLDS: Final = (0.85, 1.0, 1.1)
PLAIN, STRAIGHTENED = N_("flood fill on the photo"), N_("flood fill on the straightened page")
METRIC = N_("regions read off photographed sketches: overlap with those meant (mean IoU)")
CONTROL = N_("regions against those of another sketch (nothing to be found)")
PAIRS = N_("the same sketches")


@dataclass(frozen=True)
class Scores:
    """Mean IoU of each sketch: ours and each baseline's."""

    ours: tuple[float, ...]
    plain: tuple[float, ...]
    straightened: tuple[float, ...]


@dataclass(frozen=True)
class RegionsResult:
    """What the page's proof takes over: its measures, and whether the null control found a win."""

    measures: tuple[Measure, ...]
    null_win: bool


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
    match counts 0. Intervals: bootstrap over sketches (Efron, 1979).

    Args:
        seed: of the sketches and the draws.
        count: sketches; the first half is for tuning.
        draws: bootstrap draws.
        progress: is told the share that is done.
        cancelled: looked at between sketches; what was measured so far is then all there is.
    """
    photos: list[Photo] = []
    scores: list[tuple[float, float, float]] = []
    found: list[Labels] = []
    half = count // 2
    gap, level = Settings().gap, 1.0
    for index in range(count):
        if cancelled():
            break
        photo = photographed_sketch(seed, index)
        photos.append(photo)
        if index == half:
            gap, level = _tuned(photos[:half])
        if index >= half:
            labels = ours(photo, gap)
            found.append(labels)
            scores.append((mean_iou(labels, photo.meant), *_baselines(photo, level)))
        progress((index + 1) / count)
    result = Scores(*(tuple(column) for column in zip(*scores, strict=True))) if scores else Scores((), (), ())
    return _result(result, _shuffled(found, photos[half:], level), seed, draws)


def photographed_sketch(seed: int, index: int) -> Photo:
    """One sketch of the measurement: its garment, hand, paper and light drawn by lot."""
    chance = np.random.default_rng([seed, index, 5])
    kind = KINDS[index % len(KINDS)]
    chosen = {part: str(chance.choice(values)) for part, values in options(kind).items()}
    view = flat(Garment(kind, **chosen)).front
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
    import cv2

    try:
        sketch = read_sketch(photo.pixels, replace(Settings(), gap=gap))
    except InputError:
        return np.zeros(photo.meant.shape, dtype=np.int32)
    size = (photo.meant.shape[1], photo.meant.shape[0])
    back = cv2.warpPerspective(sketch.regions.astype(np.float32), sketch.to_photo, size, flags=cv2.INTER_NEAREST)
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


def _baselines(photo: Photo, level: float) -> tuple[float, float]:
    """Mean IoU of flood fill on the photo, and on the page that was found and straightened for it."""
    import cv2

    plain = mean_iou(flood_fill(photo.pixels, level), photo.meant)
    page = find_page(photo.pixels, max(photo.pixels.shape))
    flooded = flood_fill(page.pixels, level).astype(np.float32)
    size = (photo.meant.shape[1], photo.meant.shape[0])
    back = cv2.warpPerspective(flooded, page.to_photo, size, flags=cv2.INTER_NEAREST).astype(np.int32)
    return plain, mean_iou(back, photo.meant)


def mean_iou(found: Labels, meant: Labels) -> float:
    """Mean over the regions that were meant of the intersection over union with the one matched to each.

    The matching maximises the sum; a region that was meant and has no match counts 0.
    """
    from scipy.optimize import linear_sum_assignment

    names, truth = np.unique(meant, return_inverse=True)
    others, guess = np.unique(found, return_inverse=True)
    table = np.bincount(truth.ravel() * len(others) + guess.ravel(), minlength=len(names) * len(others))
    both = table.reshape(len(names), len(others)).astype(float)
    union = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    share = (both / np.maximum(union, 1))[names > 0][:, others > 0]
    if not share.size:
        return 0.0
    rows, columns = linear_sum_assignment(-share)
    return float(share[rows, columns].sum() / len(share))


def _tuned(photos: Sequence[Photo]) -> tuple[float, float]:
    """The gap and flood fill's threshold that do best on the first half; the gap on every other of its sketches."""
    gaps = {gap: np.mean([mean_iou(ours(photo, gap), photo.meant) for photo in photos[::3]]) for gap in GAPS}
    levels = {level: np.mean([_baselines(photo, level)[1] for photo in photos[::3]]) for level in THRESHOLDS}
    return max(gaps, key=lambda gap: gaps[gap]), max(levels, key=lambda level: levels[level])


def _shuffled(found: Sequence[Labels], photos: Sequence[Photo], level: float) -> Scores:
    """The null control: each sketch's regions against those meant by another one."""
    if len(found) < 2:
        return Scores((), (), ())
    others = [photos[(index + 1) % len(found)].meant for index in range(len(found))]
    flooded = [flood_fill(photo.pixels, level) for photo in photos[: len(found)]]
    mine = tuple(mean_iou(labels, other) for labels, other in zip(found, others, strict=True))
    theirs = tuple(mean_iou(labels, other) for labels, other in zip(flooded, others, strict=True))
    return Scores(mine, theirs, theirs)


def _result(scores: Scores, shuffled: Scores, seed: int, draws: int) -> RegionsResult:
    if not scores.ours:
        return RegionsResult((), False)
    measure = _measure(scores, seed, draws)
    null = _measure(shuffled, seed + 1, draws, control=True) if shuffled.ours else None
    # Two garments in the middle of two pages overlap a little: that is the most that chance gives.
    won = bool(null and null.ours > 0.5 * measure.ours)
    return RegionsResult((measure, null) if null else (measure,), won)


def _measure(scores: Scores, seed: int, draws: int, *, control: bool = False) -> Measure:
    chance = np.random.default_rng([seed, 31])
    mine = np.array(scores.ours)
    picks = chance.integers(0, len(mine), (draws, len(mine)))
    low, high = np.percentile(mine[picks].mean(axis=1), (2.5, 97.5))
    others = {PLAIN: np.array(scores.plain), STRAIGHTENED: np.array(scores.straightened)}
    if control:
        del others[STRAIGHTENED]
    extra: dict[str, Any] = {}
    if not control:
        extra["differences"] = {name: _difference(mine, values, picks) for name, values in others.items()}
        extra["paired_by"] = PAIRS
        extra["headline"] = N_("Regions read with an overlap of {ours} against {theirs} by flood fill")
    return Measure(
        metric=CONTROL if control else METRIC,
        unit="IoU",
        n=len(mine),
        ours=float(mine.mean()),
        low=float(low),
        high=float(high),
        baselines={name: float(values.mean()) for name, values in others.items()},
        better="higher",
        baseline_intervals={name: _interval(values, picks) for name, values in others.items()},
        control=control,
        **extra,
    )


def _interval(values: NDArray[np.float64], picks: NDArray[np.int64]) -> tuple[float, float]:
    low, high = np.percentile(values[picks].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def _difference(
    mine: NDArray[np.float64], theirs: NDArray[np.float64], picks: NDArray[np.int64]
) -> tuple[float, float, float]:
    apart = mine - theirs
    low, high = np.percentile(apart[picks].mean(axis=1), (2.5, 97.5))
    return float(apart.mean()), float(low), float(high)


__all__ = ["Drawing", "RegionsResult", "mean_iou", "photographed_sketch", "regions_proof"]
