"""One output to judge: what went in beside what came out, what the checks mark, and the verdict, by key or by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Right
from lib.database import connect, queue_verdicts, review_queue
from lib.database.queue_verdicts import Judgement
from lib.database.review_queue import MOST_REVIEWERS, Wanted
from lib.database.runs import checks_of, get_run
from lib.errors import NotFound, Overtaken
from lib.govern.review_queue.reading import approved_form, fields_of, of_option, options_in, to_fix
from lib.i18n import _, ngettext, number
from lib.shell import errors, html, marks, session, spans
from lib.shell.html import element
from lib.shell.review_queue import draft, editing, given, output, saying
from lib.shell.review_queue.names import KEYS, reasons_said, verdict_name
from lib.shell.review_queue.wanting import open_samples, wanted
from lib.shell.runs.links import run_link
from lib.shell.runs.listing import title_of, use_case_title
from lib.shell.text import plain
from lib.workbench.task_list import AnyTask, task_called

PARAMETER = "item"
SKIPPED, WHICH, SAID = "queue_skipped", "queue_which", "queue_said"


@dataclass(frozen=True)
class OnDesk:
    """An output with all that its reader needs. ``item`` is one of ``Waiting.items``."""

    item: dict[str, Any]
    run: dict[str, Any]
    rows: tuple[dict[str, Any], ...]
    task: AnyTask | None
    option: int = 0

    @property
    def options(self) -> int:
        return options_in(self.run["output"])


def go_on(which: Wanted, message: str = "") -> None:
    """To the next free output, else back to the list; a message comes along."""
    with connect() as database:
        found = review_queue.next_waiting(database, session.actor(), which, st.session_state.get(SKIPPED, ()))
    if message:
        st.session_state[SAID] = message
    st.session_state[WHICH] = which
    draft.drop()
    if found is None:
        st.session_state[SKIPPED] = []
        st.query_params.pop(PARAMETER, None)
        if which.sample:
            open_samples()
        if not message:
            st.session_state[SAID] = _("No other output is free for you just now.")
    else:
        st.query_params[PARAMETER] = found
    st.rerun()


def _which() -> Wanted:
    """What is being read: a sample, or what the person chose on the list."""
    found = st.session_state.get(WHICH)
    return found if isinstance(found, Wanted) else wanted()


def draw(run_id: str) -> None:
    """The output under this run, claimed for its reader."""
    with st.container(horizontal=True):
        if st.button(_("All that waits"), icon=":material/arrow_back:", type="tertiary", shortcut=KEYS["list"],
                     key="queue_list"):  # fmt: skip
            _leave(run_id)
        undo()
    with errors.shown():
        with connect() as database:
            try:
                item = review_queue.claim(database, session.actor(), run_id)
            except (Overtaken, NotFound) as error:
                errors.show(error)
                _after(database, run_id)
                return
            run = get_run(database, session.actor(), run_id)
            rows = checks_of(database, session.actor(), run_id)
        _judge(OnDesk(item, run, tuple(rows), _task(run["task"])))


def _task(name: str | None) -> AnyTask | None:
    try:
        return task_called(name or "")
    except NotFound:
        return None


def _leave(run_id: str) -> None:
    with connect() as database:
        review_queue.release(database, session.actor(), run_id)
    st.query_params.pop(PARAMETER, None)
    st.rerun()


def undo() -> None:
    """The way to take back one's own last verdict, from wherever one is."""
    with connect() as database:
        mine = queue_verdicts.my_verdicts(database, session.actor(), 1)
    if not mine:
        return
    last = mine[0]
    about = plain(str(last["label"] or use_case_title(last["use_case"])))
    told = _("Your last verdict, on {output}. It is taken back as a record of its own.", output=about)
    label = _("Take back: {verdict}", verdict=verdict_name(last["verdict"]))
    if st.button(label, icon=":material/undo:", shortcut=KEYS["undo"], key="queue_undo", help=told):
        with errors.shown():
            with connect() as database:
                queue_verdicts.withdraw(database, session.actor(), last["run_id"])
            st.session_state[SAID] = _("Your verdict is taken back; the output waits again.")
            st.query_params[PARAMETER] = last["run_id"]
            st.rerun()


def _after(database: Database, run_id: str) -> None:
    """An output that is not to be judged by this person now: what was said of it, where that is open, and the next."""
    with errors.shown():
        said = queue_verdicts.others_verdicts(database, session.actor(), run_id)
        _verdicts(said)
        if session.actor().may(Right.GOVERN):
            _ask(run_id, _("Ask for verdicts on it again"))
    if st.button(_("Next output"), type="primary", shortcut=KEYS["skip"], key="queue_next"):
        go_on(_which())


def _ask(run_id: str, title: str) -> None:
    """Ask people for verdicts on an output: one that nobody waits for any more, or more people than are asked."""
    with st.expander(title, icon=":material/replay:"):
        most = 1 if session.actor().workspace == DEMO_WORKSPACE else MOST_REVIEWERS
        people = 1
        if most > 1:
            people = st.number_input(_("By how many people"), 1, most, 1, key=f"queue_again_{run_id}")
        note = st.text_input(_("Why, for those who read it"), max_chars=500, key=f"queue_note_{run_id}")
        if st.button(_("Put it into the queue"), key="queue_put"):
            with errors.shown():
                with connect() as database:
                    review_queue.put(database, session.actor(), run_id, int(people), note)
                st.session_state[SAID] = _("It waits in the queue.")
                st.rerun()


def _judge(at: OnDesk) -> None:
    head(at)
    if at.item["status"] == "adjudicate":
        with connect() as database:
            said = queue_verdicts.others_verdicts(database, session.actor(), at.run["id"])
        html.draw(element("p", _("The reviewers disagree. Your verdict decides."), class_="toile-finding"))
        _verdicts(said)
    at = _chosen(at)
    rows = of_option(at.rows, at.option, at.options)
    fields = fields_of(at.run["output"], at.option)
    with st.container(key="queue_sides"):
        left, right = st.columns([2, 3], gap="large")
    with left:
        html.draw(element("p", _("What went in"), class_="toile-overline"))
        html.draw(given.facts_markup(at.task, at.run["inputs"]))
    with right:
        pictured = given.pictures(at.run["id"]) if at.run["kind"] == "rendering" else 0
        if draft.mode(at.run["id"]) == "edit":
            editing.draw(at, fields, lambda said: record(at, said))
            return
        if fields:
            html.draw(output.text_markup(fields, rows, given.evidence(at.task, at.run["inputs"])))
            spans.key()
        elif not pictured:
            st.caption(_("This output has neither text nor a picture that is kept. Its run’s page shows all of it."))
        if rows:
            html.draw(output.checks_markup(rows, at.task.checks if at.task else ()))
    _act(at, to_fix(rows))
    actor = session.actor()
    if actor.workspace != DEMO_WORKSPACE and actor.may(Right.GOVERN):
        _ask(at.run["id"], _("Ask other people, or more of them"))


def head(at: OnDesk) -> None:
    """What it is, by what, on whose wish, and how many verdicts it has."""
    item = at.item
    who = _("you") if item["own"] else item["person"] or _("someone without a name")
    asked = ngettext("{n} person judges it", "{n} people judge it", item["reviewers"])
    facts = [use_case_title(item["use_case"]), _("made by {person}", person=who), asked]
    if item["given"] and item["status"] != "adjudicate":
        facts.append(ngettext("{n} verdict is in, sealed", "{n} verdicts are in, sealed", item["given"]))
    title = str(item["label"]) or title_of(at.run)
    about = element("p", " · ".join(facts), " · ", run_link(_("the run"), at.run["id"], session.language()))
    html.draw(element("header", element("h1", title), about, class_="toile-opening"))
    if item["note"]:
        html.draw(element("p", item["note"], class_="toile-null"))
    if item["own"] and session.actor().workspace != DEMO_WORKSPACE:
        st.caption(_("You had this made yourself: a colleague sees more in it than you do."))
    if at.run["engine"]:
        marks.engine_mark(at.run["engine"], at.run["model"] or "", drawn=at.run["kind"] == "rendering")


def _chosen(at: OnDesk) -> OnDesk:
    """The option under judgement, where the output has several."""
    if at.options < 2:
        return at
    name = f"queue_option_{at.run['id']}_{session.language()}"
    kept = min(int(draft.of(at.run["id"]).get("option", 0)), at.options - 1)
    option = st.segmented_control(
        _("Option"), range(at.options), format_func=lambda one: _("Option {number}", number=number(one + 1)),
        default=kept, required=True, key=name, help=_("Your verdict is on the option that is open."),
    )  # fmt: skip
    if option != kept:
        draft.keep(at.run["id"], option=int(option or 0))
    return OnDesk(at.item, at.run, at.rows, at.task, int(option or 0))


def _act(at: OnDesk, open_findings: int) -> None:
    """The verdicts, each with its key, in reach wherever one reads; what one of them needs is asked in their place."""
    mode = draft.mode(at.run["id"])
    if mode in ("approved", "sent_back", "rejected"):
        over = open_findings if mode == "approved" else 0
        said = saying.ask(at.run["id"], mode, over)
        if said is not None:
            form = approved_form(at.run["output"], at.option, {}) if mode == "approved" else None
            record(at, Judgement(mode, said[0], said[1], form, open_findings=over))
        return
    with st.container(horizontal=True, key="queue_actions"):
        if st.button(_("Approve"), type="primary", icon=":material/check:", shortcut=KEYS["approve"], key="queue_yes"):
            if open_findings:
                draft.turn(at.run["id"], "approved")
                st.rerun()
            else:
                record(at, Judgement("approved", edited_output=approved_form(at.run["output"], at.option, {})))
        editable = bool(fields_of(at.run["output"], at.option))
        st.button(_("Edit and approve"), icon=":material/edit:", shortcut=KEYS["edit"], key="queue_edit",
                  disabled=not editable, on_click=draft.turn, args=(at.run["id"], "edit"))  # fmt: skip
        st.button(_("Send back"), icon=":material/undo:", shortcut=KEYS["send_back"], key="queue_back",
                  on_click=draft.turn, args=(at.run["id"], "sent_back"))  # fmt: skip
        st.button(_("Reject"), icon=":material/close:", shortcut=KEYS["reject"], key="queue_no",
                  on_click=draft.turn, args=(at.run["id"], "rejected"))  # fmt: skip
        if st.button(_("Skip"), icon=":material/skip_next:", shortcut=KEYS["skip"], key="queue_skip"):
            _skip(at.run["id"])


def _skip(run_id: str) -> None:
    """Leave it to somebody else, or for later."""
    with connect() as database:
        review_queue.release(database, session.actor(), run_id)
    st.session_state[SKIPPED] = [*st.session_state.get(SKIPPED, []), run_id]
    go_on(_which())


def record(at: OnDesk, said: Judgement) -> None:
    """Write the verdict down and go on."""
    with errors.shown():
        with connect() as database:
            queue_verdicts.give(database, session.actor(), at.run["id"], said)
        go_on(_which(), _("Recorded: {verdict}.", verdict=verdict_name(said.verdict)))


def _verdicts(said: Sequence[dict[str, Any]]) -> None:
    """Verdicts that are open to this reader."""
    if not said:
        return
    lines = []
    for one in said:
        parts = [one["person"] or _("Someone without a name"), reasons_said(one["reasons"])]
        text = [element("p", one["comment"])] if one["comment"] else []
        lines.append(
            element("li", element("strong", verdict_name(one["verdict"])), " ",
                    element("span", " · ".join(part for part in parts if part)), *text)
        )  # fmt: skip
    html.draw(element("ul", *lines, class_="toile-reviews"))
