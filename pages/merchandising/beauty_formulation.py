"""Beauty formulation: which trials to weigh next, within what ingredients and law allow, and the formula's label."""

import streamlit as st

from lib.catalogue import UseCase
from lib.i18n import _
from lib.shell.beauty_formulation import aims, asking, drawing, labelling, nexts, pictures, proving_own, tables
from lib.shell.beauty_formulation.plot import dress, show
from lib.shell.page import open_page, review, section
from lib.shell.product_descriptions.arrival import arrive

SLUG = "beauty_formulation"


def try_it(case: UseCase) -> None:
    """Targets beside what was measured, then the newest round: trials, pictures, results, label, files."""
    dress()
    project = tables.project()
    if project is None:
        st.info(_("Choose the demo house’s ingredients, or upload yours, to begin."), icon=":material/arrow_upward:")
        return
    before = asking.earlier(project)
    proving_own.offer(case, project, before[-1] if before else None)
    left, right = st.columns([3, 2], gap="large")
    with left:
        section(_("What is wanted"))
        listed = st.container()
        settings = aims.change(project)
        with listed:
            aims.wanted(settings)
        asking.button(project, settings, before)
    with right:
        section(_("What was measured"))
        best = (
            before[-1].question.trials[before[-1].plan.best].name if before and before[-1].plan.best is not None else ""
        )
        if project.trials:
            show(drawing.measured(project.trials, settings.targets, best), "beauty_measured")
        else:
            st.caption(_("No trials yet: the first round spreads over what your limits allow."))
    if not before:
        return
    newest = before[-1]
    with st.container(key="beauty_round"):
        nexts.show(newest)
    arrive(newest.run, "beauty_round")
    nexts.enter(newest, project)
    pictures.show(newest)
    labelling.show(newest, settings)
    nexts.history(before)
    section(_("Review"))
    review(newest.run)


open_page(SLUG, try_it)
