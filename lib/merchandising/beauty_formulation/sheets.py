"""What goes to the laboratory and into the file: weighing sheet, formula sheet, label. Grams, phase by phase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lib.files.documents.pdf import Pdf
from lib.files.writers import Cell, Sheet, write_xlsx
from lib.i18n import _, number, translate
from lib.merchandising.beauty_formulation.caution import Caution
from lib.merchandising.beauty_formulation.cautions import ASSESSOR
from lib.merchandising.beauty_formulation.columns import NOTE, TRIAL
from lib.merchandising.beauty_formulation.label import Label
from lib.merchandising.beauty_formulation.model import BY_KEY, MEASURED, Formula, Ingredient, Product, Trial
from lib.merchandising.beauty_formulation.planning import Proposal
from lib.merchandising.beauty_formulation.rounds import Round
from lib.merchandising.beauty_formulation.telling import (
    against_said,
    changes_said,
    expected_said,
    product_said,
    told,
    with_unit,
)
from lib.merchandising.beauty_formulation.words import spoken
from lib.verdicts import Verdict

WEIGHED = 2  # decimals of a gram
Looked = Mapping[str, Sequence[Caution]]  # by a proposal's name, what is to be looked at


@dataclass(frozen=True)
class Dossier:
    """One formula and all that is known of it. ``expected`` per response: middle and the ends of the 95% interval."""

    name: str
    product: Product
    formula: Formula
    batch: float  # grams
    label: Label
    looked: Sequence[Caution]
    expected: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    measured: Trial | None = None


def draft_lines(dossier: Dossier) -> list[str]:
    """What stands at the top of whatever leaves the page: a draft, of what, and what stands against it."""
    against = [told(one) for one in dossier.looked if one.verdict is Verdict.FAIL]
    lines = [_("Draft, not assessed: {name} · {product}", name=dossier.name, product=product_said(dossier.product))]
    return [*lines, _("Not fit for a pack as it is:"), *(f"- {said}" for said in against)] if against else lines


def laboratory_lines(looked: Looked) -> list[str]:
    """The same for trials that are yet to be weighed."""
    lines = [_("Draft, not assessed: to be weighed in the laboratory, neither for the market nor for use on people.")]
    return lines + [
        _("{name}: {said}", name=name, said=told(one))
        for name, cautions in looked.items()
        for one in cautions
        if one.verdict is Verdict.FAIL
    ]


def in_order(formula: Formula) -> list[tuple[Ingredient, float]]:
    """As it is weighed: phase by phase, within a phase the larger first; without a phase last."""
    return sorted(formula.used(0.0), key=lambda pair: (pair[0].phase == "", pair[0].phase, -pair[1]))


def grams(share: float, batch: float) -> float:
    """What a share of a batch weighs."""
    return round(share * batch / 100, 3)


def weighing_rows(formula: Formula, batch: float) -> list[list[Cell]]:
    """Phase, INCI name, function, percent, grams."""
    return [
        [one.phase, one.inci, spoken(one.function), round(share, 4), grams(share, batch)]
        for one, share in in_order(formula)
    ]


def result_rows(
    ingredients: Sequence[Ingredient], trials: Sequence[Trial], asked: Sequence[Proposal]
) -> list[list[Cell]]:
    """All trials so far and those to weigh, in the trials' template: filled in, the file can be brought back."""
    rows: list[list[Cell]] = [
        [
            trial.name,
            *(round(share, 4) for share in trial.shares),
            *(trial.result(one.key) for one in MEASURED),
            spoken(trial.note),
        ]
        for trial in trials
    ]
    return rows + [
        [one.name, *(round(share, 4) for share in one.shares), *(None for _one in MEASURED), ""] for one in asked
    ]


def lab_workbook(plan: Round, batch: float, looked: Looked | None = None) -> bytes:
    """Weights of the next trials, a table for their results, and why each."""
    above = laboratory_lines(looked or {})
    ingredients, asked = plan.question.ingredients, plan.plan.proposals
    order = [one for one, _share in in_order(Formula(ingredients, tuple(1.0 for _one in ingredients)))]
    place = {one.inci: at for at, one in enumerate(ingredients)}
    weights: list[list[Cell]] = [
        [one.phase, one.inci, spoken(one.function), *(grams(p.shares[place[one.inci]], batch) for p in asked)]
        for one in order
    ]
    weights.append(["", _("Sum"), "", *(round(sum(grams(s, batch) for s in p.shares), 2) for p in asked)])
    against = _("Against the best trial (percentage points of the formula)")
    reasons: list[list[Cell]] = [
        [one.name, told(one.why), changes_said(one, ingredients), _expected(one)] for one in asked
    ]
    head = [translate(TRIAL.title), *(one.inci for one in ingredients), *(translate(one.title) for one in MEASURED)]
    grams_of = [_("{trial} (g)", trial=one.name) for one in asked]
    return write_xlsx(
        [
            Sheet(
                _("Weighing"),
                [_("Phase"), _("INCI name"), _("Function"), *grams_of],
                weights,
                {_("INCI name"): 40},
                above,
            ),
            Sheet(
                _("Results"),
                [*head, translate(NOTE.title)],
                result_rows(ingredients, plan.question.trials, asked),
                above=above,
            ),
            Sheet(
                _("Reasons"),
                [translate(TRIAL.title), _("Why"), against, _("Expected")],
                reasons,
                {_("Why"): 60, against: 50, _("Expected"): 60},
                above,
            ),
        ]
    )


def _expected(one: Proposal) -> str:
    return "\n".join(
        _("{name}: {said}", name=translate(BY_KEY[key].title), said=expected_said(key, ends))
        for key, ends in one.expected.items()
    )


def lab_pdf(plan: Round, batch: float, looked: Looked | None = None) -> bytes:
    """One page for each trial: what is weighed in which order, room for what was weighed and measured."""
    title = _("Laboratory sheet, round {n}", n=plan.question.round)
    draft, *_failures = laboratory_lines({})
    sheet = Pdf(title, _("{grams} g a trial, phase by phase", grams=number(batch, 0)), footer=f"{title} · {draft}")
    for at, one in enumerate(plan.plan.proposals):
        if at:
            sheet.new_page()
        for line in laboratory_lines({one.name: (looked or {}).get(one.name, ())}):
            sheet.heading(line, 2)
        sheet.heading(_("Trial {name}", name=one.name))
        sheet.text(told(one.why))
        if one.changes:
            sheet.text(against_said(changes_said(one, plan.question.ingredients)), small=True)
        sheet.table(
            [_("Phase"), _("INCI name"), _("%"), _("To weigh (g)"), _("Weighed (g)")],
            [
                [phase, name, number(share, 2), number(weight, WEIGHED), ""]
                for phase, name, _function, share, weight in _weighed(
                    Formula(plan.question.ingredients, one.shares), batch
                )
            ],
            [1, 6, 1.4, 2, 2],
            ["left", "left", "right", "right", "right"],
        )
        sheet.heading(_("To measure"), 2)
        sheet.table(
            [_("What"), _("Expected of a single measurement, with 95% interval"), _("Measured")],
            [
                [translate(r.title), expected_said(r.key, one.expected[r.key]) if r.key in one.expected else "", ""]
                for r in MEASURED
            ],
            [2, 4, 2],
        )
        sheet.text(_("Weighed by, on:"))
    return sheet.to_bytes()


def _weighed(formula: Formula, batch: float) -> list[tuple[str, str, str, float, float]]:
    return [(one.phase, one.inci, spoken(one.function), share, grams(share, batch)) for one, share in in_order(formula)]


def known_facts(
    expected: Mapping[str, tuple[float, float, float]], measured: Trial | None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is known of a formula under its own heading each: measured, computed, only then predicted."""
    results = measured.results if measured else ()
    computed = [key for key in expected if BY_KEY[key].computed]
    predicted = [key for key in expected if not BY_KEY[key].computed]
    found = [
        (_("Measured"), [(translate(BY_KEY[key].title), with_unit(key, value)) for key, value in results]),
        (
            _("Computed from the ingredient table"),
            [(translate(BY_KEY[key].title), expected_said(key, expected[key])) for key in computed],
        ),
        (
            _("Predicted by the model: a single measurement, with 95% interval"),
            [(translate(BY_KEY[key].title), expected_said(key, expected[key])) for key in predicted],
        ),
    ]
    return [(heading, facts) for heading, facts in found if facts]


def label_text(dossier: Dossier) -> str:
    """The list as a text file: what it is of, that it is a draft, and first of all what stands against it."""
    lines = [*draft_lines(dossier), "", f"Ingredients: {dossier.label.text}", "", translate(ASSESSOR)]
    return "\n".join(lines) + "\n"


def formula_workbook(dossier: Dossier) -> bytes:
    """The formula, what was measured and is predicted of it, its label and what is to be looked at."""
    above = draft_lines(dossier)
    facts: list[list[Cell]] = [
        [heading, name, said]
        for heading, pairs in known_facts(dossier.expected, dossier.measured)
        for name, said in pairs
    ]
    lines: list[list[Cell]] = [
        [line.name, round(line.share, 5), line_said(line.role), line.entry] for line in dossier.label.lines
    ]
    notes: list[list[Cell]] = [[translate_verdict(one), told(one)] for one in dossier.looked]
    notes.append(["", translate(ASSESSOR)])
    return write_xlsx(
        [
            Sheet(
                _("Formula"),
                [_("Phase"), _("INCI name"), _("Function"), "%", "g"],
                weighing_rows(dossier.formula, dossier.batch),
                {_("INCI name"): 40},
                above,
            ),
            Sheet(
                _("Label"),
                [_("Name on the label"), "%", _("Place on the label"), _("Annex III entry")],
                lines,
                {_("Name on the label"): 40},
                above,
            ),
            Sheet(
                _("Results"),
                [_("How it is known"), _("What"), _("Value")],
                facts,
                {_("How it is known"): 60, _("Value"): 40},
                above,
            ),
            Sheet(_("To look at"), [_("How grave"), _("What")], notes, {_("What"): 60}, above),
        ]
    )


def line_said(role: str) -> str:
    """Why a name stands where it does on the label."""
    return {
        "above": _("1% or more, by weight"),
        "below": _("less than 1%, order free"),
        "allergen": _("fragrance allergen above its threshold"),
        "colourant": _("colourant, last"),
    }[role]


def translate_verdict(one: Caution) -> str:
    """How grave a caution is."""
    return {"fail": _("to correct"), "warn": _("to check"), "note": _("to know"), "pass": _("in order")}[
        one.verdict.value
    ]


def formula_pdf(dossier: Dossier) -> bytes:
    """The formula sheet: composition, what it is expected or known to be like, label, cautions, room to sign."""
    draft, *against = draft_lines(dossier)
    sheet = Pdf(_("Formula sheet"), f"{dossier.name} · {product_said(dossier.product)}", footer=draft)
    sheet.heading(draft, 2)
    for line in against:
        sheet.text(line)
    sheet.table(
        [_("Phase"), _("INCI name"), _("Function"), _("%"), _("g for {batch} g", batch=number(dossier.batch, 0))],
        [[phase, inci, function, number(share, 2), number(weight, WEIGHED)]
         for phase, inci, function, share, weight in _weighed(dossier.formula, dossier.batch)],
        [1, 5, 3, 1.4, 2],
        ["left", "left", "left", "right", "right"],
    )  # fmt: skip
    for heading, facts in known_facts(dossier.expected, dossier.measured):
        sheet.heading(heading, 2)
        sheet.facts(facts)
    sheet.heading(_("Ingredients, as on the label"), 2)
    sheet.text(dossier.label.text)
    sheet.heading(_("To look at"), 2)
    for one in dossier.looked:
        sheet.text(_("{name}: {said}", name=translate_verdict(one), said=told(one)))
    sheet.text(translate(ASSESSOR), small=True)
    sheet.text(_("Safety assessor, name and signature:"))
    return sheet.to_bytes()


def measured_said(trial: Trial) -> str:
    """A trial's results in one line."""
    return " · ".join(f"{translate(BY_KEY[key].title)} {with_unit(key, value)}" for key, value in trial.results)
