"""One run whole: what went in and came out, on which engine and prompt, at what cost, and who judged it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.database import artefacts, connect
from lib.database.page_verdicts import asked
from lib.i18n import N_, _, amount, date_time, language_name, ngettext, number, translate
from lib.navigation import address_of, has_page
from lib.shell import html, session, tool_steps
from lib.shell.compare.naming import reading
from lib.shell.engines_page.words import seconds_said
from lib.shell.exports import JSON, Export, downloads
from lib.shell.html import element
from lib.shell.marks import checks_markup, engine_mark
from lib.shell.opening import opening
from lib.shell.page import section
from lib.shell.pilots import run as pilot_run
from lib.shell.prompts.names import in_full
from lib.shell.reviewing import given_markup
from lib.shell.runs.links import run_link, verdicts_link
from lib.shell.runs.listing import title_of, use_case_title
from lib.shell.text import plain
from lib.shell.words import status_name
from lib.workbench.run_view import RunView, may_answer, passages_of, run_view

Fact = tuple[str, str | Markup]
PICTURED = ("rendering", "analysis")  # kinds of run whose result is seen before it is read
SHOWN_TYPES = ("image/png", "image/jpeg", "image/webp")
MOST_PICTURES, PER_ROW = 12, 3
METHOD_TITLES = {"pilot_outcome": N_("comparison of a pilot’s figures"), "board_pack": N_("board pack")}


def detail(run_id: str, beside: Callable[[], None] | None = None) -> None:
    """The run with all that belongs to it. ``beside`` draws what else there is to say, below the run's name.

    Raises:
        NotFound: no such run in the person's workspace.
        NotAllowed: an open vote seals it.
    """
    with connect() as database:
        view = run_view(database, session.actor(), run_id)
    row = view.row
    when = date_time(dt.datetime.fromisoformat(row["started_at"]).astimezone())
    who = row["person_name"] or _("Someone without a name")
    opening(title_of(row), f"{status_name(row['status'])} · {when} · {who}")
    if beside is not None:
        beside()
    if row["erased_at"]:
        erased = date_time(dt.datetime.fromisoformat(row["erased_at"]).astimezone())
        said = _("What went in and came out was erased on {day}. What is shown is what is left.", day=erased)
        html.draw(element("p", said, class_="toile-null"))
    if row["engine"] and not row["erased_at"]:
        engine_mark(row["engine"], row["model"] or "", drawn=row["kind"] == "rendering")
    html.draw(facts_markup([*_about(view), *_measured(view)]))
    _failed(view)
    _tools(view)
    _result(view)
    _inputs(view)
    _refined(view)


def facts_markup(facts: Sequence[Fact]) -> Markup:
    """Named facts."""
    lines = [element("div", element("dt", name), element("dd", value)) for name, value in facts if value]
    return element("dl", *lines, class_="toile-list")


def _about(view: RunView) -> list[Fact]:
    row, language = view.row, session.language()
    slug = row["use_case"]
    title = use_case_title(slug)
    page = element("a", title, href=address_of(slug, language), data_page=slug, class_="toile-link")
    facts: list[Fact] = [(_("Use case"), page if has_page(slug) else title)]
    if pilot_run.is_evaluation(row):
        facts.append((_("Pilot"), pilot_run.pilot_link(row)))
    if row["comparison"]:
        query = f"comparison={row['comparison']}"
        there = f"{address_of('compare', language)}&{query}"
        link = element("a", _("Open the comparison"), href=there, data_page=f"compare?{query}", class_="toile-link")
        facts.append((_("Comparison"), link))
    elif row["parent_id"]:
        facts.append((_("Refines"), run_link(_("the run before"), row["parent_id"], language)))
    if row["language"] and row["kind"] not in PICTURED:
        facts.append((_("Language of the text"), language_name(row["language"])))
    if row["prompt_hash"]:
        kept = in_full(view.prompt) if view.prompt else _("A text that is no longer kept")
        facts.append((_("Prompt"), f"{kept} ({row['prompt_hash'][:8]})"))
    if row["method"] == "drafter":
        facts.append((_("Method"), _("rules, version {version}", version=row["method_version"])))
    elif row["method"] != "prompt":
        title = METHOD_TITLES.get(row["method"], "")
        named = translate(title) if title else row["method"].replace("_", " ")
        facts.append((_("Method"), f"{named} {row['method_version']}"))
    if row["seed"] is not None:
        facts.append((_("Random seed"), str(row["seed"])))
    return facts


def _measured(view: RunView) -> list[Fact]:
    row = view.row
    facts: list[Fact] = []
    if row["seconds"] is not None:
        facts.append((_("Time"), seconds_said(row["seconds"])))
    if row["first_token_seconds"] is not None:
        facts.append((_("First words"), seconds_said(row["first_token_seconds"])))
    if row["input_tokens"] is not None and row["output_tokens"] is not None:
        read, written = number(row["input_tokens"]), number(row["output_tokens"])
        facts.append((_("Tokens"), _("{read} read, {written} written", read=read, written=written)))
    if row["cost"] is not None and row["currency"]:
        facts.append((_("Cost"), amount(row["cost"], row["currency"])))
    return facts


def _failed(view: RunView) -> None:
    error = view.row["error"]
    if error:
        message = translate(str(error.get("message", "")), None, **error.get("values", {}))
        html.draw(element("p", message, class_="toile-null"))
    output = view.row["output"]
    if view.row["status"] != "done" and isinstance(output, dict) and output.get("raw"):
        with st.expander(_("What had come before it stopped")):
            st.code(str(output["raw"]), language=None, wrap_lines=True)


def _tools(view: RunView) -> None:
    """The calls of tools, and the question where the run waits for an answer."""
    settled = [call for call in view.calls if call.status != "waiting"]
    if settled:
        section(_("Tools"))
        tool_steps.draw(settled, view.task.tools if view.task else ())
    if view.waits and view.task is not None and may_answer(session.actor(), view):
        if tool_steps.go_on(view.task, view.row["id"]) is not None:
            st.rerun()
    elif view.waits:
        st.caption(_("This run waits for somebody whose role runs tasks."))


def _result(view: RunView) -> None:
    if view.row["status"] != "done" or view.row["output"] is None:
        return
    section(_("Result"))
    if view.row["kind"] in PICTURED:
        _pictures(view.row["id"])
    evaluation = pilot_run.is_evaluation(view.row)
    passages = () if evaluation else passages_of(view)
    if evaluation:
        pilot_run.draw(view.row)
    if passages:
        html.draw(element("div", reading(passages), class_="toile-ballot"))
    if view.checks:
        html.draw(checks_markup(view.checks, view.task.checks if view.task else ()))
    if view.reviews:
        html.draw(given_markup(list(view.reviews)))
    with connect() as database:
        queue = asked(database, session.actor(), view.row["id"])
    if queue.possible and session.actor().may(Right.REVIEW):
        html.draw(element("p", verdicts_link(view.row["id"], session.language())))
    if view.row["kind"] in PICTURED and not passages and not evaluation:
        st.caption(_("Its page shows what this run found; here is what was recorded of it, value by value."))
    _recorded(_("The whole output, as it was recorded"), view.row["output"])
    downloads([Export("JSON", f"run-{view.row['id'][:8]}.json", lambda: _as_json(view), JSON)], key="run_json")


def _pictures(run_id: str) -> None:
    """The first pictures that the run kept, before anything that it recorded in words."""
    with connect() as database:
        kept = [one for one in artefacts.of_run(database, session.actor(), run_id) if one["media_type"] in SHOWN_TYPES]
        shown = [(one["name"], artefacts.load(database, session.actor(), one["id"])) for one in kept[:MOST_PICTURES]]
    for start in range(0, len(shown), PER_ROW):
        for column, (name, content) in zip(st.columns(PER_ROW), shown[start : start + PER_ROW], strict=False):
            column.image(content, caption=plain(name), width="stretch")
    if len(kept) > len(shown):
        more = len(kept) - len(shown)
        st.caption(
            ngettext("{n} more picture is kept with this run.", "{n} more pictures are kept with this run.", more)
        )


def _inputs(view: RunView) -> None:
    if view.row["inputs"]:
        section(_("What went in"))
        _recorded(_("The inputs, as they were recorded"), view.row["inputs"])


def _recorded(title: str, value: object) -> None:
    with st.expander(title):
        st.code(json.dumps(value, ensure_ascii=False, indent=2), language="json", wrap_lines=True)


def _refined(view: RunView) -> None:
    if not view.refined_by:
        return
    section(ngettext("{n} run refines this one", "{n} runs refine this one", len(view.refined_by)))
    for run in view.refined_by:
        when = date_time(dt.datetime.fromisoformat(run["started_at"]).astimezone())
        html.draw(element("p", run_link(when, run["id"], session.language()), " · ", status_name(run["status"])))


def _as_json(view: RunView) -> bytes:
    """The run as a file: what the database has of it, with its checks, calls and reviews."""
    from dataclasses import asdict

    from lib.files.writers import write_json

    hidden = {"workspace_id", "person_id", "process"}
    row = {key: value for key, value in view.row.items() if key not in hidden}
    reviews = [{key: value for key, value in one.items() if key not in hidden} for one in view.reviews]
    checks = [
        {"check": one["check_name"], "verdict": one["verdict"], "findings": one["findings"]} for one in view.checks
    ]
    calls = [{key: value for key, value in asdict(call).items() if key != "id"} for call in view.calls]
    return write_json({**row, "checks": checks, "tool_calls": calls, "reviews": reviews})
