"""How the outfit moves, opens, and is worn three ways, on this body."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.atelier.figures import Person
from lib.catalogue import use_case
from lib.commerce.virtual_try_on import film, moving, try_run
from lib.commerce.virtual_try_on.jobs import DEMONSTRATION, DRAW_MOVEMENT, DRAWING, FILM, FILMING, TITLE, asked
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, opens, slot_of
from lib.commerce.virtual_try_on.pieces import Piece
from lib.commerce.virtual_try_on.try_run import SLUG
from lib.database import artefacts, connect
from lib.engines.images.atelier import ATELIER
from lib.i18n import _, translate
from lib.shell import background, errors, session, work
from lib.shell.picture_engine import picture_mark
from lib.shell.piece_names import piece_name
from lib.shell.text import plain
from lib.shell.virtual_try_on.state import SMALL, by_sku, shown, worn_by


def ways(person: Person, pieces: tuple[Wearable, ...]) -> None:
    """Three ways to wear it."""
    slots = {slot_of(piece): piece for piece in pieces}
    shown_ways = moving.three_ways(pieces)
    for column, way in zip(st.columns(3), shown_ways, strict=False):
        kept = tuple(piece for slot, piece in slots.items() if slot not in way.without)
        what = " · ".join(piece_name(slots[slot].name, inside=True) for slot in way.without if slot in slots)
        with column:
            st.image(shown(worn_by(person, kept or pieces, way.ways, SMALL)), width="stretch")
            st.caption(plain(translate(way.title, None, what=what)))


def opening(person: Person, pieces: tuple[Wearable, ...]) -> None:
    """Closed and open."""
    if not any(opens(piece) for piece in pieces):
        st.caption(_("Nothing in this outfit opens at the front. Choose a coat, a shirt, a cardigan or a bag."))
        return
    titles = (_("Worn closed"), _("Worn open"))
    for column, title, is_open in zip(st.columns(2), titles, (False, True), strict=True):
        with column:
            st.image(shown(worn_by(person, pieces, Ways(open=is_open), SMALL)), width="stretch")
            st.caption(title)


def movement(person: Person, pieces: tuple[Wearable, ...], chosen: Ways) -> None:
    """A short sequence: two steps, a hand on each hip; drawn by the worker, or by this session where a garment
    of the person's own is in it."""
    house = tuple(piece for piece in pieces if isinstance(piece, Piece))
    own = len(house) < len(pieces)
    known = by_sku()
    demo = not own and all(known.get(piece.sku) == piece for piece in house)
    files = _by_worker(person, house, chosen) if demo else _by_session(person, pieces, chosen)
    content = files.get(FILM)
    if content is None:
        return
    _left, middle, _right = st.columns([1, 2, 1])
    with middle:
        st.image(content, width="stretch")
        picture_mark(ATELIER)
    with st.container(horizontal=True):
        st.download_button(
            _("Moving picture (WebP)"), content, FILM, "image/webp", key="tryon_webp", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
        if whole := files.get(DEMONSTRATION):
            st.download_button(
                _("Product demonstration (MP4)"), whole, DEMONSTRATION, "video/mp4", key="tryon_mp4",
                on_click="ignore", icon=":material/movie:",
                help=_("On this body: how it moves, how it opens, and the ways to wear it."),
            )  # fmt: skip
    if own:
        st.caption(_("The MP4 is made for pieces of the catalogue: a garment of your own is written to no file here."))


def _asks() -> bool:
    may = session.actor().may(Right.RUN)
    return st.button(_("Show how it moves"), icon=":material/directions_walk:", key="tryon_move", disabled=not may)


def _by_worker(person: Person, pieces: tuple[Piece, ...], chosen: Ways) -> dict[str, bytes]:
    """The files of this person's last job of exactly this outfit by name; none while there is no such job."""
    arguments = asked(person, pieces, chosen)
    job = background.last(DRAW_MOVEMENT, arguments)
    if job is not None and not job.ended:
        background.watch(job.id)
        return {}
    if job is not None and job.status == "done" and job.run:
        with connect() as database:
            rows = artefacts.of_run(database, session.actor(), job.run)
            if rows:
                return {str(row["name"]): artefacts.load(database, session.actor(), row["id"]) for row in rows}
    if job is not None and (error := background.why(job)) is not None:
        errors.show(error)
    if _asks():
        background.begin(use_case(SLUG), DRAW_MOVEMENT, TITLE, arguments)
        st.rerun()
    return {}


def _by_session(person: Person, pieces: tuple[Wearable, ...], chosen: Ways) -> dict[str, bytes]:
    """With pieces of the person's own file, or a garment of their own, whose picture is nowhere but here."""
    wanted = (person, pieces, chosen)
    kept = st.session_state.get("tryon_film")
    if kept is not None and kept[0] == wanted:
        files: dict[str, bytes] = kept[1]
        return files
    key = "tryon_moving"
    if not work.running(key) and _asks():
        st.session_state["tryon_film_wanted"] = wanted
        work.start(key, _made, person, pieces, chosen)
    made = work.watch(key)
    if made is not None:
        st.session_state["tryon_film"] = (st.session_state.get("tryon_film_wanted"), made)
        st.rerun()
    return {}


def _made(job: work.Work, person: Person, pieces: tuple[Wearable, ...], chosen: Ways) -> dict[str, bytes]:
    message = translate(DRAWING)
    job.progress(0.02, message)
    frames = moving.frames(
        person, pieces, chosen, progress=lambda share: job.progress(0.75 * share, message), cancelled=job.stop.is_set
    )
    files = {FILM: try_run.marked(moving.animated(frames), "image/webp", photo=False)}
    if all(isinstance(piece, Piece) for piece in pieces):
        job.progress(0.8, translate(FILMING))
        shown_ways = film.stills(person, pieces, cancelled=job.stop.is_set)
        files[DEMONSTRATION] = film.film(film.sequence(frames, shown_ways), try_run.provenance(photo=False))
    return files
