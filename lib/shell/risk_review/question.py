"""One question: why it matters, what the workbench knows, the answer, its evidence, and every earlier answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.access import Right
from lib.database import connect, risk_answers
from lib.database.risk_answers import ANSWERS, MAX_OWNER, Answer, Answered
from lib.database.risk_evidence import known_as
from lib.errors import Overtaken
from lib.govern.risk_review import dossier as work
from lib.govern.risk_review.dossier import Dossier
from lib.govern.risk_review.model import SURE_TITLES, Control
from lib.govern.risk_review.saying import ANSWER_TITLES, answer_said, by_whom, day
from lib.i18n import _, ngettext, translate
from lib.navigation import address_of, has_page
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.risk_review import attaching
from lib.shell.risk_review.memory import MEMORY
from lib.shell.text import plain

FIELDS = ("answer", "reason", "owner", "due")


@dataclass(frozen=True)
class Form:
    """The widgets of one question. ``seen`` is the version of the answer that the person looks at, which a save has to
    build on; it stays while the form is open, whoever answers meanwhile."""

    found: Dossier
    control: Control
    seen: int

    def name(self, field: str, seen: int | None = None) -> str:
        """Under which name what is typed is remembered."""
        review = self.found.review
        version = self.seen if seen is None else seen
        return f"{review.use_case}_{review.pilot[-6:]}_{self.control.id}_{version}_{field}"

    def key(self, field: str, default: Any, offered: tuple[Any, ...] | None = None) -> dict[str, Any]:
        key = MEMORY.recall(self.name(field), default, offered)
        return {"key": key, "on_change": MEMORY.kept(self.name(field), key)}


def _seen_key(found: Dossier, control: Control) -> str:
    actor = session.actor()
    review = found.review
    return f"risk_seen_{actor.workspace}_{actor.person}_{review.use_case}_{review.pilot}_{control.id}"


def forget_seen(found: Dossier, control: Control) -> None:
    """Begin with the answer as it is now, when the form is opened."""
    st.session_state.pop(_seen_key(found, control), None)


def draw(found: Dossier, control: Control) -> None:
    """The open question."""
    html.draw(_about(found, control))
    _known(found, control)
    _answer_now(found, control)
    if session.actor().may(Right.GOVERN):
        attaching.draw(found, control, True)
        _form(found, control)
    else:
        attaching.draw(found, control, False)
        st.caption(_("Your role in this workspace reads risk reviews; it doesn’t answer them."))
    _history(found, control)


def _about(found: Dossier, control: Control) -> Any:
    needs = _("A ‘yes’ needs evidence attached.") if control.needs_evidence else ""
    pairs = (
        (_("Why it matters"), translate(control.why)),
        (_("What counts as evidence"), f"{translate(control.evidence)} {needs}".strip()),
        (_("Source"), f"{control.source()} · {translate(SURE_TITLES[control.sure])}"),
    )
    lines = [element("div", element("dt", name), element("dd", said)) for name, said in pairs]
    return element("dl", *lines, class_="toile-list")


def _known(found: Dossier, control: Control) -> None:
    """What the workbench knows: a proposal with its source, in the colour of evidence; a person takes it over."""
    things = found.known.get(control.id, ())
    if not things:
        return
    lines = []
    for one in things:
        link: tuple[Any, ...] = ()
        if one.page and has_page(one.page):
            link = (
                " ",
                element("a", _("Look it up"), class_="toile-link", data_page=one.page,
                        href=address_of(one.page, session.language())),
            )  # fmt: skip
        lines.append(element("li", element("span", "● ", one.said(), class_="toile-basis-evidence"), *link))
    html.draw(element("p", element("strong", _("What the workbench knows")), class_="toile-source"))
    html.draw(element("ul", *lines, class_="toile-checks"))
    if not session.actor().may(Right.GOVERN):
        return
    order: tuple[Answered, ...] = ("yes", "partly", "no")
    suggested = next(one for one in order if any(thing.suggests == one for thing in things))
    if _taken(found, control, suggested):
        return
    label = _("Take this over as “{answer}”", answer=translate(ANSWER_TITLES[suggested]))
    if st.button(label, icon=":material/done:", key=f"risk_take_{control.id}"):
        form = _open_form(found, control)
        last = found.review.answers.get(control.id)
        given = Answer(suggested, last.reason if last else "", last.owner if last else "", last.due_on if last else "")
        _save(form, given, known=True)


def _taken(found: Dossier, control: Control, suggested: Answered) -> bool:
    """Whether the answer is the proposed one already, with all that is known attached: another time adds nothing."""
    given = found.review.answers.get(control.id)
    attached = {one.said for one in found.review.evidence.get(control.id, ()) if one.kind == "known"}
    told = {known_as(one.message, one.values) for one in found.known.get(control.id, ())}
    return given is not None and given.answer == suggested and told <= attached


def _answer_now(found: Dossier, control: Control) -> None:
    given = found.review.answers.get(control.id)
    if given is None:
        return
    parts = [element("strong", answer_said(given)), " · ", by_whom(given.person, given.created_at)]
    if given.due_on:
        parts += [" · ", _("due {day}", day=day(given.due_on))]
    html.draw(element("p", *parts, class_="toile-source"))
    if given.reason:
        st.markdown(plain(given.reason))


def _open_form(found: Dossier, control: Control) -> Form:
    last = found.review.answers.get(control.id)
    seen = st.session_state.setdefault(_seen_key(found, control), last.version if last else 0)
    return Form(found, control, int(seen))


def _form(found: Dossier, control: Control) -> None:
    form = _open_form(found, control)
    last = found.review.answers.get(control.id)
    names = {one: translate(title) for one, title in ANSWER_TITLES.items()}
    chosen = st.segmented_control(
        _("Answer"),
        ANSWERS,
        format_func=names.__getitem__,
        **form.key("answer", last.answer if last else None, ANSWERS),
    )
    reason = st.text_area(
        _("Reason, or what is still missing"), height=90, **form.key("reason", last.reason if last else "")
    )
    left, right = st.columns([3, 2])
    owner = left.text_input(_("Owner"), max_chars=MAX_OWNER, **form.key("owner", last.owner if last else ""))
    with right:
        due = _due(form, last.due_on if last else "")
    if st.button(_("Save the answer"), type="primary", icon=":material/check:", key=f"risk_save_{control.id}"):
        _save(form, Answer(chosen or "", reason, owner, due))  # type: ignore[arg-type]  # an empty one is refused


def _due(form: Form, start: str) -> str:
    """An ISO date or nothing; it is remembered as text, since JSON knows no dates."""
    name = form.name("due")
    key = MEMORY.widget(name)
    before = str(MEMORY.state().get(name, start) or "")
    if key not in st.session_state:
        st.session_state[key] = dt.date.fromisoformat(before) if before else None
    found = st.date_input(_("Due"), value=None, key=key, format="DD/MM/YYYY")
    written = found.isoformat() if isinstance(found, dt.date) else ""
    if written != before:
        MEMORY.keep(**{name: written})
    return written


def _save(form: Form, given: Answer, known: bool = False) -> None:
    """Write the answer down. Where somebody was faster, what was typed moves to the form over the new answer."""
    review = form.found.review
    write = work.take_over if known else work.answer
    try:
        with connect() as database:
            write(
                database, session.actor(), review.use_case, review.pilot, form.control.id, given, version=form.seen
            )  # fmt: skip
    except Overtaken as error:
        last = review.answers.get(form.control.id)
        newer = last.version if last else 0
        values = (given.answer, given.reason, given.owner, given.due_on)
        MEMORY.keep(**{form.name(field, newer): value for field, value in zip(FIELDS, values, strict=True)})
        st.session_state[_seen_key(form.found, form.control)] = newer
        errors.show(error)
        return
    forget_seen(form.found, form.control)
    st.toast(_("Saved. The earlier answers stay on record."), icon=":material/check:")
    st.rerun()


def _history(found: Dossier, control: Control) -> None:
    review = found.review
    if control.id not in review.answers:
        return
    with connect() as database:
        earlier = risk_answers.history(database, session.actor(), review.use_case, review.pilot, control.id)[1:]
    if not earlier:
        return
    with st.expander(ngettext("{n} earlier answer", "{n} earlier answers", len(earlier))):
        lines = [
            element(
                "li", element("strong", answer_said(one)), " · ", by_whom(one.person, one.created_at),
                *([element("br"), one.reason] if one.reason else []),
            )
            for one in earlier
        ]  # fmt: skip
        html.draw(html.stylesheet(".toile-checks.toile-earlier > li { padding-left: 0; }"))
        html.draw(element("ul", *lines, class_="toile-checks toile-earlier"))
