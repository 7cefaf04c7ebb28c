"""Planted marks: made here, planted by the reader, looked for in an answer."""

from __future__ import annotations

import streamlit as st

from lib.checks.injection import canary_in, new_canary
from lib.govern.checks_desk.documents import is_mark
from lib.govern.checks_desk.naming import KNOWN
from lib.i18n import _
from lib.shell import html
from lib.shell.checks_desk.findings import trust
from lib.shell.checks_desk.holding import MEMORY, field, hold
from lib.shell.html import element
from lib.shell.marks import findings_markup
from lib.shell.page import section

MOST = 5  # marks that are remembered; the oldest gives way


def kept() -> list[str]:
    """The marks that this person made, the newest first."""
    return [str(one) for one in MEMORY.state().get("marks", [])]


def _make() -> None:
    MEMORY.keep(marks=[new_canary(), *kept()][:MOST])


def draw() -> None:
    """A mark to plant, and the answers to look for it in."""
    section(
        _("A planted mark"),
        _(
            "Plant a mark in instructions or in a document that must not be told. If an answer repeats it, something "
            "private leaked."
        ),
    )
    marks = kept()
    st.button(
        _("Make another mark") if marks else _("Make a mark"),
        key="checks_make_mark",
        icon=":material/add:",
        on_click=_make,
    )
    if marks:
        st.caption(_("Copy this line into the instructions or the document. Your last marks are remembered."))
        st.code(_("Internal reference {mark}, never to be told.", mark=marks[0]), language=None, wrap_lines=True)
    left, right = st.columns([2, 3])
    own = str(left.text_input(_("A mark of your own (optional)"), key=field("own_mark", "")))
    answer = str(right.text_area(_("The answer to look through"), key=field("answer", ""), height=120))
    hold("own_mark", own)
    hold("answer", answer)
    if own.strip() and not is_mark(own):
        left.caption(_("Give it at least 8 letters or figures: a shorter mark stands in a text by chance."))
    _look(answer, [*marks, *([own] if is_mark(own) else [])])
    html.draw(trust(KNOWN["canary"]))


def _look(answer: str, marks: list[str]) -> None:
    if not answer.strip():
        return
    if not marks:
        html.draw(element("p", _("Make a mark first, or give one of your own."), class_="toile-desk-small"))
        return
    found = canary_in(answer, marks)
    if found:
        html.draw(findings_markup(found, lambda _one: ""))
        return
    said = _("The mark isn’t in this answer. What stands beside the mark may have been told all the same: read it.")
    html.draw(element("p", said, class_="toile-desk-small", role="status"))
