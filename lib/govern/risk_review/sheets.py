"""All answers of a review, its history and the incident log as XLSX; texts stay texts, whatever they begin with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import RISK_CLASS_TITLES
from lib.database import risk_answers
from lib.database.incidents import Incident
from lib.database.risk_reviews import STATE_TITLES
from lib.files.writers import Cell, Sheet, write_xlsx
from lib.govern.risk_review.dossier import Dossier
from lib.govern.risk_review.incident_words import KIND_NAMES, SEVERITY_NAMES
from lib.govern.risk_review.model import RISK_SHORT, RISK_TITLES, STATE_DATE, SURE_TITLES, Control
from lib.govern.risk_review.overview import Row
from lib.govern.risk_review.saying import COUNSEL, answer_said, by_whom, day, evidence_said
from lib.govern.risk_review.todo import ToDo
from lib.i18n import _, translate, use_language


def answers(database: Database, actor: Actor, dossier: Dossier, language: str) -> bytes:
    """Sheets: the answers as they stand, every earlier answer, the signatures."""
    with use_language(language):
        notice = translate(COUNSEL, None, day=day(STATE_DATE, "long"))
        columns = (
            _("Risk"), _("Question"), _("Why it matters"), _("What counts as evidence"), _("Source"),
            _("How sure the source is"), _("Required before signing"), _("Weight"), _("Answer"), _("Reason"),
            _("Owner"), _("Due"), _("Evidence attached"), _("Answered by"),
        )  # fmt: skip
        rows = [_answer(dossier, control) for control in dossier.controls]
        sheets = [
            Sheet(_("Answers"), columns, rows, above=[f"{dossier.title}. {notice}"]),
            _history(database, actor, dossier),
            _signatures(dossier),
        ]
        return write_xlsx(sheets)


def _answer(dossier: Dossier, control: Control) -> Sequence[Cell]:
    given = dossier.review.answers.get(control.id)
    attached = dossier.review.evidence.get(control.id, ())
    links = [f"{evidence_said(one)} {one.reference if one.kind == 'link' else ''}".strip() for one in attached]
    return (
        translate(RISK_TITLES[control.risk]), translate(control.question), translate(control.why),
        translate(control.evidence), control.source(), translate(SURE_TITLES[control.sure]),
        _("yes") if control.required else _("no"), control.weight, answer_said(given),
        given.reason if given else "", given.owner if given else "", given.due_on if given else "",
        "\n".join(links), by_whom(given.person, given.created_at) if given else "",
    )  # fmt: skip


def _history(database: Database, actor: Actor, dossier: Dossier) -> Sheet:
    review = dossier.review
    rows = [
        (translate(control.question), one.version, answer_said(one), one.reason, one.owner, one.due_on, one.person,
         one.created_at)
        for control in dossier.controls
        for one in risk_answers.history(database, actor, review.use_case, review.pilot, control.id)
    ]  # fmt: skip
    columns = (_("Question"), _("Version"), _("Answer"), _("Reason"), _("Owner"), _("Due"), _("Who"), _("When (UTC)"))
    return Sheet(_("History"), columns, rows)


def _signatures(dossier: Dossier) -> Sheet:
    rows = [
        (one.round, one.seat, one.person, one.signed_at, one.expires_on, round(one.score, 1))
        for one in dossier.signatures
    ]
    columns = (_("Round"), _("Signature"), _("Who"), _("When (UTC)"), _("Holds until"), _("Score (0 to 100)"))
    return Sheet(_("Signatures"), columns, rows)


def incidents(found: Sequence[Incident], titles: dict[str, str], language: str) -> bytes:
    """The incident log; ``titles`` are the use cases' in the language."""
    with use_language(language):
        columns = (
            _("Happened on"), _("Kind"), _("Severity"), _("Use case"), _("What happened"), _("Harm"), _("Cause"),
            _("Changed since"), _("Run"), _("Owner"), _("Closed on"), _("Last written by"), _("When (UTC)"),
        )  # fmt: skip
        rows = [
            (
                one.entry.happened_on, translate(KIND_NAMES[one.entry.kind]),
                translate(SEVERITY_NAMES[one.entry.severity]), titles.get(one.use_case, one.use_case), one.entry.what,
                one.entry.harm, one.entry.cause, one.entry.changed, one.entry.run, one.entry.owner,
                one.entry.closed_on, one.person, one.changed_at,
            )
            for one in found
        ]  # fmt: skip
        return write_xlsx([Sheet(_("Incidents and near-misses"), columns, rows)])


def overview(found: Sequence[Row], language: str) -> bytes:
    """All use cases with their scores."""
    with use_language(language):
        columns = (
            _("Use case"), _("EU AI Act class"), _("Where it stands"), _("Reason"),
            *(translate(RISK_SHORT[risk]) for risk in RISK_SHORT), _("In all"), _("Open questions"),
            _("Known to the workbench"), _("Signed until"),
        )  # fmt: skip
        rows = [
            (
                row.title, translate(RISK_CLASS_TITLES[row.risk_class]) if row.risk_class else _("not classed yet"),
                translate(STATE_TITLES[row.standing.state]), row.standing.said(),
                *(_rounded(row.headings[risk].value) for risk in RISK_SHORT), _rounded(row.score.value),
                row.score.open, row.known, row.standing.signed_until,
            )
            for row in found
        ]  # fmt: skip
        return write_xlsx([Sheet(_("Risk reviews"), columns, rows)])


def to_do(items: Sequence[ToDo], language: str) -> bytes:
    """What is to be done, by whom, until when."""
    with use_language(language):
        columns = (_("Use case"), _("Risk"), _("Question"), _("Answer"), _("Reason"), _("Owner"), _("Due"))
        rows = [
            (
                one.title, translate(RISK_TITLES[one.control.risk]), translate(one.control.question),
                answer_said(one.given), one.given.reason, one.given.owner, one.given.due_on,
            )
            for one in items
        ]  # fmt: skip
        return write_xlsx([Sheet(_("To be done"), columns, rows)])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
