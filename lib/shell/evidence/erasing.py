"""Erasing: one's own data, somebody else's, a table that was uploaded; and the record of what was erased."""

from __future__ import annotations

import streamlit as st

from lib.access import DEMO_WORKSPACE, Actor, Right
from lib.database import connect
from lib.database.backups import backups_made
from lib.database.data_sets import DataSet
from lib.database.data_sets import listing as tables_of
from lib.database.erasure import Erased, deletions, erase_data_set, erase_person, what_would_go
from lib.database.people import members
from lib.govern.evidence.saying import DELETION_NAMES, counted, use_case_title
from lib.i18n import _, ngettext, translate
from lib.shell import html, session
from lib.shell.evidence import backups
from lib.shell.evidence.listing import moment
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.text import plain

SAID = "evidence_erased"


def draw(actor: Actor) -> None:
    """What can be erased, and what was."""
    section(_("My data"), _("Everything that you made or brought here, from every table, file and index."))
    _person(actor, actor.person)
    if actor.may(Right.ADMINISTER) and actor.workspace != DEMO_WORKSPACE:
        _somebody(actor)
    _tables(actor)
    _done(actor)
    backups.draw(actor)


def told() -> None:
    """What was just erased, on whichever part of the page the person finds themselves; see ``tell_no_more``."""
    said = st.session_state.get(SAID, "")
    if said:
        st.success(plain(said), icon=":material/check:")


def tell_no_more() -> None:
    """A whole run has shown it. Who erased themselves is met anew first, and what that run draws is gone at once."""
    st.session_state.pop(SAID, None)


def _somebody(actor: Actor) -> None:
    with connect() as database:
        others = {row["id"]: row["name"] for row in members(database, actor) if row["id"] != actor.person}
    if not others:
        return
    section(_("Somebody else’s data"), _("For administrators: when a colleague leaves, or asks for it."))
    names = {person: name or _("Someone without a name") for person, name in others.items()}
    person = st.selectbox(
        _("Whose data"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        placeholder=_("Choose a person"),
        key=f"evidence_whose_{actor.workspace}_{session.language()}",
    )
    if person:
        _person(actor, person)


def _person(actor: Actor, person: str) -> None:
    with connect() as database:
        found = what_would_go(database, actor, person)
        stand = len(backups_made(database, actor))
    mine, demo = person == actor.person, actor.workspace == DEMO_WORKSPACE
    html.draw(element("p", _("There is: {what}.", what=counted(_as_counts(found))), class_="toile-finding"))
    for line in _consequences(found, demo, stand):
        html.draw(element("p", line, class_="toile-source"))
    everywhere = mine and st.checkbox(
        _("In all of my workspaces, with my name and my personal link"), key=f"evidence_everywhere_{person}"
    )
    decisions = not demo and st.checkbox(
        _("Also what was decided for the house: pilots, roadmap, scores, partners"), key=f"evidence_decisions_{person}"
    )
    sure = st.checkbox(_("Erase it for good; this can’t be undone"), key=f"evidence_sure_{person}")
    name = _("Erase my data") if mine else _("Erase this person’s data")
    if st.button(name, disabled=not sure, key=f"evidence_erase_{person}"):
        with st.spinner(_("Erasing…")), connect() as database:
            erased = erase_person(database, actor, person, everywhere=everywhere, decisions=decisions)
        _afterwards(erased, mine and (everywhere or not demo))


def _as_counts(found: dict[str, int]) -> dict[str, int]:
    return {**found, "prompt_versions": found["prompts"]}


def _consequences(found: dict[str, int], demo: bool, stand: int) -> list[str]:
    lines = []
    if found["prompts_in_use"]:
        n = found["prompts_in_use"]
        lines.append(
            ngettext(
                "{n} prompt in use is among it: its task falls back to the product’s own.",
                "{n} prompts in use are among it: their tasks fall back to the product’s own.",
                n,
            )
        )
    if found["built_on"]:
        lines.append(
            ngettext(
                "{n} run of a colleague was built on one of these. It stays: it is theirs.",
                "{n} runs of colleagues were built on these. They stay: they are theirs.",
                found["built_on"],
            )
        )
    if not demo:
        lines.append(_("Verdicts on other people’s runs stay without their words, and what stays is nobody’s by name."))
    if stand:
        lines.append(
            ngettext(
                "{n} backup was made: what it holds of this stays in it until it is removed, see below.",
                "{n} backups were made: what they hold of this stays in them until they are removed, see below.",
                stand,
            )
        )
    return lines


def _afterwards(erased: Erased, leaves: bool) -> None:
    said = _("Erased: {what}.", what=counted(erased.counts))
    if not erased.clean:
        said += " " + _("Others were at work: traces in free space are overwritten within the hour.")
    if leaves:  # nothing of this visit may stay in memory either
        for key in [key for key in st.session_state if key != "language"]:
            del st.session_state[key]
    st.session_state[SAID] = said
    st.rerun()


def _tables(actor: Actor) -> None:
    with connect() as database:
        found = tables_of(database, actor)
    mine = [one for one in found if one.person == actor.person or actor.may(Right.ADMINISTER)]
    if not mine:
        return
    section(
        _("Uploaded tables"),
        _("A table is erased with its file. Runs that used it keep an empty place where it was."),
    )
    for one in mine:
        _table(actor, one)


def _table(actor: Actor, one: DataSet) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"evidence_table_{one.id}"):
        about = " · ".join(
            (use_case_title(one.use_case), ngettext("{n} row", "{n} rows", one.rows), moment(one.created_at))
        )
        st.markdown(f"**{plain(one.name)}**  \n{plain(about)}", width="stretch")
        asked = f"evidence_table_asked_{one.id}"
        if st.session_state.get(asked):
            if st.button(_("Erase it for good"), key=f"{asked}_yes", type="primary"):
                with connect() as database:
                    erase_data_set(database, actor, one.id)
                st.session_state[SAID] = _("{name} was erased.", name=one.name)
                st.rerun()
            st.button(_("Keep it"), key=f"{asked}_no", on_click=lambda: st.session_state.pop(asked, None))
        elif st.button(_("Erase…"), key=f"evidence_table_erase_{one.id}"):
            st.session_state[asked] = True
            st.rerun()


def _done(actor: Actor) -> None:
    with connect() as database:
        rows = deletions(database, actor)
    section(_("What was erased"))
    if not rows:
        html.draw(element("p", _("Nothing was erased here yet."), class_="toile-empty"))
        return
    heads = (_("When"), _("Who"), _("What"), _("How much"))
    body = [
        element("tr", *(element("td", c, data_name=h) for c, h in zip(_cells(row), heads, strict=True))) for row in rows
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    html.draw(element("table", head, element("tbody", *body), class_="toile-runs"))


def _cells(row: dict[str, object]) -> tuple[str, ...]:
    by_rule = row["person_id"] is None
    who = _("the rule of this workspace") if by_rule else str(row["person"] or "") or _("Someone without a name")
    if row["erased_at"]:
        who = _("Someone whose data was erased")
    counts = row["counts"]
    return (
        moment(str(row["at"])),
        who,
        translate(DELETION_NAMES.get(str(row["scope"]), str(row["scope"]))),
        counted(counts if isinstance(counts, dict) else {}),
    )
