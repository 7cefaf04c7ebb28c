"""A sketch's front with numbered callouts: what was read in it, beside its own lines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np

from lib.i18n import _, ngettext, translate
from lib.merchandising.sketch_to_design.callouts import Callout, mark, places
from lib.merchandising.sketch_to_design.names import part_name, value_name
from lib.merchandising.sketch_to_design.sketch_pictures import redrawn_side

if TYPE_CHECKING:
    from lib.merchandising.sketch_to_design.redrawing import Redrawn
    from lib.vision.sketches import Region, Sketch

#: Size of the drawing in pixels, width and height, and of the room for numbers at each side.
_SIZE: Final = (860, 1000)
_ROOM: Final = 120
#: A reading that is less sure than this isn't told as the sketch's.
_SURE: Final = 0.5
#: Roles that say nothing of how a piece is made, or that are too often another's: callouts point at what is sure.
_UNSAID: Final = ("panel", "button", "body", "collar", "cuff", "strap", "hem", "inside")
_ROLE: Final = 0.6
#: A piece of a smaller share of the drawing than this isn't pointed at.
_SEEN: Final = 0.003


def sketch_callouts(sketch: Sketch, side: str = "front") -> list[Callout]:
    """What can be pointed at on one side, from top to bottom; points are in pixels of ``_SIZE``."""
    from lib.vision.sketches import ROLES

    drawn = redrawn_side(sketch, _SIZE, side)
    found: list[tuple[str, str, tuple[float, float]]] = []
    roles: dict[str, list[int]] = {}
    whole = (drawn.regions > 0).sum()
    for part in sketch.parts:
        if (
            part.role not in _UNSAID
            and part.confidence >= _ROLE
            and _at_home(sketch, part, side)
            and (drawn.regions == part.label).sum() > _SEEN * whole
        ):
            roles.setdefault(part.role, []).append(part.label)
    for role, labels in roles.items():
        # A flap and its pocket, or a sleeve and its fold, are regions of one part: more than a pair isn't counted.
        said = ngettext("{n} piece", "{n} pieces", len(labels)) if len(labels) < 3 else _("as drawn")
        found.append((role, f"{translate(ROLES[role])}: {said}", _inmost(drawn, labels)))
    found += _read(sketch, drawn, side)
    found.sort(key=lambda one: one[2][1])
    return [Callout(number, part, text, side, at) for number, (part, text, at) in enumerate(found, 1)]


def _at_home(sketch: Sketch, part: Region, side: str) -> bool:
    """Whether a part can be what it was taken for on this side of this piece: a shirt has no skirt, a back no cuff."""
    garment = sketch.garments[part.garment]
    skirted = ("dress", "skirt", "jumpsuit", "coat")
    return garment.view == side and (part.role not in ("skirt", "bodice") or garment.kind.value in skirted)


def _inmost(drawn: Redrawn, labels: list[int]) -> tuple[float, float]:
    """The point of the rightmost of some regions that is furthest from its edges."""
    import cv2

    label = max(labels, key=lambda one: float(np.nonzero(drawn.regions == one)[1].mean()))
    mask = np.pad((drawn.regions == label).astype(np.uint8), 1)
    row, column = np.unravel_index(int(cv2.distanceTransform(mask, cv2.DIST_L2, 5).argmax()), mask.shape)
    return float(column) - 1, float(row) - 1


def _read(sketch: Sketch, drawn: Redrawn, side: str) -> list[tuple[str, str, tuple[float, float]]]:
    """Neckline or collar, closure and length, where they were read surely enough."""
    garment = next((one for one in sketch.garments if one.view == side), None)
    rows, columns = np.nonzero(drawn.regions)
    middle = (columns.min() + columns.max()) / 2
    found = []
    if garment and garment.neckline and garment.neckline.confidence >= _SURE:
        inside = [part.label for part in sketch.parts if part.role == "inside"]
        column = np.where(np.isin(drawn.regions, inside), 0, drawn.regions)[:, int(middle)]
        top = float(np.flatnonzero(column)[0]) if column.any() else float(rows.min())
        found.append(("neckline", f"{part_name('neckline')}: {value_name(garment.neckline.value)}", (middle, top + 6)))
    circles = drawn.fastenings if side == "front" else ()
    if circles:
        count = ngettext("{n} piece", "{n} pieces", len(circles))
        lowest = max(circles, key=lambda one: one.y)
        said = f"{value_name(garment.closure.value)}, {count}" if garment and _sure(garment.closure) else count
        found.append(("closure", f"{_fastening(circles[0].kind)}: {said}", (lowest.x, lowest.y)))
    elif garment and _sure(garment.closure):
        at = (middle, float(rows.min() + np.ptp(rows) * 0.45))
        found.append(("closure", f"{part_name('closure')}: {value_name(garment.closure.value)}", at))
    return found


def _fastening(kind: str) -> str:
    return _("Metal parts") if kind == "metal" else _("Buttons")


def _sure(guess: object) -> bool:
    return bool(guess) and getattr(guess, "confidence", 0.0) >= _SURE


def sketch_with(sketch: Sketch, side: str, numbers: list[Callout]) -> bytes:
    """One side's own lines with the numbers at the margins, as a PNG."""
    from PIL import Image, ImageDraw

    drawn = redrawn_side(sketch, _SIZE, side)
    rows = np.flatnonzero((drawn.regions > 0).any(axis=1))
    top, low = max(0, int(rows[0]) - 30), min(_SIZE[1], int(rows[-1]) + 31)
    grey = np.full((low - top, _SIZE[0] + 2 * _ROOM), 255, np.uint8)
    own = drawn.lines[top:low]
    cloth = np.where(drawn.regions[top:low] > 0, 246, 255)
    grey[:, _ROOM:-_ROOM] = (cloth * (1 - 0.88 * own)).astype(np.uint8)
    sheet = Image.fromarray(grey).convert("RGB")
    draw = ImageDraw.Draw(sheet)
    for circle in drawn.fastenings if side == "front" else ():
        x, y, r = circle.x + _ROOM, circle.y - top, circle.radius
        draw.ellipse([x - r, y - r, x + r, y + r], fill="white", outline=(31, 27, 24), width=2)
    points = [((one.at[0] + _ROOM, one.at[1] - top), one) for one in numbers]
    for one, to, place in places(points, sheet.size, sheet.width // 34):
        mark(draw, one.number, place, to, sheet.width)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()
