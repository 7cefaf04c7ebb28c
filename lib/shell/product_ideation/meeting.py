"""The next round: what the person wants of it, its start, how far it is, and the rounds held so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.access import Right
from lib.catalogue import UseCase
from lib.database import artefacts, connect
from lib.database.jobs import job
from lib.database.runs import get_run
from lib.engines import registry
from lib.errors import NotFound
from lib.i18n import N_, _, list_of, translate
from lib.merchandising.product_ideation.agents import AIM_TITLES, TITLES
from lib.merchandising.product_ideation.columns import ATTRIBUTES
from lib.merchandising.product_ideation.jobs import HOLD_ROUND
from lib.merchandising.product_ideation.levels import attribute_name, value_name
from lib.merchandising.product_ideation.line import PastLine
from lib.merchandising.product_ideation.model import ROLES, Round, Steering
from lib.merchandising.product_ideation.steering import Wishes, wishes
from lib.shell import background, errors, session
from lib.shell.product_ideation import costing
from lib.shell.product_ideation.held import Held
from lib.shell.product_ideation.map_of_gaps import Seen
from lib.shell.product_ideation.state import keep, keep_meeting, meeting_of, recall, state
from lib.shell.product_ideation.tables import Given, house_source, partner_source
from lib.shell.text import plain

SEED = 0
IDEAS = 6


def ask(case: UseCase, given: Given, seen: Seen) -> None:
    """A wish and the button; below them the agents' weights, what must and must not be."""
    line = seen[0].line
    now = meeting_of(given.source)
    sentence = st.text_input(
        _("A wish, in a sentence"),
        key=recall("sentence", ""),
        max_chars=300,
        placeholder=_("More linen, no velvet, dresses with a V-neck…"),
    )
    said = wishes(sentence, line, _brought(given)) if sentence.strip() else Wishes()
    _understood(sentence, said)
    start = st.container()
    with st.expander(_("Whose view counts, must and must not"), icon=":material/tune:"):
        weights = _weights()
        categories, must, must_not = _rules(line, given)
    steering = Steering(
        weights=weights,
        categories=tuple(dict.fromkeys((*categories, *said.categories))),
        must=tuple(dict.fromkeys((*must, *said.must))),
        must_not=tuple(dict.fromkeys((*must_not, *said.must_not))),
        more=said.more,
        less=said.less,
        sentence=sentence.strip(),
        palette=given.palette,
        ideas=IDEAS,
    )
    with start:
        _begin(case, given, steering, now)


def _weights() -> dict[str, float]:
    """How much each agent's view counts, 0 to 3."""
    before = state().get("weights", {})
    found = {}
    for place, role in enumerate(ROLES):
        if place % 2 == 0:
            columns = st.columns(2, vertical_alignment="bottom")
        key = recall(f"weight_{role}", float(before.get(role, 1.0)))
        with columns[place % 2]:
            found[role] = float(
                st.slider(
                    translate(TITLES[role]), 0.0, 3.0, step=0.5, key=key, help=translate(AIM_TITLES[role]).capitalize()
                )
            )
    if found != before:
        keep(weights=found, **{f"weight_{role}": value for role, value in found.items()})
    return found


def _brought(given: Given) -> dict[str, set[str]]:
    """The values that a second brand's codes add."""
    found: dict[str, set[str]] = {}
    for code in given.partner.items if given.partner is not None else ():
        found.setdefault(code.attribute, set()).add(code.value)
    return found


def _understood(sentence: str, said: Wishes) -> None:
    """What a sentence was read as, and which words weren't."""
    if sentence != state().get("sentence", ""):
        keep(sentence=sentence)
    if not sentence.strip():
        return
    only = [("category", one) for one in said.categories] + list(said.must)
    parts = []
    if said.more:
        parts.append(_("More of: {values}.", values=_named(said.more)))
    if said.less:
        parts.append(_("Less of: {values}.", values=_named(said.less)))
    if only:
        parts.append(_("Only: {values}.", values=_named(only)))
    if said.must_not:
        parts.append(_("Never: {values}.", values=_named(said.must_not)))
    if said.unheard:
        words = list_of(
            [f"“{word}”" if session.language() == "en" else f"«\u202f{word}\u202f»" for word in said.unheard]
        )
        parts.append(_("Not among this line’s values, so without effect on the search: {words}.", words=words))
    st.caption(plain(" ".join(parts) or _("Nothing in this sentence is among the line’s values.")))


def _named(pairs: Sequence[tuple[str, str]]) -> str:
    return list_of([value_name(*one) for one in pairs])


Rules = tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]]


def _rules(line: PastLine, given: Given) -> Rules:
    """Categories, and values that must or must not be."""
    names = {
        f"{name}:{value}": f"{attribute_name(name)}: {value_name(name, value)}" for name, value in _all(line, given)
    }
    categories = _many(_("Categories"), list(line.categories), "categories", lambda one: value_name("category", one))
    must = _many(_("Must"), list(names), "must", names.__getitem__)
    must_not = _many(_("Must not"), [one for one in names if one not in must], "must_not", names.__getitem__)
    return categories, [_pair(one) for one in must], [_pair(one) for one in must_not]


def _all(line: PastLine, given: Given) -> list[tuple[str, str]]:
    brought = _brought(given)
    return [
        (name, value)
        for name in ATTRIBUTES
        for value in dict.fromkeys((*line.values.get(name, ()), *sorted(brought.get(name, ()))))
    ]


def _pair(text: str) -> tuple[str, str]:
    name, _colon, value = text.partition(":")
    return name, value


def _many(label: str, options: list[str], name: str, said: Any) -> list[str]:
    """Several of some options, remembered."""
    key = recall(name, [])
    st.session_state[key] = [one for one in st.session_state[key] if one in options]
    named = {one: said(one) for one in options}
    chosen: list[str] = st.multiselect(
        label, options, format_func=named.__getitem__, key=key, placeholder=_("Any"),
        on_change=lambda: keep(**{name: st.session_state[key]}),
    )  # fmt: skip
    return chosen


def _begin(case: UseCase, given: Given, steering: Steering, now: dict[str, Any]) -> None:
    """The button, or how far the round under way is."""
    if not session.actor().may(Right.RUN):
        st.caption(_("Your role in this workspace reads and reviews; it doesn’t hold rounds."))
        return
    under_way = _under_way(given.source, now)
    if under_way:
        background.watch(under_way)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        number = len(now["rounds"]) + 1
        label = _("Let the agents propose") if number == 1 else _("Hold round {number}", number=number)
        pressed = st.button(label, type="primary", icon=":material/groups:", key="run")
        anew = number > 1 and st.button(_("Begin anew"), key="ideation_anew", icon=":material/restart_alt:")
        st.caption(plain(_("Engine: {engine}", engine=translate(registry.info(session.engine_name()).title))))
    costing.show(given, steering, now["rounds"])
    if anew:
        keep_meeting(given.source, rounds=[], pins=[], vetoes=[], shown="")
        st.rerun()
    if pressed:
        keep_meeting(given.source, job=_start(case, given, steering, now))
        st.rerun()


def _start(case: UseCase, given: Given, steering: Steering, now: dict[str, Any]) -> str:
    number = len(now["rounds"]) + 1
    arguments = {
        "line": given.source,
        "house": house_source(given),
        "partner": partner_source(given),
        "partner_name": given.partner_name,
        "steering": steering.model_dump(mode="json"),
        "number": number,
        "before": now["rounds"][-1] if now["rounds"] else None,
        "pins": now["pins"],
        "vetoes": now["vetoes"],
        "engine": session.engine_name(),
    }
    title, values = N_("Round {number} of ideas"), {"number": number}
    return background.begin(case, HOLD_ROUND, title, arguments, SEED, given.line.data_set, title_values=values)


def _under_way(source: str, now: dict[str, Any]) -> str:
    """The round going on; '' where there is none. One that has ended is taken among the rounds, or its reason shown."""
    if not now["job"]:
        return ""
    try:
        with connect() as database:
            found = job(database, session.actor(), now["job"])
    except NotFound:
        keep_meeting(source, job="")
        return ""
    if not found.ended:
        return found.id
    if found.status == "done" and found.run:
        keep_meeting(source, job="", rounds=[*now["rounds"], found.run], shown=found.run)
        st.rerun()
    error = background.why(found)
    if error is not None and found.status == "failed":
        errors.show(error)
    return ""


def last(given: Given) -> Held | None:
    """The round in view: the last one, or an earlier one that was chosen."""
    now = meeting_of(given.source)
    rounds = [run for run in now["rounds"] if _there(run)]
    if not rounds:
        return None
    shown = now.get("shown")
    return read(str(shown) if shown in rounds else rounds[-1], rounds, given.source)


def _there(run: str) -> bool:
    return _row(run) is not None


def _row(run: str) -> dict[str, Any] | None:
    try:
        with connect() as database:
            return get_run(database, session.actor(), run)
    except NotFound:
        return None


def read(run: str, rounds: list[str], source: str) -> Held:
    """A recorded round with its drawings."""
    place = f"ideation_held_{run}"
    if place not in st.session_state:
        row = _row(run)
        if row is None:
            raise NotFound(N_("There is no such round any more. Hold another one."))
        with connect() as database:
            files = {one["name"]: one["id"] for one in artefacts.of_run(database, session.actor(), run)}
        st.session_state[place] = (Round.model_validate(row["output"]), files, row["inputs"], row["finished_at"])
    held, files, inputs, made = st.session_state[place]
    return Held(run, held, files, inputs, tuple(rounds), source, dt.datetime.fromisoformat(made), session.actor())
