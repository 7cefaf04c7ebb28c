"""Tools as a person sees them: what an engine called with what and what came of it, and the question before it goes on.

A page hands the events of ``stream_task`` to ``follow``. Where that ends with a question, ``go_on`` draws it at each
look, after a reload too, and resumes the run with the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.database import connect
from lib.database.runs import get_run
from lib.database.tool_calls import StoredCall, calls_of
from lib.i18n import N_, _, number, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.text import plain
from lib.tasks import Context, Partial, Task, TaskFinished, ToolAsked, ToolUsed
from lib.tasks.model import Run, ToolResult
from lib.tasks.run import resume_task
from lib.tasks.tools import Tool

STATES = {  # of a call, see lib.database.tool_calls: a sign and a word
    "done": ("✓", N_("was used")),
    "failed": ("×", N_("did not work")),
    "denied": ("–", N_("refused by a person")),
    "refused": ("–", N_("turned down")),
    "waiting": ("?", N_("waits for an answer")),
    "held": ("·", N_("its turn has not come")),
    "approved": ("·", N_("allowed")),
}
KEY_NAMES = {  # of what tools are given and give, as people say it
    "attribute": N_("attribute"),
    "bought": N_("bought"),
    "idea": N_("idea"),
    "other_attribute": N_("second attribute"),
    "other_value": N_("its value"),
    "pieces": N_("pieces"),
    "reason": N_("reason"),
    "size": N_("size"),
    "sku": N_("article"),
    "scores": N_("scores"),
    "sell_through": N_("sell-through"),
    "sold": N_("sold"),
    "standing": N_("standing"),
    "your_view": N_("from this role’s view"),
    "styles": N_("styles"),
    "value": N_("value"),
}
LONGEST_VALUE, LONGEST_RESULT = 80, 240  # characters that are shown
LARGEST = 1e15  # numbers from here on are shown as the tool wrote them
STYLE = """
.stHtml .toile-tools { list-style: none; margin: 0; padding: 0; font-size: 0.92rem; }
.toile-tools li { margin: 0 0 0.5rem; padding-left: 1.4rem; position: relative; overflow-wrap: anywhere; }
.toile-tools li::before { content: attr(data-sign); position: absolute; left: 0; font-weight: 700; }
.toile-tools span { display: block; color: var(--toile-quiet); }
.toile-tools .toile-state { display: inline; font-style: italic; }
"""
Partials = Callable[[Partial[Any]], None]


def _nothing(event: Partial[Any]) -> None:
    """A page that draws no partial output."""


def follow(
    events: Iterable[Any], task: Task[Any, Any], partial: Partials = _nothing, before: Sequence[ToolResult] = ()
) -> Run[Any] | ToolAsked:
    """Draw a run's tools as they are used, hand its partial outputs to ``partial``, and give its end.

    ``before`` are calls of an earlier part of the run. A ``ToolAsked`` at the end names the run that waits.
    """
    seen, spot = list(before), st.empty()
    for event in events:
        if isinstance(event, Partial):
            partial(event)
        elif isinstance(event, ToolUsed):
            seen.append(event.result)
            with spot.container():
                draw(seen, task.tools)
        elif isinstance(event, ToolAsked | TaskFinished):
            return event if isinstance(event, ToolAsked) else event.run
    raise AssertionError("a stream ended without its last event")


def draw(results: Sequence[ToolResult | StoredCall], tools: Sequence[Tool]) -> None:
    """The calls, one under the other."""
    if results:
        html.draw(html.stylesheet(STYLE))
        html.draw(steps(results, tools))


def steps(results: Sequence[ToolResult | StoredCall], tools: Sequence[Tool]) -> Markup:
    """Each call with its arguments, its state and what came of it, in brief and as text."""
    return element("ul", *(_step(result, tools) for result in results), class_="toile-tools")


def _step(result: ToolResult | StoredCall, tools: Sequence[Tool]) -> Markup:
    sign, state = STATES.get(result.status, ("·", result.status))
    lines = _worded(result)
    if lines is None:
        told = result.result if isinstance(result, StoredCall) else result.text
        lines = [arguments_said(result.arguments), *([result_said(told)] if told else [])]
    return element(
        "li",
        element("strong", tool_name(result.tool, tools)),
        " ",
        element("em", translate(state), class_="toile-state"),
        *(element("span", line) for line in lines if line),
        data_sign=sign,
    )


def _worded(result: ToolResult | StoredCall) -> list[str] | None:
    """What a tool of the client service was given and gave, in its own words; None for other tools."""
    from lib.shell.service_assistant import tool_words  # late: its words are drawn with what stands here

    return tool_words.lines_of(result)


def tool_name(name: str, tools: Sequence[Tool]) -> str:
    """The tool's title in the reader's language, else its name as words."""
    title = next((tool.title for tool in tools if tool.name == name), "")
    return translate(title) if title else name.replace("_", " ").capitalize()


def arguments_said(arguments: str) -> str:
    """A call's arguments in a line, each value shortened; what is no JSON as it stands."""
    try:
        found = json.loads(arguments or "{}")
    except ValueError:
        return _shortened(arguments, LONGEST_RESULT)
    if not isinstance(found, dict):
        return _value(found)
    return " · ".join(_named(key, value) for key, value in found.items())


def result_said(text: str) -> str:
    """What the engine was told, in a line."""
    try:
        found = json.loads(text)
    except ValueError:
        return _shortened(text, LONGEST_RESULT)
    if isinstance(found, dict) and set(found) & {"result", "error"}:
        found = found.get("result", found.get("error"))
    return _shortened(_value(found, LONGEST_RESULT), LONGEST_RESULT)


def _value(value: Any, longest: int = LONGEST_VALUE) -> str:
    if isinstance(value, bool) or value is None:
        return {True: _("yes"), False: _("no"), None: "–"}[value]
    if isinstance(value, int | float):
        return number(value) if abs(value) < LARGEST else _shortened(str(value), longest)
    if isinstance(value, dict):
        return _shortened(", ".join(_named(key, item) for key, item in value.items()), longest)
    if isinstance(value, list):
        return _shortened(", ".join(_value(item) for item in value), longest)
    return _shortened(str(value), longest)


def _named(key: str, value: Any) -> str:
    """A value behind what its key is called."""
    name = translate(KEY_NAMES[key]) if key in KEY_NAMES else key.replace("_", " ")
    return _("{name}: {value}", name=name, value=_value(value))


def _shortened(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def go_on(task: Task[Any, Any], run_id: str, partial: Partials = _nothing) -> Run[Any] | ToolAsked | None:
    """The question that a run waits for; once it is answered, the rest of the run. None while it is not.

    What goes wrong is shown here; the run is recorded with it.
    """
    with errors.shown():
        answer = question(task, run_id)
        if answer is not None:
            return _resumed(task, run_id, answer, partial)
    return None


def _resumed(task: Task[Any, Any], run_id: str, answer: bool, partial: Partials) -> Run[Any] | ToolAsked:
    actor = session.actor()
    with connect() as database:
        settled = [call for call in calls_of(database, actor, run_id) if call.status not in ("held", "waiting")]
    before = [ToolResult(call.tool, call.arguments, call.status, call.result) for call in settled]
    with st.spinner(_("Going on")):
        return follow(resume_task(task, run_id, Context(actor=actor), answer), task, partial, before)


def question(task: Task[Any, Any], run_id: str) -> bool | None:
    """Draw what a waiting run asks, with the two answers; the one that was just given, None where none was.

    Raises:
        NotFound: no such run in the actor's workspace.
    """
    actor = session.actor()
    with connect() as database:
        run, calls = get_run(database, actor, run_id), calls_of(database, actor, run_id)
    waiting = next((call for call in calls if call.status == "waiting"), None)
    if run["status"] != "waiting" or waiting is None:
        return None
    with st.container(border=True, key=f"asks_{run_id}"):
        st.markdown(plain(_("May this be done: {tool}?", tool=tool_name(waiting.tool, task.tools))))
        draw([waiting], task.tools)
        if not actor.may(Right.RUN):
            st.caption(_("Somebody whose role runs tasks has to answer."))
            return None
        with st.container(horizontal=True):
            allowed = st.button(_("Allow it"), type="primary", key=f"allow_{waiting.id}", icon=":material/check:")
            refused = st.button(_("Refuse it"), key=f"refuse_{waiting.id}", icon=":material/block:")
    return True if allowed else False if refused else None
