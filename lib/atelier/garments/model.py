"""What a garment is (its options), and what its flat drawing is (named shapes in layers)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Literal

from lib.atelier.drawing import Path, Point
from lib.atelier.garments.options import OPTIONS
from lib.atelier.garments.sizes import measures
from lib.errors import InputError
from lib.i18n import N_

LAYERS = ("inside", "sleeves", "body", "pleats", "seams", "stitching", "pockets", "closure", "collar", "details")
Role = Literal["piece", "seam", "stitch", "fold"]
Material = Literal["fabric", "lining", "rib", "trim", "hardware", "sole"]
ViewName = Literal["front", "back"]


@dataclass(frozen=True)
class Garment:
    """A garment by its options. An empty option takes the kind's first; ``options(kind)`` lists them.

    Raises:
        InputError: the kind is unknown, or it doesn't come with an option.
    """

    kind: str
    silhouette: str = ""
    length: str = ""
    neckline: str = ""
    collar: str = ""
    sleeve: str = ""
    closure: str = ""
    pockets: str = ""
    pleats: str = ""
    belt: str = ""
    handle: str = ""
    heel: str = ""
    stitching: str = ""
    hem: str = ""
    size: int = 38

    def __post_init__(self) -> None:
        if self.kind not in OPTIONS:
            known = ", ".join(OPTIONS)
            raise InputError(N_("There is no garment “{kind}”. Choose one of: {known}."), kind=self.kind, known=known)
        measures(self.size)
        offered = OPTIONS[self.kind]
        for part in PARTS:
            value = getattr(self, part)
            if not value:
                object.__setattr__(self, part, offered.get(part, ("none",))[0])
            elif value not in offered.get(part, ("none",)):
                known = ", ".join(offered.get(part, ("none",)))
                message = N_("This garment can’t be had with “{value}”. Choose one of: {known}.")
                raise InputError(message, value=value, known=known)

    def settled(self) -> Garment:
        """The garment as it can be sewn: where two options exclude each other, the one that shows more stays."""
        made = self
        if made.kind == "blazer" and made.length == "cropped":
            made = replace(made, belt="none")  # its fronts part at the waist
        if made.closure == "wrap" and made.belt == "tie_belt":
            made = replace(made, belt="none")  # a wrap has its own tie
        if made.closure == "wrap" and made.kind in ("dress", "jumpsuit"):
            made = replace(made, neckline="v_neck", collar="collarless")
        if made.collar in ("shirt_collar", "band_collar", "peter_pan", "roll_neck", "mock_neck", "bow_collar"):
            made = replace(made, neckline="crew_neck") if "neckline" in OPTIONS[made.kind] else made
        if made.sleeve == "thin_straps":  # a bodice cut straight across, on straps
            made = replace(made, neckline="strapless", collar="collarless")
            made = replace(made, closure="back_zip" if made.closure == "wrap" else made.closure)
        if made.neckline in ("halter_neck", "strapless") and made.sleeve not in ("none", "thin_straps"):
            made = replace(made, sleeve="sleeveless")
        if made.neckline == "off_shoulder" and made.sleeve in ("sleeveless", "cap_sleeves"):
            made = replace(made, sleeve="short_sleeves")
        if (
            made.kind == "shoe"
            and made.closure == "lace_up"
            and made.silhouette in ("pump", "ballet", "loafer", "sandal")
        ):
            made = replace(made, closure="buckle")
        if made.kind == "shoe" and made.silhouette in ("trainer", "ballet"):
            made = replace(made, heel="flat")
        if made.kind == "shoe" and made.silhouette == "pump" and made.heel == "flat":
            made = replace(made, heel="block")
        return made


PARTS = tuple(part.name for part in fields(Garment) if part.name not in ("kind", "size"))


def options(kind: str) -> dict[str, tuple[str, ...]]:
    """What a kind can be had with: part to values, the usual one first. Words are those of ``lib.vocabulary``."""
    Garment(kind)
    return dict(OPTIONS[kind])


def combinations(kind: str, size: int = 38) -> Iterator[Garment]:
    """Every combination of a kind's options."""
    parts = options(kind)
    for values in product(*parts.values()):
        yield Garment(kind, size=size, **dict(zip(parts, values, strict=True)))


@dataclass(frozen=True)
class Shape:
    """One named path; ``outline`` marks pieces that make up the silhouette, ``grain`` turns the fabric, in degrees."""

    id: str
    layer: str
    name: str
    path: Path
    role: Role
    material: Material = "fabric"
    outline: bool = False
    grain: float = 0.0
    side: Literal["", "left", "right"] = ""


@dataclass(frozen=True)
class View:
    """One side of a garment: shapes in the order in which they are painted, landmarks in cm, the size it is cut to."""

    name: ViewName
    shapes: tuple[Shape, ...]
    landmarks: dict[str, Point]
    size: int = 38

    @property
    def silhouette(self) -> tuple[Path, ...]:
        """The closed outlines whose union is the garment."""
        return tuple(shape.path for shape in self.shapes if shape.outline)

    @property
    def regions(self) -> tuple[Shape, ...]:
        """The closed shapes that take a colour or a fabric."""
        return tuple(shape for shape in self.shapes if shape.role == "piece")

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in cm."""
        boxes = [path.bounds() for path in self.silhouette]
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)


@dataclass(frozen=True)
class Flat:
    """A garment drawn flat, front and back (of a shoe: its outer and its inner side)."""

    garment: Garment
    front: View
    back: View

    @property
    def symmetric(self) -> bool:
        """Whether the pieces of body and sleeves mirror each other: not those of a shoe or over a slanted hem."""
        return self.garment.kind != "shoe" and self.garment.hem != "asymmetric_hem"
