"""The model card with its evidence: what a use case is for, what it is made with, measured, asked, answered, signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lib.catalogue import AREA_TITLES, RISK_CLASS_TITLES, UseCase
from lib.database.incidents import Incident
from lib.database.risk_answers import Evidence
from lib.database.risk_facts import Facts
from lib.database.risk_reviews import STATE_TITLES
from lib.evidence import shipped
from lib.files.documents.pdf import Pdf
from lib.files.documents.word import Word
from lib.govern.risk_review import duties
from lib.govern.risk_review.dossier import Dossier
from lib.govern.risk_review.incident_words import KIND_NAMES, SEVERITY_NAMES
from lib.govern.risk_review.known import SEED
from lib.govern.risk_review.model import RISK_TITLES, STATE_DATE, SURE_TITLES, USE_TITLES, Control
from lib.govern.risk_review.saying import (
    COUNSEL,
    answer_said,
    by_whom,
    day,
    evidence_told,
    pair_said,
    points,
    signature_said,
)
from lib.i18n import _, list_of, number, translate, use_language
from lib.proofs import Measure
from lib.tasks.check_titles import check_title


@dataclass(frozen=True)
class Part:
    """A part of the card: a heading, then sentences, then a table, then points. Each may be missing."""

    title: str
    texts: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)
    points: Sequence[str] = ()
    level: int = 1
    small: str = ""  # the last line, set smaller where the form allows
    widths: Sequence[float] | None = None  # shares of the columns


@dataclass(frozen=True)
class Card:
    """What goes into a card: the review, the facts of its runs, the incidents, the house's name, an ISO date."""

    dossier: Dossier
    facts: Facts
    incidents: Sequence[Incident]
    house: str
    today: str
    pilot: str = ""  # its title, where the review is a pilot's own


def pdf(card: Card, language: str) -> bytes:
    """The card as PDF."""
    with use_language(language):
        made = Pdf(_title(card), _subtitle(card), footer=f"{card.house} · {_title(card)}")
        for part in parts(card):
            made.heading(part.title, part.level)
            for text in part.texts:
                made.text(text)
            if part.rows:
                made.table(part.columns, part.rows, part.widths)
            for point in part.points:
                made.text(f"–\u00a0{point}")
            if part.small:
                made.text(part.small, small=True)
        return made.to_bytes()


def docx(card: Card, language: str) -> bytes:
    """The card as DOCX."""
    with use_language(language):
        made = Word(_title(card), _subtitle(card), language)
        for part in parts(card):
            made.heading(part.title, part.level)
            for text in part.texts:
                made.text(text)
            if part.rows:
                made.table(part.columns, part.rows)
            made.points(part.points)
            if part.small:
                made.text(part.small)
        return made.to_bytes()


def _title(card: Card) -> str:
    return _("Model card: {title}", title=card.dossier.title)


def _subtitle(card: Card) -> str:
    return _("{house}, as of {day}", house=card.house, day=day(card.today, "long"))


def parts(card: Card) -> list[Part]:
    """All parts in their order, in the reader's language."""
    return [
        _standing(card),
        _purpose(card),
        _made_with(card),
        *_measures(card),
        _checks(card),
        _duties(card),
        *_answers(card),
        _incidents(card),
        _limits(card),
    ]


def _standing(card: Card) -> Part:
    found = card.dossier
    rows = [(translate(RISK_TITLES[risk]), points(one), f"{one.settled} / {one.asked}")
            for risk, one in found.headings.items()]  # fmt: skip
    rows.append((_("In all"), points(found.score), f"{found.score.settled} / {found.score.asked}"))
    signed = [signature_said(one) for one in found.signatures]
    whose = _("Pilot “{title}”.", title=card.pilot) if card.pilot else ""
    return Part(
        _("Where the review stands"),
        [f"{whose} {translate(STATE_TITLES[found.standing.state])}. {found.standing.said()}".strip()],
        (_("Risk"), _("Score (0 to 100)"), _("Settled")),
        rows,
        signed or [_("Nobody has signed.")],
    )


def _purpose(card: Card) -> Part:
    case, about = card.dossier.subject.case, card.dossier.subject
    summary = translate(case.summary) if isinstance(case, UseCase) else case.summary
    classed = translate(RISK_CLASS_TITLES[about.risk_class]) if about.risk_class else _("not classed yet")
    reason = about.reason if about.given else translate(about.reason)
    uses = list_of([translate(USE_TITLES[one]) for one in about.uses if one in USE_TITLES]) or _("none of those listed")
    rows = [
        (_("Area"), translate(AREA_TITLES[case.area])),
        (_("What this use case does"), uses),
        (_("EU AI Act class"), classed),
    ]
    if isinstance(case, UseCase):
        rows.insert(1, (_("Who works with it"), list_of([translate(user) for user in case.users])))
    return Part(_("Purpose and class"), [summary, reason], (_("Matter"), _("What is recorded")), rows)


def _made_with(card: Card) -> Part:
    found = card.facts
    case = card.dossier.subject.case
    if not found.runs:
        said = [_("No run of it is recorded in this workspace yet.")]
    else:
        said = [
            _("Runs: {runs}, people: {people}, from {first} to {last}.", runs=number(found.runs), people=found.people,
              first=day(found.first), last=day(found.last))
        ]  # fmt: skip
    if isinstance(case, UseCase):
        said.append(_("Data it needs: {data}", data=translate(case.needs.data)))
    rows = [
        (_("Built-in") if name == "built-in" else name, number(count))
        for name, count in [*found.engines.items(), *found.methods.items()]
    ]
    return Part(_("Engines, methods and data"), said, (_("Engine or method, with version"), _("Runs")), rows)


def _measures(card: Card) -> list[Part]:
    case = card.dossier.subject.case
    proof = shipped(case, SEED) if isinstance(case, UseCase) and case.status == "ready" else None
    title = _("What was measured")
    if proof is None:
        return [Part(title, [_("No measurement of it comes with this version of the product.")])]
    columns = (_("Measure"), _("Value"), _("95% interval"), _("Cases"), _("Compared with"))
    rows = [_measure(one) for one in proof.measures]
    said = [_("On the demo house’s invented sample, not on your data.")]
    return [Part(title, said, columns, rows, widths=(4, 1.1, 1.8, 0.9, 3))]


def _measure(one: Measure) -> tuple[str, ...]:
    ends = "–" if one.low is None or one.high is None else f"{number(one.low, 2)} – {number(one.high, 2)}"
    baseline = "; ".join(pair_said(translate(name), number(value, 2)) for name, value in one.baselines.items())
    metric = f"{translate(one.metric)} ({translate(one.unit)})"
    return metric, number(one.ours, 2), ends, number(one.n), baseline or "–"


def _checks(card: Card) -> Part:
    columns = (_("Check"), _("Nothing found"), _("With a note"), _("To check"), _("Failed"))
    rows = [
        (check_title(name), *(number(verdicts.get(one, 0)) for one in ("pass", "note", "warn", "fail")))
        for name, verdicts in sorted(card.facts.checks.items(), key=lambda one: check_title(one[0]))
    ]
    found = card.facts
    said = _("Outputs approved by people: {approved}, sent back: {back}.", approved=found.approved,
             back=found.sent_back)  # fmt: skip
    return Part(_("Checks and reviews of outputs"), [said], columns, rows)


def _duties(card: Card) -> Part:
    about = card.dossier.subject
    lines = []
    for name, duty in (
        (_("Impact assessment on data protection"), duties.impact_assessment(about.uses, about.risk_class)),
        (_("Consent"), duties.consent(about.uses, about.risk_class)),
    ):
        lines.append(pair_said(name, translate(duties.NEED_TITLES[duty.need])))
        lines += [
            f"{translate(rule.said)} {translate(rule.source)}, {translate(SURE_TITLES[rule.sure])}."
            for rule in duty.rules
        ]
    return Part(_("Data protection"), [], points=lines)


def _answers(card: Card) -> list[Part]:
    found = [Part(_("Questions and answers"), [translate(COUNSEL, None, day=day(STATE_DATE, "long"))])]
    heading = None
    for control in card.dossier.controls:
        if control.risk is not heading:
            heading = control.risk
            found.append(Part(translate(RISK_TITLES[heading])))
        found.append(_one(card, control))
    return found


def _one(card: Card, control: Control) -> Part:
    review = card.dossier.review
    given = review.answers.get(control.id)
    said = [
        answer_said(given) if given is None else f"{answer_said(given)} · {by_whom(given.person, given.created_at)}"
    ]
    if given and given.reason:
        said.append(given.reason)
    if given and (given.owner or given.due_on):
        due = day(given.due_on) if given.due_on else "–"
        said.append(_("Owner: {owner}; due: {day}", owner=given.owner or "–", day=due))
    attached: Sequence[Evidence] = review.evidence.get(control.id, ())
    source = f"{control.source()} ({translate(SURE_TITLES[control.sure])})"
    named = [evidence_told(one) for one in attached]
    return Part(translate(control.question), said, points=named, level=2, small=source)


def _incidents(card: Card) -> Part:
    if not card.incidents:
        return Part(_("Incidents and near-misses"), [_("None is logged.")])
    lines = []
    for one in card.incidents:
        entry = one.entry
        closed = _("closed on {day}", day=day(entry.closed_on)) if entry.closed_on else _("open")
        kind = f"{translate(KIND_NAMES[entry.kind])}, {translate(SEVERITY_NAMES[entry.severity])}"
        changed = _("Changed since: {what}", what=entry.changed) if entry.changed else ""
        lines.append(" ".join(part for part in (f"{day(entry.happened_on)} · {kind} · {closed}.", entry.what, changed)
                              if part))  # fmt: skip
    return Part(_("Incidents and near-misses"), [], points=lines)


def _limits(card: Card) -> Part:
    return Part(
        _("Limits of this card"),
        points=[
            translate(COUNSEL, None, day=day(STATE_DATE, "long")),
            _("What the workbench knows comes from its own runs; what happens elsewhere isn’t in it."),
            _("Automatic checks miss things: their limits stand beside their results on the pages."),
        ],
    )
