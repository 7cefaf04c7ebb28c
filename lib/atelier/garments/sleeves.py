"""Sleeves: from the shoulder tip and the armhole along the arm, with cuffs and the folds of the elbow."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

from lib.atelier.drawing import Path, Pen, Point, ellipse, line
from lib.atelier.garments.draft import Draft
from lib.atelier.garments.necks import Neck
from lib.i18n import N_

SLEEVE, CUFF, FOLD = N_("Sleeve piece"), N_("Cuff"), N_("Fold")
STITCHING = N_("Topstitching")
# Share of the arm's length, and how far the arm is held from the body, in degrees.
LENGTHS: dict[str, tuple[float, float]] = {
    "cap_sleeves": (0.15, 50),
    "short_sleeves": (0.37, 38),
    "elbow_sleeves": (0.52, 34),
    "puff_sleeves": (0.40, 38),
    "three_quarter_sleeves": (0.76, 32),
    "long_sleeves": (1.0, 31),
    "balloon_sleeves": (1.0, 32),
    "flared_sleeves": (0.98, 32),
}


@dataclass(frozen=True)
class Arm:
    """A frame along the arm: ``at(along, across)`` in cm from the shoulder tip; across is outwards."""

    start: Point
    angle: float

    def at(self, along: float, across: float = 0.0) -> Point:
        """The point ``along`` cm down the arm and ``across`` cm outwards of the axis."""
        a = radians(self.angle)
        x = self.start[0] + along * sin(a) + across * cos(a)
        return x, self.start[1] + along * cos(a) - across * sin(a)

    def along(self, point: Point) -> float:
        """How far down the arm a point lies."""
        a = radians(self.angle)
        return (point[0] - self.start[0]) * sin(a) + (point[1] - self.start[1]) * cos(a)

    def across(self, point: Point) -> float:
        """How far outwards of the axis a point lies."""
        a = radians(self.angle)
        return (point[0] - self.start[0]) * cos(a) - (point[1] - self.start[1]) * sin(a)


def draw_sleeves(draft: Draft, neck: Neck) -> None:
    """Both sleeves, where the garment has any."""
    kind = draft.garment.sleeve
    if kind == "thin_straps":
        _straps(draft, neck)
        return
    if kind in ("none", "sleeveless"):
        if neck.scye.start != neck.scye.end and draft.garment.sleeve == "sleeveless":
            draft.stitches("armhole", "stitching", STITCHING, neck.scye)
        return
    share, angle = LENGTHS[kind]
    bare = draft.garment.neckline == "off_shoulder"
    arm = Arm((neck.tip[0] + 2.6, neck.tip[1] - 0.6) if bare else neck.tip, angle)
    shoulder = draft.measures.shoulder
    length = draft.measures.arm * share - max(0.0, neck.tip[0] - shoulder) - (8.5 if bare else 0.0)
    length = max(length, 5.0)
    cuff = _cuff_height(draft)
    width = _hem_width(draft, share)
    arm = Arm(arm.at(0.0, _thickness(draft)), angle)
    outer, inner = arm.at(length - cuff), arm.at(length - cuff, -width)
    if kind == "cap_sleeves":
        inner = neck.scye.at(0.82)
    sleeve = _outline(draft, neck, arm, outer, inner, length - cuff)
    draft.pair("sleeve", "sleeves", SLEEVE, sleeve, outline=True, grain=-angle)
    draft.landmarks["wrist"] = outer
    if cuff:
        _cuff(draft, arm, length, cuff, width)
    else:
        draft.stitches("sleeve-hem", "sleeves", STITCHING, line(outer, inner), gap=1.6)
    _folds(draft, arm, length - cuff, width, neck.scye.end)


def _straps(draft: Draft, neck: Neck) -> None:
    """Thin straps from the bodice over the shoulder; in front the back's show behind them."""
    m = draft.measures
    top = (m.neck + 4.6, m.shoulder_drop * 0.45)
    foot = neck.edge.end
    for name, layer, low in (("strap", "details", foot), ("strap-inside", "inside", (foot[0] * 0.8, foot[1] + 4.0))):
        if name == "strap-inside" and not draft.front:
            continue
        x, y = low
        strap = Pen(x - 0.45, y + 0.5).bow(top[0] - 0.4, top[1] - 0.1, -0.4).line(top[0] + 0.4, top[1])
        strap.bow(x + 0.45, y + 0.6, 0.4)
        draft.pair(name, layer, N_("Bodice strap"), strap.closed(), outline=True)


def _thickness(draft: Draft) -> float:
    """How far the arm itself pushes the sleeve out beyond the shoulder tip, in cm."""
    if draft.garment.neckline == "off_shoulder":
        return 1.0
    kind = draft.garment.sleeve
    return {"cap_sleeves": 1.0, "short_sleeves": 3.2, "elbow_sleeves": 3.6, "puff_sleeves": 1.5}.get(kind, 3.9)


def _cuff_height(draft: Draft) -> float:
    kind, garment = draft.garment.sleeve, draft.garment
    if kind == "puff_sleeves":
        return 2.2
    if kind == "balloon_sleeves":
        return 7.0 if garment.kind == "knit" else 5.5
    if garment.kind == "shirt" and kind == "long_sleeves":
        return 6.0
    if garment.kind == "knit":
        return 6.0 if kind in ("long_sleeves", "three_quarter_sleeves") else 2.5
    return 0.0


def _hem_width(draft: Draft, share: float) -> float:
    m, garment = draft.measures, draft.garment
    loose = {"oversized": 1.4, "straight": 0.4}.get(garment.silhouette, 0.0)
    heavy = {"coat": 1.6, "blazer": 0.7, "knit": 0.3}.get(garment.kind, 0.0)
    arm = m.upper_arm / 2 + 0.8
    wrist = m.wrist / 2 + 2.4
    width = arm + (wrist - arm) * max(0.0, share - 0.25) / 0.75 + loose + heavy
    return width + {"flared_sleeves": 11.0, "puff_sleeves": 2.5, "balloon_sleeves": 6.0}.get(garment.sleeve, 0.0)


def _outline(draft: Draft, neck: Neck, arm: Arm, outer: Point, inner: Point, length: float) -> Path:
    kind = draft.garment.sleeve
    tip, underarm = neck.tip, neck.scye.end
    pen = Pen(*tip)
    if draft.garment.neckline == "off_shoulder":
        pen.curve((tip[0] + 1.2, tip[1] - 0.6), (arm.start[0] - 0.8, arm.start[1]), arm.start)
    if kind == "puff_sleeves":
        pen.curve(arm.at(-3.6, 3.6), arm.at(length * 0.4, 8.0), arm.at(length * 0.78, 4.2))
        pen.curve(arm.at(length * 0.9, 3.6), arm.at(length * 0.97, 1.8), outer)
    elif kind == "balloon_sleeves":
        pen.curve(arm.at(0.8, -1.6), arm.at(length * 0.25, 1.4), arm.at(length * 0.6, 3.0))
        pen.curve(arm.at(length * 0.85, 4.6), arm.at(length * 1.0, 4.4), outer)
    elif kind == "flared_sleeves":
        pen.curve(arm.at(1.0, -1.4), arm.at(length * 0.3, 0.6), arm.at(length * 0.55, -0.3))
        pen.curve(arm.at(length * 0.75, -0.6), arm.at(length * 0.9, 1.6), outer)
    else:
        thick = _thickness(draft)
        pen.curve(arm.at(min(1.2, length * 0.1), -thick * 0.34), arm.at(min(14.0, length * 0.4), 0.45), outer)
    if kind in ("puff_sleeves", "balloon_sleeves"):
        pen.bow(*inner, -0.5)
    else:
        pen.bow(*inner, -0.35 if kind != "flared_sleeves" else -1.4)
    reach = max(length - arm.along(underarm), 1.0)
    across = -1.0 if kind != "balloon_sleeves" else -3.5
    hem_in = _shift(arm, inner, -reach * 0.4, 0.0 if kind not in ("flared_sleeves", "balloon_sleeves") else 2.0)
    if kind == "balloon_sleeves":
        hem_in = _shift(arm, inner, -1.0, -3.2)
    pen.curve(hem_in, _shift(arm, underarm, reach * 0.3, across * 0.2), underarm)
    return pen.follow(neck.scye.reversed()).closed()


def _shift(arm: Arm, point: Point, along: float, across: float) -> Point:
    a = radians(arm.angle)
    return (
        point[0] + along * sin(a) + across * cos(a),
        point[1] + along * cos(a) - across * sin(a),
    )


def _cuff(draft: Draft, arm: Arm, length: float, height: float, width: float) -> None:
    kind = draft.garment.sleeve
    tight = 3.2 if kind == "balloon_sleeves" else 1.2 if kind == "puff_sleeves" else 0.5
    ends = (arm.at(length - height, -tight * 0.5), arm.at(length, -tight * 0.5 - 0.2))
    back = (arm.at(length, -width + tight * 0.5 + 0.2), arm.at(length - height, -width + tight * 0.5))
    path = Pen(*ends[0]).line(*ends[1]).bow(*back[0], -0.25).line(*back[1]).bow(*ends[0], 0.3).closed()
    rib = draft.garment.kind == "knit"
    draft.pair("cuff", "sleeves", CUFF, path, material="rib" if rib else "fabric", outline=True, grain=90 - arm.angle)
    if rib:
        for step in range(1, 8):
            x = -tight * 0.5 - (width - tight) * step / 8
            draft.pair("cuff-rib", "sleeves", N_("Rib"), line(arm.at(length - height, x), arm.at(length, x)), "fold")
        return
    if kind == "puff_sleeves":
        return
    draft.stitches("cuff", "sleeves", STITCHING, line(ends[0], back[1]), gap=0.7)
    if draft.front or draft.garment.kind != "shirt":
        return
    x, y = arm.at(length - height / 2, -tight - 1.4)
    draft.pair("cuff-button", "sleeves", N_("Button"), ellipse(x, y, 0.55), material="hardware")
    slit = line(arm.at(length - height, -width * 0.42), arm.at(length - height - 9, -width * 0.42))
    draft.pair("sleeve-placket", "sleeves", N_("Sleeve placket"), slit, "seam")


def _folds(draft: Draft, arm: Arm, length: float, width: float, underarm: Point) -> None:
    kind = draft.garment.sleeve
    if kind in ("puff_sleeves", "balloon_sleeves"):
        for step in range(1, 7):
            x = -width * step / 7
            tall = 3.5 + 2.5 * ((step * 3) % 4) / 3
            puffed = kind == "puff_sleeves"
            top = arm.at(length - tall * (0.7 if puffed else 1.6), x * 1.04 + (0.6 if step < 4 else -0.2))
            draft.pair("sleeve-gathers", "sleeves", N_("Gathers"), line(arm.at(length - 0.1, x), top), "fold")
        if kind == "puff_sleeves":
            for step in range(1, 5):
                a, b = arm.at(0.6 + step * 0.9, -1.0 * step), arm.at(3.6 + step * 1.2, 1.8 - 1.5 * step)
                draft.pair("sleeve-head-gathers", "sleeves", N_("Gathers"), line(a, b), "fold")
        return
    if length > 35:
        elbow, begin, across = draft.measures.arm * 0.56, arm.along(underarm), arm.across(underarm)
        edge = across + (-width - across) * (elbow - begin) / max(length - begin, 1.0)
        for shift, reach in ((-2.0, 0.42), (1.5, 0.3)):
            start, end = arm.at(elbow + shift, edge + 0.7), arm.at(elbow + shift + 2.2, edge * (1 - reach))
            draft.pair("elbow-fold", "sleeves", FOLD, Pen(*start).bow(*end, 0.4).path(), "fold")
    if draft.garment.kind in ("blazer", "coat") and draft.garment.sleeve == "long_sleeves":
        if draft.front:
            return
        for step in range(3):
            x, y = arm.at(length - 3.2 - 2.0 * step, -width * 0.82)
            draft.pair("sleeve-button", "sleeves", N_("Button"), ellipse(x, y, 0.62), material="hardware")
        seam = Pen(*arm.at(length, -width * 0.62)).bow(*arm.at(10, -width * 0.75), 1.0).path()
        draft.pair("sleeve-seam", "sleeves", N_("Seam"), seam, "seam")
