"""The log as a list: narrowed down, a page at a time, each row with its link; and as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import Actor
from lib.checks.spans import CHECK_TITLES
from lib.database import connect
from lib.database.evidence_log import ON_A_PAGE, LogPage, Wanted, log_page, sealed
from lib.govern.evidence import files
from lib.i18n import _, amount, date_time, ngettext, number, translate
from lib.shell import html, session
from lib.shell.evidence import choices
from lib.shell.evidence.links import FIRST, SECOND, evidence_link, run_evidence
from lib.shell.exports import CSV, XLSX, Export, csv_kinds, downloads
from lib.shell.html import element
from lib.shell.runs.listing import engine_title, title_of, use_case_title
from lib.shell.spans import SIGNS
from lib.shell.text import plain
from lib.shell.words import review_name, status_name
from lib.verdicts import Verdict

JSONL = "application/x-ndjson"


def draw(actor: Actor) -> None:
    """The choices, the runs that they leave, and the files of them."""
    first = st.query_params.get(FIRST, "")
    if first:
        _second_wanted(first)
    wanted = choices.wanted(actor)
    state = f"evidence_page_{actor.workspace}_{wanted}"
    at = int(st.session_state.get(state, 0))
    with connect() as database:
        page = log_page(database, actor, wanted, at * ON_A_PAGE)
        if not page.runs and at:
            at = 0
            page = log_page(database, actor, wanted)
        hidden = sealed(database, actor)
    if not page.runs:
        _empty(wanted)
    else:
        html.draw(table(page.runs, session.language(), first))
        _turn(state, at, page)
        _files(actor, wanted, page.total)
    if hidden:
        st.caption(
            ngettext(
                "{n} run stands behind an open vote and appears here when the vote is closed.",
                "{n} runs stand behind an open vote and appear here when the vote is closed.",
                hidden,
            )
        )


def _second_wanted(first: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="evidence_pair"):
        st.markdown(
            plain(_("Choose the run to hold beside {run}: its row has a link to compare.", run=first[:8])),
            width="stretch",
        )
        if st.button(_("Compare nothing"), key="evidence_no_pair"):
            st.query_params.pop(FIRST, None)
            st.rerun()


def _empty(wanted: Wanted) -> None:
    if wanted == Wanted():
        said = _(
            "Nothing was run here yet. Try a use case: its run appears here, with what checks and people said of it."
        )
        html.draw(element("p", said, class_="toile-empty"))
        return
    html.draw(element("p", _("No run fits these choices."), class_="toile-empty"))
    st.button(_("Leave every choice open"), key="evidence_clear", on_click=choices.clear)


def table(runs: Sequence[Mapping[str, Any]], language: str, first: str = "") -> Markup:
    """One row a run. With ``first``, a run's id, each other row offers to be held beside it."""
    heads = (
        _("When"),
        _("What"),
        _("Who"),
        _("Engine"),
        _("Version"),
        _("Cost"),
        _("Checks"),
        _("Verdict"),
        _("Compare"),
    )
    body = [
        element(
            "tr", *(element("td", c, data_name=h) for h, c in zip(heads, _cells(run, language, first), strict=True))
        )
        for run in runs
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *body), class_="toile-runs")


def _cells(run: Mapping[str, Any], language: str, first: str) -> tuple[str | Markup, ...]:
    what = title_of(run)
    title = use_case_title(run["use_case"])
    return (
        run_evidence(moment(run["started_at"]), run["id"], language),
        element("span", what, element("br"), element("span", title, class_="toile-source")),
        who(run),
        " · ".join(part for part in (engine_title(run["engine"]), run["model"]) if part) or "–",
        str(run["method_version"])[:8],
        amount(run["cost"], run["currency"]) if run["cost"] is not None and run["currency"] else "–",
        _checks(run),
        _verdict(run),
        _beside(run["id"], language, first),
    )


def _beside(run_id: str, language: str, first: str) -> str | Markup:
    if not first:
        return evidence_link(_("Compare…"), language, **{FIRST: run_id})
    if first == run_id:
        return _("the first")
    return evidence_link(_("Compare"), language, **{FIRST: first, SECOND: run_id})


def _checks(run: Mapping[str, Any]) -> str | Markup:
    """How many checks of each verdict, the gravest first, each with its sign."""
    if run["erased_at"]:
        return element("span", _("content erased"), class_="toile-source")
    parts = [
        element(
            "span",
            element("span", SIGNS[verdict], class_="toile-sign-inline", aria_hidden="true"),
            f" {number(run['checks'][verdict.value])} ",
            element("span", translate(CHECK_TITLES[verdict]), class_="toile-source"),
            element("br"),
        )
        for verdict in reversed(list(Verdict))
        if run["checks"].get(verdict.value)
    ]
    return html.joined(*parts) if parts else "–"


def _verdict(run: Mapping[str, Any]) -> str:
    said = [review_name(run["verdict"])] if run["verdict"] else []
    said += [_("{rating} of 5", rating=run["rating"])] if run["rating"] is not None else []
    said += [status_name(run["status"])] if run["status"] != "done" else []
    return " · ".join(said) or "–"


def who(run: Mapping[str, Any]) -> str:
    """A person's name, or what is left of it."""
    if run["person_erased"]:
        return _("Someone whose data was erased")
    return run["person"] or _("Someone without a name")


def moment(written: str) -> str:
    """A time as the reader writes it; what somebody wrote past the app as it stands."""
    try:
        return date_time(dt.datetime.fromisoformat(written).astimezone())
    except ValueError:
        return written


def _turn(state: str, at: int, page: LogPage) -> None:
    last = max(0, (page.total - 1) // ON_A_PAGE)
    first = at * ON_A_PAGE + 1
    with st.container(horizontal=True, vertical_alignment="center"):
        end = first + len(page.runs) - 1
        said = _("{first} to {last} of {n} runs", first=number(first), last=number(end), n=number(page.total))
        st.markdown(plain(said if last else ngettext("{n} run", "{n} runs", page.total)), width="content")
        if last:
            steps = ((_("Newest"), 0), (_("Newer"), at - 1), (_("Older"), at + 1), (_("Oldest"), last))
            for place, (name, to) in enumerate(steps):
                off = at == 0 if place < 2 else at == last
                st.button(name, key=f"{state}_{place}", disabled=off, on_click=_go, args=(state, to))


def _go(state: str, page: int) -> None:
    st.session_state[state] = page


def _files(actor: Actor, wanted: Wanted, total: int) -> None:
    def made(write: Any, **more: Any) -> bytes:
        with connect() as database:
            content: bytes = write(database, actor, wanted, **more)
        return content

    exports = []
    if total <= files.MOST_IN_A_WORKBOOK:
        exports.append(Export("XLSX", "evidence.xlsx", partial(made, files.xlsx), XLSX))
    exports += [
        Export(label, name, partial(made, files.csv, separator=mark), CSV)
        for label, name, mark in csv_kinds("evidence")
    ]
    exports.append(Export("JSON Lines", "evidence.jsonl", partial(made, files.jsonl), JSONL))
    downloads(exports, key="evidence")
    st.caption(
        ngettext(
            "The files hold the {n} run that these choices leave, with its checks and verdicts.",
            "The files hold the {n} runs that these choices leave, with their checks and verdicts.",
            total,
        )
    )
