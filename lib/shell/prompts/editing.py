"""The editor beside its preview. What is typed is kept: neither a refresh nor a colleague loses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from pydantic import BaseModel

from lib.access import Actor, Right
from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.database.prompts import Basis
from lib.engines.prices import estimated_tokens
from lib.errors import Overtaken
from lib.i18n import LANGUAGES, _, date_time, language_name, number, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.prompts.changes import changes
from lib.shell.prompts.names import edition_name, when
from lib.shell.text import plain
from lib.workbench.prompt_desk import PART_NAMES, Desk, Edition, Parts, preview, recorded_inputs, save
from lib.workbench.task_list import examples_of

PAGE = "prompts"
FILE = "file"
LONGEST = 60_000  # characters of a part
HEIGHTS = {"system": 420, "user": 260}


def draft_of(actor: Actor, task: str) -> dict[str, Any] | None:
    """What the person has typed and not saved: system, user, basis ('file' or a version's id)."""
    with connect() as database:
        drafts = remembered(database, actor, PAGE).get("drafts", {})
    found = drafts.get(task) if isinstance(drafts, dict) else None
    return found if isinstance(found, dict) else None


def keep_draft(actor: Actor, task: str, draft: Mapping[str, Any] | None) -> None:
    """Remember a draft, or forget it."""
    with connect() as database:
        drafts = dict(remembered(database, actor, PAGE).get("drafts", {}))
        drafts[task] = dict(draft) if draft else None
        remember(database, actor, PAGE, {"drafts": {name: kept for name, kept in drafts.items() if kept}})


def edit(desk: Desk, actor: Actor) -> None:
    """The texts on the left, to edit where the role allows it; on the right what a model would get."""
    left, right = st.columns(2, gap="large")
    draft = draft_of(actor, desk.task.name) if actor.may(Right.EDIT_PROMPTS) else None
    with left:
        if not actor.may(Right.EDIT_PROMPTS):
            parts = desk.active.parts
            _read_only(parts)
        else:
            parts = _editor(desk, actor, draft)
    with right:
        _preview(desk, actor, parts)


def _read_only(parts: Parts) -> None:
    st.info(_("Your role here reads prompts. Editing them takes the role of innovation team or trainer."))
    for part, name in PART_NAMES.items():
        html.draw(element("p", translate(name), class_="toile-overline"))
        st.code(getattr(parts, part) or "–", language=None, wrap_lines=True, height=HEIGHTS[part])


def _serial(task: str) -> str:
    return f"prompt_serial_{session.workspace()}_{task}"


def _fresh(task: str) -> None:
    """Give the editor new widgets in the next run: a widget of the same key would keep what was typed."""
    st.session_state[_serial(task)] = st.session_state.get(_serial(task), 0) + 1


def _editor(desk: Desk, actor: Actor, draft: Mapping[str, Any] | None) -> Parts:
    task, active = desk.task.name, desk.active
    basis = str(draft["basis"]) if draft else active.id or FILE
    start = Parts(str(draft["system"]), str(draft["user"])) if draft else active.parts
    if draft and basis != (active.id or FILE):
        _overtaken(desk, actor, start)
    key = f"prompt_{session.workspace()}_{task}_{basis}_{st.session_state.get(_serial(task), 0)}"
    typed = Parts(*(_area(part, start, key, actor, task, basis) for part in PART_NAMES))
    if active.problem:
        errors.show(active.problem)
    note = st.text_input(
        _("What you changed, in a few words"),
        key=f"{key}_note",
        max_chars=200,
        placeholder=_("For instance: shorter sentences for social media"),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(_("Save as a new version"), type="primary", icon=":material/save:", key=f"save_{task}")
        if draft and st.button(_("Discard the draft"), key=f"discard_{task}"):
            keep_draft(actor, task, None)
            _fresh(task)
            st.rerun()
    if pressed:
        _save(desk, actor, typed, basis, note, key)
    elif typed != active.parts:
        st.caption(_("Not saved yet. The draft is kept for you; models still get the version in use."))
    return typed


def _area(part: str, start: Parts, key: str, actor: Actor, task: str, basis: str) -> str:
    said = st.text_area(
        translate(PART_NAMES[part]),  # type: ignore[index]
        getattr(start, part),
        height=HEIGHTS[part],  # type: ignore[arg-type]
        max_chars=LONGEST,
        key=f"{key}_{part}",
        on_change=_typed,
        args=(key, start, actor, task, basis),
    )
    return str(said or "")


def _typed(key: str, start: Parts, actor: Actor, task: str, basis: str) -> None:
    """Keep what was typed. Runs before the page does, so it is there even if a colleague has saved meanwhile.

    A click while another version or tab is being drawn sends the texts of the editor that is going once more.
    They are no draft: they are what was saved, or what that editor began with.
    """
    state = st.session_state
    typed = {part: state.get(f"{key}_{part}", getattr(start, part)) for part in PART_NAMES}
    if state.get(_last_saved(task)) == (key, typed):
        return
    draft = draft_of(actor, task)
    edited = typed != {part: getattr(start, part) for part in PART_NAMES}
    if edited or (draft and draft["basis"] == basis):  # the second: typed back to what it was
        keep_draft(actor, task, typed | {"basis": basis})


def _last_saved(task: str) -> str:
    return f"prompt_saved_{session.workspace()}_{task}"


def _save(desk: Desk, actor: Actor, typed: Parts, basis: str, note: str, key: str) -> None:
    task = desk.task
    with errors.shown():
        try:
            with connect() as database:
                save(database, actor, task, typed, Basis(None if basis == FILE else basis), note)
        except Overtaken:
            # Keep what was typed before anything else: it may never have left the widget.
            keep_draft(actor, task.name, {"system": typed.system, "user": typed.user, "basis": basis})
            raise
        keep_draft(actor, task.name, None)
        st.session_state[_last_saved(task.name)] = (key, {part: getattr(typed, part) for part in PART_NAMES})
        _fresh(task.name)
        st.toast(_("Saved. Models get this version from now on."))
        st.rerun()


def _overtaken(desk: Desk, actor: Actor, mine: Parts) -> None:
    """Somebody saved or went back while this person was editing: both texts are there, the person decides."""
    active, task = desk.active, desk.task.name
    if active.id is None:
        said = _("The original text was put back while you were editing. Yours is kept here.")
    else:
        said = _(
            "{person} saved {version} on {day} while you were editing. Your text is kept here.",
            person=active.person or _("Someone without a name"),
            version=edition_name(active),
            day=when(active),
        )
    st.warning(plain(said), icon=":material/group:")
    with st.expander(_("What differs: theirs to yours")):
        changes(_joined(active.parts), _joined(mine))
    with st.container(horizontal=True):
        if st.button(_("Continue with mine on top of it"), key=f"on_top_{task}"):
            keep_draft(actor, task, {"system": mine.system, "user": mine.user, "basis": active.id or FILE})
            st.rerun()
        if st.button(_("Take theirs and drop mine"), key=f"take_{task}"):
            keep_draft(actor, task, None)
            _fresh(task)
            st.rerun()


def _joined(parts: Parts) -> str:
    return f"{parts.system}\n\n{parts.user}"


def _preview(desk: Desk, actor: Actor, parts: Parts) -> None:
    """What a model would get for an input to choose, as plain text."""
    offered = _inputs(desk, actor)
    first, second = st.columns([3, 2])
    with first:
        chosen = st.selectbox(_("Preview on"), list(offered), key=f"preview_{desk.task.name}")
    with second:
        language = st.selectbox(
            _("Language of the text"),
            LANGUAGES,
            index=LANGUAGES.index(session.language()),
            format_func={code: language_name(code) for code in LANGUAGES}.__getitem__,
            key="preview_language",
        )
    with errors.shown():
        shown = preview(desk.task, parts, offered[str(chosen)], str(language))
        for part, name in PART_NAMES.items():
            text = getattr(shown, part)
            html.draw(
                element(
                    "p",
                    translate(name),
                    " · ",
                    _("{n} tokens at most", n=number(estimated_tokens(text))),
                    class_="toile-overline",
                )
            )
            st.code(text or "–", language=None, wrap_lines=True, height=HEIGHTS[part])


def _inputs(desk: Desk, actor: Actor) -> dict[str, BaseModel]:
    """The task's examples and the inputs of the last runs, by the name that the reader chooses them by."""
    import datetime as dt

    found = {translate(title): inputs for title, inputs in examples_of(desk.task).items()}
    with connect() as database:
        for run, inputs in recorded_inputs(database, actor, desk.task):
            at = date_time(dt.datetime.fromisoformat(run["started_at"]))
            found.setdefault(_("The run of {time}", time=at), inputs)
    return found


def sample(desk: Desk) -> BaseModel:
    """The example that the variables are explained with: the one that the preview shows, else the first."""
    titles = {translate(title): inputs for title, inputs in examples_of(desk.task).items()}
    chosen = st.session_state.get(f"preview_{desk.task.name}")
    return titles.get(str(chosen), next(iter(titles.values())))


__all__ = ["Edition", "edit", "sample"]
