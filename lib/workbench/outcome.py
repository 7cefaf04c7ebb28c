"""A closed comparison read back whole: what was written, at what cost, how it was judged. And the tables to export."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.agreement import Agreement, agreement
from lib.database.ballots import Vote, votes_of
from lib.database.comparisons import Comparison, Side, TextRow, get, inputs_of, sides_of, texts_of
from lib.database.runs import checks_of
from lib.workbench.preference import Preference, Shown, preference, rating_table

VERDICTS = ("pass", "note", "warn", "fail")
KEPT = 64  # results of votes that are kept in memory


@dataclass(frozen=True)
class SideFacts:
    """What one side took: medians of seconds, the mean cost of a text in its currency, verdicts of the checks.

    Each is None or empty where nothing was measured; the built-in engine has no first token.
    """

    done: int
    failed: int
    seconds: float | None
    first_token: float | None
    cost: float | None
    currency: str
    checks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """Everything about a closed comparison. Sides and inputs are named by their position."""

    comparison: Comparison
    sides: tuple[Side, ...]
    inputs: tuple[str, ...]
    texts: tuple[TextRow, ...]
    votes: tuple[Vote, ...]
    shown: Shown
    preference: Preference
    agreement: Agreement
    facts: tuple[SideFacts, ...]


def outcome(database: Database, actor: Actor, comparison: str) -> Outcome:
    """Read a closed comparison and work out what its votes say. The same votes give the same numbers at each look.

    Raises:
        NotAllowed: the vote is still open.
    """
    found = get(database, actor, comparison)
    texts, votes = tuple(texts_of(database, actor, comparison)), tuple(votes_of(database, actor, comparison))
    sides = sides_of(database, actor, comparison)
    shown = _shown(texts)
    preferred, agreed = _judged(votes, tuple(shown.items()), len(sides), int(found.id[-8:], 16))
    return Outcome(
        comparison=found,
        sides=sides,
        inputs=tuple(label for label, _values in inputs_of(database, actor, comparison)),
        texts=texts,
        votes=votes,
        shown=shown,
        preference=preferred,
        agreement=agreed,
        facts=tuple(_facts(database, actor, texts, side) for side in range(len(sides))),
    )


@lru_cache(maxsize=KEPT)
def _judged(
    votes: tuple[Vote, ...], shown: tuple[tuple[int, tuple[int, ...]], ...], sides: int, seed: int
) -> tuple[Preference, Agreement]:
    """What the votes say. Thousands of resamples take their time, so they are drawn once for the same votes.

    Rights are asked where the votes are read; here nothing is but numbers.
    """
    return preference(votes, dict(shown), sides, seed), agreement(rating_table(votes), seed)


def _shown(texts: Sequence[TextRow]) -> dict[int, tuple[int, ...]]:
    """The sides on each input's ballot: those with a text, where there are two."""
    found: dict[int, tuple[int, ...]] = {}
    for text in texts:
        if text.status == "done":
            found[text.input] = (*found.get(text.input, ()), text.side)
    return {place: sides for place, sides in found.items() if len(sides) >= 2}


def _facts(database: Database, actor: Actor, texts: Sequence[TextRow], side: int) -> SideFacts:
    own = [text for text in texts if text.side == side]
    runs = [text.run for text in own if text.status == "done" and text.run is not None]
    verdicts = dict.fromkeys(VERDICTS, 0)
    for run in runs:
        for row in checks_of(database, actor, run["id"]):
            verdicts[row["verdict"]] += 1
    costs = [run["cost"] for run in runs]
    return SideFacts(
        done=len(runs),
        failed=sum(text.status == "failed" for text in own),
        seconds=_median([run["seconds"] for run in runs]),
        first_token=_median([run["first_token_seconds"] for run in runs]),
        cost=statistics.mean(costs) if costs and None not in costs else None,
        currency=next((run["currency"] for run in runs if run["currency"]), ""),
        checks=verdicts,
    )


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


VOTE_COLUMNS = ("comparison", "input", "rater", "choice", "side", "place", "reason", "voted_at")
SIDE_COLUMNS = (
    "side", "engine", "model", "prompt", "variant", "take", "texts", "failed", "preference", "low", "high", "votes",
    "median_seconds", "median_first_token_seconds", "mean_cost", "currency", "checks_pass", "checks_note",
    "checks_warn", "checks_fail",
)  # fmt: skip
DUEL_COLUMNS = ("side", "against", "preferred", "low", "high", "inputs", "votes")
TEXT_COLUMNS = ("input", "side", "status", "text", "run", "seconds", "first_token_seconds", "cost", "currency")


def raters(found: Outcome, unnamed: str) -> dict[str, str]:
    """A name for each rater; who has none is numbered."""
    people = list(dict.fromkeys(vote.person for vote in found.votes))
    names = {vote.person: vote.person_name for vote in found.votes}
    return {person: names[person] or f"{unnamed} {at}" for at, person in enumerate(people, start=1)}


def vote_rows(found: Outcome, titles: Sequence[str], names: dict[str, str]) -> list[list[Any]]:
    """One row a vote, for a table of its own."""
    return [
        [
            found.comparison.id,
            found.inputs[vote.input],
            names[vote.person],
            "no difference" if vote.side is None else "side",
            "" if vote.side is None else titles[vote.side],
            None if vote.place is None else vote.place + 1,
            vote.reason,
            vote.voted_at,
        ]
        for vote in found.votes
    ]


def side_rows(found: Outcome, titles: Sequence[str]) -> list[list[Any]]:
    """One row a side: what it is, how it was judged, what it took."""
    rows = []
    for side, facts, share, title in zip(found.sides, found.facts, found.preference.shares, titles, strict=True):
        judged = [share.value, share.low, share.high, share.votes] if share else [None] * 4
        rows.append(
            [
                title,
                side.engine,
                side.model,
                side.prompt_title,
                side.variant,
                side.take,
                facts.done,
                facts.failed,
                *judged,
                facts.seconds,
                facts.first_token,
                facts.cost,
                facts.currency,
                *(facts.checks.get(verdict, 0) for verdict in VERDICTS),
            ]
        )
    return rows


def duel_rows(found: Outcome, titles: Sequence[str]) -> list[list[Any]]:
    """One row a pair of sides."""
    return [
        [titles[duel.first], titles[duel.second], won.value, won.low, won.high, won.inputs, won.votes]
        for duel in found.preference.duels
        if (won := duel.won) is not None
    ]


def text_rows(found: Outcome, titles: Sequence[str], reading: Any) -> list[list[Any]]:
    """One row a text; ``reading(output)`` gives it as plain text."""
    rows = []
    for text in found.texts:
        run = text.run or {}
        output = run.get("output") if text.status == "done" else None
        rows.append(
            [
                found.inputs[text.input],
                titles[text.side],
                text.status,
                reading(output) if output else "",
                run.get("id"),
                run.get("seconds"),
                run.get("first_token_seconds"),
                run.get("cost"),
                run.get("currency"),
            ]
        )
    return rows


def as_json(found: Outcome, titles: Sequence[str], names: dict[str, str], reading: Any) -> dict[str, Any]:
    """The whole comparison as one JSON value, keys in English."""

    def records(columns: Sequence[str], rows: list[list[Any]]) -> list[dict[str, Any]]:
        return [dict(zip(columns, row, strict=True)) for row in rows]

    about, agreed = found.comparison, found.agreement
    return {
        "comparison": about.id,
        "question": about.question,
        "task": about.task,
        "language": about.language,
        "blind": about.blind,
        "closed_at": about.closed_at,
        "favourite": None if found.preference.favourite is None else titles[found.preference.favourite],
        "sides": records(SIDE_COLUMNS, side_rows(found, titles)),
        "pairs": records(DUEL_COLUMNS, duel_rows(found, titles)),
        "agreement": {
            "krippendorff_alpha": agreed.alpha,
            "low": agreed.low,
            "high": agreed.high,
            "inputs": agreed.units,
        },
        "votes": records(VOTE_COLUMNS, vote_rows(found, titles, names)),
        "texts": records(TEXT_COLUMNS, text_rows(found, titles, reading)),
    }
