"""A sketch's own lines kept: its regions read, fabric laid into them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lib.access import Actor
from lib.database import artefacts, connect
from lib.errors import NotFound
from lib.i18n import N_
from lib.settings import ROOT

if TYPE_CHECKING:
    from lib.vision.sketches import Sketch

#: A photo is read at most this long: lines are thin, and more pixels show no more of them.
LONGEST: Final = 2400
#: The demo house's sketches, and how a brief names one of them.
SAMPLES: Final = ROOT / "sample_data" / "sketches"
SAMPLE_PREFIX: Final = "sample:"
#: What is seen of a garment's inside or is metal, and isn't cut from its fabric.
NOT_CLOTH: Final = ("button",)


def content_of(name: str, actor: Actor) -> bytes:
    """The file of a sketch that a brief names: an artefact's id, or one of the demo house's.

    Raises:
        NotFound: there is no such sketch (any more).
    """
    if not name.startswith(SAMPLE_PREFIX):
        with connect() as database:
            return artefacts.load(database, actor, name)
    path = SAMPLES / name.removeprefix(SAMPLE_PREFIX)
    if path.parent != SAMPLES or not path.is_file():
        raise NotFound(N_("This sketch is no longer there. Choose another one."))
    return path.read_bytes()


@lru_cache(maxsize=8)
def open_sketch(content: bytes) -> Sketch:
    """The sketch in a picture's file.

    Raises:
        InputError: no picture, or no sketch in it.
    """
    from lib.files.pictures import read_picture
    from lib.vision.sketches import read_sketch

    return read_sketch(read_picture(content, longest_side=LONGEST).pixels)


def kind_of(sketch: Sketch) -> str:
    """The garment that the sketch seems to show; '' where nothing can be said."""
    from lib.atelier.garments import KINDS

    found = [drawn.kind.value for drawn in sketch.garments if drawn.kind]
    return found[0] if found and found[0] in KINDS else ""


def sides_of(sketch: Sketch) -> tuple[str, ...]:
    """'front' and 'back' where the sketch shows both beside each other, else 'front' alone."""
    views = [drawn.view for drawn in sketch.garments]
    return ("front", "back") if sorted(views) == ["back", "front"] else ("front",)


def parts_of(sketch: Sketch) -> list[tuple[str, int]]:
    """What was found in a sketch: roles by name (a message id) and how many of each."""
    from lib.vision.sketches.model import ROLES

    counted = Counter(part.role for part in sketch.parts)
    return [(ROLES[role], count) for role, count in counted.most_common() if role in ROLES]
