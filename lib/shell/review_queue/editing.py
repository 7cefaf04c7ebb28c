"""Editing an output before it is approved: each text, and at once what the checks say of it as it now stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.database.queue_verdicts import Judgement
from lib.errors import InputError
from lib.govern.review_queue.reading import (
    Field,
    approved_form,
    changed,
    fields_of,
    of_option,
    recheck,
    to_fix,
    with_edits,
)
from lib.i18n import _, ngettext
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.review_queue import draft, given, output
from lib.shell.review_queue.names import KEYS

if TYPE_CHECKING:
    from lib.shell.review_queue.desk import OnDesk

MOST_CHARACTERS = 5_000
ONE_LINE = 90  # characters of a text that is edited in one line
Record = Callable[[Judgement], None]


def draw(at: OnDesk, fields: Sequence[Field], record: Record) -> None:
    """The editor of the chosen option; ``record`` writes a verdict down and goes on."""
    begun = dict(draft.of(at.run["id"]).get("edits", {}))
    edits = {field.path: _field(at, field, begun.get(field.path)) for field in fields}
    changes = {field.path: edits[field.path] for field in fields if edits[field.path] != field.text}
    others = {path: text for path, text in begun.items() if path not in edits}  # of another option
    if {**others, **changes} != begun:
        draft.keep(at.run["id"], edits={**others, **changes})
    edited = with_edits(at.run["output"], edits)
    try:
        rows = _checked(at, edited)
    except InputError as error:
        errors.show(error)
        rows = None
    html.draw(element("p", _("As it would stand"), class_="toile-overline"))
    shown = fields_of(edited, at.option)
    html.draw(output.text_markup(shown, rows or (), given.evidence(at.task, at.run["inputs"])))
    if rows:
        html.draw(output.checks_markup(rows, at.task.checks if at.task else ()))
    elif at.task is None:
        st.caption(_("This installation has the task no more, so nothing checks the edited text again."))
    _confirm(at, edits, rows or [], record)


def _field(at: OnDesk, field: Field, begun: str | None) -> str:
    """One text to edit, as it was left: a widget that wasn't drawn for a run forgets."""
    key = f"queue_edit_{at.run['id']}_{field.path}"
    if key not in st.session_state:
        st.session_state[key] = field.text if begun is None else begun
    name, short = output.name_of(field), len(field.text) <= ONE_LINE and "\n" not in field.text
    if short:
        return str(st.text_input(name, key=key, max_chars=MOST_CHARACTERS))
    return str(st.text_area(name, key=key, height="content", max_chars=MOST_CHARACTERS))


def _checked(at: OnDesk, edited: dict[str, Any]) -> list[dict[str, Any]]:
    """The checks on the edited text; the recorded ones as long as nothing changed."""
    if at.task is None:
        return []
    if edited == at.run["output"]:
        return of_option(at.rows, at.option, at.options)
    language = at.run["language"] or "en"
    return recheck(session.actor(), at.task, at.run["inputs"], edited, at.option, language, at.run["id"])


def _confirm(at: OnDesk, edits: dict[str, str], rows: list[dict[str, Any]], record: Record) -> None:
    open_findings = to_fix(rows)
    with st.container(border=True, key="queue_why"):
        if open_findings:
            st.markdown(
                ngettext(
                    "{n} finding says that something must be changed. Say why you approve it all the same.",
                    "{n} findings say that something must be changed. Say why you approve it all the same.",
                    open_findings,
                )
            )
        comment = draft.comment(at.run["id"])
        with st.container(horizontal=True):
            sure = st.button(_("Approve the edited text"), type="primary", shortcut=KEYS["confirm"],
                             key="queue_confirm")  # fmt: skip
            st.button(_("Don’t"), shortcut=KEYS["cancel"], key="queue_cancel",
                      on_click=draft.turn, args=(at.run["id"], ""))  # fmt: skip
    if sure:
        form = approved_form(at.run["output"], at.option, edits) if changed(at.run["output"], edits) else None
        record(Judgement("edited", (), comment, form, tuple(rows), open_findings))
