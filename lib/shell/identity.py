"""Log-in through an identity provider (OIDC), where the installation has one; else nothing here does anything.

``st.login`` speaks with the provider and keeps the claims of its ID token in a signed cookie; ``st.user`` holds them
for a session. Who that is here, how long it lasts and in which workspaces they are is decided from the claims alone.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from lib.access import LogIn, read_log_in
from lib.database import connect
from lib.database.identities import adopt, has_identity, person_of_identity, settle_houses
from lib.database.people import person_of_token
from lib.errors import SettingsError
from lib.i18n import _
from lib.settings import settings
from lib.shell.opening import opening
from lib.shell.text import plain

# What belongs to the person of this session and to nobody after them.
OF_A_PERSON = ("person", "token", "workspace", "engine", "logged_in", "link_offered", "claim_offered")


def rules() -> LogIn:
    """How people come in, by the settings."""
    return read_log_in(settings().auth, settings().access)


def claims() -> dict[str, Any] | None:
    """What the provider said of the reader in a log-in that still holds; None without one."""
    if not rules().providers or not st.user.is_logged_in:
        return None
    said = st.user.to_dict()
    return said if holds(said, rules().hours, time.time()) else None


def holds(said: Mapping[str, Any], hours: float, now: float) -> bool:
    """Whether a log-in names a person and isn't older than ``hours``; ``now`` in seconds since 1970."""
    made = said.get("iat")
    if not said.get("iss") or not said.get("sub") or isinstance(made, bool) or not isinstance(made, (int, float)):
        return False
    return now - made < hours * 3600


def groups_of(said: Mapping[str, Any], claim: str) -> frozenset[str]:
    """The groups that the provider puts the person in: a list of names, or one name."""
    found = said.get(claim) or ()
    return frozenset([found] if isinstance(found, str) else (one for one in found if isinstance(one, str)))


def shut() -> bool:
    """Whether the reader has to log in before anything else."""
    return rules().required and claims() is None


def waits() -> bool:
    """Whether the reader has something to answer first: ``gate`` asks, and the browser is asked nothing meanwhile."""
    return shut() or "claim_offered" in st.session_state


def ended() -> bool:
    """Whether there is a log-in that has become too old."""
    return bool(rules().providers and st.user.is_logged_in and claims() is None)


def meet() -> None:
    """Take the reader of a log-in for who they are; let nobody stay whose log-in has ended."""
    state = st.session_state
    said = claims()
    if said is None:
        if state.get("logged_in") or shut():
            _forget()
        return
    if state.get("logged_in"):
        return
    with connect() as database:
        known = person_of_identity(database, said["iss"], said["sub"])
    if known is not None:
        _become(known, said)


def _forget() -> None:
    for name in OF_A_PERSON:
        st.session_state.pop(name, None)


def _become(person: str, said: Mapping[str, Any]) -> None:
    """Be this person for the session, in the workspaces that their groups open."""
    groups = groups_of(said, rules().groups_claim)
    with connect() as database:
        settle_houses(database, person, {house: house.role_of(groups) for house in rules().houses})
    _forget()
    st.session_state.update({"person": person, "token": "", "logged_in": True})


def arrive(token: str | None, link: str | None) -> None:
    """What the browser said of itself, at a log-in that nobody here has made before.

    A profile of this browser may be theirs, so they are asked; a personal link is no way to become somebody else.
    """
    state = st.session_state
    if link:
        state["link_refused"] = True
    if "person" in state or "claim_offered" in state:
        return
    with connect() as database:
        local = person_of_token(database, token) if token else None
        claimable = local is not None and not has_identity(database, local)
    if claimable:
        state["claim_offered"] = local
    else:
        _adopt(None)


def _adopt(person: str | None) -> None:
    said = claims()
    st.session_state.pop("claim_offered", None)
    if said is not None:
        with connect() as database:
            _become(adopt(database, said["iss"], said["sub"], str(said.get("name") or ""), person), said)


def require_fresh() -> None:
    """End a run of a part of the page whose log-in has ended meanwhile; the next run asks for a new one."""
    if st.session_state.get("logged_in") and claims() is None:
        st.rerun()


def gate() -> None:
    """Before the page: the log-in where one is demanded, and the question whose work this browser holds."""
    try:
        rules()
    except SettingsError:  # ``meet`` has shown it; nobody comes in by rules that can't be read
        st.stop()
    if shut():
        _head(_("Log in"), _ended_words() if ended() else _("This workbench is open to people who log in."))
        _log_in_buttons(main=True)
        st.stop()
    if "claim_offered" in st.session_state:
        _head(
            _("Is this your work?"),
            _("This browser holds work from before you logged in. Take it over if it is yours, or begin anew."),
        )
        with st.container(horizontal=True):
            st.button(_("Take it over"), on_click=_adopt, args=(st.session_state["claim_offered"],), type="primary")
            st.button(_("Begin anew"), on_click=_adopt, args=(None,))
        st.stop()
    if ended():
        st.warning(_ended_words())
        _log_in_buttons()


def _ended_words() -> str:
    return _("Your session has ended. Log in again: what you made is kept.")


def _head(title: str, lead: str) -> None:
    opening(title, lead)


def _log_in_buttons(main: bool = False) -> None:
    for provider in rules().providers:
        title = _("Log in with {provider}", provider=provider) if provider else _("Log in")
        # Without a name ``st.login`` takes the provider that has none.
        st.button(
            title,
            on_click=st.login,
            args=(provider,) if provider else (),
            key=f"log_in_{provider}",
            type="primary" if main else "secondary",
        )


def in_or_out() -> None:
    """On the Workspace page: as whom one is logged in and the way out, or the way in."""
    said = claims()
    if said is None:
        if rules().providers:
            _log_in_buttons()
        return
    shown = str(said.get("email") or said.get("preferred_username") or said.get("name") or "")
    st.markdown(_("You are logged in as {who}.", who=plain(shown)) if shown else _("You are logged in."))
    st.caption(_("The address is shown here and kept nowhere."))
    st.button(_("Log out"), on_click=st.logout)
