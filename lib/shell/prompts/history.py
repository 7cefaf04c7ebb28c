"""Versions: who saved what and when, which runs used it, what differs between any two, and the way back."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from markupsafe import Markup

from lib.access import Actor, Right
from lib.database import connect
from lib.database.prompts import PromptUse
from lib.database.run_list import Wanted
from lib.i18n import _, date_time, ngettext
from lib.shell import errors, html
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.prompts.changes import changes
from lib.shell.prompts.names import edition_title, in_full, when
from lib.shell.runs.listing import paged
from lib.workbench.prompt_desk import Desk, Edition, roll_back

SHOWN = 20  # versions in the list; older ones can still be compared
STYLE = """
[class*="st-key-edition_"] { border-top: 1px solid var(--toile-line); padding-top: 0.6rem; }
.toile-edition { margin: 0; overflow-wrap: anywhere; }
.toile-edition strong { font-weight: 600; }
.toile-edition span { display: block; font-size: 0.92rem; color: var(--toile-quiet); }
"""


def history(desk: Desk, actor: Actor) -> None:
    """The list of versions, then the differences between two of them."""
    html.draw(html.stylesheet(STYLE))
    for edition in [*desk.editions[:-1][:SHOWN], desk.editions[-1]]:
        with st.container(key=f"edition_{desk.task.name}_{edition.number}"):
            _row(desk, edition, actor)
    section(_("What differs"))
    _compare(desk)
    section(
        _("Which runs used which"),
        _("Runs on a model, by the text that it got. The built-in engine uses no prompt."),
    )
    _used(desk, actor)


def _row(desk: Desk, edition: Edition, actor: Actor) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        html.draw(said_of(edition))
        if edition.active:
            st.markdown(":material/check: " + _("In use"), width="content")
        elif actor.may(Right.EDIT_PROMPTS) and st.button(
            _("Use this one again"), key=f"back_{desk.task.name}_{edition.number}"
        ):
            with errors.shown():
                with connect() as database:
                    roll_back(database, actor, desk.task, edition)
                st.toast(_("Models get {version} from now on.", version=edition_title(edition)))
                st.rerun()
    if edition.problem:
        errors.show(edition.problem)


def said_of(edition: Edition) -> Markup:
    """What an edition is: name, note, who and when, how often it was used."""
    who = edition.person or _("Someone without a name")
    about = f"{who} · {when(edition)}" if edition.id else _("came with the product")
    title = edition_title(edition) + (f" · {edition.note}" if edition.note else "")
    lines = (element("strong", title), element("span", about), element("span", use_said(edition.use)))
    return element("p", *lines, class_="toile-edition")


def use_said(use: PromptUse | None) -> str:
    """How many runs used a text, and when last."""
    if use is None:
        return _("not used by any run yet")
    last = date_time(dt.datetime.fromisoformat(use.last))
    return ngettext("used by {n} run, on {last}", "used by {n} runs, last on {last}", use.runs, last=last)


def _compare(desk: Desk) -> None:
    names = {edition.number: in_full(edition) for edition in desk.editions}
    if len(names) < 2:
        st.markdown(_("There is only one text so far. Once you save a version, what changed stands here."))
        return
    by_number = {edition.number: edition for edition in desk.editions}
    numbers = list(names)
    newest = numbers[0] if desk.active.number == 0 else desk.active.number
    before = next((number for number in numbers if number < newest), 0)
    # A version that was saved or taken back since changes what one wants to see first: the choice begins anew.
    key = f"{desk.task.name}_{desk.active.number}_{len(numbers)}"
    left, right = st.columns(2)
    with left:
        old = st.selectbox(
            _("From"), numbers, numbers.index(before), format_func=names.__getitem__, key=f"diff_from_{key}"
        )
    with right:
        new = st.selectbox(_("To"), numbers, numbers.index(newest), format_func=names.__getitem__, key=f"diff_to_{key}")
    changes(by_number[int(old)].text, by_number[int(new)].text)


def _used(desk: Desk, actor: Actor) -> None:
    used = {edition.hash: edition_title(edition) for edition in reversed(desk.editions) if edition.use}
    used |= {digest: _("An earlier text, no longer kept ({hash})", hash=digest[:8]) for digest, _use in desk.unknown}
    if not used:
        st.markdown(_("No run on a model has used this prompt yet."))
        return
    digests = list(reversed(used)) if not desk.unknown else list(used)
    digest = st.selectbox(
        _("Text"), digests, format_func=used.__getitem__, key=f"used_{desk.task.name}", label_visibility="collapsed"
    )
    paged(actor, Wanted(task=desk.task.name, prompt=str(digest)), "prompt_runs")
