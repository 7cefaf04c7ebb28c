"""The questions under the four headings, the one that is open with its form, and what would raise the score most."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from markupsafe import Markup

from lib.access import DEMO_WORKSPACE
from lib.govern.risk_review.choosing import by_risk
from lib.govern.risk_review.dossier import Dossier
from lib.govern.risk_review.model import RISK_SHORT, RISK_TITLES, STATE_DATE, Control, Risk
from lib.govern.risk_review.saying import COUNSEL, answer_said, day, lacking, points
from lib.govern.risk_review.scoring import settled
from lib.i18n import _, ngettext, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.risk_review import heat, question
from lib.shell.risk_review.memory import MEMORY
from lib.shell.text import plain

SIGNS = {"yes": "✓", "partly": "◐", "no": "✕", "na": "–", "": ""}
TONES = {"yes": "toile-is-pass", "partly": "toile-is-warn", "no": "toile-is-fail", "na": ""}
# Questions on buttons are sentences: several lines of them begin at the left.
LEFT = ", ".join(f"[class*=st-key-risk_{one}] p" for one in ("driver", "helped", "missing")) + " { text-align: left }"
SHOWN = ("all", "open", "known")


def tabs_key(found: Dossier) -> str:
    """The key of the review's tabs."""
    return MEMORY.widget(f"tabs_{found.review.use_case}_{found.review.pilot}")


def name_of(found: Dossier, what: str) -> str:
    """What is remembered of a review, apart for each."""
    return f"{found.review.use_case}_{found.review.pilot[-6:]}_{what}"


def draw(found: Dossier) -> None:
    """The scores, what drives them, and the questions of one heading."""
    html.draw(html.stylesheet(LEFT))
    heat.draw([heat.Line((), heat.values(found.headings, found.score))], heat.names())
    _drivers(found)
    _helped(found)
    if session.actor().workspace == DEMO_WORKSPACE:
        st.caption(_("In the demo house this review is yours alone: no answer is invented, nobody else sees yours."))
    groups = by_risk(found.controls)
    heading = _heading(found, groups)
    section(translate(RISK_TITLES[heading]), translate(COUNSEL, None, day=day(STATE_DATE, "long")))
    wanted = _filter(found)
    opened = str(MEMORY.state().get(name_of(found, "question"), ""))
    shown = [one for one in groups[heading] if one.id == opened or _is_wanted(found, one, wanted)]
    if not shown:
        html.draw(element("p", _("Nothing of this kind under this heading."), class_="toile-null"))
    for control in shown:
        _one(found, control, opened == control.id)


def _filter(found: Dossier) -> str:
    """Which questions of the heading are shown: all, the open ones, or those of which something is known."""
    names = {"all": _("All questions"), "open": _("Open ones"), "known": _("Known to the workbench")}
    name = name_of(found, "shown")
    key = MEMORY.recall(name, "all", SHOWN)
    return str(
        st.segmented_control(
            _("Questions shown"), SHOWN, format_func=names.__getitem__, key=key, required=True,
            on_change=MEMORY.kept(name, key), label_visibility="collapsed",
        )
    )  # fmt: skip


def _is_wanted(found: Dossier, control: Control, wanted: str) -> bool:
    if wanted == "all":
        return True
    return not settled(control, found.review) and (wanted == "open" or control.id in found.known)


def _helped(found: Dossier) -> None:
    """Where the workbench knows something: the quickest questions to answer."""
    helped = [one for one in found.controls if one.id in found.known and one.id not in found.review.answers]
    if not helped:
        return
    said = ngettext(
        "The workbench knows something on {n} question without an answer; a person confirms it.",
        "The workbench knows something on {n} questions without an answer; a person confirms each.",
        len(helped),
    )  # fmt: skip
    html.draw(element("p", element("span", "● ", said, class_="toile-basis-evidence")))
    st.button(
        plain(translate(helped[0].question)), type="tertiary", icon=":material/arrow_forward:",
        key="risk_helped", on_click=open_question, args=(found, helped[0]),
    )  # fmt: skip


def _heading(found: Dossier, groups: dict[Risk, tuple[Control, ...]] | object) -> Risk:
    """The heading whose questions are shown."""
    scores = found.headings
    said = {
        risk.value: f"{translate(RISK_SHORT[risk])} {scores[risk].settled}/{scores[risk].asked}"
        for risk in Risk
        if scores[risk].asked
    }
    name = name_of(found, "heading")
    key = MEMORY.recall(name, next(iter(said)), list(said))
    chosen = st.segmented_control(
        _("Risk"), list(said), format_func=said.__getitem__, key=key, required=True, on_change=MEMORY.kept(name, key)
    )
    return Risk(str(chosen))


def _drivers(found: Dossier) -> None:
    """The open questions that would raise the score most, each opened by a click."""
    driven = found.drivers
    if driven is None:
        return
    many = len(driven.controls)
    html.draw(
        element(
            "p",
            ngettext(
                "Answering this one well raises the score from {now} to {then}:",
                "Answering these {n} well raises the score from {now} to {then}:",
                many, now=points(driven.now), then=points(driven.then),
            ),
            class_="toile-finding",
        )
    )  # fmt: skip
    for control in driven.controls:
        st.button(
            plain(translate(control.question)), type="tertiary", icon=":material/arrow_forward:",
            key=f"risk_driver_{control.id}", on_click=open_question, args=(found, control),
        )  # fmt: skip


def open_question(found: Dossier, control: Control) -> None:
    """Open a question's form under its heading; for a button's callback."""
    MEMORY.keep(
        **{name_of(found, "question"): control.id, name_of(found, "heading"): control.risk.value},
    )
    st.session_state[MEMORY.widget(name_of(found, "heading"))] = control.risk.value
    question.forget_seen(found, control)


def close_question(found: Dossier) -> None:
    """Close the open form; what was typed is remembered."""
    MEMORY.keep(**{name_of(found, "question"): ""})


def _one(found: Dossier, control: Control, opened: bool) -> None:
    """A question's line, and its form where it is open."""
    with st.container(key=f"risk_{control.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container():
                html.draw(_line(found, control))
            if opened:
                st.button(_("Close the form"), key=f"risk_close_{control.id}", on_click=close_question, args=(found,))
            else:
                st.button(
                    _("Change") if control.id in found.review.answers else _("Answer it"),
                    key=f"risk_answer_{control.id}", on_click=open_question, args=(found, control),
                )  # fmt: skip
        if opened:
            with errors.shown():
                question.draw(found, control)


def _line(found: Dossier, control: Control) -> Markup:
    given = found.review.answers.get(control.id)
    sign = element("span", SIGNS[given.answer if given else ""], class_="toile-sign", aria_hidden="true")
    told = [answer_said(given)]
    if given and given.owner:
        told.append(given.owner)
    if given and given.due_on and given.answer not in ("yes", "na"):
        late = given.due_on < dt.date.today().isoformat()
        when = day(given.due_on)
        told.append(_("overdue since {day}", day=when) if late else _("due {day}", day=when))
    if control.required and not settled(control, found.review):
        told.append(_("required before signing"))
    if lack := lacking(control, found):
        told.append(lack)
    known = ""
    if control.id in found.known and given is None:
        known = element(
            "span", "● ", _("known to the workbench"), class_="toile-basis toile-basis-evidence"
        )  # fmt: skip
    aside = element("span", " · ".join(told), class_="toile-verdict")
    parts = [sign, element("strong", translate(control.question)), element("br"), aside]
    line = element("li", *parts, *([" · ", known] if known else []), class_=TONES[given.answer] if given else "")
    return element("ul", line, class_="toile-checks")
