"""Who acts, in which workspace, with which rights. Every database function takes an ``Actor`` and asks here first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lib.errors import NotAllowed, SettingsError
from lib.i18n import N_


class Role(StrEnum):
    """What a person is in one workspace."""

    EXECUTIVE = "executive"
    INNOVATOR = "innovator"
    TRAINER = "trainer"
    PARTICIPANT = "participant"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What a role may do in its workspace."""

    READ = "read"
    RUN = "run"  # run tasks, upload data, export
    REVIEW = "review"  # rate, approve, send back
    EDIT_PROMPTS = "edit_prompts"
    INVITE = "invite"  # make join codes
    STEER = "steer"  # weights, scoring rounds, roadmap, pilots, partners, the weekly table
    GOVERN = "govern"  # answer a risk review, log an incident, open a review queue, set what is kept how long
    SIGN = "sign"  # put one's name under a risk review
    ADMINISTER = "administer"  # roles, budget, deletion


_EVERYONE = {Right.READ, Right.RUN, Right.REVIEW}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.EXECUTIVE: frozenset(_EVERYONE | {Right.INVITE, Right.STEER, Right.GOVERN, Right.SIGN}),
    Role.INNOVATOR: frozenset(_EVERYONE | {Right.EDIT_PROMPTS, Right.INVITE, Right.STEER, Right.GOVERN, Right.SIGN}),
    Role.TRAINER: frozenset(_EVERYONE | {Right.EDIT_PROMPTS, Right.INVITE, Right.STEER, Right.GOVERN}),
    Role.PARTICIPANT: frozenset({Right.READ, Right.RUN, Right.REVIEW}),
    Role.REVIEWER: frozenset({Right.READ, Right.REVIEW, Right.GOVERN, Right.SIGN}),
    Role.ADMINISTRATOR: frozenset(Right),
}
ROLE_NAMES = {
    Role.EXECUTIVE: N_("Executive"),
    Role.INNOVATOR: N_("Innovation team"),
    Role.TRAINER: N_("Trainer"),
    Role.PARTICIPANT: N_("Participant"),
    Role.REVIEWER: N_("Reviewer"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


NO_LOG_IN = N_("The table [access] in secrets.toml cannot be read: {reason}. Correct it, then start the app again.")


@dataclass(frozen=True)
class House:
    """A workspace that the installation's settings declare, with the role that each group of the provider has there."""

    key: str
    name: str
    house: str = ""
    currency: str = "EUR"
    groups: tuple[tuple[str, Role], ...] = ()

    @property
    def id(self) -> str:
        return f"house-{self.key}"

    def role_of(self, groups: Collection[str]) -> Role | None:
        """The role of somebody in these groups: the one with the most rights; None where none of them comes in."""
        roles = [role for group, role in self.groups if group in groups]
        return max(roles, key=lambda role: len(RIGHTS[role]), default=None)


@dataclass(frozen=True)
class LogIn:
    """How people come in, by the settings of the installation."""

    required: bool = False  # nobody without a log-in, so no anonymous demo
    hours: float = 12.0  # after which a log-in has to be made again
    groups_claim: str = "groups"
    providers: tuple[str, ...] = ()  # as ``st.login`` names them; '' is the one without a name; empty: no log-in
    houses: tuple[House, ...] = field(default=())


def read_log_in(auth: dict[str, Any], access: dict[str, Any]) -> LogIn:
    """The rules out of the tables [auth], which Streamlit reads too, and [access] of secrets.toml.

    Raises:
        SettingsError: a field is unknown or makes no sense, or a log-in is demanded and none is set up.
    """
    named = tuple(name for name, table in auth.items() if isinstance(table, dict) and "client_id" in table)
    providers = (("",) if "client_id" in auth else ()) + named
    unknown = set(access) - {"login", "hours", "groups_claim", "houses"}
    if unknown:
        raise SettingsError(NO_LOG_IN, reason=f"{min(unknown)}?")
    login, hours = access.get("login", "offered"), access.get("hours", 12.0)
    if login not in ("offered", "required"):
        raise SettingsError(NO_LOG_IN, reason='login = "offered" | "required"')
    if isinstance(hours, bool) or not isinstance(hours, (int, float)) or hours <= 0:
        raise SettingsError(NO_LOG_IN, reason="hours > 0")
    if login == "required" and not providers:
        raise SettingsError(NO_LOG_IN, reason='login = "required", [auth]?')
    houses = tuple(_house(key, table) for key, table in access.get("houses", {}).items())
    return LogIn(login == "required", float(hours), str(access.get("groups_claim", "groups")), providers, houses)


def _house(key: str, table: dict[str, Any]) -> House:
    groups = table.get("groups", {})
    if not table.get("name") or set(table) - {"name", "house", "currency", "groups"} or not isinstance(groups, dict):
        raise SettingsError(NO_LOG_IN, reason=f"houses.{key}: name, house, currency, groups")
    wrong = [role for role in groups.values() if role not in set(Role)]
    if wrong:
        raise SettingsError(NO_LOG_IN, reason=f"houses.{key}: {wrong[0]}?")
    roles = tuple((group, Role(role)) for group, role in groups.items())
    return House(key, str(table["name"]), str(table.get("house", "")), str(table.get("currency", "EUR")), roles)


DEMO_WORKSPACE = "demo"
# All visitors of an installation share the demo house, but what each makes or uploads there is their own: a row is
# visible to the members of its workspace, and in the demo house to its owner alone. Named parameters: see ``scope``.
VISIBLE = "{table}workspace_id = :workspace and ({table}workspace_id <> 'demo' or {table}person_id = :person)"


@dataclass(frozen=True)
class Actor:
    """One person in one workspace, made by ``lib.database.people`` from a personal link and a membership."""

    person: str
    workspace: str
    role: Role

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]


def visible(table: str = "") -> str:
    """The SQL condition that a row (of ``table``, an alias) may be seen; fill its parameters with ``scope(actor)``."""
    return VISIBLE.format(table=f"{table}." if table else "")


def scope(actor: Actor) -> dict[str, str]:
    """The named parameters of ``visible``."""
    return {"workspace": actor.workspace, "person": actor.person}


def require(actor: Actor, right: Right) -> None:
    """Pass silently when the actor's role carries the right.

    Raises:
        NotAllowed: it does not.
    """
    if not actor.may(right):
        raise NotAllowed(
            N_("Your role in this workspace does not allow this. Ask an administrator of the workspace to change it.")
        )
