"""What a region is, by its place and form: sleeve, collar, pocket, skirt ...; and what the garment is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.closures import closure_of
from lib.vision.sketches.details import LAPEL, neckline_of
from lib.vision.sketches.forms import Form, Outline, outlines, runs
from lib.vision.sketches.kinds import kinds_of
from lib.vision.sketches.model import Drawn, Guess, Labels, Region
from lib.vision.sketches.silhouettes import is_bag, is_skirt, stands_on_legs

#: Centimetres across the drawing where a kind is measured: a torso laid flat, a waist, a bag's body.
_ACROSS: Final = {
    "dress": 44.0,
    "coat": 52.0,
    "blazer": 50.0,
    "shirt": 52.0,
    "t_shirt": 50.0,
    "knit": 52.0,
    "jumpsuit": 44.0,
    "trousers": 38.0,
    "jeans": 38.0,
    "skirt": 37.0,
    "bag": 34.0,
}
_USUAL: Final = 45.0
#: Below this share a kind isn't told by the whole drawing, and its parts are looked at.
_LIKELY: Final = 0.5
#: Kinds that are easily taken for each other and for nothing else.
_FAMILIES: Final = (("trousers", "jeans"), ("coat", "blazer"))


@dataclass
class _Naming:
    """Roles as they are found, by label: role, side, confidence."""

    outline: Outline
    roles: dict[int, tuple[str, str, float]] = field(default_factory=dict)
    turns: dict[int, float] = field(default_factory=dict)

    def free(self) -> list[Form]:
        return [form for form in self.outline.forms if form.label not in self.roles]

    def give(self, form: Form, role: str, confidence: float, *, sided: bool = True) -> None:
        side = ("left" if form.x < 0.5 else "right") if sided and form.off > 0.04 else ""
        self.roles[form.label] = (role, side, confidence)

    def of(self, role: str) -> list[Form]:
        return [form for form in self.outline.forms if self.roles.get(form.label, ("",))[0] == role]


def named(
    labels: Labels, lines: NDArray[np.float32], told: str = ""
) -> tuple[tuple[Region, ...], tuple[Drawn, ...], float]:
    """The regions with their roles, the garments on the page, and pixels per centimetre of the largest of them.

    Args:
        labels: the region map.
        lines: the drawing's lines.
        told: what somebody says that is drawn, '' to guess it; roles follow it.
    """
    found = outlines(labels)
    parts: list[Region] = []
    garments: list[Drawn] = []
    scales: list[tuple[int, float]] = []
    for index, outline in enumerate(found):
        kind, naming = _kind_and_roles(outline, told)
        parts += [_region(form, naming, index) for form in outline.forms]
        closure = closure_of(outline, naming.roles, lines, kind.value)
        neckline = neckline_of(outline, naming.roles, kind.value, _length(outline))
        order = sorted(outline.forms, key=lambda form: -form.area)
        garments.append(Drawn(outline.box, tuple(form.label for form in order), kind, "front", neckline, closure))
        scales.append((int(outline.mask.sum()), _pixels_per_cm(outline, kind.value)))
    parts.sort(key=lambda part: part.label)
    return tuple(parts), _views(garments), max(scales)[1] if scales else 1.0


def _region(form: Form, naming: _Naming, garment: int) -> Region:
    role, side, confidence = naming.roles.get(form.label, ("panel", "", 0.2))
    turn = naming.turns.get(form.label, form.turn if form.long > 1.5 else 0.0)
    grain = turn if role in ("sleeve", "cuff", "strap") and abs(turn) < 80 else 0.0
    return Region(form.label, form.area, form.box, role, side, garment, round(confidence, 2), round(grain, 1))


def _views(garments: list[Drawn]) -> tuple[Drawn, ...]:
    """Of two drawings with one outline, side by side, the right one is the back (so flats are laid out)."""
    from dataclasses import replace

    if len(garments) == 2:
        sizes = [(one.box[2] - one.box[0], one.box[3] - one.box[1]) for one in garments]
        alike = all(0.85 < sizes[0][axis] / max(1, sizes[1][axis]) < 1.18 for axis in (0, 1))
        if alike and garments[0].kind.value == garments[1].kind.value:
            return garments[0], replace(garments[1], view="back")
    return tuple(garments)


def _kind_and_roles(outline: Outline, told: str = "") -> tuple[Guess, _Naming]:
    naming = _Naming(outline)
    for form in outline.forms:
        if form.share < 0.008 and form.compact > 0.72 and form.long < 1.6 and form.beside.get(0, 0) < 0.3:
            naming.give(form, "button", 0.7, sided=False)
    seen = Guess(told, 1.0) if told else _likeliest(outline)
    if seen:
        _name_as(naming, seen.value)
        return seen, naming
    sleeves = _sleeves(naming)
    if not sleeves and stands_on_legs(outline):
        return _name_trousers(naming), naming
    if not sleeves and is_bag(outline):
        _name_bag(naming)
        return Guess("bag", 0.6), naming
    if not sleeves and is_skirt(outline):
        _name_skirt(naming)
        return Guess("skirt", 0.55), naming
    _name_top(naming)
    return _top_kind(naming, bool(sleeves)), naming


def _likeliest(outline: Outline) -> Guess:
    """The kind that the whole of a drawing tells; nothing where no family is likelier than all others together."""
    shares = kinds_of(outline)
    for family in _FAMILIES:
        if sum(shares[kind] for kind in family) > _LIKELY:
            kind = max(family, key=lambda one: shares[one])
            return Guess(kind, round(shares[kind], 2))
    kind, share = next(iter(shares.items()))
    return Guess(kind, round(share, 2)) if share > _LIKELY else Guess()


def _name_as(naming: _Naming, kind: str) -> None:
    """Roles as a garment of this kind has them."""
    if kind in ("trousers", "jeans"):
        _name_trousers(naming)
    elif kind == "bag":
        _name_bag(naming)
    elif kind == "skirt":
        _name_skirt(naming)
    elif kind == "shoe":
        for at, form in enumerate(sorted(naming.free(), key=lambda form: -form.share)):
            naming.give(form, "body" if at == 0 else "panel", 0.3, sided=False)
    else:
        _sleeves(naming)
        _name_top(naming)


def _sleeves(naming: _Naming) -> list[Form]:
    """Pairs of long regions at both sides that begin near the top."""
    forms = [
        form
        for form in naming.free()
        if 0.012 < form.share < 0.33
        and form.off > 0.15
        and form.top < 0.42
        and form.beside.get(0, 0) > 0.3
        and _outermost(form, naming.outline)
        and form.wide < 0.46
        and not (form.tall > 0.72 and form.low > 0.9)  # a panel that runs to the hem
    ]
    found: list[Form] = []
    for one in forms:
        for two in forms:
            if one.x < 0.5 < two.x and _mirrored(one, two):
                if _both_legs(naming.outline, one, two):
                    continue
                found += [one, two]
                naming.give(one, "sleeve", 0.8)
                naming.give(two, "sleeve", 0.8)
    for form in naming.free():  # a cuff hangs on the end of a sleeve
        nearest = max(found, key=lambda sleeve: form.beside.get(sleeve.label, 0), default=None)
        if nearest is None or form.beside.get(nearest.label, 0) <= 0.1 or form.share >= 0.5 * nearest.share:
            continue
        if form.y > nearest.y and form.off > 0.15 and form.beside.get(0, 0) > 0.2:
            naming.give(form, "cuff", 0.65)
            naming.turns[form.label] = nearest.turn
    return found


def _outermost(form: Form, outline: Outline) -> bool:
    """Whether nothing of the drawing lies further out at the height of a region's middle."""
    row = outline.labels[min(len(outline.labels) - 1, int(form.y * len(outline.labels)))]
    filled = np.flatnonzero(row)
    return len(filled) > 0 and form.label in (int(row[filled[0]]), int(row[filled[-1]]))


def _mirrored(one: Form, two: Form) -> bool:
    return abs(one.x + two.x - 1) < 0.16 and abs(one.y - two.y) < 0.12 and 0.5 < one.area / max(1, two.area) < 2


def _both_legs(outline: Outline, one: Form, two: Form) -> bool:
    """Whether two regions are the two halves of one form: together they are nearly all of it."""
    return one.share + two.share > 0.72 or one.beside.get(two.label, 0) > 0.12


def _name_bag(naming: _Naming) -> None:
    forms = sorted(naming.free(), key=lambda form: -form.share)
    if not forms:
        return
    body = forms[0]
    naming.give(body, "body", 0.7, sided=False)
    for form in forms[1:]:
        if form.compact < 0.45 and form.y < body.y and form.top < 0.35:
            naming.give(form, "handle", 0.65)
        elif form.top < 0.06 and form.low < body.top + 0.1 and form.beside.get(0, 0) < 0.05:
            naming.give(form, "inside", 0.5, sided=False)
        elif form.wide > 0.7 and form.y < body.y + 0.05 and form.share > 0.06:
            naming.give(form, "flap", 0.55, sided=False)
        elif form.share > 0.03 and form.beside.get(body.label, 0) > 0.6:
            naming.give(form, "pocket", 0.5)
        else:
            naming.give(form, "panel", 0.3)


def _name_trousers(naming: _Naming) -> Guess:
    outline = naming.outline
    for form in sorted(naming.free(), key=lambda form: -form.share):
        if form.top < 0.06 and form.low < 0.16 and (form.wide > 0.12 or form.tall < 0.1):
            naming.give(form, "waistband", 0.75, sided=form.wide < 0.3)
        elif form.share > 0.08 and form.low > 0.6:
            naming.give(form, "trouser_leg", 0.8)
        elif form.low > 0.93 and form.tall < 0.12:
            naming.give(form, "cuff", 0.5)
        elif form.share < 0.09 and form.y < 0.6:
            naming.give(form, "pocket", 0.5)
        else:
            naming.give(form, "panel", 0.3)
    return Guess("jumpsuit" if outline.aspect > 3.4 else "trousers", 0.5 if outline.aspect > 3.4 else 0.8)


def _name_skirt(naming: _Naming) -> None:
    for form in sorted(naming.free(), key=lambda form: -form.share):
        if form.top < 0.05 and form.tall < 0.14 and form.wide > 0.25 and form.share < 0.2:
            naming.give(form, "waistband", 0.7, sided=False)
        elif form.share > 0.08:
            naming.give(form, "skirt", 0.75)
        elif form.beside.get(0, 0) < 0.3:
            naming.give(form, "pocket", 0.45)
        else:
            naming.give(form, "panel", 0.3)


def _name_top(naming: _Naming) -> None:
    """Everything that hangs from the shoulders."""
    main = [form for form in naming.free() if form.share > 0.06 and form.off < 0.33]
    seam = _waist_seam(main)
    for form in main:
        if form.top < 0.14 and form.share < 0.09 and form.low < 0.42 and form.off < 0.2:
            continue  # a wide collar
        if seam is None:
            naming.give(form, "body", 0.75)
        else:
            naming.give(form, "skirt" if form.y > seam else "bodice", 0.7)
    for form in naming.free():
        role, confidence = _small_piece(form, naming)
        naming.give(form, role, confidence, sided=role != "inside")


def _waist_seam(main: Sequence[Form]) -> float | None:
    """How far down a seam parts the upper from the lower pieces; None where pieces run through."""
    for at in np.linspace(0.25, 0.65, 41):
        above = [form for form in main if form.y < at]
        below = [form for form in main if form.y >= at]
        if not above or not below:
            continue
        crossing = [form for form in main if form.top < at - 0.06 and form.low > at + 0.06]
        if not crossing and sum(form.wide for form in below) > 0.5:
            return float(at)
    return None


def _small_piece(form: Form, naming: _Naming) -> tuple[str, float]:
    ground = form.beside.get(0, 0.0)
    if form.top < 0.16 and form.y < 0.24 and form.off < 0.24:
        middle = form.off < 0.035 and form.compact > 0.25 and form.beside.get(0, 0) < 0.75
        alone = not any(other.off < 0.2 and other.label != form.label and other.y < form.y for other in naming.free())
        if middle and alone and form.share < 0.04 and form.wide < 0.34:
            return "inside", 0.55
        return "collar", 0.65
    if form.wide > 0.28 and form.tall < 0.1 and form.off < 0.12:
        return ("hem", 0.5) if form.low > 0.95 else ("waistband", 0.6)
    if ground < 0.25 and 0.0015 < form.share < 0.09 and form.y > 0.18 and (form.off > 0.06):
        return "pocket", 0.6
    if form.top < 0.2 and form.compact < 0.4 and ground > 0.4:
        return "strap", 0.5
    if form.off > 0.28 and ground > 0.3 and form.share < 0.06:
        return "cuff", 0.4
    return ("collar", 0.45) if form.y < 0.26 and form.off < 0.28 else ("panel", 0.3)


def _top_kind(naming: _Naming, sleeved: bool) -> Guess:
    """Dress, coat, blazer, shirt or T-shirt, by length against width, collar and front."""
    outline = naming.outline
    length = _length(outline)
    collars, fronts = naming.of("collar"), [form for form in naming.of("body") if form.off > 0.06]
    buttons = naming.of("button")
    opened = len(buttons) >= 2 or len(fronts) >= 2
    lapels = [form for form in collars if form.low * length > LAPEL]
    if length > 1.95:
        if sleeved and collars and (opened or lapels):
            return Guess("coat", 0.6)
        return Guess("dress", 0.65 if not collars else 0.5)
    if lapels and sleeved:
        return Guess("blazer", 0.5)
    if collars or len(buttons) >= 3:
        return Guess("shirt", 0.55)
    return Guess("t_shirt", 0.4)


def _length(outline: Outline) -> float:
    """How long a garment is, in widths of its torso."""
    return float(outline.mask.shape[0] / max(1.0, _torso(outline)))


def _torso(outline: Outline) -> float:
    """Pixels across the middle part at the height of chest and waist, without sleeves that hang beside it."""
    height, width = outline.mask.shape
    sleeves = {form.label for form in outline.forms if form.off > 0.2 and (form.left < 0.1 or form.right > 0.9)}
    own = outline.mask & ~np.isin(outline.labels, list(sleeves)) if len(sleeves) < len(outline.forms) else outline.mask
    spans = []
    for row in own[round(height * 0.2) : round(height * 0.45)]:
        middle = [(start, end) for start, end in runs(row) if start < 0.62 * width and end > 0.38 * width]
        if middle:
            spans.append(middle[-1][1] - middle[0][0])
    return float(np.median(spans)) if spans else float(width)


def _pixels_per_cm(outline: Outline, kind: str) -> float:
    """Pixels of the sketch to a centimetre of the garment, from a width that differs little between wearers."""
    if kind in ("trousers", "jeans", "skirt"):
        height = len(outline.mask)
        rows = outline.mask[round(height * 0.02) : max(round(height * 0.08), round(height * 0.02) + 1)]
        across = float(np.median(rows.sum(axis=1)))
    elif kind == "bag":
        across = float(outline.mask.shape[1])
    else:
        across = _torso(outline)
    return float(max(0.5, across * outline.scale / _ACROSS.get(kind, _USUAL)))
