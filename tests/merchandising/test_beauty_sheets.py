"""What goes to the laboratory can be weighed, read and brought back."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from openpyxl import load_workbook

from lib.database import connect
from lib.files.intake import Choices, mapping_of, read, take_in
from lib.i18n import use_language
from lib.merchandising.beauty_formulation import rounds, sheets
from lib.merchandising.beauty_formulation.cautions import cautions, outside
from lib.merchandising.beauty_formulation.columns import trial_columns
from lib.merchandising.beauty_formulation.data import TrialParser
from lib.merchandising.beauty_formulation.label import label
from lib.merchandising.beauty_formulation.model import RINSE_OFF, Formula, Ingredient, Product
from lib.merchandising.beauty_formulation.planning import METHOD, METHOD_VERSION, Question, plan
from lib.merchandising.beauty_formulation.rounds import RESULTS, USE_CASE, Round
from lib.merchandising.beauty_formulation.samples import of_sample
from lib.merchandising.beauty_formulation.telling import against_said, changes_said, expected_said, told, with_unit
from lib.shell.beauty_formulation import labelling, nexts
from lib.tasks.recorded import recorded
from tests.merchandising.formulas import SIMPLE, WANTED, sample, trials


@pytest.fixture(scope="module")
def round_() -> Round:
    """A round on the demo house's shower gel."""
    ingredients, held = sample("gel")
    wanted = of_sample("gel")
    question = Question(ingredients, wanted.product, held, wanted.targets, 2)
    return Round("run", "2026-11-22T10:00:00+00:00", question, plan(question), wanted.as_json())


@pytest.fixture(scope="module")
def cream() -> Round:
    """A round on the day cream, the best of whose trials was weighed outside its limits."""
    ingredients, held = sample("cream")
    wanted = of_sample("cream")
    question = Question(ingredients, wanted.product, held, wanted.targets, 2)
    return Round("run", "2026-11-22T10:00:00+00:00", question, plan(question), wanted.as_json())


def book(content: bytes):
    return load_workbook(io.BytesIO(content))


def text_of(content: bytes) -> str:
    from pypdfium2 import PdfDocument

    return "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(content))


def test_the_weights_of_a_trial_add_up_to_the_batch(round_):
    pages = book(sheets.lab_workbook(round_, 800.0))
    rows = list(pages.worksheets[0].iter_rows(values_only=True))[1:]  # below the line that it is a draft
    for column in (3, 4):
        weights = [row[column] for row in rows[1:-1]]
        assert sum(weights) == pytest.approx(800, abs=0.02)
        assert rows[-1][column] == pytest.approx(800, abs=0.02)


def test_phases_stand_in_order_and_the_larger_first():
    rows = (
        replace(SIMPLE[2], phase="B"),
        replace(SIMPLE[1], phase="A"),
        replace(SIMPLE[0], phase="A"),
        replace(SIMPLE[3], phase=""),
    )
    order = [one.inci for one, _share in sheets.in_order(Formula(rows, (6.0, 4.0, 85.0, 5.0)))]
    assert order == ["Aqua", "Glycerin", "Squalane", "Dimethicone"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_filled_in_sheet_comes_back_as_trials(round_, language):
    with use_language(language):
        pages = book(sheets.lab_workbook(round_, 500.0))
    page = pages.worksheets[1]
    head = next([cell.value for cell in row] for row in page.iter_rows() if row[1].value)
    viscosity = len(head) - 4
    for row in page.iter_rows(min_row=page.max_row - 1):
        row[viscosity].value = 4.4
    out = io.BytesIO()
    for title in pages.sheetnames:
        if title != page.title:
            del pages[title]
    pages.save(out)
    ingredients = round_.question.ingredients
    columns = trial_columns(ingredients)
    table = read(out.getvalue(), "back.xlsx", Choices())
    parser = TrialParser(tuple(one.inci for one in ingredients))
    found = take_in(table, mapping_of(table, columns, Choices()), columns, parser)
    assert not found.problems
    assert len(found.items) == len(round_.question.trials) + 2
    assert found.items[-1].result("viscosity") == 4.4
    assert np.allclose(found.items[-1].shares, round_.plan.proposals[-1].shares, atol=1e-3)


@pytest.mark.parametrize(("language", "words"), [("en", "Safety assessor"), ("fr", "Évaluateur de la sécurité")])
def test_the_documents_say_what_they_must(round_, language, words):
    formula = Formula(round_.question.ingredients, round_.plan.proposals[0].shares)
    made = label(formula, RINSE_OFF)
    looked = cautions(formula, RINSE_OFF, 5.0)
    with use_language(language):
        lab = text_of(sheets.lab_pdf(round_, 500.0))
        dossier = sheets.Dossier("R1-1", RINSE_OFF, formula, 500.0, made, looked)
        sheet = text_of(sheets.formula_pdf(dossier))
        workbook = book(sheets.formula_workbook(dossier))
    assert "R1-1" in lab
    assert "R1-2" in lab
    assert words in sheet
    assert "Sodium Benzoate" in sheet
    assert len(workbook.sheetnames) == 4


def test_a_formula_that_was_measured_shows_its_results_and_names_predictions_as_such(round_):
    trial = round_.question.trials[0]
    formula = Formula(round_.question.ingredients, trial.shares)
    made, looked = label(formula, RINSE_OFF), cautions(formula, RINSE_OFF, 5.0)
    expected = {"viscosity": (987.5, 900.0, 999.0), "cost": (1.0, 1.0, 1.0)}
    with use_language("en"):
        dossier = sheets.Dossier("X", RINSE_OFF, formula, 500.0, made, looked, expected, trial)
        said = text_of(sheets.formula_pdf(dossier))
        rows = list(book(sheets.formula_workbook(dossier))["Results"].values)
        without = sheets.known_facts(expected, None)
        value = with_unit("viscosity", dict(trial.results)["viscosity"])
    assert "What it is like" not in said
    assert said.index("Measured") < said.index(value) < said.index("Predicted by the model") < said.index("988")
    assert ("Measured", "Viscosity", value) in rows
    assert [row[0] for row in rows if "988" in str(row[2])] == [without[-1][0]]
    assert not any(heading == "Measured" for heading, _facts in without)


def test_a_trial_weighed_outside_the_tables_bounds_is_flagged_wherever_it_is_offered():
    ingredients, held = sample("cream")
    wanted = of_sample("cream")
    question = Question(ingredients, wanted.product, held, wanted.targets, 1)
    place = next(at for at, trial in enumerate(held) if trial.name == "CJ-04")
    broken = question.broken(held[place])
    assert [bound.said("en") for bound in broken] == ["Aqua at most 82%", "group Oils at least 10%"]
    made = Round("run", "2026-11-22T10:00:00+00:00", question, plan(question), wanted.as_json())
    older = replace(made, plan=replace(made.plan, best=place, outside=None))  # as it was recorded once
    alone = replace(made, plan=replace(made.plan, outside=None))
    with use_language("en"):
        assert "CJ-04, outside your limits" in [one.said for one in labelling.formulas(made)]
        for one in (made, older):
            assert "Aqua at most 82%" in nexts.outside_said(one)
        assert nexts.outside_said(alone) == ""
        assert "Aqua at most 82%" in told(outside(broken)[0])


def test_the_best_trial_is_the_best_of_those_that_the_limits_allow(cream):
    question, found = cream.question, cream.plan
    assert question.trials[found.outside].name == "CJ-04"
    best = question.trials[found.best]
    assert question.broken(best) == ()
    assert found.outside_score > found.best_score
    with use_language("en"):
        assert nexts.finding(cream).startswith(f"Best so far: {best.name}")
        first, *others = labelling.formulas(cream)
        assert first.key == best.name
        assert "CJ-04" not in first.said
        assert sorted(one.key for one in others if one.key[:2] == "CJ") == sorted(
            trial.name for trial in question.trials if trial.name != best.name
        )


def test_where_the_limits_allow_no_trial_none_is_the_best(cream):
    rows = cream.question.ingredients
    narrow = tuple(replace(one, low=12.0, high=15.0) if one.inci == "Glycerin" else one for one in rows)
    question = replace(cream.question, ingredients=narrow, count=1)
    made = replace(cream, question=question, plan=plan(question))
    assert (made.plan.best, made.plan.stop) == (None, False)
    with use_language("en"):
        assert nexts.finding(made) == "No trial holds all limits yet; these are the most promising ones."
        assert "Glycerin at least 12%" in nexts.outside_said(made)
        assert labelling.formulas(made)[0].key == "expected"


def test_a_trial_of_two_that_do_not_go_together_is_not_the_best():
    rows = (SIMPLE[0], replace(SIMPLE[1], low=0, not_with=("Squalane",)), replace(SIMPLE[2], low=0), SIMPLE[3])
    apart = [(88.0, 12.0, 0.0, 0.0), (80.0, 0.0, 14.0, 6.0), (90.0, 5.0, 0.0, 5.0), (92.0, 0.0, 5.0, 3.0)]
    held = trials(np.array([*apart, (84.0, 8.0, 8.0, 0.0)]), [30.0, 40.0, 35.0, 38.0, 70.0])
    question = Question(rows, RINSE_OFF, held, WANTED, 1)
    found = plan(question)
    assert found.best is not None
    assert not question.broken(held[found.best])
    assert found.outside == 4
    with use_language("en"):
        assert [bound.said() for bound in question.broken(held[4])] == ["Glycerin without Squalane"]


@pytest.mark.parametrize(("language", "draft"), [("en", "Draft, not assessed"), ("fr", "Projet, non évalué")])
def test_every_sheet_says_at_its_top_that_it_is_a_draft_and_names_the_failures(cream, language, draft):
    settings = of_sample("cream")
    with use_language(language):
        known = {one.key: one for one in labelling.formulas(cream)}
        trial = next(one for one in cream.question.trials if one.name == "CJ-04")
        looked = labelling.looked_at(cream, settings, known["CJ-04"].formula)
        broken = [bound.said() for bound in cream.question.broken(trial)]
        made = label(known["CJ-04"].formula, settings.product)
        dossier = sheets.Dossier("CJ-04", settings.product, known["CJ-04"].formula, 500.0, made, looked)
        pdf, lines = text_of(sheets.formula_pdf(dossier)), sheets.label_text(dossier)
        pages = book(sheets.formula_workbook(dossier)).worksheets
        grave = {cream.plan.proposals[1].name: looked}
        lab, lab_pages = text_of(sheets.lab_pdf(cream, 500.0, grave)), book(sheets.lab_workbook(cream, 500.0, grave))
    for page in pages:
        top = [str(row[0]) for row in page.iter_rows(values_only=True, max_row=4)]
        assert top[0].startswith(draft)
        assert [any(limit in line for line in top) for limit in broken] == [True, True]
    pdf, lab, draft, first = (" ".join(text.split()) for text in (pdf, lab, draft, broken[0]))
    assert pdf.index(draft) < pdf.index(first) < pdf.index("Butyrospermum")
    assert " ".join(lines.split()).startswith(draft)
    for page in lab_pages.worksheets:
        top = [str(row[0]) for row in page.iter_rows(values_only=True, max_row=3)]
        assert " ".join(top[0].split()).startswith(draft)
        assert broken[0] in top[1]
    assert lab.count(draft) >= 2 * len(cream.plan.proposals)  # at the top and at the foot of each page
    assert first in lab


def test_a_card_says_its_unit_keeps_its_brackets_together_and_where_it_costs_more(cream):
    one = cream.plan.proposals[0]
    best = cream.question.trials[cream.plan.best]
    cost = sum(i.cost * share for i, share in zip(cream.question.ingredients, best.shares, strict=True)) / 100
    dear, cheap = ({**one.expected, "cost": (value, value, value)} for value in (cost + 1, 0.5))
    with use_language("en"):
        said = nexts.dearer_said(replace(one, expected=dear), cream)
        assert f"Costs €1.00 a kilogram more than {best.name}." in said
        assert "a kilogram above your target of €1.40" in said
        assert nexts.dearer_said(replace(one, expected=cheap), cream) == ""
        assert "percentage points" in against_said(changes_said(one, cream.question.ingredients))
    for language in ("en", "fr"):
        with use_language(language):
            interval = expected_said("viscosity", one.expected["viscosity"])
            assert " " not in interval[interval.index("(") :]


def test_the_notes_of_the_demo_house_are_in_the_readers_language(cream):
    with use_language("fr"):
        rows = sheets.result_rows(cream.question.ingredients, cream.question.trials, ())
        said = nexts.outside_said(cream)
    assert [row[-1] for row in rows if row[0] == "CJ-13"] == ["séparé dans la nuit"]
    assert "groupe Huiles au moins 10" in said


def test_a_plan_and_its_results_are_there_again_and_count_together(actor, round_):
    question = round_.question
    with recorded(
        actor, use_case=USE_CASE, kind="analysis", method=METHOD, method_version=METHOD_VERSION,
        inputs=rounds.inputs_of(question, round_.settings), seed=0,
    ) as run:  # fmt: skip
        run.output = round_.plan.as_json()
    table = rounds.fingerprint(question.ingredients)
    with connect() as database:
        (kept,) = rounds.rounds(database, actor, table)
    assert (kept.run, kept.question, kept.plan) == (run.id, question, round_.plan)
    for value in (4.0, 6.0):  # entered, then corrected
        trial = rounds.proposed_trial(kept.plan.proposals[0], {"viscosity": value, "stability": None})
        with recorded(
            actor, use_case=USE_CASE, kind="analysis", method=RESULTS, method_version=METHOD_VERSION,
            inputs=rounds.results_inputs(question.ingredients, [trial]), parent=run.id,
        ) as later:  # fmt: skip
            later.output = {"trials": [trial.name]}
    with connect() as database:
        entered = rounds.entered(database, actor, table)
    assert [(one.name, one.results) for one in entered] == [("R1-1", (("viscosity", 6.0),))]
    assert len(rounds.together(question.trials, entered)) == len(question.trials) + 1
    assert rounds.together(entered, entered) == entered


def test_a_stranger_sees_no_round_of_mine(actor, stranger, round_):
    with recorded(
        actor, use_case=USE_CASE, kind="analysis", method=METHOD, method_version=METHOD_VERSION,
        inputs=rounds.inputs_of(round_.question, {}), seed=0,
    ) as run:  # fmt: skip
        run.output = round_.plan.as_json()
    with connect() as database:
        assert rounds.rounds(database, stranger, rounds.fingerprint(round_.question.ingredients)) == ()


def test_a_trial_under_the_stop_says_so_and_its_reason_speaks_of_the_interval_that_is_shown(round_):
    one = replace(round_.plan.proposals[0], gain=0.004)
    with use_language("en"):
        assert "0.4%" in nexts.threshold_said(one, 0.01)
        assert nexts.threshold_said(one, 0.004) == ""
        assert nexts.threshold_said(replace(one, gain=None), 0.01) == ""
    unsure = [found for found in round_.plan.proposals if "low" in found.why.values]
    assert unsure
    for found in unsure:
        values = found.why.values
        assert found.expected[values["key"]][1:] == (values["low"], values["high"])


def test_the_label_as_text_is_a_draft_and_names_what_stands_against_it():
    rows = (*SIMPLE[:3], Ingredient("Phenoxyethanol", "Preservative", 8, 0, 3))
    formula = Formula(rows, (80.0, 12.0, 6.4, 1.6))
    product = Product("lip")
    with use_language("en"):
        made = label(formula, product)
        draft = sheets.Dossier("T-01", product, formula, 500.0, made, cautions(formula, product))
        said = sheets.label_text(draft)
        fit = sheets.label_text(replace(draft, looked=()))
    assert said.startswith("Draft, not assessed: T-01 · Lip product")
    assert "1.6% is above the 1% of Annex V/29" in said
    assert said.index("Not fit for a pack") < said.index("Ingredients: Aqua, Glycerin, Squalane, Phenoxyethanol")
    assert fit.startswith("Draft, not assessed")
    assert "Not fit" not in fit
    assert "qualified assessor" in fit


def test_the_history_says_of_each_round_whether_its_best_trial_holds_the_limits():
    ingredients, held = sample("cream")
    wanted = of_sample("cream")
    question = Question(ingredients, wanted.product, held, wanted.targets, 1)
    place = next(at for at, trial in enumerate(held) if trial.name == "CJ-04")
    inside = next(at for at, trial in enumerate(held) if not question.broken(trial))
    made = Round("run", "2026-11-22T10:00:00+00:00", question, replace(plan(question), best=place), wanted.as_json())
    with use_language("en"):
        assert "Aqua at most 82%" in nexts.limits_said(made)
        assert nexts.limits_said(replace(made, plan=replace(made.plan, best=inside))) == "none"
        assert nexts.limits_said(replace(made, plan=replace(made.plan, best=None))) == ""
