"""One's own scores, a use case at a time: a score from 1 to 5 on each criterion, a range and a note where one likes."""

from __future__ import annotations

import streamlit as st

from lib.catalogue import CRITERIA, FEASIBILITY_CRITERIA, VALUE_CRITERIA, Criterion, use_case
from lib.database import connect, scores
from lib.database.scores import Given
from lib.database.scoring import Session, SessionCase
from lib.errors import ToileError
from lib.i18n import _, number, translate
from lib.shell import errors, html, session
from lib.shell.html import element

LEVELS = (1, 2, 3, 4, 5)
ENDS = (None, 1.0, 2.0, 3.0, 4.0, 5.0)  # of a range; None: not given
Own = dict[tuple[str, Criterion], Given]


def title_of(case: SessionCase) -> str:
    """What is scored, in the reader's language or as the house typed it."""
    return case.title or translate(use_case(case.slug).title)


def _summary_of(case: SessionCase) -> str:
    return case.summary if case.title else translate(use_case(case.slug).summary)


def draw(found: Session) -> None:
    """The form for one use case, with how many of all are done."""
    actor = session.actor()
    with connect() as database:
        own = scores.mine(database, actor, found.id, found.round)
        before = scores.mine(database, actor, found.id, found.round - 1) if found.round > 1 else {}
    done = {case.slug for case in found.cases if all((case.slug, one) in own for one in found.criteria)}
    if len(done) == len(found.cases):
        html.draw(
            element("p", _("You have scored everything. You can still change it until the scores are shown."),
                    class_="toile-finding")
        )  # fmt: skip
    case = _choose(found, done)
    html.draw(element("p", _summary_of(case)))
    _form(found, case, {**before, **own})


def _choose(found: Session, done: set[str]) -> SessionCase:
    """The use case in hand: at first the first one that isn't done."""
    names = {case.slug: f"{'✓ ' if case.slug in done else ''}{title_of(case)}" for case in found.cases}
    key = f"scoring_case_{found.id}_{found.round}_{session.language()}"
    wanted = st.session_state.pop(f"scoring_next_{found.id}", None)
    if key not in st.session_state or wanted:
        left = [slug for slug in names if slug not in done]
        st.session_state[key] = wanted or (left[0] if left else found.cases[0].slug)
    chosen = st.selectbox(_("Use case"), list(names), format_func=names.__getitem__, key=key)
    return next(case for case in found.cases if case.slug == chosen)


def _form(found: Session, case: SessionCase, own: Own) -> None:
    """Each score is kept as soon as it is given: whoever is overtaken by the end of a round has lost nothing."""
    place = f"score_{found.id}_{found.round}_{case.slug}_{session.language()}"
    for title, side in ((_("Value"), VALUE_CRITERIA), (_("Feasibility"), FEASIBILITY_CRITERIA)):
        criteria = [one for one in side if one in found.criteria]
        if criteria:
            st.subheader(title, anchor=False)
        for one in criteria:
            _criterion(found, case, one, own.get((case.slug, one)), f"{place}_{one.value}")
    if st.button(_("Keep these and go to the next"), type="primary", key=f"{place}_next"):
        given = [_given(case, one, f"{place}_{one.value}") for one in found.criteria]
        with errors.shown():
            with connect() as database:
                scores.put(database, session.actor(), found.id, found.round, [one for one in given if one is not None])
            _go_on(found, case)


def _given(case: SessionCase, criterion: Criterion, key: str) -> Given | None:
    """What the widgets of one criterion say; None where it isn't scored yet."""
    value = st.session_state.get(key)
    if value is None:
        return None
    low, high = st.session_state.get(f"{key}_low"), st.session_state.get(f"{key}_high")
    return Given(case.slug, criterion, float(value), low, high, st.session_state.get(f"{key}_note", ""))


def _keep(found: Session, case: SessionCase, criterion: Criterion, key: str) -> None:
    """Keep one score; what stands against it is said when the page is drawn, in the reader's language."""
    given = _given(case, criterion, key)
    if given is None:
        return
    try:
        with connect() as database:
            scores.put(database, session.actor(), found.id, found.round, [given])
    except ToileError as error:
        st.session_state[f"scoring_error_{found.id}"] = error


def keep_missed(found: Session) -> None:
    """Keep what the browser shows as given and the table doesn't have: a click that came while the page was being
    drawn may bring its value without its callback. Scores with a range are left to their own callback.
    """
    if found.ended or found.status != "open":
        return
    with connect() as database:
        own = scores.mine(database, session.actor(), found.id, found.round)
        before = scores.mine(database, session.actor(), found.id, found.round - 1) if found.round > 1 else {}
    for case in found.cases:
        for one in found.criteria:
            key = f"score_{found.id}_{found.round}_{case.slug}_{session.language()}_{one.value}"
            given, last = _given(case, one, key), before.get((case.slug, one))
            missed = given is not None and given.low is None and given.high is None and (case.slug, one) not in own
            if missed and given is not None and (last is None or round(last.likeliest) != given.likeliest):
                _keep(found, case, one, key)


def show_refusal(found: Session) -> None:
    """Say why the last score could not be kept, once."""
    error = st.session_state.pop(f"scoring_error_{found.id}", None)
    if error is not None:
        errors.show(error)


def _go_on(found: Session, case: SessionCase) -> None:
    """To the next use case in the list."""
    slugs = [one.slug for one in found.cases]
    st.session_state[f"scoring_next_{found.id}"] = slugs[(slugs.index(case.slug) + 1) % len(slugs)]
    st.rerun()


def _criterion(found: Session, case: SessionCase, criterion: Criterion, before: Given | None, key: str) -> None:
    """One criterion with its anchors."""
    scale = CRITERIA[criterion]

    def keep() -> None:
        _keep(found, case, criterion, key)

    at = LEVELS.index(round(before.likeliest)) if before else None
    question = f"**{translate(scale.title)}** · {translate(scale.question)}"
    st.radio(question, LEVELS, index=at, horizontal=True, key=key, on_change=keep)
    st.caption("  \n".join(f"{level} · {translate(scale.anchors[level])}" for level in (1, 3, 5)))
    with st.popover(_("Range and note")):
        for label, name, end in (
            (_("At worst"), "low", before.low if before else None),
            (_("At best"), "high", before.high if before else None),
        ):
            names = {level: _("not given") if level is None else number(level, 0) for level in ENDS}
            at = ENDS.index(end) if end in ENDS else 0
            st.selectbox(label, ENDS, index=at, format_func=names.__getitem__, key=f"{key}_{name}", on_change=keep)
        note = before.note if before else ""
        st.text_input(_("Why? (optional)"), value=note, max_chars=scores.MAX_NOTE, key=f"{key}_note", on_change=keep)
