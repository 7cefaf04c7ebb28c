"""The outfit's cloth drawn by an image model, where one is connected: on a figure it is a run with its picture, on a
photo the session's alone, and a photo goes over the network only after a second consent."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.access import Right
from lib.atelier.figures import Person
from lib.commerce.virtual_try_on import inpainting, try_run
from lib.commerce.virtual_try_on.moving import FRAME
from lib.commerce.virtual_try_on.on_photos import Tried
from lib.commerce.virtual_try_on.outfits import Ways, Wearable
from lib.commerce.virtual_try_on.photo_bodies import PhotoBody
from lib.commerce.virtual_try_on.pieces import Piece
from lib.commerce.virtual_try_on.try_run import SLUG
from lib.engines.images.atelier import ATELIER
from lib.engines.images.model import ImageRequest
from lib.engines.images.registry import ImageEngineInfo, image_engine_info, image_engines
from lib.errors import NotFound
from lib.files.provenance import with_provenance
from lib.i18n import _, translate
from lib.shell import session, work
from lib.shell.picture_engine import choose_picture_engine, picture_mark, title_of
from lib.shell.text import plain
from lib.shell.virtual_try_on.state import keep, shown, state, worn_by
from lib.tasks import Context
from lib.tasks.drawing import ImageRun, drawing
from lib.tasks.drawing import draw as draw_picture

METHOD = "virtual_try_on.inpainted"
WORK = "tryon_modelled"
HELD = "tryon_modelled"  # what shows a person or a garment of one's own, in this session alone
MOST = 8  # looks whose drawn pictures are found again


def tidy(who: object) -> None:
    """Let go of what was made from a photo once that photo is gone or another one is there."""
    held: dict[str, Any] | None = st.session_state.get(HELD)
    if held is not None and held["photo"] and held["of"] != id(who):
        st.session_state.pop(HELD, None)
        work.stop(WORK)


def draw(who: Person | PhotoBody, pieces: tuple[Wearable, ...], ways: Ways, tried: Tried | None = None) -> None:
    """Ask for the cloth drawn by a model, and show what it drew of exactly this look."""
    with st.expander(_("Have the cloth drawn by an image model"), icon=":material/brush:"):
        able = [one for one in image_engines() if one.name != ATELIER and one.problem is None]
        if not any("inpaint" in one.operations for one in able):
            st.markdown(
                _(
                    "No image model is connected, so the cloth stays as the atelier draws it. To add one: put a "
                    "diffusion checkpoint (safetensors) into a folder of this machine, then name the folder on the "
                    "*Engines* page under *A checkpoint for pictures (diffusers)*. The picture then never leaves "
                    "this machine."
                )
            )
            return
        engine = choose_picture_engine(SLUG, operations=("inpaint",), key="cloth")
        if engine == ATELIER:
            st.caption(_("Choose an engine with a model. It draws the garments anew; all else stays as it is."))
            return
        _ask(who, pieces, ways, tried, engine)
        _show(who, pieces, ways, engine)


def _ask(who: Person | PhotoBody, pieces: tuple[Wearable, ...], ways: Ways, tried: Tried | None, engine: str) -> None:
    st.caption(plain(_("It is asked for: {words}", words=inpainting.prompt_of(pieces))))
    st.caption(_("Head, hands and all that is no garment stay as they are. Cut and details may come out otherwise."))
    agreed = not isinstance(who, PhotoBody) or _agreed(who, image_engine_info(engine))
    may = agreed and session.actor().may(Right.RUN)
    pressed = not work.running(WORK) and st.button(
        _("Draw the cloth"), key="tryon_cloth", icon=":material/auto_awesome:", disabled=not may
    )
    if pressed:
        photo = isinstance(who, PhotoBody)
        st.session_state[HELD] = {"photo": photo, "of": id(who), "look": look_of(who, pieces, ways, engine)}
        picture, zone = _preview(who, pieces, ways, tried)
        request = inpainting.request_of(picture, zone, pieces, photo=photo)
        inputs = (
            try_run.said_of_figure(who, pieces, ways)
            if isinstance(who, Person)
            else try_run.said_of_photo(pieces, ways)
        )
        private = photo or any(not isinstance(piece, Piece) for piece in pieces)
        context = Context(session.actor(), language=session.language(), seed=request.seed)
        work.start(WORK, _work, context, request, engine, inputs, (picture, zone) if private else None)
    made = work.watch(WORK)
    if made is not None:
        _take(made)


def _agreed(person: PhotoBody, info: ImageEngineInfo) -> bool:
    """Whether a photo may go to this engine: on this machine it stays here, elsewhere the person agrees again."""
    if info.runs == "this machine":
        st.caption(_("This engine runs on this machine: the photo stays here."))
        return True
    return st.checkbox(
        plain(_("The person in the photo also agrees that it is sent to {engine}, {where}", engine=title_of(info),
                where=translate(info.where))),
        key=f"tryon_sent_{info.name}_{id(person)}",
    )  # fmt: skip


def _preview(who: Person | PhotoBody, pieces: tuple[Wearable, ...], ways: Ways, tried: Tried | None) -> tuple[Any, Any]:
    """The geometric preview and where cloth lies in it."""
    if isinstance(who, PhotoBody) and tried is not None:
        return tried.picture, inpainting.zone_on_photo(who, tried)
    assert isinstance(who, Person)
    return worn_by(who, pieces, ways, FRAME), inpainting.zone_on_figure(who, pieces, ways, FRAME)


def _work(
    job: work.Work, context: Context, request: ImageRequest, engine: str, inputs: dict[str, Any], private: Any
) -> Any:
    """Ask the engine: the run, and for what isn't kept the picture beside it."""
    watched = replace(context, cancelled=job.stop.is_set, progress=job.progress)
    run = draw_picture(
        request, watched, engine, use_case=SLUG, method=METHOD, inputs=inputs, keep=private is None
    )  # fmt: skip
    if private is None:
        return run, None
    picture, zone = private
    return run, inpainting.composed(picture, run.pictures[0].pixels, zone)


def _take(made: tuple[ImageRun, Any]) -> None:
    """The result to where it belongs: a figure's run is remembered, a private picture stays in this session."""
    run, picture = made
    held: dict[str, Any] | None = st.session_state.get(HELD)
    if held is None:
        return  # the photo was deleted while the engine drew
    if picture is not None:
        held |= {"picture": picture, "run": run}
        return
    before = list(dict(state().get("modelled", {})).items())
    keep(modelled=dict([*before, (held["look"], run.id)][-MOST:]))


def look_of(who: Person | PhotoBody, pieces: tuple[Wearable, ...], ways: Ways, engine: str) -> str:
    """One name for exactly this look by this engine."""
    said = try_run.said_of_figure(who, pieces, ways) if isinstance(who, Person) else {"of": id(who)}
    worn = [[one.sku for one in pieces], ways.as_json(), engine, said]
    return hashlib.sha256(json.dumps(worn, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _show(who: Person | PhotoBody, pieces: tuple[Wearable, ...], ways: Ways, engine: str) -> None:
    look = look_of(who, pieces, ways, engine)
    held: dict[str, Any] = st.session_state.get(HELD) or {}
    if held.get("look") == look and held.get("picture") is not None:
        run: ImageRun = held["run"]
        content = with_provenance(try_run.png_of(held["picture"]), "image/png", run.provenance)
        _picture(shown(held["picture"]), content, run)
        return
    kept = str(state().get("modelled", {}).get(look) or "")
    if not kept:
        return
    try:
        found = drawing(session.actor(), kept)
    except NotFound:
        return
    for one in found.pictures:
        _picture(one.content, one.content, found)


def _picture(seen: bytes, content: bytes, run: ImageRun) -> None:
    _left, middle, _right = st.columns([1, 6, 1])
    with middle:
        st.image(seen, width="stretch")
        picture_mark(run.engine, run.model)
    st.download_button(
        _("Picture (PNG)"), content, "try_on_cloth.png", "image/png", key="tryon_cloth_png", on_click="ignore",
        icon=":material/image:",
    )  # fmt: skip
