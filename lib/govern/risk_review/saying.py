"""Answers, evidence and signatures in the reader's words: the page and the exports say them alike."""

from __future__ import annotations

import datetime as dt
import json
from typing import Final

from lib.catalogue import USE_CASES
from lib.checks.spans import CHECK_TITLES
from lib.database.risk_answers import Answer, Evidence
from lib.database.risk_reviews import Signature
from lib.govern.risk_review.dossier import Dossier
from lib.govern.risk_review.known import said as known_said
from lib.govern.risk_review.model import Control
from lib.govern.risk_review.scoring import Score, worth
from lib.i18n import N_, _, date, date_time, number, translate
from lib.tasks.check_titles import check_title
from lib.verdicts import Verdict

ANSWER_TITLES: Final = {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No"), "na": N_("Not applicable")}
KIND_TITLES: Final = {
    "file": N_("File"),
    "link": N_("Link"),
    "run": N_("Run"),
    "check": N_("Check’s result"),
    "comparison": N_("Comparison"),
    "known": N_("Known to the workbench"),
}
COUNSEL: Final = N_(
    "A working tool, not legal advice. Sources as of {day}; those ‘to be confirmed by counsel’ wait for that."
)
NOBODY: Final = N_("Someone without a name")


def answer_said(given: Answer | None) -> str:
    """The answer, or that there is none."""
    return translate(ANSWER_TITLES[given.answer]) if given else _("Not answered yet")


def lacking(control: Control, dossier: Dossier) -> str:
    """What an answered question still lacks, or nothing."""
    given = dossier.review.answers.get(control.id)
    if given and given.answer == "yes" and worth(control, dossier.review) == 0.5:
        return _("Its evidence was taken out: it counts half until there is some again.")
    return ""


def evidence_said(one: Evidence) -> str:
    """What is attached: its kind and its name; a known thing as it was when it was taken over."""
    kind = translate(KIND_TITLES[one.kind])
    if one.kind == "known":
        stored = json.loads(one.said)
        return pair_said(kind, known_said(stored["message"], stored["values"]))
    if one.kind == "check":
        verdict = json.loads(one.said)["verdict"]
        return pair_said(kind, f"{check_title(one.name)} ({verdict_said(verdict)})")
    if one.kind == "run":
        return pair_said(kind, run_said(one.name))
    return pair_said(kind, one.name)


def evidence_told(one: Evidence) -> str:
    """What is attached, on paper: a link with its whole address, and who attached it when."""
    address = f" ({one.reference})" if one.kind == "link" and one.reference != one.name else ""
    return f"{evidence_said(one)}{address} · {by_whom(one.person, one.created_at)}"


def run_said(name: str) -> str:
    """A run by its use case and time, from the name that it was attached under: 'stylist · 2026-11-23 07:17' (UTC)."""
    slug, _sign, when = name.rpartition(" · ")
    case = next((one for one in USE_CASES if one.slug == slug), None)
    try:
        started = dt.datetime.fromisoformat(when).replace(tzinfo=dt.UTC)
    except ValueError:
        return name
    return f"{translate(case.title) if case else slug} · {moment(started.isoformat())}"


def pair_said(name: str, what: str) -> str:
    """A name and what is said of it, with the language's own colon."""
    return _("{name}: {what}", name=name, what=what)


def verdict_said(verdict: str) -> str:
    """A check's verdict."""
    return translate(CHECK_TITLES[Verdict(verdict)])


def by_whom(person: str, when: str) -> str:
    """A name and a time."""
    return f"{person or translate(NOBODY)}, {moment(when)}"


def moment(when: str) -> str:
    """A stored time in the reader's zone and way."""
    return date_time(dt.datetime.fromisoformat(when).astimezone())


def day(written: str, length: str = "medium") -> str:
    """An ISO date in the reader's way."""
    return date(dt.date.fromisoformat(written[:10]), length)


def points(score: Score | float | None) -> str:
    """A score from 0 to 100; a dash where no question applies."""
    value = score.value if isinstance(score, Score) else score
    return "–" if value is None else number(round(value), 0)


def signature_said(one: Signature) -> str:
    """Who signed, when, at which score and until when."""
    return _(
        "{who}, score {score}, holds until {day}", who=by_whom(one.person, one.signed_at), score=points(one.score),
        day=day(one.expires_on),
    )  # fmt: skip
