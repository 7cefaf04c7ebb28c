"""Spot the flaw: begin a round, read its texts and mark what is wrong, and see how many were found."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import streamlit as st

from lib.database import connect, flaw_rounds
from lib.govern.review_queue.flaws import pictures, rounds
from lib.govern.review_queue.flaws.model import KINDS, PICTURE_KINDS, TEXT_KINDS, Item
from lib.i18n import _, date_time, language_name, ngettext, number, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.opening import opening
from lib.shell.review_queue import given, result, top
from lib.shell.review_queue.names import KEYS
from lib.shell.review_queue.reader import read
from lib.shell.review_queue.wanting import open_rounds
from lib.shell.text import plain
from lib.workbench.task_list import task_called

PARAMETER = "round"
LANGUAGES = ("en", "fr")
DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")


def draw() -> None:
    """What it is, the form that begins a round, one's rounds, and the figures."""
    html.draw(
        element(
            "p",
            _(
                "A machine’s text can be fluent and wrong. Here the built-in engine’s texts carry errors that we put"
                " in, and some carry none. Mark what is wrong: afterwards you see what you found, what you missed, and"
                " what the automatic checks found in the same texts."
            ),
        )
    )
    _begin()
    with connect() as database:
        mine = flaw_rounds.mine(database, session.actor())
    _open_rounds([row for row in mine if not row["finished_at"]])
    result.figures()


def _begin() -> None:
    tongue = session.language()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        language = st.segmented_control(
            _("Language of the texts"), LANGUAGES, format_func=language_name, default=tongue, required=True,
            key=f"flaws_language_{tongue}",
        )  # fmt: skip
        size = st.segmented_control(
            _("Texts"), rounds.SIZES, default=rounds.SIZES[0], required=True, key=f"flaws_size_{tongue}"
        )
        begin = st.button(_("Begin a round"), type="primary", icon=":material/troubleshoot:", key="flaws_begin",
                          shortcut="G")  # fmt: skip
    if begin:
        with errors.shown():
            actor, seed = session.actor(), random.SystemRandom().randrange(2**31)
            bar = st.progress(0.0, _("The texts are being written."))
            with connect() as database:
                items = rounds.make(
                    database, actor, str(language), seed, int(size or 0), lambda share: _told(bar, share)
                )
                made = flaw_rounds.add(
                    database, actor, str(language), seed, rounds.VERSION, rounds.as_json(items)
                )  # fmt: skip
            st.query_params[PARAMETER] = made
            st.rerun()


def _told(bar: Any, share: float) -> None:
    bar.progress(share, _("The texts are being written."))


def _open_rounds(unfinished: list[dict[str, Any]]) -> None:
    for row in unfinished:
        with st.container(horizontal=True, vertical_alignment="center"):
            when = date_time(dt.datetime.fromisoformat(row["created_at"]).astimezone())
            said = _("Round of {day}: {done} of {n} texts read", day=when, done=number(row["answered"]),
                     n=number(row["size"]))  # fmt: skip
            st.markdown(plain(said), width="content")
            if st.button(_("Go on"), key=f"flaws_go_{row['id']}"):
                st.query_params[PARAMETER] = row["id"]
                st.rerun()


def draw_round(round_id: str) -> None:
    """One round: its next text, or its result."""
    if st.button(
        _("All rounds"), icon=":material/arrow_back:", type="tertiary", shortcut=KEYS["list"], key="flaws_all"
    ):
        st.query_params.pop(PARAMETER, None)
        open_rounds()
        st.rerun()
    with errors.shown():
        with connect() as database:
            found = flaw_rounds.get(database, session.actor(), round_id)
        items = rounds.from_json(found["items"])
        if found["finished_at"]:
            result.draw(items, found["marks"])
            return
        at = next(place for place in range(len(items)) if place not in found["answered"])
        _text(round_id, at, items, found["marks"][at])


def _text(round_id: str, at: int, items: tuple[Item, ...], marks: list[dict[str, Any]]) -> None:
    top.begin(f"{round_id}/{at}")
    item = items[at]
    title = _("Text {number} of {total}", number=number(at + 1), total=number(len(items)))
    told = _("Choose a passage that is wrong, then say what is wrong with it. Some texts are sound.")
    if pictures.FIELD in item.fields:
        told = _("Look at the picture: which part of what was asked for does it get wrong, if any?")
    opening(title, told)
    with st.container(key="queue_picture" if pictures.FIELD in item.fields else "queue_sides"):
        left, right = st.columns([2, 3], gap="large")
    with left:
        if pictures.FIELD in item.fields:
            st.image(pictures.png(item.facts["drawn"]), caption=plain(item.label), width="stretch")
        else:
            html.draw(element("p", _("What the writer was given"), class_="toile-overline"))
            html.draw(given.facts_markup(task_called("describe_product"), item.facts))
    with right:
        place = f"flaws_chosen_{round_id}_{at}"
        chosen = st.session_state.get(place)
        known = [(one["field"], one["start"], one["end"], kind_said(one)) for one in marks]
        said = f"{chosen['path']}:{chosen['start']}" if chosen else ""
        picked = read(item.fields, known, said, title, f"flaws_reader_{round_id}_{at}")
        if picked:
            st.session_state[place] = picked
            st.rerun()
        _marks(round_id, item, marks)
    if chosen:
        _name(round_id, at, item, chosen, place)
    else:
        _done(round_id, at, len(items), len(marks))


def kind_said(mark: dict[str, Any]) -> str:
    """A mark's kind as the reader reads it."""
    kind = mark["kind"]
    return translate(KINDS[kind])


def _name(round_id: str, at: int, item: Item, chosen: dict[str, Any], place: str) -> None:
    """What is wrong with the chosen passage; the answer is the mark."""
    words = item.fields.get(str(chosen["path"]), "")[int(chosen["start"]) : int(chosen["end"])]
    with st.container(border=True, key="flaws_kinds"):
        st.markdown(_("What is wrong with “{words}”?", words=plain(words)))
        with st.container(horizontal=True):
            offered = PICTURE_KINDS if pictures.FIELD in item.fields else TEXT_KINDS
            for (kind, name), digit in zip(offered.items(), DIGITS, strict=False):
                if st.button(translate(name), key=f"flaws_kind_{kind}", shortcut=digit):
                    with errors.shown():
                        span = (int(chosen["start"]), int(chosen["end"]))
                        with connect() as database:
                            flaw_rounds.mark(database, session.actor(), round_id, at, str(chosen["path"]), span, kind)
                        st.session_state.pop(place, None)
                        st.rerun()
            if st.button(_("Nothing"), shortcut=KEYS["cancel"], key="flaws_cancel"):
                st.session_state.pop(place, None)
                st.rerun()


def _marks(round_id: str, item: Item, marks: list[dict[str, Any]]) -> None:
    for one in marks:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = item.fields[one["field"]][one["start"] : one["end"]]
            st.markdown(f"**{plain(translate(KINDS[one['kind']]))}** · {plain(words)}", width="stretch")
            if st.button(_("Remove"), key=f"flaws_remove_{one['id']}", type="tertiary"):
                with errors.shown():
                    with connect() as database:
                        flaw_rounds.unmark(database, session.actor(), round_id, one["id"])
                    st.rerun()


def _done(round_id: str, at: int, total: int, count: int) -> None:
    with st.container(horizontal=True, key="queue_actions", vertical_alignment="center"):
        label = ngettext("Done: {n} error", "Done: {n} errors", count) if count else _("Done: nothing is wrong")
        if st.button(label, type="primary", icon=":material/check:", shortcut="D", key="flaws_done"):
            with errors.shown():
                with connect() as database:
                    flaw_rounds.answer(database, session.actor(), round_id, at)
                st.rerun()
        st.caption(_("What you have said can’t be changed afterwards; the key opens after text {n}.", n=number(total)))
