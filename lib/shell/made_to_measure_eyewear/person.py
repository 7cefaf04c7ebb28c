"""Whose face it is: an invented person, somebody's own photo after consent, or measurements that are typed in.

A photo of a person is held by this session alone: never in the database, an artefact, a cache of the process or a log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lib.files.pictures import Picture
from lib.i18n import N_, _, ngettext, translate
from lib.settings import ROOT
from lib.shell.made_to_measure_eyewear import choices
from lib.shell.made_to_measure_eyewear.choices import keep, restored
from lib.shell.photo_consent import PhotoConsent, which_of
from lib.shell.pictures import upload_pictures
from lib.vision.faces import (
    CARD_POINTS,
    FACE_POINTS,
    IRIS_POINTS,
    find_card,
    find_faces,
    guessed_points,
    model_ready,
    points_of,
)

SLUG = "made_to_measure_eyewear"
PEOPLE = ROOT / "sample_data" / "people.json"
SAMPLE, PHOTO, TYPED = "sample", "photo", "typed"
ORIGINS: Mapping[str, str] = {
    SAMPLE: N_("An invented person"),
    PHOTO: N_("My photo or camera"),
    TYPED: N_("Measurements typed in"),
}
MINOR = N_(
    "Faces of people under 18 aren’t measured here: a minor can’t give this consent alone, and a growing face would "
    "outgrow the frame. An optician can measure them with a parent present."
)
Point = tuple[float, float]


@dataclass
class Sitter:
    """A face to be measured. ``points`` are those in use, ``moved`` those that a person moved or placed.

    ``key`` changes with the picture. ``film`` is the focal length as for 35 mm film in millimetres, ``spread`` its
    relative standard deviation, ``told`` what the photo's file says of it; None where it is unknown.
    """

    origin: str
    key: str
    pixels: NDArray[np.uint8] | None = None
    points: dict[str, Point] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    film: float | None = None
    spread: float | None = None
    told: float | None = None
    found: bool = True  # whether the points are a face's that was found, not places to begin from
    card: bool = False
    card_at: str = "forehead"
    truth: dict[str, float] = field(default_factory=dict)  # of an invented person
    seen: dict[str, Point] = field(default_factory=dict)  # the points where a model found them
    doubts: tuple[str, ...] = ()  # what is odd about the measurement


def choose() -> Sitter | None:
    """Ask whose face it is; None while something is missing."""
    origin = keep(
        "origin",
        st.pills(
            _("Whose face"),
            list(ORIGINS),
            format_func={key: translate(title) for key, title in ORIGINS.items()}.__getitem__,
            key=restored("origin", ORIGINS, SAMPLE),
            required=True,
            wrap=True,
        ),
    )
    if origin != PHOTO:
        forget()
    if origin == TYPED:
        return Sitter(TYPED, "typed")
    return _photo() if origin == PHOTO else _invented()


@lru_cache(maxsize=1)
def _people() -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = json.loads(PEOPLE.read_text("utf-8"))
    return kept


def film_of(number: int) -> float:
    """The focal length, as for 35 mm film, that an invented person was photographed with."""
    return float(_people()[number]["shot"]["focal"])


@lru_cache(maxsize=8)
def invented(number: int) -> tuple[NDArray[np.uint8], dict[str, Point], bool]:
    """(picture, points, whether a card was found) of an invented person: nobody's data, so one process keeps it."""
    from lib.merchandising.made_to_measure_eyewear.heads import photograph
    from lib.merchandising.made_to_measure_eyewear.heads.people import from_json

    pixels = photograph(*from_json(_people()[number]))
    points, card, _faces = placed(pixels)
    return pixels, points, card


def _invented() -> Sitter:
    people = _people()
    number = keep(
        "person",
        st.pills(
            _("Which one"),
            range(len(people)),
            format_func=[_("Person {letter}", letter=letter) for letter in "ABCDEF"].__getitem__,
            key=restored("person", range(len(people)), 0),
            required=True,
            wrap=True,
        ),
    )
    st.caption(_("Drawn for this project from survey figures: no such person exists."))
    pixels, points, card = invented(int(number or 0))
    known = people[int(number or 0)]
    head = known["head"]
    truth = {"pd": head["pd"], "width": head["temples"], "nose": head["nose"], "ear": head["ear"]}
    return Sitter(
        SAMPLE, f"sample{number}", pixels, dict(points), film=film_of(int(number or 0)), card=card, truth=truth,
        seen=dict(points),
    )  # fmt: skip


def placed(pixels: NDArray[np.uint8], which: int = 0) -> tuple[dict[str, Point], bool, int]:
    """(points, whether a card was found, how many faces were): found by the model, or to be placed by a person."""
    height, width = pixels.shape[:2]
    points = guessed_points(width, height)
    faces = find_faces(pixels) if model_ready() else ()
    if not faces:
        return points, False, 0
    ordered = sorted(faces, key=lambda face: face.box[0]) if len(faces) > 1 else list(faces)
    face = ordered[min(which, len(ordered) - 1)]
    points |= points_of(face, pixels)
    corners = find_card(pixels, face.box)
    left, top, right, _bottom = face.box
    if corners is None:  # the corners wait on the forehead, where a card is usually held
        wide, high = (right - left) * 0.62, (right - left) * 0.39
        x, y = (left + right) / 2 - wide / 2, top - high * 0.9
        corners_at = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
        return points | dict(zip(CARD_POINTS, corners_at, strict=True)), False, len(faces)
    found = {name: (float(at[0]), float(at[1])) for name, at in zip(CARD_POINTS, corners, strict=True)}
    return points | found, True, len(faces)


def _photo() -> Sitter | None:
    st.markdown(
        _(
            "The photo stays in this session’s memory and is never stored. The measurements and the frame are kept in "
            "this workspace."
        )
    )
    if not PhotoConsent(SLUG, "eyewear", MINOR, forget).given(_("The person in the photo agrees to being measured")):
        return None
    found = upload_pictures(
        "eyewear_photo", SLUG, _("A photo from the front, eyes open, looking into the lens"), keep=False, camera=True
    )
    if found.first is None:
        forget()
        return None
    return _seen(found.source, found.first)


def forget() -> None:
    """Let go of what was made from a photo: its points, the choices about it and the picture with the frame."""
    shelf = st.session_state.get("eyewear_shelf")
    if shelf is not None:
        choices.forget(f"_{shelf['source']}")
    for name in ("eyewear_shelf", "eyewear_worn", "eyewear_moved"):
        kept = st.session_state.get(name)
        of_sample = name == "eyewear_worn" and kept is not None and str(kept[0][0]).startswith(SAMPLE)
        if name == "eyewear_moved" and kept:
            for key in [key for key in kept if not key.startswith(SAMPLE)]:
                del kept[key]
        elif not of_sample:
            st.session_state.pop(name, None)


def has_photo() -> bool:
    """Whether this session holds a photo, though perhaps nobody's face in it is chosen yet."""
    return "eyewear_shelf" in st.session_state


def _seen(source: str, photo: Picture) -> Sitter | None:
    """The photo with its points: looked for once, then those that the person left them at. None of several faces."""
    pixels = _workable(photo.pixels)
    shelf = _shelf(source)
    if "faces" not in shelf:
        with st.spinner(_("Looking for the face")):
            shelf["points"], shelf["card"], shelf["faces"] = placed(pixels)
            if shelf["faces"] > 1:  # nobody's, until it is said whose
                shelf["points"], shelf["card"] = {}, False
    _tell_faces(shelf, pixels)
    if not shelf["points"]:
        return None
    found = shelf["faces"] > 0
    return Sitter(
        PHOTO, source, pixels, dict(shelf["points"]), found=found, card=shelf["card"], told=photo.film,
        seen=dict(shelf["points"]) if found else {},
    )  # fmt: skip


def _tell_faces(shelf: dict[str, Any], pixels: NDArray[np.uint8]) -> None:
    """No face, or several: said, with what to do about it."""
    if not model_ready():
        st.info(_("No landmark model is installed here. Put each point in its place on the picture."))
    elif shelf["faces"] == 0:
        st.warning(
            _(
                "No face was found. Take the photo from the front, in even light, with the face filling a third of "
                "the picture; or put each point in its place by hand."
            ),
            icon=":material/face:",
        )
    elif shelf["faces"] > 1:
        found = ngettext("{n} face was found.", "{n} faces were found.", shelf["faces"])
        advice = _("Choose the one that has agreed, or take a photo of one person alone.")
        key = f"eyewear_which_{shelf['source']}"
        which = which_of((found, advice), _("Which face, from the left"), shelf["faces"], key, shelf.get("which"))
        if which is not None and which != shelf.get("which"):
            shelf["which"] = which
            shelf["points"], shelf["card"], _count = placed(pixels, int(which))
            st.session_state.pop("eyewear_moved", None)  # another face's points


def _workable(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """At most 1,600 pixels long: finer than the points are."""
    import cv2

    shrink = 1600 / max(pixels.shape[:2])
    if shrink >= 1:
        return pixels
    return np.asarray(cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA))


def _shelf(source: str) -> dict[str, Any]:
    """What this session knows of one photo; another photo's is forgotten."""
    kept: dict[str, Any] | None = st.session_state.get("eyewear_shelf")
    if kept is None or kept["source"] != source:
        kept = {"source": source}
        st.session_state["eyewear_shelf"] = kept
    return kept


def corrections(sitter: Sitter) -> dict[str, Point]:
    """Where a person moved the points of this picture; kept by the session, changed in place."""
    every: dict[str, dict[str, Point]] = st.session_state.setdefault("eyewear_moved", {})
    for other in [key for key in every if key != sitter.key]:
        del every[other]
    return every.setdefault(sitter.key, {})


def unplaced(sitter: Sitter, scale: str) -> list[str]:
    """The points that this scale needs and that nobody and nothing has placed yet: nothing is measured from these."""
    guessed = set() if sitter.found else {*FACE_POINTS, *IRIS_POINTS}
    guessed |= set() if sitter.card else set(CARD_POINTS)
    return [name for name in shown_points(sitter, scale) if name in guessed - sitter.moved]


def shown_points(sitter: Sitter, scale: str) -> dict[str, Point]:
    """The points that this scale needs, and their places."""
    hidden = IRIS_POINTS if scale == "card" else CARD_POINTS
    return {name: at for name, at in sitter.points.items() if name not in hidden}
