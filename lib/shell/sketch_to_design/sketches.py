"""The sketch: a photo or scan, one of the demo house's, or a drawing made in the page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from lib.database import artefacts, connect
from lib.errors import ToileError
from lib.i18n import N_, _, translate
from lib.merchandising.sketch_to_design import sketched
from lib.merchandising.sketch_to_design.correcting import Correction, named_with
from lib.shell import errors, session
from lib.shell.pictures import PictureSample, UploadedPicture, upload_pictures
from lib.shell.sketch_to_design import setting_right
from lib.shell.sketch_to_design.state import USE_CASE, file_of, keep, state, widget
from lib.vision.sketches.refusing import NoDrawing

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
    """The sketch in use: ``name`` is its artefact's id or 'sample:' and a file's name, and what was set right in it."""

    name: str
    kind: str
    cut: Mapping[str, str]
    correction: Correction


@dataclass(frozen=True)
class Choice:
    """The sketch that was chosen; ``missing`` where one is wanted and none can be used yet."""

    sketch: Chosen | None = None
    missing: bool = False


def draw() -> Choice:
    """Let a person choose where a sketch comes from, see what is read in it and set that right."""
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
        return Choice()
    name, content = _photo() if source == PHOTO else _drawn()
    if content is None:
        return Choice(missing=True)
    try:
        return Choice(_read(name, content))
    except ToileError as error:
        errors.show(error)
        if isinstance(error, NoDrawing):
            setting_right.insist(name)
        setting_right.turns(name)  # a sketch that lies on its side may be refused for that
        return Choice(missing=True)


def _read(name: str, content: bytes) -> Chosen:
    """The sketch as it was read and set right."""
    before = setting_right.correction_of(name)
    base = sketched.as_read(content, before.turn, before.insisted)
    correction = setting_right.draw(name, base)
    read = sketched.open_sketch(sketched.SketchFile(content, correction))
    return Chosen(named_with(name, correction), sketched.kind_of(read), sketched.cut_read(read), correction)


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
