"""Who tries on: one of the atelier's figures, changed to one's liking, or one's own photo after consent.

A photo is held by this session alone: never in the database, an artefact, a cache of the process or a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.atelier.figures import Person
from lib.atelier.sizes import SIZES
from lib.commerce.virtual_try_on.models import MODELS, TONES
from lib.commerce.virtual_try_on.on_photos import fitted
from lib.commerce.virtual_try_on.photo_bodies import PhotoBody, body_in, people_in
from lib.commerce.virtual_try_on.try_run import SLUG
from lib.i18n import N_, _, ngettext, translate
from lib.shell.photo_consent import PhotoConsent, which_of
from lib.shell.pictures import upload_pictures
from lib.shell.virtual_try_on.state import keep, restored, widget
from lib.vision.bodies import bodies_ready

FIGURE, PHOTO = "figure", "photo"
ORIGINS: Mapping[str, str] = {FIGURE: N_("A figure"), PHOTO: N_("My own photo")}
POSES: Mapping[str, str] = {
    "upright": N_("Upright"),
    "contrapposto": N_("Hand on the hip"),
    "walk": N_("Walking"),
    "seated": N_("Seated"),
}
MINOR = N_(
    "Photos of people under 18 aren’t used here: a minor can’t give this consent alone. Choose a figure of the same "
    "size."
)


def _consent() -> PhotoConsent:
    return PhotoConsent(SLUG, "tryon", MINOR, forget)


def choose() -> Person | PhotoBody | None:
    """The figure, or the person of a photo; None while something is missing."""
    titles = {name: translate(title) for name, title in ORIGINS.items()}
    key = restored("origin", ORIGINS, FIGURE)
    if st.session_state.pop("tryon_to_figure", False):
        st.session_state[key] = FIGURE
    origin = st.pills(
        _("Who tries on"), list(titles), format_func=titles.__getitem__, key=key, required=True, wrap=True
    )
    keep(origin=origin)
    if origin == PHOTO:
        return _photo()
    _consent().let_go()
    return _figure()


def _figure() -> Person:
    titles = {name: translate(model.label) for name, model in MODELS.items()}
    key = restored("model", MODELS, "binta")
    asked = st.session_state.pop("tryon_model", None)
    if asked in MODELS:
        st.session_state[key] = asked
    name = st.selectbox(_("Which figure"), list(titles), format_func=titles.__getitem__, key=key)
    keep(model=name)
    person = MODELS[str(name)].person
    with st.expander(_("Change this figure"), icon=":material/tune:"):
        size = st.select_slider(_("Size"), SIZES, key=_of(f"size_{name}", person.size))
        tone = st.select_slider(_("Skin tone (Monk scale)"), TONES, key=_of(f"tone_{name}", person.tone))
        age = st.slider(_("Age"), 18, 90, key=_of(f"age_{name}", person.age))
        stature = st.slider(_("Height (cm)"), 145, 195, key=_of(f"stature_{name}", round(person.stature)))
        pose: str | None = person.pose
        if not person.wheelchair:
            poses = {one: translate(title) for one, title in POSES.items()}
            pose = st.segmented_control(
                _("Pose"), list(poses), format_func=poses.__getitem__, key=restored("pose", POSES, "upright"),
                required=True,
            )  # fmt: skip
            keep(pose=pose)
    return replace(person, size=int(size), tone=int(tone), age=int(age), stature=float(stature), pose=str(pose))


def _of(name: str, value: Any) -> str:
    """The key of a widget that begins with a value."""
    key = widget(name)
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def _photo() -> PhotoBody | None:
    st.markdown(
        _(
            "The photo stays in this session’s memory and is never stored. What is kept of a try-on are the garments "
            "and the fact that you agreed."
        )
    )
    if not _consent().given(_("The person in the photo agrees to this")):
        return None
    if not bodies_ready():
        st.info(_("No model for bodies is installed here. Choose a figure."), icon=":material/info:")
        return None
    left, right = st.columns(2)
    with left:
        stature = st.number_input(_("Height (cm)"), 140, 200, 168, key="tryon_stature")
    with right:
        titles = {0: _("estimate it"), **{size: str(size) for size in SIZES}}
        size = st.selectbox(_("Size"), list(titles), format_func=titles.__getitem__, key="tryon_size")
    found = upload_pictures(
        "tryon_photo", SLUG, _("A photo from the front, the whole body, in close-fitting clothes"), keep=False,
        camera=True,
    )  # fmt: skip
    if found.first is None:
        forget()
        return None
    return _seen(found.source, found.first.pixels, float(stature), int(size or 0))


def forget() -> None:
    """Let go of all that was made from a photo."""
    for name in ("tryon_shelf", "tryon_on_photo"):
        st.session_state.pop(name, None)


def has_photo() -> bool:
    """Whether this session holds anything made from a photo."""
    return "tryon_shelf" in st.session_state


def _seen(source: str, pixels: Any, stature: float, size: int) -> PhotoBody | None:
    """The person, looked for once; of several, the one who was chosen."""
    shelf: dict[str, Any] | None = st.session_state.get("tryon_shelf")
    if shelf is None or shelf["source"] != source:
        forget()
        small = fitted(pixels)
        with st.spinner(_("Looking for the person")):
            shelf = {"source": source, "pixels": small, "people": people_in(small)}
        st.session_state["tryon_shelf"] = shelf
    people = shelf["people"]
    which = 0
    if len(people) > 1:
        chosen = _whose(len(people), source)
        if chosen is None:
            return None
        which = chosen
    wanted = (which, stature, size)
    if shelf.get("wanted") != wanted:
        with st.spinner(_("Reading the body")):
            box = people[which] if len(people) > 1 else None
            shelf["body"] = body_in(shelf["pixels"], box, stature, size)
            shelf["wanted"] = wanted
    body: PhotoBody = shelf["body"]
    if not size:
        st.caption(_("Estimated from the outline: size {size}. Loose clothes make it larger.", size=body.size))
    st.button(_("Delete the photo now"), on_click=_consent().withdraw, icon=":material/delete:", key="tryon_delete")
    return body


def _whose(count: int, source: str) -> int | None:
    found = ngettext("{n} person was found.", "{n} people were found.", count)
    advice = _("Choose the one who has agreed, or take a photo of one person alone.")
    return which_of((found, advice), _("Which person, from the left"), count, f"tryon_which_{source[:8]}")
