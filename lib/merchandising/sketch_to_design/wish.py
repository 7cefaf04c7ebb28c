"""What a brief in words asks for, as every engine returns it."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from lib.atelier.colours import colour_list
from lib.merchandising.sketch_to_design.pieces import KINDS, SOLIDS, everything

#: Attributes of a piece that have a value each; ``some`` asks for a part without saying which.
ATTRIBUTES = (
    "silhouette",
    "length",
    "neckline",
    "collar",
    "sleeve",
    "closure",
    "pockets",
    "pleats",
    "belt",
    "hem",
    "handle",
    "heel",
    "stitching",
    "fabric",
    "print",
    "setting",
    "shape",
    "section",
    "top",
    "base",
    "stand",
    "legs",
    "metal",
    "stone",
    "material",
)
SOME = "some"
UNSURE = ("pockets", "belt")  # where 'some' is an answer


@cache
def _colours() -> frozenset[str]:
    return frozenset(named.english for named in colour_list())


class ReadWords(BaseModel):
    """What the task reads."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(max_length=600)


class Nearest(BaseModel):
    """A word that no option stands for, and the option that comes nearest: chiffon is drawn as plain weave."""

    model_config = ConfigDict(frozen=True)

    said: str
    attribute: str
    value: str


class Length(BaseModel):
    """A dimension of a piece in three dimensions, in millimetres (a ring's size is its inner circumference)."""

    model_config = ConfigDict(frozen=True)

    name: str
    mm: float


class PieceWish(BaseModel):
    """One piece as it was asked for. What nobody spoke of stays empty."""

    model_config = ConfigDict(frozen=True)

    kind: str = Field("", description="one of the kinds of the list, or empty where the text names no piece")
    silhouette: str = ""
    length: str = ""
    neckline: str = ""
    collar: str = ""
    sleeve: str = ""
    closure: str = ""
    pockets: str = ""
    pleats: str = ""
    belt: str = ""
    hem: str = ""
    handle: str = ""
    heel: str = ""
    stitching: str = ""
    fabric: str = ""
    print: str = ""
    setting: str = ""
    shape: str = ""
    section: str = ""
    top: str = ""
    base: str = ""
    stand: str = ""
    legs: str = ""
    metal: str = ""
    stone: str = ""
    material: str = ""
    colours: tuple[str, ...] = Field((), description="English names of the colour list, in the order of the text")
    fibres: tuple[str, ...] = Field((), description="fibres named, in English: cashmere, wool, silk, cotton")
    excluded: tuple[str, ...] = Field((), description="what the text rules out, as attribute=value")
    size: int = Field(0, description="French size 34 to 54, 0 where none is named")
    nearest: tuple[Nearest, ...] = Field((), description="words that no value stands for, with the nearest value")
    lengths: tuple[Length, ...] = Field((), description="dimensions that the text gives, of jewellery and furniture")

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, kind: str) -> str:
        if kind and kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}, or empty")
        return kind

    @field_validator("colours")
    @classmethod
    def _known_colours(cls, colours: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [name for name in colours if name not in _colours()]:
            raise ValueError(f"not in the colour list: {', '.join(unknown)}")
        return colours

    @field_validator("size")
    @classmethod
    def _known_size(cls, size: int) -> int:
        if size and size not in range(34, 56, 2):
            raise ValueError("size is an even number from 34 to 54, or 0")
        return size

    @model_validator(mode="after")
    def _known_values(self) -> PieceWish:
        known = everything()
        for name in ATTRIBUTES:
            value = getattr(self, name)
            if value and value not in known[name] and not (value == SOME and name in UNSURE):
                raise ValueError(f"{name} is one of {', '.join(sorted(known[name]))}, or empty")
        for near in self.nearest:
            if near.attribute != "kind" and near.value not in known.get(near.attribute, ()):
                raise ValueError(f"{near.value} is no {near.attribute} of the lists")
        return self

    @property
    def solid(self) -> bool:
        """Whether it is a piece in three dimensions."""
        return self.kind in SOLIDS

    def said(self) -> dict[str, str]:
        """Attributes that have a value, in order."""
        return {name: value for name in ATTRIBUTES if (value := getattr(self, name))}

    def drawn(self, attribute: str) -> str:
        """What is drawn of an attribute: what was asked for, else the nearest of what was; '' where nobody asked."""
        near = next((one.value for one in self.nearest if one.attribute == attribute), "")
        return str(getattr(self, attribute, "")) or near

    def claims(self) -> frozenset[tuple[str, str, str]]:
        """Everything asked for as (piece, attribute, value), the form in which reading is scored."""
        found = {(self.kind, name, value) for name, value in self.said().items()}
        found |= {(self.kind, "colour", name) for name in self.colours}
        return frozenset({*found, (self.kind, "kind", self.kind)} if self.kind else found)


class Wish(BaseModel):
    """A brief in words, read."""

    model_config = ConfigDict(frozen=True)

    pieces: tuple[PieceWish, ...] = ()
    not_drawn: tuple[str, ...] = Field((), description="words understood that no option of the lists stands for")
    not_read: tuple[str, ...] = Field((), description="words that were not understood")

    @property
    def garments(self) -> tuple[PieceWish, ...]:
        return tuple(piece for piece in self.pieces if not piece.solid)

    @property
    def solids(self) -> tuple[PieceWish, ...]:
        return tuple(piece for piece in self.pieces if piece.solid)
