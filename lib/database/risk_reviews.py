"""Whether a risk review is passed: two people's signatures, until a day, for what is still in use."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope
from lib.database import chain, incidents
from lib.database.connection import new_id, now, writing
from lib.database.people import person_name
from lib.database.risk_answers import Review, begun, get
from lib.database.risk_facts import added, fingerprint
from lib.errors import InputError, Overtaken
from lib.i18n import N_, date, list_of, translate

State = Literal["none", "open", "half", "passed", "expired", "reopened"]
MONTHS: Final = (3, 6, 12)  # for which a sign-off may hold
RENEWED_DAYS: Final = 30  # before its end in which a passed review can be signed anew
STATE_TITLES: Final[dict[State, str]] = {
    "none": N_("Not begun"),
    "open": N_("In progress"),
    "half": N_("One signature"),
    "passed": N_("Passed"),
    "expired": N_("Expired"),
    "reopened": N_("Open again"),
}
CHANGED: Final = {
    "engines": N_("In use since it was signed, and not signed for: {names} (engine). Look at it again, then sign."),
    "prompts": N_("The prompt changed since it was signed: {names}. Look at it again, then sign."),
    "data": N_("Other data are in use since it was signed: {names}. Look at it again, then sign."),
    "methods": N_("Another method or version is in use since it was signed: {names}. Look at it again, then sign."),
}


@dataclass(frozen=True)
class Standing:
    """Where a review stands. ``reason`` is an English message id, filled with ``values``; ``signed_until`` an ISO date
    or empty. Texts inside lists of names are as the database has them."""

    state: State
    reason: str
    signed_until: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return self.state == "passed"

    def said(self, language: str | None = None) -> str:
        """The reason in the reader's language."""
        filled = {
            name: list_of(value, language) if isinstance(value, list) else value for name, value in self.values.items()
        }
        if "day" in filled:
            filled["day"] = date(dt.date.fromisoformat(filled["day"]), "long", language)
        return translate(self.reason, language, **filled)


@dataclass(frozen=True)
class Signature:
    """One person's name under a review, for what it held then. ``expires_on`` and ``signed_at`` are ISO."""

    round: int
    seat: int
    person: str  # a name
    person_id: str
    content: str
    fingerprint: dict[str, list[str]]
    score: float
    expires_on: str
    signed_at: str


def standing(
    database: Database, actor: Actor, use_case: str, pilot: str | None = None, today: str | None = None
) -> Standing:
    """Where the review of a use case, or of a pilot, stands on a day (ISO date; today where None).

    Raises:
        NotFound: no such use case or pilot in the actor's workspace.
    """
    review = get(database, actor, use_case, pilot or "")
    signed = signatures(database, actor, review)
    if not signed:
        if review.answers or review.classification or review.evidence:
            return Standing("open", N_("It isn’t signed yet."))
        return Standing("none", N_("Nobody has begun it."))
    rounds = sorted({one.round for one in signed}, reverse=True)
    whole = next((number for number in rounds if sum(one.round == number for one in signed) == 2), None)
    if whole is None:
        return _half(database, actor, review, signed)
    pair = [one for one in signed if one.round == whole]
    found = _after_both(database, actor, review, pair, today or _today())
    if found.state != "passed" and rounds[0] > whole:
        half = _half(database, actor, review, signed)
        return half if half.state == "half" else found
    return found


def _half(database: Database, actor: Actor, review: Review, signed: list[Signature]) -> Standing:
    """With one signature in the newest round: whether it still holds for what the review is now."""
    last = max(signed, key=lambda one: one.round)
    if not _stands(database, actor, review, last, fingerprint(database, actor, review.use_case)):
        return Standing(
            "open", N_("It changed after {person} signed, so both signatures are needed anew."), "",
            {"person": last.person},
        )  # fmt: skip
    return Standing("half", N_("{person} has signed; a second person has to."), "", {"person": last.person})


def _stands(database: Database, actor: Actor, review: Review, one: Signature, used: dict[str, list[str]]) -> bool:
    """Whether a signature is for what the review and the use are now, with no severe incident since."""
    return (
        one.content == review.content
        and not added(one.fingerprint, used)
        and not incidents.severe_since(database, actor, review.use_case, one.signed_at)
    )


def _after_both(database: Database, actor: Actor, review: Review, pair: list[Signature], today: str) -> Standing:
    """After two signatures: what ended their hold, if anything did."""
    until = min(one.expires_on for one in pair)
    severe = incidents.open_severe(database, actor, review.use_case)
    if severe:
        return Standing(
            "reopened", N_("Severe incidents are open: {n}. Close them with what was changed, then sign again."), "",
            {"n": severe},
        )  # fmt: skip
    if incidents.severe_since(database, actor, review.use_case, min(one.signed_at for one in pair)):
        return Standing(
            "reopened", N_("A severe incident was closed after it was signed. Look at what was changed since, then both"
                           " sign again.")
        )  # fmt: skip
    changed = added(pair[-1].fingerprint, fingerprint(database, actor, review.use_case))
    for kind, names in changed.items():
        return Standing("reopened", CHANGED[kind], "", {"names": [_short(kind, name) for name in names]})
    if any(one.content != review.content for one in pair):
        return Standing("reopened", N_("Answers, evidence or class changed since it was signed. Both sign again."))
    if until < today:
        return Standing("expired", N_("The signatures held until {day}. Look at it again, then both sign."), until,
                        {"day": until})  # fmt: skip
    names = [one.person for one in pair if one.person]
    return Standing("passed", N_("Signed by two people, until {day}."), until, {"day": until, "people": names})


def _short(kind: str, name: str) -> str:
    """A prompt or a file by its name, with as much of the hash as tells it apart."""
    head, _space, tail = name.rpartition(" ")
    return f"{head} ({tail[:8]})" if kind in ("prompts", "data") and head else name


def signatures(database: Database, actor: Actor, review: Review) -> list[Signature]:
    """All signatures under a review, oldest first."""
    require(actor, Right.READ)
    rows = database.query(
        "select s.round, s.seat, p.name as person, s.person_id, s.content, s.fingerprint, s.score, s.expires_on,"
        " s.created_at as signed_at from risk_signatures s join people p on p.id = s.person_id"
        " where s.review_id = :review and exists (select 1 from risk_reviews r where r.id = s.review_id and r.holder in"
        " ('', :person)) and s.workspace_id = :workspace order by s.round, s.seat",
        {"review": review.id, **scope(actor)},
    )
    return [Signature(**{**row, "fingerprint": json.loads(row["fingerprint"])}) for row in rows]


def sign(
    database: Database,
    actor: Actor,
    use_case: str,
    pilot: str,
    *,
    seen: str,
    months: int,
    still_open: Callable[[Review], int],
    score: Callable[[Review], float],
) -> Standing:
    """Put one's name under a review as it stands; where it stands then. Two different people have to.

    Args:
        seen: the ``Review.content`` that the person looked at.
        months: for which the signature holds; the earlier end of both counts.
        still_open: how many required questions of a review are open.
        score: of a review, from 0 to 100; kept with the signature.

    Raises:
        NotAllowed: the actor may not sign.
        InputError: the person has no name yet, something required or a severe incident is open, it is passed already,
            the same person signs twice, or no such period.
        Overtaken: it changed since the person looked, or somebody signed in the same moment.
    """
    require(actor, Right.SIGN)
    if not person_name(database, actor).strip():
        raise InputError(N_("A signature needs your name. Type it on the Workspace page, then sign."))
    if months not in MONTHS:
        raise InputError(N_("A sign-off holds for three, six or twelve months. Choose one."))
    with writing(database):
        review = begun(database, actor, use_case, pilot)
        if review.content != seen:
            raise Overtaken(
                N_("The review changed while you read it. Nothing was signed: look at what is new, then sign.")
            )
        _require_signable(database, actor, review, still_open)
        _put(database, actor, review, score(review), _months_on(dt.date.today(), months).isoformat())
    return standing(database, actor, use_case, pilot)


def _put(database: Database, actor: Actor, review: Review, score: float, expires_on: str) -> None:
    """Write the signature in the seat that is free, within the caller's transaction.

    Raises:
        Overtaken: somebody took the seat in the same moment.
    """
    used = fingerprint(database, actor, review.use_case)
    number, seat = _place(database, actor, review, used)
    identifier = new_id()
    row = {
        "id": identifier,
        "workspace_id": actor.workspace,
        "person_id": actor.person,
        "review_id": review.id,
        "round": number,
        "seat": seat,
        "content": review.content,
        "fingerprint": json.dumps(used, ensure_ascii=False),
        "score": score,
        "expires_on": expires_on,
        "created_at": now(),
    }
    try:
        database.table("risk_signatures").insert(row)
    except sqlite3.IntegrityError as error:
        raise Overtaken(N_("Somebody signed in the same moment. Reload the page to see where it stands.")) from error
    chain.append(database, "risk_signatures", identifier)


def _require_signable(
    database: Database, actor: Actor, review: Review, still_open: Callable[[Review], int]
) -> None:  # fmt: skip
    missing = still_open(review)
    if missing:
        raise InputError(
            N_("Required questions are still open: {n}. Answer them with ‘yes’ or ‘not applicable’ first, then sign."),
            n=missing,
        )
    severe = incidents.open_severe(database, actor, review.use_case)
    if severe:
        raise InputError(
            N_("Severe incidents are open: {n}. Close them with what was changed first, then sign."), n=severe
        )


def _place(database: Database, actor: Actor, review: Review, used: dict[str, list[str]]) -> tuple[int, int]:
    """The round and seat in which the actor signs: beside the first signature where it holds, else in a new round."""
    signed = signatures(database, actor, review)
    if not signed:
        return 1, 1
    number = max(one.round for one in signed)
    last = [one for one in signed if one.round == number]
    if len(last) == 1 and _stands(database, actor, review, last[0], used):
        if last[0].person_id == actor.person:
            raise InputError(
                N_("You have signed already. The second signature has to be another person’s: ask a colleague.")
            )
        return number, 2
    found = standing(database, actor, review.use_case, review.pilot)
    if holds(found):
        raise InputError(
            N_("Two people have signed, until {day}. It can be signed anew in its last {days} days."),
            day=date(dt.date.fromisoformat(found.signed_until), "long"),
            days=RENEWED_DAYS,
        )
    return number + 1, 1


def holds(found: Standing) -> bool:
    """Whether a review is passed for so long that nobody signs it anew yet."""
    return found.passed and found.signed_until > _days_on(RENEWED_DAYS)


def _today() -> str:
    return dt.date.today().isoformat()


def _days_on(days: int) -> str:
    return (dt.date.today() + dt.timedelta(days=days)).isoformat()


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or that month's last one."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))
