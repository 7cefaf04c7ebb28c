"""The choices that narrow the log down, remembered beyond the session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

import streamlit as st

from lib.access import Actor
from lib.checks.spans import CHECK_TITLES
from lib.database import connect
from lib.database.evidence_log import NO_VERDICT, Offered, Wanted, offered
from lib.i18n import _, ngettext, translate
from lib.shell.page_state import PageState
from lib.shell.runs.listing import engine_title, use_case_title
from lib.shell.words import REVIEW_NAMES, STATUS_NAMES, review_name, status_name
from lib.tasks.check_titles import check_title
from lib.verdicts import Verdict

MEMORY = PageState("evidence")
UNFOLDED = "evidence_unfolded"


def wanted(actor: Actor) -> Wanted:
    """What the person asks for, from the widgets that this draws."""
    with connect() as database:
        found = offered(database, actor)
    unfolded = bool(st.session_state.get(UNFOLDED))
    # On a phone nine choices would stand before the first run: there they are folded, by the style sheet.
    with st.container(key="evidence_choices" if unfolded else "evidence_choices_folded"):
        asked = _asked(found)
    _fold(unfolded, made(asked))
    return asked


def made(asked: Wanted) -> int:
    """How many choices are made, beside the words, which stand open anyway."""
    return sum(bool(value) for name, value in asdict(asked).items() if name != "words")


def _fold(unfolded: bool, n: int) -> None:
    """The button that a phone has: it opens and folds the choices, and says how many are made."""
    said = _("Fewer choices") if unfolded else _("Narrow it down")
    if n:
        said += " · " + ngettext("{n} choice made", "{n} choices made", n)
    st.button(said, key="evidence_fold", icon=":material/filter_list:", on_click=_turn_fold)


def _turn_fold() -> None:
    st.session_state[UNFOLDED] = not st.session_state.get(UNFOLDED)


def _asked(found: Offered) -> Wanted:
    """The choices themselves."""
    first = st.columns(4)
    with first[0]:
        key = MEMORY.recall("words", "")
        words = st.text_input(
            _("Words"),
            key=key,
            max_chars=200,
            placeholder=_("In what went in or came out"),
            on_change=MEMORY.kept("words", key),
        )
    with first[1]:
        use_case = _choice(_("Use case"), "use_case", {slug: use_case_title(slug) for slug in found.use_cases})
    with first[2]:
        person = _choice(_("Who"), "person", _people(found))
    with first[3]:
        engine = _choice(_("Engine"), "engine", {name: engine_title(name) for name in found.engines})
    second = st.columns(4)
    with second[0]:
        since = _day(_("Since"), "since")
    with second[1]:
        until = _day(_("Until"), "until")
    with second[2]:
        finding = _choice(_("What checks found"), "finding", _findings())
    with second[3]:
        verdict = _choice(_("Verdict"), "verdict", _verdicts())
    check, status = _more(found)
    return Wanted(
        person=person, use_case=use_case, engine=engine, status=status, since=since, until=until, check=check,
        finding=finding, verdict=verdict, words=str(words or ""),
    )  # fmt: skip


def _more(found: Offered) -> tuple[str, str]:
    state = MEMORY.state()
    with st.expander(_("More choices"), expanded=bool(state.get("check") or state.get("status"))):
        left, right = st.columns(2)
        with left:
            check = _choice(_("Check"), "check", {name: check_title(name) for name in found.checks})
        with right:
            status = _choice(_("State"), "status", {name: status_name(name) for name in STATUS_NAMES})
    return check, status


def _people(found: Offered) -> dict[str, str]:
    return {person: name or _("Someone without a name") for person, name in found.people.items()}


def _findings() -> dict[str, str]:
    return {
        Verdict.FAIL.value: translate(CHECK_TITLES[Verdict.FAIL]),
        Verdict.WARN.value: _("Please check, or worse"),
        Verdict.NOTE.value: _("Anything at all"),
    }


def _verdicts() -> dict[str, str]:
    return {**{name: review_name(name) for name in REVIEW_NAMES}, NO_VERDICT: _("Nobody judged it yet")}


def _choice(label: str, name: str, names: Mapping[str, str]) -> str:
    """One of ``names``, or an empty text for all."""
    shown = {"": _("All"), **names}
    key = MEMORY.recall(name, "", list(shown))
    return str(
        st.selectbox(label, list(shown), format_func=shown.__getitem__, key=key, on_change=MEMORY.kept(name, key))
    )


def _day(label: str, name: str) -> str:
    """A day as ISO 8601, or an empty text."""
    key = MEMORY.widget(name)
    if key not in st.session_state:
        st.session_state[key] = _read(MEMORY.state().get(name, ""))
    found = st.date_input(label, key=key, format="DD/MM/YYYY", on_change=lambda: MEMORY.keep(**{name: _typed(key)}))
    return found.isoformat() if isinstance(found, dt.date) else ""


def _typed(key: str) -> str:
    found = st.session_state.get(key)
    return found.isoformat() if isinstance(found, dt.date) else ""


def _read(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def clear() -> None:
    """Leave every choice open again."""
    for name in ("words", "use_case", "person", "engine", "finding", "verdict", "check", "status"):
        st.session_state[MEMORY.widget(name)] = ""
    for name in ("since", "until"):
        st.session_state[MEMORY.widget(name)] = None
    MEMORY.keep(**dict.fromkeys(
        ("words", "use_case", "person", "engine", "finding", "verdict", "check", "status", "since", "until"), ""
    ))  # fmt: skip
