"""A face on the page: measured, fitted, looked at, recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lib.access import Right
from lib.engines.images.atelier import ATELIER
from lib.errors import InputError
from lib.files.pictures import written
from lib.files.provenance import Provenance, SourceType, with_provenance
from lib.i18n import _, translate
from lib.merchandising.made_to_measure_eyewear import fit_run
from lib.merchandising.made_to_measure_eyewear.frames import Design
from lib.merchandising.made_to_measure_eyewear.measuring import Measured, Scale, Sight, measure
from lib.merchandising.made_to_measure_eyewear.wearing import worn
from lib.shell import errors, session
from lib.shell.made_to_measure_eyewear import asking, choices, frame_part, guide, measures, person, taking
from lib.shell.made_to_measure_eyewear.choices import keep, restored
from lib.shell.made_to_measure_eyewear.person import PHOTO, SAMPLE, TYPED, Sitter
from lib.shell.made_to_measure_eyewear.points import NAMES, movable
from lib.shell.page import section
from lib.shell.picture_engine import picture_mark
from lib.vision.faces import FACE_POINTS

WORN, POINTS, AROUND = "worn", "points", "around"


def draw() -> None:
    """Choose, measure, fit, look, record. An impossible point or a face in profile leaves the points to be moved."""
    left, right = st.columns([1, 1], gap="large")
    sitter = None
    with right:
        section(_("The face"))
        with errors.shown():
            sitter = person.choose()
            if sitter is not None:
                _face(sitter, left)
    if sitter is None and not person.has_photo():
        with left:
            guide.draw()


def _face(sitter: Sitter, left: Any) -> None:
    if sitter.origin == TYPED:
        measured: Measured | None = fit_run.typed(*measures.typed())
        sight, scale = None, "typed"
    else:
        moved = person.corrections(sitter)
        sitter.points |= moved
        sitter.moved |= set(moved)
        scale = taking.how_taken(sitter)
        left_over = person.unplaced(sitter, scale)
        measured, sight = (None, None) if left_over else _measured(sitter, scale)
        if left_over:
            _still(left_over)
    if measured is None:
        with left:
            _picture(sitter, scale, None, None, None)
        return
    sure = True
    if sight is not None:
        sure = asking.asked(sitter, measured, sight)
        measures.draw(measured, sitter.truth)
    section(_("The frame"))
    design = frame_part.choose(measured, sitter.key)
    frame_part.opinion(measured)
    per_kilogram = frame_part.price(design)
    with left:
        _record(sitter, scale, measured, design, per_kilogram, sure)
        _picture(sitter, scale, measured, sight, design)
        frame_part.facts(measured, design, per_kilogram)


def _still(names: Sequence[str]) -> None:
    """Which points are still where they began: these are nobody's measurements."""
    st.info(
        _(
            "Nothing is measured until every point has been moved to its place. Still to be placed: {points}.",
            points=" · ".join(translate(NAMES[name]) for name in names),
        ),
        icon=":material/touch_app:",
    )


def _measured(sitter: Sitter, scale: str) -> tuple[Measured | None, Sight | None]:
    """The measurements; where the points don't allow any, why not, with the points to be moved."""
    assert sitter.pixels is not None
    height, width = sitter.pixels.shape[:2]
    try:
        by: Scale = "card" if scale == "card" else "iris"
        return measure(sitter.points, width, height, by, sitter.film, sitter.card_at, sitter.spread)
    except InputError as error:
        errors.show(error)
        return None, None


def _picture(sitter: Sitter, scale: str, measured: Measured | None, sight: Sight | None, design: Design | None) -> None:
    """The picture: with the frame on, with its points, or the frame alone from all sides."""
    views = {WORN: _("On the face"), POINTS: _("The points"), AROUND: _("All around")}
    if sight is None:
        views = {POINTS: views[POINTS]} if sitter.pixels is not None else {AROUND: views[AROUND]}
    name = f"view_{'_'.join(views)}"
    key = restored(name, views, next(iter(views)))
    view = keep(
        name, st.segmented_control(_("View"), list(views), format_func=views.__getitem__, key=key, required=True)
    )
    if view == POINTS:
        _points(sitter, scale)
    elif view == AROUND and design is not None:
        frame_part.viewer(design, "eyewear_around", 460)
    elif measured is not None and sight is not None and design is not None:
        _worn(sitter, measured, sight, design)


def _points(sitter: Sitter, scale: str) -> None:
    assert sitter.pixels is not None
    said = movable(sitter.pixels, person.shown_points(sitter, scale), choices.key_of(f"points_{sitter.key}"))
    corrected = person.corrections(sitter)
    if said is not None and corrected.get(said[0]) != said[1]:
        corrected[said[0]] = said[1]
        st.rerun()
    if corrected and st.button(_("Put the points back"), icon=":material/undo:", key=f"eyewear_back_{sitter.key}"):
        corrected.clear()
        st.rerun()


def _worn(sitter: Sitter, measured: Measured, sight: Sight, design: Design) -> None:
    """The picture with the frame on: drawn once for the same face and frame, held by this session alone."""
    assert sitter.pixels is not None
    wanted = (sitter.key, design, repr(measured))
    kept = st.session_state.get("eyewear_worn")
    if kept is None or kept[0] != wanted:
        with st.spinner(_("Putting the frame on")):
            centre = float(sight.pose.in_head(sitter.points["bridge"], 8.0, sight.distance)[0])
            drawn = worn(sitter.pixels, measured, sight, design, centre)
            kept = (wanted, _marked(written(drawn), sitter), written(_around_face(drawn, sitter), kind="jpeg"))
        st.session_state["eyewear_worn"] = kept
    st.image(kept[2], width="stretch")
    with st.container(horizontal=True):
        picture_mark(ATELIER)
        # Not through the page's other downloads: those keep a copy with the run.
        st.download_button(
            _("Picture with the frame"), kept[1], f"frame_{design.notation}.png", "image/png",
            key="eyewear_worn_file", on_click="ignore", icon=":material/download:", type="tertiary",
        )  # fmt: skip


def _marked(png: bytes, sitter: Sitter) -> bytes:
    """The picture with its provenance: drawn by rules, into a photo where it is one. It belongs to no run."""
    kind = SourceType.of(model=False, photo=sitter.origin == PHOTO)
    return with_provenance(png, "image/png", Provenance("atelier", "", "", dt.datetime.now(dt.UTC), kind))


def _around_face(pixels: NDArray[np.uint8], sitter: Sitter) -> NDArray[np.uint8]:
    """The part of the picture that the face fills: what is to be looked at."""
    height, width = pixels.shape[:2]
    places = np.array([sitter.points[name] for name in FACE_POINTS])
    left, right = places[:, 0].min(), places[:, 0].max()
    top, bottom = places[:, 1].min(), places[:, 1].max()
    side = 1.75 * max(right - left, 1.1 * (bottom - top))
    x, y = (left + right) / 2, (top + bottom) / 2 - 0.10 * side
    x0, x1 = (int(np.clip(x + sign * side * 0.62, 0, width)) for sign in (-1, 1))
    y0, y1 = (int(np.clip(y + sign * side * 0.62, 0, height)) for sign in (-1, 1))
    return pixels[y0:y1, x0:x1] if min(x1 - x0, y1 - y0) > 40 else pixels


def _record(sitter: Sitter, scale: str, measured: Measured, design: Design, per_kilogram: float, sure: bool) -> None:
    actor = session.actor()
    may = actor.may(Right.RUN)
    pressed = st.button(
        _("Keep this fit"), type="primary", key="run", disabled=not (may and sure), icon=":material/eyeglasses:",
        help=_("Measurements and frame are kept as a run; the photo isn’t."),
    )  # fmt: skip
    if not may:
        st.caption(_("Your role here looks on. Ask an administrator of the workspace to change it."))
    if not sure:
        st.caption(_("The measurement is unusual: say first, beside it, that the points are right."))
    if not pressed:
        return
    inputs = {
        "origin": sitter.origin, "scale": scale, "film": sitter.film, "film_spread": sitter.spread,
        "card_at": sitter.card_at, "corrected": len(sitter.moved), "unusual": list(sitter.doubts),
        "consent": "given, adult" if sitter.origin == PHOTO else "not needed",
    }  # fmt: skip
    if sitter.origin == SAMPLE:
        inputs["person"] = sitter.key
    with st.spinner(_("Making the files")):
        fit_run.record(actor, measured, design, inputs, per_kilogram, session.language())
    st.toast(_("Kept: measurements and frame. The order sheet is below."))
