"""The frame as a thing to be made: material, colour, lens tint, the solid, its weight and what the material costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.made_to_measure_eyewear.fitting import RIM, Faces, Sizes, deviations, fit
from lib.merchandising.made_to_measure_eyewear.size_run import array_of

if TYPE_CHECKING:
    from lib.atelier.solids import Piece
    from lib.merchandising.made_to_measure_eyewear.measuring import Measured

SHAPE_TITLES: Mapping[str, str] = {
    "panto": N_("Panto"),
    "round": N_("Round lens"),
    "rectangle": N_("Rectangle"),
    "cat_eye": N_("Cat-eye"),
    "aviator": N_("Aviator"),
}
METALS = {"titanium_5", "steel_316l", "gold_18k_yellow"}


@dataclass(frozen=True)
class Finish:
    """One finish on offer. ``price`` is euros for a kilogram of the material: an assumption to be replaced."""

    title: str
    material: str
    colour: str
    price: float

    @property
    def metal(self) -> bool:
        return self.material in METALS

    @property
    def rim(self) -> float:
        """The rim's strength in millimetres: metal is drawn thinner."""
        return 1.8 if self.metal else RIM


FINISHES: Mapping[str, Finish] = {
    "tortoise": Finish(N_("Tortoiseshell acetate"), "acetate_tortoise", "#6b3f22", 38.0),
    "black": Finish(N_("Black acetate"), "acetate_black", "#201e1f", 32.0),
    "honey": Finish(N_("Honey acetate"), "acetate_honey", "#b97b36", 34.0),
    "bordeaux": Finish(N_("Bordeaux acetate"), "acetate_black", "#5d1a26", 34.0),
    "forest": Finish(N_("Forest green acetate"), "acetate_black", "#22402f", 34.0),
    "ink": Finish(N_("Ink blue acetate"), "acetate_black", "#1e2c4d", 34.0),
    "titanium": Finish(N_("Brushed titanium"), "titanium_5", "#a5a29d", 75.0),
    "steel": Finish(N_("Stainless steel"), "steel_316l", "#b9bcc0", 9.0),
    "gold": Finish(N_("Yellow gold, 18 carats"), "gold_18k_yellow", "#d9b25f", 62_000.0),
}
# Transmission of each colour at the lens's top and bottom.
TINTS: Mapping[str, tuple[str, tuple[float, float, float], tuple[float, float, float]]] = {
    "clear": (N_("Clear lenses"), (0.97, 0.975, 0.975), (0.97, 0.975, 0.975)),
    "grey": (N_("Grey, category 2"), (0.32, 0.33, 0.34), (0.36, 0.37, 0.38)),
    "brown": (N_("Brown, graduated"), (0.34, 0.24, 0.16), (0.82, 0.72, 0.60)),
    "green": (N_("Green, category 3"), (0.16, 0.19, 0.15), (0.18, 0.21, 0.17)),
    "rose": (N_("Rose, light"), (0.86, 0.66, 0.66), (0.95, 0.84, 0.83)),
}
NO_FINISH = N_("There is no finish “{finish}”. Choose one of the list.")


@dataclass(frozen=True)
class Design:
    """What the person chose; ``lens``, ``bridge`` and ``temple`` in millimetres."""

    lens: float
    bridge: float
    temple: float
    shape: str = "panto"
    finish: str = "tortoise"
    tint: str = "clear"

    @property
    def notation(self) -> str:
        """'52-18-145'."""
        return f"{self.lens:g}-{self.bridge:g}-{self.temple:g}"

    def as_json(self) -> dict[str, Any]:
        """For a run."""
        return {
            "lens": self.lens, "bridge": self.bridge, "temple": self.temple, "notation": self.notation,
            "shape": self.shape, "finish": self.finish, "tint": self.tint,
        }  # fmt: skip


def finish_of(key: str) -> Finish:
    """The finish of this key.

    Raises:
        InputError: there is none.
    """
    if key not in FINISHES:
        raise InputError(NO_FINISH, finish=key)
    return FINISHES[key]


def face_row(measured: Measured) -> Faces:
    """One measured face as a table of one row."""
    return Faces(*(array_of([each.mm]) for each in (measured.pd, measured.width, measured.nose, measured.ear)))


def fitted(measured: Measured, shape: str = "panto", finish: str = "tortoise", tint: str = "clear") -> Design:
    """The frame that fits a face best by the rules, in a finish's own rim."""
    sizes = fit(face_row(measured), finish_of(finish).rim)
    return Design(float(sizes.lens[0]), float(sizes.bridge[0]), float(sizes.temple[0]), shape, finish, tint)


def off(measured: Measured, design: Design) -> dict[str, float]:
    """By rule: how many millimetres this frame is too large (+) or too small (-) for this face."""
    sizes = Sizes(*(array_of([each]) for each in (design.lens, design.bridge, design.temple)))
    found = deviations(face_row(measured), sizes, finish_of(design.finish).rim)
    return {rule: float(each[0]) for rule, each in found.items()}


@lru_cache(maxsize=24)
def piece_of(design: Design) -> Piece:
    """The frame as closed solids. A frame belongs to nobody: keeping the last ones keeps no person's data.

    Raises:
        InputError: a measure is outside what can be made.
    """
    from lib.atelier.solids import Frame, Part, Piece, frame

    finish = finish_of(design.finish)
    asked = Frame(
        lens=design.lens, bridge=design.bridge, temple=design.temple, shape=design.shape, rim=finish.rim,
        thickness=2.4 if finish.metal else 4.0, material=finish.material,
    )  # fmt: skip
    made = frame(asked)
    body, lenses = made.parts
    coloured = Part(body.name, replace(body.material, colour=finish.colour), body.shape)
    return Piece(made.kind, (coloured, lenses), made.dimensions)


def material_cost(piece: Piece, price: float) -> float:
    """Euros of material in the frame, without lenses, waste and work, at ``price`` euros a kilogram."""
    return piece.parts[0].weight_g / 1000 * price
