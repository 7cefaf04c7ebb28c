"""All runs of the workspace: narrowed down, a page at a time, each row a link to the run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import Actor
from lib.catalogue import STEERING_PAGES, USE_CASES
from lib.database import connect
from lib.database.run_list import Page, Wanted, engines_used, runs_page
from lib.engines.registry import available
from lib.i18n import _, amount, date_time, ngettext, number, translate
from lib.shell import html, session
from lib.shell.engines_page.words import seconds_said
from lib.shell.html import element
from lib.shell.runs.links import run_link
from lib.shell.runs.titles import made_title
from lib.shell.text import plain
from lib.shell.words import KIND_NAMES, STATUS_NAMES, kind_name, status_name
from lib.workbench.task_list import all_tasks

ON_A_PAGE = 20
NOTHING = "–"


def listing(actor: Actor) -> None:
    """The choices, then the runs that they leave."""
    paged(actor, _wanted(actor), "runs")


def _wanted(actor: Actor) -> Wanted:
    with connect() as database:
        engines = {name: engine_title(name) for name in engines_used(database, actor)}
    tasks = {task.name: translate(task.title) for task in all_tasks()}
    with st.container(key="runs_choices"):
        first, second, third, fourth = st.columns(4)
    with first:
        task = _choice(_("Task"), tasks, "task")
    with second:
        engine = _choice(_("Engine"), engines, "engine")
    with third:
        kind = _choice(_("Kind"), {kind: kind_name(kind) for kind in KIND_NAMES}, "kind")
    with fourth:
        status = _choice(_("State"), {status: status_name(status) for status in STATUS_NAMES}, "status")
    mine = st.toggle(_("Only my own"), key=f"runs_mine_{actor.workspace}")
    return Wanted(task=task, engine=engine, status=status, kind=kind, mine=mine)


def _choice(label: str, names: Mapping[str, str], key: str) -> str:
    """One of ``names``, or an empty text for all."""
    offered = {"": _("All"), **names}
    return str(
        st.selectbox(label, list(offered), format_func=offered.__getitem__, key=f"runs_{key}_{session.workspace()}")
    )


def paged(actor: Actor, wanted: Wanted, key: str) -> None:
    """The wanted runs with the way to older and newer ones. ``key`` tells lists on one page apart."""
    state = f"page_of_{key}_{actor.workspace}_{wanted}"
    at = int(st.session_state.get(state, 0))
    with connect() as database:
        page = runs_page(database, actor, wanted, at * ON_A_PAGE, ON_A_PAGE)
        last = max(0, (page.total - 1) // ON_A_PAGE)
        if at > last:  # runs are never deleted one by one, but the choice may have changed
            at = last
            page = runs_page(database, actor, wanted, at * ON_A_PAGE, ON_A_PAGE)
    if not page.runs:
        html.draw(
            element("p", _("No run of this workspace fits. Leave one of the choices open."), class_="toile-empty")
        )
        return
    html.draw(table(page.runs, session.language()))
    _turn(state, at, last, page)


def _turn(state: str, at: int, last: int, page: Page) -> None:
    first = at * ON_A_PAGE + 1
    with st.container(horizontal=True, vertical_alignment="center"):
        end = first + len(page.runs) - 1
        said = _("{first} to {last} of {n} runs", first=number(first), last=number(end), n=number(page.total))
        st.markdown(plain(said if last else ngettext("{n} run", "{n} runs", page.total)), width="content")
        if last:
            st.button(_("Newer"), key=f"{state}_newer", disabled=at == 0, on_click=_go, args=(state, at - 1))
            st.button(_("Older"), key=f"{state}_older", disabled=at == last, on_click=_go, args=(state, at + 1))


def _go(state: str, page: int) -> None:
    st.session_state[state] = page


def title_of(run: Mapping[str, Any]) -> str:
    """What a run did: its task's title, else what its method is called."""
    titles = {task.name: translate(task.title) for task in all_tasks()}
    return titles.get(run["task"] or "", "") or made_title(run)


def engine_title(name: str | None) -> str:
    """An engine's title; of one that is no longer connected its name."""
    return next((translate(one.title) for one in available() if one.name == name), name or "")


def use_case_title(slug: str) -> str:
    """The title of a use case or of a steering page."""
    titles = {case.slug: case.title for case in USE_CASES} | {page.slug: page.title for page in STEERING_PAGES}
    return translate(titles[slug]) if slug in titles else slug


def table(runs: Sequence[Mapping[str, Any]], language: str) -> Markup:
    """One row a run; what an open vote seals has no link. On a phone a run takes three lines, without empty values."""
    heads = (_("When"), _("What"), _("Use case"), _("Who"), _("Engine"), _("State"), _("Time"), _("Cost"))
    body = [element("tr", *map(_cell, heads, _cells(run, language))) for run in runs]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *body), class_="toile-runs toile-brief")


def _cell(head: str, said: str | Markup) -> Markup:
    return element("td", said, data_name=head, class_="toile-none" if said == NOTHING else "")


def _cells(run: Mapping[str, Any], language: str) -> tuple[str | Markup, ...]:
    when = date_time(dt.datetime.fromisoformat(run["started_at"]).astimezone())
    return (
        when if run["sealed"] else run_link(when, run["id"], language),
        title_of(run),
        use_case_title(run["use_case"]),
        run["person"] or _("Someone without a name"),
        " · ".join(part for part in (engine_title(run["engine"]), run["model"]) if part) or NOTHING,
        status_name(run["status"]),
        seconds_said(run["seconds"]) if run["seconds"] is not None else NOTHING,
        amount(run["cost"], run["currency"]) if run["cost"] is not None and run["currency"] else NOTHING,
    )
