"""The main button: the next trials, planned and recorded; and the round that is in view."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib.access import Right
from lib.database import connect
from lib.i18n import _, ngettext
from lib.merchandising.beauty_formulation import rounds
from lib.merchandising.beauty_formulation.planning import METHOD, METHOD_VERSION, Question, plan
from lib.merchandising.beauty_formulation.rounds import Round
from lib.merchandising.beauty_formulation.samples import Settings
from lib.shell import errors, session
from lib.shell.beauty_formulation.tables import SLUG, Project
from lib.shell.product_descriptions.arrival import announce
from lib.tasks.recorded import recorded


def earlier(project: Project) -> tuple[Round, ...]:
    """The person's rounds on this ingredient table, the oldest first."""
    with connect() as database:
        return rounds.rounds(database, session.actor(), project.table)


def button(project: Project, settings: Settings, before: tuple[Round, ...]) -> None:
    """Plan the next trials."""
    if not session.actor().may(Right.RUN):
        st.caption(_("Your role in this workspace reads and reviews; it doesn’t plan trials."))
        return
    label = ngettext("Propose the next trial", "Propose the next {n} trials", settings.count)
    if not st.button(label, type="primary", icon=":material/science:", key="run"):
        return
    number = _number(project, before)
    question = Question(
        project.ingredients,
        settings.product,
        project.trials,
        settings.targets,
        settings.count,
        0,
        settings.first,
        number,
        settings.enough,
    )
    with errors.shown():
        question.space()  # a table without a mixture is no run that failed, but a table to correct
        with (
            st.spinner(_("Learning from the trials and looking for the next ones")),
            recorded(
                session.actor(),
                use_case=SLUG,
                kind="analysis",
                method=METHOD,
                method_version=METHOD_VERSION,
                inputs=rounds.inputs_of(question, settings.as_json()),
                language=session.language(),
                seed=question.seed,
                data_set=project.data_set,
                parent=before[-1].run if before else None,
            ) as run,
        ):
            run.output = plan(question).as_json()
        announce(run.id)
        st.rerun()


def _number(project: Project, before: tuple[Round, ...]) -> int:
    """The round's number: the same again while none of the last round's trials has a result."""
    if not before:
        return 1
    last = before[-1]
    known = {trial.name for trial in project.trials}
    weighed = any(proposal.name in known for proposal in last.plan.proposals)
    return last.question.round + 1 if weighed else last.question.round


def with_settings(round_: Round, settings: Settings) -> Round:
    """The round with what the page sets now for the sheets: batch, pH and claims don't change a plan."""
    return replace(round_, settings=settings.as_json())
