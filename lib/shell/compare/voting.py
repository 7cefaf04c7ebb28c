"""The ballot: one input at a time, its texts side by side, a choice and a reason. Names are not in it."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.database import connect
from lib.database.ballots import MAX_REASON, Ballot, ballots, turnout, vote
from lib.database.comparison_texts import close_vote
from lib.database.comparisons import Comparison, may_manage, sides_of
from lib.i18n import _, ngettext
from lib.shell import html, session
from lib.shell.compare.naming import letter, reading, side_titles
from lib.shell.compare.writing import failures
from lib.shell.html import element
from lib.shell.text import plain
from lib.workbench.tasks import contender

NO_DIFFERENCE = "none"


def draw(comparison: Comparison) -> None:
    """The input in hand, then how far the vote is."""
    actor = session.actor()
    if not actor.may(Right.REVIEW):
        st.markdown(_("Your role in this workspace doesn’t vote. Ask an administrator of the workspace."))
        return
    with connect() as database:
        papers = ballots(database, actor, comparison.id)
        names: list[str] = []
        if not comparison.blind:
            names = side_titles(sides_of(database, actor, comparison.id), contender(comparison.task).how)
    at = _place(comparison, papers)
    _ballot(comparison, papers, at, names)
    _turnout(comparison, papers)
    failures(comparison)


def _place(comparison: Comparison, papers: list[Ballot]) -> int:
    """Which input is in hand: the chosen one, else the first that the rater hasn't voted on."""
    key = f"ballot_{comparison.id}"
    wanted = st.session_state.pop(f"next_{key}", None)
    first = next((at for at, paper in enumerate(papers) if not paper.voted), 0)
    if wanted is not None or key not in st.session_state:
        st.session_state[key] = first if wanted is None else wanted
    names = [f"{at + 1} ✓" if paper.voted else f"{at + 1}" for at, paper in enumerate(papers)]
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.segmented_control(
            _("Input"), range(len(papers)), format_func=names.__getitem__, key=key, required=True, width="content"
        )
    return int(chosen or 0)


def _ballot(comparison: Comparison, papers: list[Ballot], at: int, names: list[str]) -> None:
    paper = papers[at]
    how = contender(comparison.task).how
    html.draw(
        element(
            "div",
            element("p", _("Input {number} of {total}", number=at + 1, total=len(papers)), class_="toile-overline"),
            element("h2", paper.label),
            class_="toile-section",
        )
    )
    if all(text == paper.texts[0] for text in paper.texts):
        st.markdown(_("These texts are the same word for word: there is no difference to vote on."))
    for place, column in enumerate(st.columns(len(paper.texts), gap="large")):
        with column:
            title = names[place] if len(names) == len(paper.texts) else _("Text {letter}", letter=letter(place))
            html.draw(
                element("div", element("h3", title), reading(how.passages(paper.texts[place])), class_="toile-ballot")
            )
    _form(comparison, papers, at)


def _form(comparison: Comparison, papers: list[Ballot], at: int) -> None:
    paper = papers[at]
    places = {str(place): _("Text {letter}", letter=letter(place)) for place in range(len(paper.texts))}
    places[NO_DIFFERENCE] = _("No difference")
    before = None if not paper.voted else NO_DIFFERENCE if paper.place is None else str(paper.place)
    key = f"{comparison.id}_{paper.input}"
    with st.form(f"vote_{key}", border=False):
        chosen = st.segmented_control(
            plain(comparison.question),
            list(places),
            default=before,
            format_func=places.__getitem__,
            key=f"choice_{key}",
        )
        reason = st.text_input(_("Why? (optional)"), value=paper.reason, max_chars=MAX_REASON, key=f"reason_{key}")
        last = sum(not one.voted for one in papers) <= (0 if paper.voted else 1)
        sent = st.form_submit_button(
            _("Save my vote") if last else _("Save and go to the next"), type="primary", icon=":material/how_to_vote:"
        )
    if not sent:
        return
    if chosen is None:
        st.warning(_("Choose a text, or say that there is no difference."), icon=":material/info:")
        return
    with connect() as database:
        place = None if chosen == NO_DIFFERENCE else int(chosen)
        vote(database, session.actor(), comparison.id, paper.input, place, reason)
    open_ones = [one for one, other in enumerate(papers) if not other.voted and one != at]
    later = [one for one in open_ones if one > at]
    st.session_state[f"next_ballot_{comparison.id}"] = (later or open_ones or [at])[0]
    st.rerun()


def _turnout(comparison: Comparison, papers: list[Ballot]) -> None:
    """How many have voted, and the end of the vote for who may end it."""
    with connect() as database:
        now = turnout(database, session.actor(), comparison.id)
    if now.mine >= len(papers):
        html.draw(
            element(
                "p",
                _("You have voted on every input. The result appears here when the others have too."),
                class_="toile-finding toile-second",
            )
        )
    said = ngettext(
        "{done} of {n} person has voted on everything", "{done} of {n} people have voted on everything",
        comparison.raters, done=now.finished,
    )  # fmt: skip
    st.caption(plain(f"{said}."))
    if not may_manage(session.actor(), comparison):
        return
    with st.popover(_("Close the vote"), icon=":material/lock_open:"):
        st.markdown(_("The names and all votes are then shown, and nobody can vote any more."))
        if st.button(_("Close it now"), key=f"close_{comparison.id}"):
            with connect() as database:
                close_vote(database, session.actor(), comparison.id)
            st.rerun()
