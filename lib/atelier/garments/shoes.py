"""Shoes from the side: the outer side as the 'front', the inner side as the 'back'. The ground is at y = 0."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lib.atelier.drawing import Path, Pen, Point, Points, box, ellipse, line, smooth
from lib.atelier.garments.draft import Draft
from lib.i18n import N_

UPPER, SOLE, HEEL, STRAP = N_("Upper"), N_("Sole"), N_("Heel"), N_("Shoe strap")
LINING, SEAM, STITCHING = N_("Lining"), N_("Seam"), N_("Topstitching")
HEELS = {"flat": 1.6, "block": 5.5, "stiletto": 8.5}
# The topline from the heel to the throat of the vamp, as shares of the length and cm above the footbed.
TOPLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "pump": ((0.01, 5.6), (0.14, 4.6), (0.38, 3.1), (0.62, 3.1), (0.75, 4.0)),
    "ballet": ((0.01, 5.0), (0.14, 3.9), (0.38, 2.7), (0.62, 2.7), (0.76, 3.5)),
    "loafer": ((0.0, 6.2), (0.13, 5.6), (0.30, 5.0), (0.44, 5.8), (0.54, 7.6)),
    "trainer": ((0.01, 8.0), (0.10, 7.0), (0.20, 6.4), (0.30, 7.2), (0.40, 9.8)),
    "ankle_boot": ((0.0, 17.5), (0.10, 17.8), (0.20, 17.6), (0.30, 17.4), (0.41, 17.0)),
}


def shoe(draft: Draft) -> None:
    """One side of a shoe; toe to the right on the outer side, to the left on the inner."""
    long = 23.0 + 0.33 * (draft.garment.size - 34)
    lift = HEELS[draft.garment.heel]
    sole = 2.6 if draft.garment.silhouette == "trainer" else 0.7
    if draft.garment.silhouette == "trainer":
        lift = 2.9
    bed = _footbed(long, lift, sole)
    _sole(draft, bed, long, lift, sole)
    if draft.garment.silhouette == "sandal":
        _sandal(draft, bed, long)
    else:
        _upper(draft, bed, long)
    draft.landmarks |= {"toe": bed.end, "heel": bed.start}
    if not draft.front:
        draft.shapes = [replace(shape, path=shape.path.mirrored()) for shape in draft.shapes]


def _footbed(long: float, lift: float, sole: float) -> Path:
    """Where the foot stands, from heel to toe."""
    ball = sole
    low: list[Point] = [(0.0, -lift - 0.2), (0.2 * long, -lift + 0.1)]
    low += [
        (0.44 * long, -(lift * 0.55 + ball * 0.45)),
        (0.68 * long, -ball),
        (0.86 * long, -ball),
        (long, -ball - 0.7),
    ]
    return smooth(low)


def _sole(draft: Draft, bed: Path, long: float, lift: float, sole: float) -> None:
    kind = draft.garment.silhouette
    start, end = bed.start, bed.end
    if kind == "trainer":
        under = (
            Pen(*end).curve((end[0] + 0.9, end[1] + 1.2), (long * 0.96, -0.1), (long * 0.86, 0)).line(long * 0.08, 0)
        )
        under.curve((-0.4, 0), (-0.9, -1.4), start)
        draft.add("sole", "body", SOLE, bed.joined(under.path()).close(), material="sole", outline=True)
        draft.add("sole-line", "seams", SEAM, bed.moved(0, 1.1).part(0.02, 0.98), "seam")
        return
    thick = 0.6
    under = Pen(end[0] + 0.15, end[1] + 0.3).curve((long * 0.97, 0.1), (long * 0.9, 0), (long * 0.8, 0))
    under.line(long * 0.66, 0)
    if lift < 2.5:
        under.curve((long * 0.5, -0.1), (long * 0.4, -lift * 0.5), (long * 0.27, -lift + thick)).line(
            0.1, -lift + thick
        )
    else:
        under.curve((long * 0.52, -0.2), (long * 0.4, -lift * 0.62), (long * 0.25, -lift + thick)).line(
            0.1, -lift + thick
        )
    draft.add("sole", "body", SOLE, bed.joined(under.path()).close(), material="sole", outline=True)
    draft.add("heel", "body", HEEL, _heel(draft.garment.heel, long, lift - thick), material="sole", outline=True)


def _heel(kind: str, long: float, tall: float) -> Path:
    back, front = 0.1, long * 0.25
    if kind == "stiletto":
        foot = long * 0.055
        pen = Pen(back, -tall).curve((0.2, -tall * 0.6), (foot + 0.2, -tall * 0.3), (foot, 0)).line(foot + 0.95, 0)
        return pen.curve((foot + 1.2, -tall * 0.4), (long * 0.11, -tall * 0.75), (front, -tall - 0.1)).closed()
    foot = 0.25 if tall < 2 else 0.7
    pen = Pen(back, -tall).curve((back + 0.1, -tall * 0.6), (foot, -tall * 0.3), (foot, 0)).line(front - foot, 0)
    return pen.line(front, -tall - 0.1).closed()


def _upper(draft: Draft, bed: Path, long: float) -> None:
    garment = draft.garment
    top = [(share * long, _bed_y(bed, share * long) - tall) for share, tall in TOPLINES[garment.silhouette]]
    heights = smooth(top)
    throat, toe = top[-1], bed.end
    rise = throat[1] - toe[1]
    pen = Pen(*bed.start).curve((-0.7, bed.start[1] - 1.8), (top[0][0] - 0.9, top[0][1] + 2.0), top[0]).follow(heights)
    full = {"trainer": 4.3, "loafer": 3.2, "ankle_boot": 2.6}.get(garment.silhouette, 1.6)
    if garment.silhouette == "ankle_boot":
        ankle = (0.44 * long, _bed_y(bed, 0.44 * long) - 8.0)
        pen.curve((throat[0] + 0.1, throat[1] + 4), (ankle[0] - 1.0, ankle[1] - 3.2), ankle)
        throat, rise = ankle, ankle[1] - toe[1]
    pen.curve(
        (throat[0] + (toe[0] - throat[0]) * 0.42, throat[1] - rise * 0.36),
        (toe[0] - 0.6, toe[1] - full - 0.6),
        (toe[0], toe[1] - 0.7),
    )
    upper = pen.line(*toe).follow(bed.reversed()).closed()
    _far_side(draft, heights, top)
    draft.add("upper", "body", UPPER, upper, outline=True)
    draft.stitches("topline", "stitching", STITCHING, heights.part(0.03, 0.97), both=False, gap=0.4)
    _lines(draft, bed, long, top)
    _closure(draft, bed, long, top)


def _far_side(draft: Draft, heights: Path, top: list[Point]) -> None:
    """The topline's other side, seen over the near one."""
    a, b = top[0], top[-1]
    middle = heights.at(0.5)
    tall = 0.9 if draft.garment.silhouette == "ankle_boot" else 1.5
    far = (
        Pen(*a)
        .curve((a[0] + 1.0, a[1] - 0.2), (middle[0] - 2, middle[1] - tall), (middle[0], middle[1] - tall))
        .curve((middle[0] + 3, middle[1] - tall), (b[0] - 1.5, b[1] - 0.3), b)
    )
    inside = far.follow(heights.reversed()).closed()
    draft.add("upper-inside", "inside", LINING, inside, material="lining", outline=True)


def _lines(draft: Draft, bed: Path, long: float, top: list[Point]) -> None:
    kind = draft.garment.silhouette
    if kind == "trainer":
        _panels(draft, long, top)
    elif kind == "loafer":
        x = 0.56 * long
        apron = Pen(x, _bed_y(bed, x) - 5.6).curve((0.72 * long, -6.2), (0.9 * long, -5.4), (0.93 * long, -3.9)).path()
        draft.add("apron", "seams", N_("Apron seam"), apron, "seam")
        saddle = line(
            (0.42 * long, _bed_y(bed, 0.42 * long) - 0.1),
            (0.49 * long, top[-2][1] - 0.6),
            (0.585 * long, top[-1][1] + 0.5),
            (0.60 * long, _bed_y(bed, 0.6 * long) - 0.1),
        ).close()
        draft.add("saddle", "details", N_("Saddle strap"), saddle)
        slot = ellipse(0.535 * long, top[-1][1] + 2.3, 0.85, 0.28)
        draft.add("saddle-slot", "details", N_("Slot"), slot, material="lining")
        for edge in (0.425, 0.595):
            foot = _bed_y(bed, edge * long)
            seam = line(
                (edge * long + 0.25 * (0.51 - edge) * 6, foot - 0.6), (0.5 * long + (edge - 0.51) * 9, top[-1][1] + 1.6)
            )
            draft.stitch("saddle", "details", STITCHING, seam, both=False)
    elif kind == "ankle_boot":
        y = _bed_y(bed, 0.3 * long)
        seam = Pen(0.3 * long, y).curve((0.31 * long, y - 3.5), (0.36 * long, y - 6.4), (0.43 * long, y - 7.6)).path()
        draft.add("vamp-seam", "seams", N_("Vamp seam"), seam, "seam")
        draft.stitches("vamp", "stitching", STITCHING, seam, both=False, gap=0.45)
    elif kind in ("pump", "ballet"):
        x = 0.16 * long
        draft.add(
            "counter", "seams", SEAM, Pen(x, top[1][1] + 0.2).bow(x + 1.2, _bed_y(bed, x + 1.2), 0.3).path(), "seam"
        )


def _panels(draft: Draft, long: float, top: list[Point]) -> None:
    """A trainer's toe cap, heel counter and eyelet panel: pieces of their own, laid on the upper."""
    upper = next(shape.path for shape in draft.shapes if "-upper" in shape.id and shape.layer == "body").sampled(10)
    (fx, fy), (ex, ey) = (top[-1][0] - 1.9, top[-1][1] + 1.2), (0.66 * long, -5.0)
    parts = {
        "toe-cap": (N_("Toe cap"), [((0.795 * long, 0.0), (0.845 * long, -9.0))]),
        "heel-counter": (N_("Counter"), [((0.115 * long, -10.0), (0.21 * long, 0.0))]),
        "eyelet-panel": (N_("Eyelet facing"), [((ex, ey), (fx, fy)), ((fx - 0.3, fy), (fx + 0.6, fy - 3.0)),
                                               ((0.70 * long, -12.0), (0.655 * long, 0.0))]),
    }  # fmt: skip
    for name, (words, cuts) in parts.items():
        rest = upper
        for start, end in cuts:
            rest = right_of(rest, start, end)
        if len(rest) > 2:
            piece = line(*((float(x), float(y)) for x, y in rest[::2])).close()
            draft.add(name, "seams", words, piece)
            draft.stitches(name, "stitching", STITCHING, line(*cuts[0]).part(0.12, 0.7), both=False, gap=0.45)


def right_of(points: Points, start: Point, end: Point) -> Points:
    """What of a polygon (n, 2) lies to the right of the direction from ``start`` to ``end``, y down.

    Method: Sutherland and Hodgman (1974).
    """
    (ax, ay), (bx, by) = start, end
    side = (bx - ax) * (points[:, 1] - ay) - (by - ay) * (points[:, 0] - ax)
    kept = []
    for here in range(len(points)):
        there = (here + 1) % len(points)
        if side[here] >= 0:
            kept.append(points[here])
        if (side[here] >= 0) != (side[there] >= 0):
            share = side[here] / (side[here] - side[there])
            kept.append(points[here] + share * (points[there] - points[here]))
    return np.array(kept).reshape(-1, 2)


def _closure(draft: Draft, bed: Path, long: float, top: list[Point]) -> None:
    kind, shape = draft.garment.closure, draft.garment.silhouette
    if kind == "lace_up" and shape in ("trainer", "ankle_boot"):
        _laces(draft, bed, long, top)
    elif kind == "buckle" and shape != "sandal":
        _strap(draft, bed, long, top)
    elif kind == "zip" and not draft.front:
        x = 0.2 * long
        low = _bed_y(bed, x) - 1.6
        high = top[2][1] + 0.5
        if low - high > 1.5:
            draft.add("zip", "closure", N_("Zip"), line((x, high), (x + 0.3, low)), "stitch")
            draft.add(
                "zip-pull",
                "closure",
                N_("Zip pull"),
                box(x - 0.3, high, 0.6, min(1.6, low - high - 0.3), 0.2),
                material="hardware",
            )


def _strap(draft: Draft, bed: Path, long: float, top: list[Point]) -> None:
    """A buckled strap: over the instep of a low shoe, around the ankle or the vamp of a closed one."""
    if draft.garment.silhouette in ("pump", "ballet"):
        x, y = top[2][0], top[2][1]
        strap = (
            Pen(x - 0.8, y + 1.0)
            .curve((x - 0.9, y - 0.8), (x - 0.4, y - 2.2), (x + 0.6, y - 2.6))
            .line(x + 1.7, y - 2.2)
        )
        path = strap.curve((x + 1.0, y - 1.4), (x + 0.8, y - 0.4), (x + 0.9, y + 1.1)).closed()
        draft.add("strap", "closure", STRAP, path, outline=True)
        hole = (x - 0.55, y - 0.75)
    else:
        boot = draft.garment.silhouette == "ankle_boot"
        x = 0.2 * long if boot else 0.46 * long
        y = _bed_y(bed, x) - (9.5 if boot else 4.6)
        strap = Pen(x - 2.2, y + 0.2).bow(x + 3.2, y - 0.1, -0.4).line(x + 3.2, y + 1.3).bow(x - 2.2, y + 1.6, 0.4)
        draft.add("strap", "closure", STRAP, strap.closed())
        hole = (x - 0.6, y - 0.1)
    if draft.front:
        draft.add("buckle", "closure", N_("Buckle"), box(*hole, 1.5, 1.5, 0.35), material="hardware")
        draft.add("buckle-opening", "closure", STRAP, box(hole[0] + 0.35, hole[1] + 0.35, 0.8, 0.8, 0.2))


def _laces(draft: Draft, bed: Path, long: float, top: list[Point]) -> None:
    boot = draft.garment.silhouette == "ankle_boot"
    start = (0.35 * long, top[-1][1] + 2.0) if boot else (top[-1][0] - 0.4, top[-1][1] + 1.2)
    end = (0.45 * long, _bed_y(bed, 0.45 * long) - 6.6) if boot else (0.62 * long, _bed_y(bed, 0.62 * long) - 5.2)
    rows = 6 if boot else 5
    for step in range(rows):
        t = step / (rows - 1)
        x, y = start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t
        draft.add("eyelet", "closure", N_("Eyelet"), ellipse(x - 0.5, y + 0.8, 0.28), material="hardware")
        long_end = 0.2 if boot else 1.0  # a boot is cut off behind its eyelets
        lace = Pen(x - 0.7, y + 0.7).bow(x + long_end, y + 0.25, 0.12).line(x + long_end, y + 0.7)
        lace.bow(x - 0.6, y + 1.2, -0.12)
        draft.add("lace", "closure", N_("Lace"), lace.closed(), material="trim" if boot else "fabric")
    if boot:
        facing = Pen(start[0] - 1.3, start[1] + 0.1).bow(end[0] - 1.2, end[1] + 1.5, 0.2).path()
        draft.add("facing", "seams", N_("Eyelet facing"), facing, "seam")


def _sandal(draft: Draft, bed: Path, long: float) -> None:
    """A band over the toes and one round the ankle: each with its far side, seen through it."""
    toe = 0.70 * long
    y = _bed_y(bed, toe)
    right = _bed_y(bed, toe + 5.4)
    far = Pen(toe + 0.5, y - 4.0).curve((toe + 3.4, y - 5.0), (toe + 5.6, y - 2.8), (toe + 5.8, right + 0.1))
    far.line(toe + 3.6, right + 0.1).curve((toe + 3.6, y - 1.6), (toe + 2.8, y - 2.8), (toe + 1.6, y - 3.3))
    draft.add("toe-strap-inside", "inside", LINING, far.closed(), material="lining", outline=True)
    near = Pen(toe - 1.6, y + 0.1).curve((toe - 1.2, y - 2.4), (toe - 0.6, y - 3.6), (toe + 0.5, y - 4.0))
    near.bow(toe + 3.4, y - 3.5, -0.25).curve((toe + 2.6, y - 2.6), (toe + 2.2, y - 1.4), (toe + 2.2, right + 0.1))
    draft.add("toe-strap", "body", STRAP, near.closed(), outline=True)
    back = bed.start
    counter = (
        Pen(*back).curve((-0.8, back[1] - 2.5), (-0.4, back[1] - 5.0), (0.2, back[1] - 7.2)).line(2.2, back[1] - 6.6)
    )
    counter.curve((2.4, back[1] - 4.0), (3.0, back[1] - 1.6), (4.4, _bed_y(bed, 4.4))).line(2.0, _bed_y(bed, 2.0))
    draft.add("counter", "body", N_("Counter"), counter.closed(), outline=True)
    high = back[1] - 7.4
    behind = Pen(0.0, high).curve((1.5, high - 1.6), (5.8, high - 1.9), (7.4, high - 0.5)).line(7.5, high + 0.7)
    behind.curve((5.8, high - 0.6), (1.5, high - 0.3), (0.1, high + 1.3))
    draft.add("ankle-strap-inside", "inside", LINING, behind.closed(), material="lining", outline=True)
    ankle = Pen(0.0, high).curve((1.5, high + 1.5), (5.8, high + 1.3), (7.4, high - 0.5)).line(7.5, high + 0.7)
    ankle.curve((5.8, high + 2.6), (1.5, high + 2.8), (0.1, high + 1.3))
    draft.add("ankle-strap", "body", STRAP, ankle.closed(), outline=True)
    if draft.front:
        draft.add("buckle", "closure", N_("Buckle"), box(3.2, high + 0.85, 1.3, 1.5, 0.3), material="hardware")
        draft.add("buckle-opening", "closure", STRAP, box(3.5, high + 1.15, 0.7, 0.9, 0.2))
    draft.stitches(
        "counter", "stitching", STITCHING, line((2.2, back[1] - 6.0), (2.6, back[1] - 2.6)), both=False, gap=0.4
    )


def _bed_y(bed: Path, x: float) -> float:
    points = bed.sampled(16)
    return float(points[int(abs(points[:, 0] - x).argmin()), 1])
