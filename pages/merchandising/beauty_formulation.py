"""Beauty formulation: which trials to weigh next, within what ingredients and law allow, and the formula's label."""

import streamlit as st

from lib.catalogue import UseCase
from lib.i18n import _
from lib.merchandising.beauty_formulation.rounds import Round
from lib.merchandising.beauty_formulation.samples import Settings
from lib.shell.beauty_formulation import aims, asking, drawing, labelling, nexts, pictures, proving_own, tables
from lib.shell.beauty_formulation.plot import dress, show
from lib.shell.page import open_page, review, section
from lib.shell.product_descriptions.arrival import arrive

SLUG = "beauty_formulation"


def try_it(case: UseCase) -> None:
    """The newest round first; then what is wanted; folded, what the model and the law say; the files."""
    dress()
    project = tables.project()
    if project is None:
        st.info(_("Choose the demo house’s ingredients, or upload yours, to begin."), icon=":material/arrow_upward:")
        return
    before = asking.earlier(project)
    newest = before[-1] if before else None
    proving_own.offer(case, project, newest)
    if newest is not None:
        with st.container(key="beauty_round"):
            nexts.show(newest)
        arrive(newest.run, "beauty_round")
        nexts.enter(newest, project)
    settings = ask(project, before)
    if newest is None:
        return
    pictures.show(newest)
    labelling.show(newest, settings)
    nexts.history(before)
    section(_("Review"))
    review(newest.run)


def ask(project: tables.Project, before: tuple[Round, ...]) -> Settings:
    """What is wanted and the button, beside what was measured."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        section(_("What is wanted"))
        first = st.container()  # what is wanted in short, and the button: the form below may be left alone
        settings = aims.change(project)
        with first:
            aims.wanted(settings, project)
            asking.button(project, settings, before)
    with right:
        section(_("What was measured"))
        if project.trials:
            show(drawing.measured(project.trials, settings.targets, best_of(before)), "beauty_measured")
        else:
            st.caption(_("No trials yet: the first round spreads over what your limits allow."))
    return settings


def best_of(before: tuple[Round, ...]) -> str:
    """The name of the newest round's best trial, '' where there is none."""
    if not before or before[-1].plan.best is None:
        return ""
    return before[-1].question.trials[before[-1].plan.best].name


open_page(SLUG, try_it)
