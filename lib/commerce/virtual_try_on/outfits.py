"""What is worn together, in which order, and how: tucked or not, open or closed, belted or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.atelier.fabrics import Fabric
from lib.atelier.garments import Garment, View, flat
from lib.atelier.garments.options import OPTIONS
from lib.atelier.palettes import Palette
from lib.atelier.wearing import Worn
from lib.commerce.virtual_try_on.flat_lays import Laid
from lib.commerce.virtual_try_on.opening import can_open, opened
from lib.commerce.virtual_try_on.pieces import BOTTOMS, OUTER, TOPS, WHOLE, Piece
from lib.errors import InputError
from lib.i18n import N_

Wearable = Piece | Laid
MOST: Final = 4
SLOTS: Final = {"top": TOPS, "bottom": BOTTOMS, "whole": WHOLE, "outer": OUTER, "bag": ("bag",)}
NOTHING = N_("There is nothing to try on yet. Choose at least one garment.")
TOO_MANY = N_("At most {most} garments can be worn at once. Take one off.")
TWICE = N_("{one} and {other} can’t be worn at once. Take one of them off.")
NOT_WORN = N_("{name} can’t be shown worn: shoes are drawn from their side. Choose a garment or a bag.")
#: What stands under an open shirt where nothing else was chosen.
PLAIN_TEE: Final = Garment("t_shirt", silhouette="fitted")
TEE_CLOTH: Final = Fabric("jersey", Palette.of("#F2EFE8"))


@dataclass(frozen=True)
class Ways:
    """How an outfit is worn."""

    tucked: bool = True
    open: bool = False
    belted: bool | None = None  # None: as the piece comes

    def as_json(self) -> dict[str, bool | None]:
        return {"tucked": self.tucked, "open": self.open, "belted": self.belted}


def slot_of(piece: Wearable) -> str:
    """'top', 'bottom', 'whole', 'outer' or 'bag'.

    Raises:
        InputError: it is a shoe.
    """
    for slot, kinds in SLOTS.items():
        if piece.kind in kinds:
            return slot
    raise InputError(NOT_WORN, name=piece.name)


def ordered(pieces: Sequence[Wearable], ways: Ways) -> list[Wearable]:
    """The pieces from the innermost out; a top before what holds it at the waist is tucked in.

    Raises:
        InputError: none, too many, or two for the same place.
    """
    if not pieces:
        raise InputError(NOTHING)
    if len(pieces) > MOST:
        raise InputError(TOO_MANY, most=MOST)
    places: dict[str, Wearable] = {}
    for piece in pieces:
        slot = slot_of(piece)
        rival = places.get(slot) or (places.get("whole") if slot == "bottom" else None)
        rival = rival or (places.get("bottom") if slot == "whole" else None)
        if rival is not None:
            raise InputError(TWICE, one=rival.name, other=piece.name)
        places[slot] = piece
    inner = ("top", "bottom") if ways.tucked and not (ways.open and "outer" not in places) else ("bottom", "top")
    return [places[slot] for slot in ("whole", *inner, "outer", "bag") if slot in places]


def worn_as(pieces: Sequence[Wearable], ways: Ways, size: int) -> list[Worn]:
    """The cloth of an outfit for ``wear_all``, cut to a size, without the bag."""
    order = [piece for piece in ordered(pieces, ways) if piece.kind != "bag"]
    made: list[Worn] = []
    for at, piece in enumerate(order):
        if isinstance(piece, Laid):
            made.append(piece.worn(size))
            continue
        last = at == len(order) - 1
        is_open = ways.open and last and can_open(piece.kind, piece.garment.closure)
        if is_open and piece.kind in TOPS and not any(slot_of(one) in ("top", "whole") for one in order[:at]):
            made.append(Worn(flat(replace(PLAIN_TEE, size=size)).front, {"fabric": TEE_CLOTH}))
        made.append(Worn(front(piece, size, ways if last else replace(ways, belted=None), is_open), _fabrics(piece)))
    return made


def _fabrics(piece: Piece) -> dict[str, Fabric]:
    return {"fabric": piece.fabric}


def how_worn(pieces: Sequence[Wearable], ways: Ways) -> tuple[str, ...]:
    """What the picture shows of the ways an outfit is worn, as message ids; nothing that makes no difference to it."""
    order = [piece for piece in ordered(pieces, ways) if piece.kind != "bag"]
    slots = [slot_of(piece) for piece in order]
    outermost = order[-1] if order else None
    said = []
    if isinstance(outermost, Piece) and opens(outermost):
        said.append(N_("Worn open") if ways.open else N_("Worn closed"))
    if "top" in slots and "bottom" in slots:
        said.append(N_("Tucked in") if slots.index("top") < slots.index("bottom") else N_("Hanging out"))
    return tuple(said)


def front(piece: Piece, size: int, ways: Ways, is_open: bool = False) -> View:
    """A piece's front, cut to a size and worn in this way."""
    garment = replace(piece.garment, size=size)
    belts = OPTIONS[piece.kind].get("belt", ())
    if ways.belted is not None and belts:
        garment = replace(garment, belt="tie_belt" if ways.belted and "tie_belt" in belts else "none").settled()
    if is_open and garment.belt != "none":
        garment = replace(garment, belt="none")
    view = flat(garment).front
    return opened(view) if is_open else view


def can_belt(piece: Wearable) -> bool:
    """Whether it comes with a tie belt."""
    return isinstance(piece, Piece) and "tie_belt" in OPTIONS[piece.kind].get("belt", ())


def opens(piece: Wearable) -> bool:
    """Whether it opens down its front, or is a bag."""
    return isinstance(piece, Piece) and (piece.kind == "bag" or can_open(piece.kind, piece.garment.closure))
