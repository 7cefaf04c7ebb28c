"""The outfit in movement as the worker draws it: a moving picture and a film, the files of one recorded rendering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from lib.atelier.figures import Person
from lib.batch.work import WorkContext, WorkFile, WorkResult
from lib.commerce.virtual_try_on import film, moving, try_run
from lib.commerce.virtual_try_on.outfits import Ways
from lib.commerce.virtual_try_on.pieces import Piece, house_pieces
from lib.errors import NotFound
from lib.files.provenance import SourceType
from lib.i18n import N_

DRAW_MOVEMENT: Final = "lib.commerce.virtual_try_on.jobs.draw_movement"
METHOD, VERSION = "virtual_try_on.movement", "2"
FILM: Final = "try_on_moving.webp"
DEMONSTRATION: Final = "try_on_demonstration.mp4"
FILMING = N_("Drawing how it opens and is worn")
DRAWING = N_("Drawing the sequence")
TITLE = N_("An outfit in movement")
GONE = N_("The catalogue has no piece {sku} any more. Choose another one.")


def asked(person: Person, pieces: tuple[Piece, ...], ways: Ways) -> dict[str, Any]:
    """The movement of the house's own pieces on a figure, as arguments of the job."""
    return {"person": asdict(person), "skus": [one.sku for one in pieces], "ways": ways.as_json()}


def draw_movement(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Draw the sequence of ``asked``.

    Raises:
        NotFound: a piece left the catalogue.
        InputError: the pieces can't be worn at once.
        Cancelled: the person stopped it.
    """
    person = Person(**arguments["person"])
    pieces = tuple(_piece(sku) for sku in arguments["skus"])
    ways = _ways(arguments["ways"])
    frames = moving.frames(
        person, pieces, ways, progress=lambda share: job.progress(0.7 * share, DRAWING), cancelled=job.cancelled
    )
    job.progress(0.7, FILMING)
    shown = film.stills(person, pieces, cancelled=job.cancelled)
    job.progress(0.9, FILMING)
    demonstration = film.film(film.sequence(frames, shown), try_run.provenance(photo=False))
    files = (
        WorkFile(FILM, moving.animated(frames), "image/webp", SourceType.ALGORITHMIC),
        WorkFile(DEMONSTRATION, demonstration, "video/mp4"),
    )
    output = {"engine": "atelier", "frames": len(frames), "stills": len(shown)}
    return WorkResult("rendering", METHOD, VERSION, arguments, output, files)


def _piece(sku: str) -> Piece:
    found = next((one for one in house_pieces() if one.sku == sku), None)
    if found is None:
        raise NotFound(GONE, sku=sku)
    return found


def _ways(kept: Mapping[str, Any]) -> Ways:
    return Ways(bool(kept["tucked"]), bool(kept["open"]), kept["belted"])
