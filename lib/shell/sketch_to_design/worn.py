"""A design on a figure: who wears it is chosen, the picture is drawn once and kept with the design's run."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.access import Actor
from lib.database import artefacts, connect
from lib.i18n import N_, _, translate
from lib.merchandising.sketch_to_design import drawing
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.wearers import WEARERS, can_be_worn, worn
from lib.shell import session, work
from lib.shell.sketch_to_design.state import file_of, named
from lib.shell.text import plain

DRAWING = N_("Draping the garment")


def draw(design: Design, run: str, files: Mapping[str, str]) -> None:
    """Who wears it, and the picture."""
    if not can_be_worn(design):
        return
    wearer = st.pills(
        _("On a figure"),
        list(WEARERS),
        format_func=named(WEARERS, lambda one: plain(translate(WEARERS[one].label))),
        key=f"wearer_{design.id}",
    )
    if wearer is None:
        return
    content = file_of(files.get(_name(wearer), ""))
    if content is None:
        key = f"worn_{design.id}_{wearer}"
        tried = st.session_state.setdefault("sketch_to_design_worn", set())
        if key not in tried:
            tried.add(key)
            work.start(key, _work, session.actor(), design, wearer, run)
        if work.watch(key) is not None:
            st.rerun()
        if not work.running(key):
            tried.discard(key)
        return
    _left, middle, _right = st.columns([1, 3, 1])
    with middle:
        st.image(content, width="stretch")


def _name(wearer: str) -> str:
    return f"worn-{wearer}.webp"


def _work(job: work.Work, actor: Actor, design: Design, wearer: str, run: str) -> str:
    job.progress(0.2, translate(DRAWING))
    content = drawing.encoded(worn(design, wearer))
    with connect() as database:
        return artefacts.store(database, actor, _name(wearer), content, "image/webp", run)
