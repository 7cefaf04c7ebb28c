"""The sign-off: what stands before it, the two signatures, until when they hold, and how a second person comes in."""

from __future__ import annotations

import streamlit as st

from lib.access import DEMO_WORKSPACE, RIGHTS, ROLE_NAMES, Right
from lib.database import connect, incidents
from lib.database.risk_reviews import MONTHS, holds
from lib.govern.risk_review import dossier as work
from lib.govern.risk_review.dossier import Dossier
from lib.govern.risk_review.saying import signature_said
from lib.govern.risk_review.scoring import required_open
from lib.i18n import _, list_of, ngettext, translate
from lib.navigation import address_of
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.risk_review import checklist
from lib.shell.risk_review.memory import MEMORY
from lib.shell.text import plain

USUAL_MONTHS = 6
SHOWN = 6  # open questions, named one by one


def draw(found: Dossier) -> None:
    """Where it stands, what is missing, and the button."""
    section(_("Sign-off by two people"), found.standing.said())
    missing = required_open(found.controls, found.review)
    if missing:
        html.draw(
            element(
                "p",
                ngettext(
                    "{n} required question is open: nobody can sign before it is settled.",
                    "{n} required questions are open: nobody can sign before they are settled.",
                    len(missing),
                ),
                class_="toile-null",
            )
        )
        html.draw(html.stylesheet(checklist.LEFT))
        for control in missing[:SHOWN]:
            st.button(
                plain(translate(control.question)), type="tertiary", icon=":material/arrow_forward:",
                key=f"risk_missing_{control.id}", on_click=_to_question, args=(found, control.id),
            )  # fmt: skip
        if len(missing) > SHOWN:
            more = len(missing) - SHOWN
            st.caption(ngettext("And {n} more, marked in the list.", "And {n} more, marked in the list.", more))
    severe = _severe(found)
    mine = _is_mine(found)
    if not session.actor().may(Right.SIGN):
        st.caption(_("Your role in this workspace doesn’t sign risk reviews. Ask an administrator of the workspace."))
    elif not holds(found.standing) and not mine:
        _form(found, bool(missing or severe))
    _signed(found)
    if not found.standing.passed and (mine or found.standing.state != "half"):
        _second_person()


def _is_mine(found: Dossier) -> bool:
    """Whether the one signature that stands is the reader's own: the other is another person's."""
    newest = max(found.signatures, key=lambda one: (one.round, one.seat), default=None)
    return found.standing.state == "half" and newest is not None and newest.person_id == session.actor().person


def _severe(found: Dossier) -> int:
    """How many severe incidents are open; they are a click away."""
    with connect() as database:
        severe = incidents.open_severe(database, session.actor(), found.review.use_case)
    if severe:
        html.draw(html.stylesheet(checklist.LEFT))
        st.button(
            ngettext("{n} severe incident is open: to the log", "{n} severe incidents are open: to the log", severe),
            type="tertiary", icon=":material/arrow_forward:", key="risk_missing_incident",
            on_click=_to_incidents, args=(found,),
        )  # fmt: skip
    return severe


def _to_incidents(found: Dossier) -> None:
    st.session_state[checklist.tabs_key(found)] = _("Incidents")


def _to_question(found: Dossier, control: str) -> None:
    asked = next(one for one in found.controls if one.id == control)
    checklist.open_question(found, asked)
    st.session_state[checklist.tabs_key(found)] = _("Questions")


def _form(found: Dossier, blocked: bool) -> None:
    names = {months: ngettext("{n} month", "{n} months", months) for months in MONTHS}
    key = MEMORY.recall("months", USUAL_MONTHS, MONTHS)
    months = st.segmented_control(
        _("The signature holds for"), MONTHS, format_func=names.__getitem__, key=key, required=True,
        on_change=MEMORY.kept("months", key),
    )  # fmt: skip
    st.caption(
        _("You sign for the answers, the evidence and the class as they stand on this page. A later change asks anew.")
    )
    # What the person saw when they pressed, not what stands there by the time the button is read.
    seen_key = MEMORY.widget(f"{found.review.use_case}_{found.review.pilot[-6:]}_content")
    seen = st.session_state.get(seen_key, found.review.content)
    st.session_state[seen_key] = found.review.content
    if st.button(_("Sign this review"), type="primary", icon=":material/draw:", key="risk_sign", disabled=blocked):
        with errors.shown():
            with connect() as database:
                review = found.review
                work.sign(
                    database, session.actor(), review.use_case, review.pilot, seen=str(seen),
                    months=int(months or USUAL_MONTHS),
                )  # fmt: skip
            st.rerun()


def _signed(found: Dossier) -> None:
    if not found.signatures:
        return
    section(_("Signatures"))
    newest = max(one.round for one in found.signatures)
    lines = []
    for one in reversed(found.signatures):
        stands = one.round == newest and found.standing.state in ("half", "passed")
        aside = "" if stands else _("an earlier round") if one.round < newest else _("no longer counts")
        sign = element("span", "✓" if stands else "–", class_="toile-sign", aria_hidden="true")
        lines.append(
            element(
                "li", sign, signature_said(one), *((" · ", aside) if aside else ()),
                class_="toile-is-pass" if stands else "",
            )
        )  # fmt: skip
    html.draw(element("ul", *lines, class_="toile-checks"))


def _second_person() -> None:
    """How a second person comes in; in the demo house nobody can."""
    roles = list_of([translate(ROLE_NAMES[role]) for role, rights in RIGHTS.items() if Right.SIGN in rights])
    said = _("The second signature is another person’s. Who signs has one of these roles: {roles}.", roles=roles)
    more = _("Invite them with a code:")
    if session.actor().workspace == DEMO_WORKSPACE:
        said = _("In the demo house everybody works alone, so two people can’t sign here.")
        more = _("Create a workspace of your own and invite a colleague with its code:")
    link = element(
        "a", _("Workspace"), class_="toile-link", data_page="workspace",
        href=address_of("workspace", session.language()),
    )  # fmt: skip
    html.draw(element("p", said, " ", more, " ", link, class_="toile-source"))
