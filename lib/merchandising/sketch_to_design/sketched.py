"""A sketch's own lines kept: its regions read, fabric laid into them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lib.access import Actor
from lib.database import artefacts, connect
from lib.errors import NotFound
from lib.i18n import N_
from lib.merchandising.sketch_to_design.correcting import AS_READ, Correction, cut_of, parted
from lib.settings import ROOT

if TYPE_CHECKING:
    from lib.vision.sketches import Sketch

#: A photo is read at most this long: lines are thin, and more pixels show no more of them.
LONGEST: Final = 2400
#: The demo house's sketches, and how a brief names one of them.
SAMPLES: Final = ROOT / "sample_data" / "sketches"
SAMPLE_PREFIX: Final = "sample:"
#: A neckline or closure that was read this surely is told as the sketch's.
LIKELY: Final = 0.5
#: What is seen of a garment's inside or is metal, and isn't cut from its fabric.
NOT_CLOTH: Final = ("button",)


@dataclass(frozen=True)
class SketchFile:
    """A sketch's file, and what a person set right in it."""

    content: bytes
    correction: Correction = AS_READ


def content_of(name: str, actor: Actor) -> SketchFile:
    """The file of a sketch that a brief names, an artefact's id or one of the demo house's, with its correction.

    Raises:
        NotFound: there is no such sketch (any more).
    """
    own, correction = parted(name)
    if not own.startswith(SAMPLE_PREFIX):
        with connect() as database:
            return SketchFile(artefacts.load(database, actor, own), correction)
    path = SAMPLES / own.removeprefix(SAMPLE_PREFIX)
    if path.parent != SAMPLES or not path.is_file():
        raise NotFound(N_("This sketch is no longer there. Choose another one."))
    return SketchFile(path.read_bytes(), correction)


def open_sketch(file: SketchFile | bytes) -> Sketch:
    """The sketch in a picture's file, with what a person set right in the place of what was read.

    Raises:
        InputError: no picture, or no sketch in it.
    """
    return _set_right(SketchFile(file) if isinstance(file, bytes) else file)


@lru_cache(maxsize=8)
def _set_right(file: SketchFile) -> Sketch:
    from lib.vision.sketches.correcting import corrected

    said = file.correction
    return corrected(
        as_read(file.content, said.turn, said.insisted),
        kind=said.kind,
        back=said.back,
        neckline=said.neckline,
        closure=said.closure,
        left_out=said.left_out,
    )


@lru_cache(maxsize=8)
def as_read(content: bytes, turn: int = 0, insisted: bool = False) -> Sketch:
    """The sketch in a picture's file that is turned clockwise first, nothing else set right.

    ``insisted``: a person says that it is one, although it looks like a photo of something else.

    Raises:
        InputError: no picture, or no sketch in it.
    """
    from lib.files.pictures import read_picture
    from lib.vision.sketches import Settings, read_sketch
    from lib.vision.sketches.correcting import turned

    pixels = turned(read_picture(content, longest_side=LONGEST).pixels, turn)
    return read_sketch(pixels, Settings(insisted=insisted))


def kind_of(sketch: Sketch) -> str:
    """The garment that the sketch seems to show; '' where nothing can be said."""
    from lib.atelier.garments import KINDS

    found = [drawn.kind.value for drawn in sketch.garments if drawn.kind]
    return found[0] if found and found[0] in KINDS else ""


def cut_read(sketch: Sketch) -> dict[str, str]:
    """Neckline or collar and closure by part, where the reading is more likely right than wrong."""
    front = next((drawn for drawn in sketch.garments if drawn.view == "front"), None)
    if front is None:
        return {}
    neckline = front.neckline.value if front.neckline.confidence >= LIKELY else ""
    closure = {"closure": front.closure.value} if front.closure and front.closure.confidence >= LIKELY else {}
    return {**cut_of(neckline), **closure}


def sides_of(sketch: Sketch) -> tuple[str, ...]:
    """'front' and 'back' where the sketch shows both beside each other, else 'front' alone."""
    views = [drawn.view for drawn in sketch.garments]
    return ("front", "back") if sorted(views) == ["back", "front"] else ("front",)


def parts_of(sketch: Sketch) -> list[tuple[str, int]]:
    """What was found in a sketch: roles by name (a message id) and how many of each."""
    from lib.vision.sketches.model import ROLES

    counted = Counter(part.role for part in sketch.parts)
    return [(ROLES[role], count) for role, count in counted.most_common() if role in ROLES]
