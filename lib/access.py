"""Who acts, in which workspace, with which rights. Every database function takes an ``Actor`` and asks here first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lib.errors import NotAllowed
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
    ADMINISTER = "administer"  # roles, budget, deletion


_EVERYONE = {Right.READ, Right.RUN, Right.REVIEW}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.EXECUTIVE: frozenset(_EVERYONE | {Right.INVITE}),
    Role.INNOVATOR: frozenset(_EVERYONE | {Right.EDIT_PROMPTS, Right.INVITE}),
    Role.TRAINER: frozenset(_EVERYONE | {Right.EDIT_PROMPTS, Right.INVITE}),
    Role.PARTICIPANT: frozenset({Right.READ, Right.RUN, Right.REVIEW}),
    Role.REVIEWER: frozenset({Right.READ, Right.REVIEW}),
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
