"""A try-on as a recorded run: figure, garments and ways; of a photo, the garments and the fact of consent alone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.access import Actor
from lib.atelier.figures import Person
from lib.commerce.virtual_try_on.outfits import Ways, Wearable
from lib.files.provenance import Provenance, SourceType, with_provenance
from lib.i18n import _
from lib.tasks.recorded import recorded

Pixels = NDArray[np.uint8]
SLUG: Final = "virtual_try_on"
METHOD, VERSION = "virtual_try_on.dressed", "1"
PICTURE: Final = "worn.png"


def png_of(pixels: Pixels) -> bytes:
    """Pixels as a PNG."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=3)
    return out.getvalue()


def record_figure(
    actor: Actor, person: Person, pieces: Sequence[Wearable], ways: Ways, picture: Pixels, language: str
) -> str:
    """Write a figure's try-on down with its picture; the run's id.

    Raises:
        NotAllowed: the actor may not run.
    """
    inputs = said_of_figure(person, pieces, ways)
    with recorded(
        actor, use_case=SLUG, kind="rendering", method=METHOD, method_version=VERSION, inputs=inputs,
        language=language, engine="atelier",
    ) as run:  # fmt: skip
        run.keep_picture(PICTURE, png_of(picture), "image/png", SourceType.of(model=False))
        run.output = {"engine": "atelier", "pieces": inputs["pieces"]}
    return run.id


def record_photo(actor: Actor, pieces: Sequence[Wearable], ways: Ways, language: str) -> str:
    """Write a try-on on one's own photo down: no picture, no measurement, no age, nothing of the person.

    Raises:
        NotAllowed: the actor may not run.
    """
    inputs = said_of_photo(pieces, ways)
    with recorded(
        actor, use_case=SLUG, kind="rendering", method=METHOD, method_version=VERSION, inputs=inputs,
        language=language, engine="atelier",
    ) as run:  # fmt: skip
        run.output = {"engine": "atelier", "pieces": inputs["pieces"]}
    return run.id


def said_of_figure(person: Person, pieces: Sequence[Wearable], ways: Ways) -> dict[str, Any]:
    """What a run keeps of a figure's try-on."""
    return {"on": "figure", "person": asdict(person), **_worn(pieces, ways)}


def said_of_photo(pieces: Sequence[Wearable], ways: Ways) -> dict[str, Any]:
    """What a run keeps of a try-on on one's own photo."""
    return {"on": "photo", "consent": "given, adult", **_worn(pieces, ways)}


def _worn(pieces: Sequence[Wearable], ways: Ways) -> dict[str, Any]:
    return {
        "pieces": [{"sku": one.sku, "name": one.name, "kind": one.kind} for one in pieces],
        "ways": ways.as_json(),
    }


def provenance(photo: bool, run: str = "") -> Provenance:
    """What a picture says of itself: drawn by rules, mixed with a photo where it is one."""
    return Provenance("atelier", "", run, dt.datetime.now(dt.UTC), SourceType.of(model=False, photo=photo))


def marked(content: bytes, media_type: str, photo: bool, run: str = "") -> bytes:
    """A picture or sheet with its provenance in it.

    Raises:
        SettingsError: a signing certificate is configured and can't be used.
    """
    return with_provenance(content, media_type, provenance(photo, run))


def sheet(pictures: Sequence[tuple[Pixels, str]], rows: Sequence[Mapping[str, str]], photo: bool) -> bytes:
    """The pictures with their captions and what is worn, as a PDF in the reader's language."""
    from lib.files.documents.pdf import Pdf

    page = Pdf(
        _("Virtual try-on"), _("A geometric preview: not a photo, and not a fitting"), landscape=len(pictures) > 1
    )
    page.pictures([(png_of(one), said) for one, said in pictures], per_row=max(1, len(pictures)), most_height=13.5)
    if rows:
        page.table(list(rows[0]), [[row[key] for key in row] for row in rows])
    page.text(_("Drawn by the atelier, by rules, without a model"), small=True)
    return marked(page.to_bytes(), "application/pdf", photo)
