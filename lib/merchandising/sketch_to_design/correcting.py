"""A sketch's name with what a person set right in it: one text, so that a run holds both and finds them again."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from lib.atelier.garments.options import OPTIONS
from lib.errors import NotFound
from lib.i18n import N_, _, list_of, translate
from lib.merchandising.sketch_to_design.names import part_name, piece_name, value_name

#: What can be said of a sketch's neckline or collar, and of its closure.
NECKLINES: Final = tuple(
    dict.fromkeys(
        value for parts in OPTIONS.values() for part in ("neckline", "collar") for value in parts.get(part, ())
    )
)
CLOSURES: Final = tuple(dict.fromkeys(value for parts in OPTIONS.values() for value in parts.get("closure", ())))
#: Which of two drawings is the back, in words (a message id).
BACKS: Final[dict[str, str]] = {
    "right": N_("front left, back right"),
    "left": N_("back left, front right"),
    "neither": N_("two fronts"),
}
_SIGN: Final = "#"


class Correction(BaseModel):
    """What a person set right; empty where the reading stands.

    ``turn`` is in degrees clockwise; ``left_out`` holds places in parts without cloth, in shares of the turned page;
    ``insisted``: that it is a sketch, although it looks like a photo of something else.
    """

    model_config = ConfigDict(frozen=True)

    turn: Literal[0, 90, 180, 270] = 0
    kind: str = ""
    back: Literal["", "left", "right", "neither"] = ""
    neckline: str = ""
    closure: str = ""
    left_out: tuple[tuple[float, float], ...] = ()
    insisted: bool = False

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value and value not in OPTIONS:
            raise ValueError(value)
        return value

    @property
    def options(self) -> dict[str, str]:
        """What it says of the cut, by part."""
        found = {"closure": self.closure} if self.closure else {}
        return {**cut_of(self.neckline), **found}


#: Nothing set right.
AS_READ: Final = Correction()


def cut_of(neckline: str) -> dict[str, str]:
    """A neckline or collar under the name of its part."""
    if not neckline:
        return {}
    collar = any(neckline in parts.get("collar", ()) for parts in OPTIONS.values())
    return {"collar" if collar else "neckline": neckline}


def named_with(name: str, correction: Correction) -> str:
    """A sketch's name with a correction; the name alone where nothing was corrected."""
    said = correction.model_dump(exclude_defaults=True)
    if "left_out" in said:
        said["left_out"] = " ".join(f"{x:.4f},{y:.4f}" for x, y in correction.left_out)
    return f"{name}{_SIGN}{urlencode(said)}" if said else name


def parted(name: str) -> tuple[str, Correction]:
    """A sketch's own name, and its correction.

    Raises:
        NotFound: what stands behind the name is no correction.
    """
    own, _sign, said = name.partition(_SIGN)
    given: dict[str, object] = dict(parse_qsl(said))
    try:
        if "turn" in given:
            given["turn"] = int(str(given["turn"]))
        if "insisted" in given:
            given["insisted"] = given["insisted"] == "True"
        if "left_out" in given:
            given["left_out"] = [tuple(map(float, one.split(","))) for one in str(given["left_out"]).split()]
        return own, Correction.model_validate(given)
    except (ValueError, ValidationError) as error:
        raise NotFound(N_("This sketch is no longer there. Choose another one.")) from error


def told(correction: Correction) -> list[str]:
    """What was set right, in the reader's words."""
    said = []
    if correction.insisted:
        said.append(_("a sketch all the same"))
    if correction.turn:
        said.append(_("turned by {degrees}° clockwise", degrees=correction.turn))
    if correction.kind:
        said.append(_("{part}: {value}", part=part_name("kind"), value=piece_name(correction.kind)))
    if correction.back:
        said.append(translate(BACKS[correction.back]))
    said += [
        _("{part}: {value}", part=part_name(part), value=value_name(value))
        for part, value in correction.options.items()
    ]
    if correction.left_out:
        said.append(_("parts without cloth: {n}", n=len(correction.left_out)))
    return said


def told_in_one(correction: Correction) -> str:
    """The same as one line; '' where nothing was set right."""
    return list_of(told(correction)) if told(correction) else ""
