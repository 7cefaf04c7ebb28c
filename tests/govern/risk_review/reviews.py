"""Reviews that are ready to be signed, people who sign, and runs of a use case."""

from __future__ import annotations

from sqlite_utils import Database

from lib.access import Actor, Role
from lib.catalogue import use_case
from lib.database import connect, risk_answers, risk_evidence
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.risk_answers import Answer
from lib.database.runs import finish_run, start_run
from lib.govern.risk_review import dossier as work
from lib.govern.risk_review.choosing import letters, questions
from lib.verdicts import CheckResult

SLUG = "product_descriptions"


def colleague(actor: Actor, role: Role = Role.EXECUTIVE, name: str = "Bo") -> Actor:
    """Another member of the actor's workspace."""
    with connect() as database:
        person, _token = create_person(database, name)
        join(database, person, make_join_code(database, actor, role))
        return actor_for(database, person, actor.workspace)


def answered(
    database: Database, actor: Actor, control: str, answer: str = "yes", reason: str = "", slug: str = SLUG,
    pilot: str = "",
) -> int:  # fmt: skip
    """Answer one question over whatever stands there."""
    last = risk_answers.get(database, actor, slug, pilot).answers.get(control)
    given = Answer(answer, reason)  # type: ignore[arg-type]
    return work.answer(database, actor, slug, pilot, control, given, version=last.version if last else 0)


def settle(database: Database, actor: Actor, slug: str = SLUG, pilot: str = "") -> None:
    """Answer every required question with 'yes' and a link."""
    for control in questions(letters(use_case(slug))):
        if control.required:
            risk_evidence.attach_link(database, actor, slug, pilot, control.id, f"https://house.example/{control.id}")
            answered(database, actor, control.id, slug=slug, pilot=pilot)


def sign(database: Database, actor: Actor, slug: str = SLUG, pilot: str = "", months: int = 6) -> object:
    """Sign what stands there now."""
    seen = risk_answers.get(database, actor, slug, pilot).content
    return work.sign(database, actor, slug, pilot, seen=seen, months=months)


def ran(
    database: Database, actor: Actor, slug: str = SLUG, engine: str = "built-in", model: str | None = None,
    prompt: str | None = None, data_set: str | None = None, checks: tuple[CheckResult, ...] = (),
) -> str:  # fmt: skip
    """A finished run; its id."""
    run = start_run(
        database, actor, use_case=slug, kind="generation", method="drafter", method_version="1", inputs={"a": 1},
        task="describe_product", engine=engine, model=model, prompt_hash=prompt, data_set=data_set,
    )  # fmt: skip
    finish_run(database, actor, run, output={"text": "Robe"}, status="done", seconds=0.1, checks=checks)
    return run
