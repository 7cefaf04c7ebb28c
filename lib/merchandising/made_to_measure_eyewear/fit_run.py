"""A fit as a recorded run: measurements and frame. Nothing of the picture, its name or the age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lib.access import Actor
from lib.atelier.solids import glb, stl
from lib.merchandising.made_to_measure_eyewear.fitting import WITHIN
from lib.merchandising.made_to_measure_eyewear.frames import Design, finish_of, material_cost, off, piece_of
from lib.merchandising.made_to_measure_eyewear.measuring import Measured, Value
from lib.tasks.recorded import recorded

SLUG = "made_to_measure_eyewear"
METHOD, VERSION = "frame fitted to a face", "1"
GLB_TYPE, STL_TYPE = "model/gltf-binary", "model/stl"
VALUES = ("pd", "pd_right", "pd_left", "width", "nose", "ear", "eye_height", "length")


@dataclass(frozen=True)
class Fit:
    """What a run keeps, read back."""

    run: str
    measured: Measured
    design: Design
    off: dict[str, float]
    weight: float
    cost: float
    origin: str

    @property
    def fits(self) -> bool:
        """Whether every rule is kept within its tolerance."""
        return all(abs(self.off[rule]) <= WITHIN[rule] for rule in WITHIN)


def record(
    actor: Actor, measured: Measured, design: Design, inputs: Mapping[str, Any], price: float, language: str
) -> str:
    """Write a fit down with its GLB and STL; the run's id.

    Args:
        inputs: how it was measured: 'origin', 'scale', 'film', 'card_at', 'corrected' (how many points), 'consent'.
        price: euros a kilogram of the frame's material.

    Raises:
        NotAllowed: the actor may not run.
        InputError: the frame can't be made.
    """
    with recorded(
        actor, use_case=SLUG, kind="rendering", method=METHOD, method_version=VERSION,
        inputs={**inputs, "design": design.as_json()}, language=language,
    ) as run:  # fmt: skip
        piece = piece_of(design)
        run.keep(f"frame_{design.notation}.glb", glb(piece), GLB_TYPE)
        run.keep(f"frame_{design.notation}.stl", stl(piece, 0), STL_TYPE)
        run.output = {
            "measured": measured.as_json(),
            "design": design.as_json(),
            "off": {rule: round(value, 2) for rule, value in off(measured, design).items()},
            "weight_g": round(piece.weight_g, 1),
            "material_cost": round(material_cost(piece, price), 2),
            "finish": finish_of(design.finish).title,
        }
    return run.id


def read(row: Mapping[str, Any]) -> Fit:
    """A fit from its run's row."""
    output = row["output"]
    values: dict[str, Any] = {name: Value(**output["measured"][name]) for name in VALUES}
    rest = {name: output["measured"][name] for name in ("distance", "yaw", "pitch", "roll", "scale")}
    kept = {name: output["design"][name] for name in ("lens", "bridge", "temple", "shape", "finish", "tint")}
    return Fit(
        row["id"], Measured(**values, **rest), Design(**kept), output["off"], output["weight_g"],
        output["material_cost"], row["inputs"].get("origin", ""),
    )  # fmt: skip


def typed(pd: float, width: float, nose: float, ear: float, eye_height: float, length: float) -> Measured:
    """Measurements that somebody took with a ruler or a pupilometer: as exact as these usually are."""
    half = Value(pd / 2, 1.0)
    return Measured(
        Value(pd, 1.0), half, half, Value(width, 2.0), Value(nose, 1.0), Value(ear, 3.0), Value(eye_height, 1.0),
        Value(length, 3.0), 0.0, 0.0, 0.0, 0.0, "card",
    )  # fmt: skip
