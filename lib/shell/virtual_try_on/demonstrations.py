"""How the outfit moves, opens, and is worn three ways, on this body."""

from __future__ import annotations

import streamlit as st

from lib.atelier.figures import Person
from lib.commerce.virtual_try_on import moving, try_run
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, opens, slot_of
from lib.i18n import _, translate
from lib.shell import work
from lib.shell.text import plain
from lib.shell.virtual_try_on.state import SMALL, shown, worn_by


def ways(person: Person, pieces: tuple[Wearable, ...]) -> None:
    """Three ways to wear it."""
    slots = {slot_of(piece): piece for piece in pieces}
    shown_ways = moving.three_ways(pieces)
    for column, way in zip(st.columns(3), shown_ways, strict=False):
        kept = tuple(piece for slot, piece in slots.items() if slot not in way.without)
        what = " · ".join(slots[slot].name for slot in way.without if slot in slots)
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
    """A short sequence: two steps, a hand on the hip, a reach; made on request."""
    wanted = (person, pieces, chosen)
    kept = st.session_state.get("tryon_film")
    if kept is not None and kept[0] == wanted:
        _left, middle, _right = st.columns([1, 2, 1])
        with middle:
            st.image(kept[1], width="stretch")
        st.download_button(
            _("Moving picture (WebP)"), kept[1], "try_on_moving.webp", "image/webp", key="tryon_webp",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        return
    key = "tryon_moving"
    if not work.running(key) and st.button(_("Show how it moves"), icon=":material/directions_walk:", key="tryon_move"):
        st.session_state["tryon_film_wanted"] = wanted
        work.start(key, _made, person, pieces, chosen)
    made = work.watch(key)
    if made is not None:
        st.session_state["tryon_film"] = (st.session_state.get("tryon_film_wanted"), made)
        st.rerun()


def _made(job: work.Work, person: Person, pieces: tuple[Wearable, ...], chosen: Ways) -> bytes:
    message = _("Drawing the sequence")
    job.progress(0.02, message)
    frames = moving.frames(
        person, pieces, chosen, progress=lambda share: job.progress(0.95 * share, message), cancelled=job.stop.is_set
    )
    return try_run.marked(moving.animated(frames), "image/webp", photo=False)
