"""The same design drawn by an engine with a model, where one is connected: its words and its lines are the request."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib.engines.images.atelier import ATELIER
from lib.engines.images.registry import image_engine_info
from lib.i18n import _, translate
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.prompting import WANTED, prompt_of, request_of
from lib.shell import session, work
from lib.shell.picture_engine import choose_picture_engine, picture_mark, say_cost
from lib.shell.sketch_to_design.state import USE_CASE, keep, state
from lib.shell.text import plain
from lib.tasks import Context
from lib.tasks.drawing import ImageRun, drawing
from lib.tasks.drawing import draw as draw_picture

METHOD = "sketch_to_design.modelled"


def draw(design: Design, parent: str) -> None:
    """Choose an engine and have it draw the design; nothing where the atelier is the only one."""
    engine = choose_picture_engine(USE_CASE, operations=WANTED, key=design.id)
    if engine != ATELIER:
        request = request_of(design, image_engine_info(engine).operations)
        st.caption(plain(_("It is asked for: {words}", words=prompt_of(design))))
        say_cost(request, engine)
        key = f"modelled_{design.id}_{engine}"
        if not work.running(key) and st.button(
            _("Have it drawn by this engine"), key=f"draw_{key}", icon=":material/auto_awesome:"
        ):
            context = Context(session.actor(), language=session.language(), seed=design.seed, parent=parent)
            work.start(key, _work, context, design, engine)
        made = work.watch(key)
        if made is not None:
            keep(modelled={**state().get("modelled", {}), design.id: made})
    _shown(design)


def _work(job: work.Work, context: Context, design: Design, engine: str) -> str:
    """Ask the engine; the run's id."""
    watched = replace(
        context,
        progress=lambda share, message="": job.progress(share, translate(message) if message else ""),
        cancelled=job.stop.is_set,
    )
    request = request_of(design, image_engine_info(engine).operations)
    inputs = {"design": design.model_dump(mode="json")}
    return draw_picture(request, watched, engine, use_case=USE_CASE, method=METHOD, inputs=inputs).id


def _shown(design: Design) -> None:
    """What an engine drew of this design last, with the mark that says which."""
    run = str(state().get("modelled", {}).get(design.id) or "")
    if not run:
        return
    found: ImageRun = drawing(session.actor(), run)
    _left, middle, _right = st.columns([1, 3, 1])
    with middle:
        for one in found.pictures:
            st.image(one.content, width="stretch")
        picture_mark(found.engine, found.model)
        for one in found.pictures:
            st.download_button(
                "PNG",
                one.content,
                file_name=one.name,
                mime="image/png",
                on_click="ignore",
                key=f"modelled_{one.name}",
            )
