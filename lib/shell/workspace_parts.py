"""The parts of the Workspace page: who you are, your personal link, your workspaces, who is in this one."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from lib.access import DEMO_WORKSPACE, ROLE_NAMES, Actor, Right, Role
from lib.database import connect
from lib.database.members import JoinCode, codes, leave, remove_member, revoke_code
from lib.database.people import (
    create_workspace,
    join,
    make_join_code,
    members,
    person_name,
    rename_person,
    renew_token,
    set_role,
)
from lib.i18n import _, date, ngettext, translate
from lib.shell import errors, html, identity, session
from lib.shell.html import element
from lib.shell.text import plain

CURRENCIES = ("EUR", "GBP", "USD", "CHF", "JPY", "CNY")
CODE_DAYS = (1, 7, 14, 30)


def personal_link(address: str, token: str) -> str:
    """The link that opens the workbench as this person.

    The token stands after the '#': browsers keep that part to themselves, so it reaches no server's or proxy's log.
    """
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, "/", "", f"me={token}"))


def who_you_are(actor: Actor) -> None:
    """The person's name, and the key to themselves on another device."""
    with connect() as database:
        name = person_name(database, actor)
    with st.form("name", border=False):
        given = st.text_input(
            _("Your name"), value=name, max_chars=80, help=_("Colleagues in your workspaces see it beside your runs.")
        )
        if st.form_submit_button(_("Save the name")):
            with connect() as database:
                rename_person(database, actor, given)
            st.toast(_("Your name is saved."))
            st.rerun()
    if identity.claims() is None:
        _link(actor)
    identity.in_or_out()


def _role_names() -> dict[Role, str]:
    """The roles' names now; a format function may be called later, where the reader's language isn't set."""
    return {role: translate(name) for role, name in ROLE_NAMES.items()}


def _link(actor: Actor) -> None:
    st.subheader(_("Your personal link"), anchor=False)
    st.markdown(
        _(
            "It opens the workbench as you on another device. It is a key: whoever has it is you."
            " Keep it to yourself, and invite colleagues with a code instead."
        )
    )
    with st.expander(_("Show my personal link")):
        st.code(
            personal_link(st.context.url or "http://localhost:8501", session.token()), language=None, wrap_lines=True
        )
        if st.button(_("Make a new link and void the old one")):
            with connect() as database:
                session.replace_token(renew_token(database, actor))
            st.rerun()


def your_workspaces(actor: Actor) -> None:
    """The workspaces that the person is in, each with a way to go there."""
    for row in session.workspaces():
        here = row["id"] == actor.workspace
        with st.container(horizontal=True, vertical_alignment="center", key=f"workspace_{row['id']}"):
            role = translate(ROLE_NAMES[Role(row["role"])])
            st.markdown(f"**{plain(row['name'])}**  \n{plain(role)}", width="stretch")
            if here:
                st.markdown(_("You are here"), width="content")
            elif st.button(_("Go there"), key=f"go_{row['id']}"):
                session.move_to(row["id"])
    if actor.workspace != DEMO_WORKSPACE:
        _leave(actor)


def _leave(actor: Actor) -> None:
    with st.expander(_("Leave this workspace")):
        st.markdown(_("What you made here stays with the workspace. You come back with a new code only."))
        if st.button(_("Leave it"), key="leave"):
            with errors.shown():
                with connect() as database:
                    leave(database, actor)
                session.move_to(DEMO_WORKSPACE)


def new_workspace() -> None:
    """A workspace of one's own: own data, own colleagues. A new, empty form stands here once one was made."""
    made_so_far = int(st.session_state.setdefault("workspaces_made", 0))
    with st.form(f"new_workspace_{made_so_far}", border=False):
        name = st.text_input(
            _("Name of the workspace"),
            max_chars=80,
            placeholder=_("For instance: Knitwear pilot"),
            key=f"new_workspace_name_{made_so_far}",
        )
        house = st.text_input(
            _("House"),
            max_chars=80,
            key=f"new_workspace_house_{made_so_far}",
        )
        st.caption(_("The name that its texts and product feeds carry. Left empty, it is the workspace’s name."))
        currency = st.selectbox(_("Currency"), CURRENCIES, key=f"new_workspace_currency_{made_so_far}")
        if st.form_submit_button(_("Create the workspace"), type="primary"):
            with connect() as database:
                made = create_workspace(database, session.person(), name, house, currency)
            st.session_state["workspaces_made"] = made_so_far + 1
            session.move_to(made)


def join_with_code() -> None:
    """Into a colleague's workspace."""
    with st.form("join", border=False):
        code = st.text_input(_("Code from a colleague or trainer"), max_chars=20, placeholder="BCDF-2345")
        if st.form_submit_button(_("Join")):
            with connect() as database:
                joined = join(database, session.person(), code)
            session.move_to(joined)


def invite(actor: Actor) -> None:
    """A code that lets others in, shown once."""
    if actor.workspace == DEMO_WORKSPACE:
        st.markdown(
            _(
                "Everyone is in the demo house, and each sees only their own work there. To work together, create"
                " a workspace of your own."
            )
        )
        return
    if not actor.may(Right.INVITE):
        st.markdown(_("Your role here does not make codes. Ask an administrator of the workspace."))
        return
    roles = [role for role in Role if role is not Role.ADMINISTRATOR or actor.role is Role.ADMINISTRATOR]
    with st.form("invite", border=False):
        role = st.selectbox(
            _("They join as"),
            roles,
            index=roles.index(Role.PARTICIPANT),
            format_func=_role_names().__getitem__,
        )
        days = st.selectbox(
            _("The code works for"),
            CODE_DAYS,
            index=2,
            format_func={n: ngettext("{n} day", "{n} days", n) for n in CODE_DAYS}.__getitem__,
        )
        made = st.form_submit_button(_("Make a code"), type="primary")
    if made:
        with connect() as database:
            _show_code(make_join_code(database, actor, role, days), days)
    with connect() as database:
        open_codes = codes(database, actor)
    if open_codes:
        st.subheader(_("Codes that work"), anchor=False)
    for code in open_codes:
        _open_code(actor, code)


def _open_code(actor: Actor, code: JoinCode) -> None:
    """A code that still works, without its letters, and the way to end it."""
    until = date(dt.datetime.fromisoformat(code.expires_at).date())
    said = _("As {role}, until {day}", role=translate(ROLE_NAMES[code.role]), day=until)
    by = _("made by {name}", name=code.made_by) if code.made_by else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("  \n".join(plain(part) for part in (said, by) if part), width="stretch")
        if st.button(_("Revoke"), key=f"revoke_{code.id}"):
            with errors.shown():
                with connect() as database:
                    revoke_code(database, actor, code.id)
                st.rerun()


def _show_code(code: str, days: int) -> None:
    until = dt.datetime.now().date() + dt.timedelta(days=days)
    html.draw(element("p", code, class_="toile-code"))
    st.markdown(
        _("Shown this once, good until {day}. Your colleagues type it on this page, under 'Join'.", day=date(until))
    )


def people(actor: Actor) -> None:
    """Who is in the workspace and as what; an administrator changes roles here."""
    with connect() as database:
        rows = members(database, actor)
    for row in rows:
        name = row["name"] or _("Someone without a name")
        said = _("{name} (you)", name=name) if row["id"] == actor.person else name
        role = Role(row["role"])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(said), width="stretch")
            if actor.may(Right.ADMINISTER) and actor.workspace != DEMO_WORKSPACE:
                _change_role(actor, row["id"], role, name)
            else:
                st.markdown(plain(translate(ROLE_NAMES[role])), width="content")


def _change_role(actor: Actor, person: str, role: Role, name: str) -> None:
    chosen = st.selectbox(
        _("Role of {name}", name=name),
        list(Role),
        index=list(Role).index(role),
        format_func=_role_names().__getitem__,
        key=f"role_{person}_{role}",
        label_visibility="collapsed",
        width=220,
    )
    if chosen and chosen is not role:
        with connect() as database:
            set_role(database, actor, person, chosen)
        st.rerun()


def remove(actor: Actor) -> None:
    """An administrator ends somebody's membership, after one look back."""
    with connect() as database:
        others = {row["id"]: row["name"] for row in members(database, actor) if row["id"] != actor.person}
    if not others or not actor.may(Right.ADMINISTER) or actor.workspace == DEMO_WORKSPACE:
        return
    nameless = _("Someone without a name")
    with st.expander(_("Remove somebody")), st.form("remove", border=False):
        person = st.selectbox(_("Who"), list(others), format_func=lambda one: others.get(one) or nameless, index=None)
        st.caption(
            _(
                "They are refused at their next click, and their waiting jobs stop. What they made stays here."
                " All codes that work are revoked, since they may know one."
            )
        )
        sure = st.form_submit_button(_("Remove this person"))
    if sure and person:
        with errors.shown():
            with connect() as database:
                remove_member(database, actor, person)
            st.rerun()
