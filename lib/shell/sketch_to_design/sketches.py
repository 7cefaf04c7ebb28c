"""The sketch: a photo or scan, one of the demo house's, or a drawing made in the page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from lib.database import artefacts, connect
from lib.errors import ToileError
from lib.i18n import N_, _, ngettext, translate
from lib.merchandising.sketch_to_design import sketched
from lib.merchandising.sketch_to_design.names import piece_name
from lib.shell import errors, session
from lib.shell.pictures import PictureSample, UploadedPicture, upload_pictures
from lib.shell.sketch_to_design.state import USE_CASE, file_of, keep, state, widget
from lib.shell.text import plain

PHOTO, DRAWN, NONE = "photo", "drawn", "none"
CANVAS = (420, 520)
TITLES = {
    "dress": N_("Dress"),
    "coat": N_("Coat"),
    "shirt": N_("Shirt"),
    "trousers": N_("Trousers"),
    "bag": N_("Bag"),
}


@dataclass(frozen=True)
class Chosen:
    """The sketch in use: ``name`` is its artefact's id, or 'sample:' and a file's name."""

    name: str
    kind: str


def draw() -> Chosen | None:
    """Let a person choose where a sketch comes from; the sketch, None where there is none or it can't be read."""
    names = {NONE: _("none"), PHOTO: _("a photo or scan"), DRAWN: _("drawn here")}
    key = widget("sketch_from")
    if st.session_state.get(key) not in names:
        before = str(state().get("sketch") or NONE)
        st.session_state[key] = before if before in names else NONE
    source = st.segmented_control(_("Sketch"), list(names), format_func=names.__getitem__, key=key) or NONE
    if source != (state().get("sketch") or NONE):
        keep(sketch="" if source == NONE else source)
    if source == NONE:
        st.caption(_("Its lines are kept: regions are found, fabric is laid into them."))
        return None
    name, content = _photo() if source == PHOTO else _drawn()
    if content is None:
        return None
    try:
        read = sketched.open_sketch(content)
    except ToileError as error:
        errors.show(error)
        return None
    _seen(read)
    return Chosen(name, sketched.kind_of(read))


def _photo() -> tuple[str, bytes | None]:
    samples = tuple(
        PictureSample(path, title)
        for stem, title in TITLES.items()
        if (path := sketched.SAMPLES / f"{stem}.jpg").is_file()
    )
    given = upload_pictures("sketch", USE_CASE, _("The sketch"), most=1, samples=samples, camera=True)
    if not given.pictures:
        return "", None
    one = given.pictures[0]
    if one.artefact is not None:
        return one.artefact, file_of(one.artefact)
    path = _sample_path(one, samples)
    return f"{sketched.SAMPLE_PREFIX}{path.name}", path.read_bytes()


def _sample_path(one: UploadedPicture, samples: tuple[PictureSample, ...]) -> Any:
    return next(sample.path for sample in samples if translate(sample.title) == one.name)


def _drawn() -> tuple[str, bytes | None]:
    """A drawing made with finger, pen or mouse; kept when its maker says so."""
    from streamlit_drawable_canvas import st_canvas

    st.caption(_("Draw a closed outline, then seams, pockets, a neckline."))
    width = st.slider(_("Stroke"), 2, 10, 4, key=widget("stroke"))
    made = st_canvas(
        stroke_width=width,
        stroke_color="#1C2126",
        background_color="#FFFFFF",
        width=CANVAS[0],
        height=CANVAS[1],
        drawing_mode="freedraw",
        return_image_data=True,
        key=widget("canvas"),
    )
    if st.button(_("Take this drawing"), key=widget("take_drawing"), icon=":material/check:"):
        content = _paper(made.image_data)
        with connect() as database:
            keep(drawing=artefacts.store(database, session.actor(), "drawing.png", content, "image/png"))
        st.rerun()
    kept = str(state().get("drawing") or "")
    return kept, file_of(kept)


def _paper(drawn: Any) -> bytes:
    """The canvas on white paper, as a PNG."""
    from PIL import Image

    rgba = np.full((CANVAS[1], CANVAS[0], 4), 255, dtype=np.uint8) if drawn is None else np.asarray(drawn, np.uint8)
    image = Image.fromarray(rgba)
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _seen(read: Any) -> None:
    """What was found in the sketch."""
    kind = sketched.kind_of(read)
    regions = len([part for part in read.parts if part.role != "button"])
    st.image(read.page, width="stretch")
    found = ngettext("{n} region found.", "{n} regions found.", regions)
    st.caption(plain(f"{piece_name(kind)} · {found}" if kind else found))
    for note in read.notes:
        st.caption(plain(note.text()))
