"""A draft of a request for proposals as DOCX: what is wanted, what is asked, and how answers will be judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from lib.catalogue import AREA_TITLES, HouseUseCase, UseCase
from lib.database.partners import PartnerCriterion, PartnerKind
from lib.decide.partners.criteria import KIND_TITLES, SCALES
from lib.errors import InputError
from lib.files.documents.word import Word
from lib.i18n import N_, _, date, percent, translate, use_language


@dataclass(frozen=True)
class Request:
    """What the draft is about. ``contact`` may be empty: the draft then leaves a gap to fill in."""

    house: str
    case: UseCase | HouseUseCase
    kind: PartnerKind
    weights: Mapping[PartnerCriterion, float]
    today: dt.date
    due: dt.date
    contact: str = ""
    volume: str = ""

    def require_sound(self) -> None:
        """Pass silently when the draft can be written.

        Raises:
            InputError: answers are due today or before.
        """
        if self.due <= self.today:
            raise InputError(N_("Answers can’t be due before tomorrow. Choose a later day."))


def draft(request: Request, language: str) -> bytes:
    """The draft as DOCX.

    Raises:
        InputError: answers are due today or before.
    """
    request.require_sound()
    with use_language(language):
        case = request.case
        title, summary = translate(case.title), translate(case.summary)
        if isinstance(case, HouseUseCase):
            title, summary = case.title, case.summary
        made = Word(_("Request for proposals: {title}", title=title), request.house, language)
        made.text(
            _("Draft of {date}. To be read by procurement and legal before it is sent.", date=date(request.today))
        )
        _about(made, request, title, summary)
        _demands(made, case)
        _questions(made)
        _judged(made, request)
        _procedure(made, request)
        return made.to_bytes()


def _gap(said: str, name: str) -> str:
    return said.strip() or _("[to be filled in: {what}]", what=name)


def _about(made: Word, request: Request, title: str, summary: str) -> None:
    asked = _("texts or pictures a month, languages, peaks")
    made.heading(_("What we want to do"))
    made.text(f"{title}. {summary}")
    made.points(
        [
            _("Area: {area}", area=translate(AREA_TITLES[request.case.area])),
            _("We look for: {kind}", kind=translate(KIND_TITLES[request.kind])),
            _("Volume: {volume}", volume=_gap(request.volume, asked)),
        ]
    )


def _demands(made: Word, case: UseCase | HouseUseCase) -> None:
    made.heading(_("What we bring, and what it must move"))
    if isinstance(case, HouseUseCase):
        made.text(_gap("", _("data, skills, systems and the figure that it must move")))
        return
    needs = (
        (_("Data"), case.needs.data),
        (_("Skills"), case.needs.skills),
        (_("Integration"), case.needs.integration),
    )
    made.table((_("Matter"), _("What is needed")), [(name, translate(said)) for name, said in needs])
    made.points([f"{translate(lever.kpi)}: {translate(lever.measured_by)}" for lever in case.levers])
    made.text(_("Risk: {reason}", reason=translate(case.risk_reason)))


def _questions(made: Word) -> None:
    made.heading(_("What we ask you"))
    made.points(
        [
            _("Price: per text or picture and per month, with the volume at which it changes, and what is extra."),
            _("Quality: texts for our twenty sample inputs, which our people will judge blind among others."),
            _("Latency: median and 95th percentile for a whole answer, and the availability that you guarantee."),
            _("Languages: which, and who checked them."),
            _("Data: where they are processed and kept, by which subcontractors, for how long."),
            _("Ownership: that what is made, and our prompts, are ours alone."),
            _("Training: that nothing we send trains a model, by contract and without our having to object."),
            _("Indemnity: who pays if what is made infringes the rights of others, and up to what amount."),
            _("Exit: notice, what we take with us, in which formats, and at what cost."),
            _("Security, accessibility, and your part in the duties of the European AI Act."),
            _("Two references of comparable houses whom we may call."),
        ],
        numbered=True,
    )


def _judged(made: Word, request: Request) -> None:
    made.heading(_("How answers are judged"))
    made.text(_("Each criterion is scored from 1 to 5 on the scale below, by several people on their own."))
    heaviest = sorted(request.weights.items(), key=lambda pair: -pair[1])
    made.table(
        (_("Criterion"), _("Weight"), "1", "3", "5"),
        [
            (
                translate(SCALES[key].title),
                percent(weight),
                translate(SCALES[key].worst),
                translate(SCALES[key].middle),
                translate(SCALES[key].best),
            )
            for key, weight in heaviest
            if weight > 0
        ],
    )


def _procedure(made: Word, request: Request) -> None:
    who = _("name and address")
    made.heading(_("Procedure"))
    made.points(
        [
            _("Answers by {date}.", date=date(request.due)),
            _("Contact: {contact}", contact=_gap(request.contact, who)),
            _("A paid trial of some weeks on our own data comes before any longer contract."),
        ]
    )
