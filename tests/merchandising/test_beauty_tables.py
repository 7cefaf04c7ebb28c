"""A laboratory's tables: what is read, and what is said of rows and tables that can't be used."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook

from lib.errors import InputError, TooFewRows
from lib.files.intake import Choices, mapping_of, read, take_in
from lib.i18n import use_language
from lib.merchandising.beauty_formulation.columns import INGREDIENT_COLUMNS, trial_columns
from lib.merchandising.beauty_formulation.data import TrialParser, ingredients_from, refuse_unusable, strangers
from lib.merchandising.beauty_formulation.judging import refuse_targets
from lib.merchandising.beauty_formulation.model import LEAVE_ON, Ingredient, Trial
from lib.merchandising.beauty_formulation.planning import Question, plan
from lib.merchandising.beauty_formulation.reading import above_limits, no_names, unknown_names
from lib.merchandising.beauty_formulation.samples import to_begin_with
from lib.shell.beauty_formulation.aims import suggested
from tests.merchandising.formulas import SIMPLE, sample

HEAD = "INCI name,Function,Cost per kg,Lower bound (%),Upper bound (%),Not together with,Group,Group at least (%)\n"
PARSER = TrialParser(tuple(one.inci for one in SIMPLE))


def table(text: str):
    """Ingredients and problems of a CSV file."""
    read_ = read(text.encode(), "table.csv", Choices())
    return take_in(read_, mapping_of(read_, INGREDIENT_COLUMNS, Choices()), INGREDIENT_COLUMNS, ingredients_from)


def weighed(text: str):
    """Trials and problems of a CSV file, for the simple table."""
    columns = trial_columns(SIMPLE)
    read_ = read(text.encode(), "trials.csv", Choices())
    return take_in(read_, mapping_of(read_, columns, Choices()), columns, PARSER)


def said(problem, language: str = "en") -> str:
    from lib.i18n import translate

    return translate(problem.message, language, **problem.values)


@pytest.mark.parametrize(
    ("row", "column", "words", "french"),
    [
        ("Glycerin,Humectant,-2,1,5", "cost", "below zero", "négatif"),
        ("Glycerin,Humectant,2,7,5", "low", "lies above the upper bound", "dépasse la borne haute"),
        ("Glycerin,Humectant,2,1,140", "high", "not a percentage", "n’est pas un pourcentage"),
        ("Glycerin,Humectant,two,1,5", "cost", "not a number", "n’est pas un nombre"),
        ("aqua,Solvent,2,1,5", "inci", "already stands on line 2", "figure déjà à la ligne 2"),
        ("Glycerin,,2,1,5", "function", "empty", "vide"),
    ],
)
def test_a_bad_ingredient_is_listed_with_its_line_and_its_fix(row, column, words, french):
    found = table(HEAD + "Aqua,Solvent,0.1,10,99,,,\n" + row + ",,,\nSqualane,Emollient,30,1,9,,,\n")
    assert [one.inci for one in found.items] == ["Aqua", "Squalane"]
    (problem,) = found.problems
    assert (problem.line, problem.column) == (3, column)
    assert words in said(problem)
    assert french in said(problem, "fr")


def test_a_french_table_with_commas_is_read():
    text = (
        "Nom INCI;Fonction;Coût au kg;Borne basse (%);Borne haute (%);Origine naturelle (%);Allergènes\n"
        "Aqua;Solvant;0,02;50;90;100;\nParfum;Parfum;65,5;0,25;0,5;0;Linalool 6,5; Limonene 3\n"
    )
    found = table(text.replace("Linalool 6,5; Limonene 3", '"Linalool 6,5; Limonene 3"'))
    assert not found.problems
    assert (found.items[1].cost, found.items[1].low) == (65.5, 0.25)
    assert found.items[1].allergens == (("Linalool", 6.5), ("Limonene", 3.0))


def test_a_table_that_makes_no_sense_as_a_whole_is_refused():
    with pytest.raises(TooFewRows):
        refuse_unusable(SIMPLE[:1])
    stranger = table(HEAD + "Aqua,S,1,1,99,Carbomer,,\nSqualane,E,1,1,99,,,\n").items
    with pytest.raises(InputError, match="Carbomer"):
        refuse_unusable(stranger)
    twice = table(HEAD + "Aqua,S,1,1,99,,G,3\nSqualane,E,1,1,99,,G,4\n").items
    with pytest.raises(InputError, match="G"):
        refuse_unusable(twice)


TRIALS = "Trial,Aqua,Glycerin,Squalane,Dimethicone,Viscosity,Spreading,Stability\n"


@pytest.mark.parametrize(
    ("row", "words", "french"),
    [
        ("B,80,10,5,1,3,60,90", "add up to 96%, not 100%", "font 96\u202f%, et non 100\u202f%"),
        ("B,80,10,6,4,,,", "No result stands", "aucun résultat"),
        ("B,80,10,6,4,0,60,90", "can’t be a measured value", "ne peut pas être une mesure"),
        ("B,80,10,6,4,3,60,130", "above 100", "dépasse 100"),
        ("B,qs,qs,6,4,3,60,90", "Only one", "Un seul"),
        ("A,80,10,6,4,3,60,90", "already stands on line 2", "ligne 2"),
        ("B,-80,170,6,4,3,60,90", "not a percentage", "n’est pas un pourcentage"),
    ],
)
def test_a_bad_trial_is_listed_with_its_line_and_its_fix(row, words, french):
    found = weighed(TRIALS + "A,80,10,6,4,3,60,90\n" + row + "\n")
    assert [one.name for one in found.items] == ["A"]
    (problem,) = found.problems
    assert problem.line == 3
    assert words in said(problem)
    assert french in said(problem, "fr")


def test_shares_are_understood_as_laboratories_write_them():
    found = weighed(
        TRIALS + "A,qs,10,6,4,3,60,90\nB,0.8,0.1,0.06,0.04,3,60,90\nC,80.2,10,6,4,3,60,90\nD,80.125,9.875,6,4,,60,\n"
    )
    assert not found.problems
    assert found.items[0].shares == pytest.approx((80, 10, 6, 4))
    assert found.items[1].shares == pytest.approx((80, 10, 6, 4))
    assert sum(found.items[2].shares) == pytest.approx(100)
    assert found.items[3].shares[0] == pytest.approx(80.125)
    assert found.items[3].results == (("spreading", 60.0),)


def test_an_ingredient_that_the_table_lacks_is_named():
    rows = [("A", "80", "20", "rose", "3,5"), ("B", "75", "25", "lily", "4,5")]
    names = ("Trial", "Aqua", "Rosa Water", "Scent", "Urea")
    assert strangers(names, ("Trial", "Aqua"), rows) == ("Rosa Water", "Urea")


def test_the_template_is_a_table_that_can_be_read():
    columns = trial_columns(SIMPLE, (80.0, 10.0, 6.0, 4.0))
    text = ",".join(column.title for column in columns) + "\n" + ",".join(column.example for column in columns)
    assert len(weighed(text).items) == 1


@pytest.mark.parametrize("name", ["cream", "gel"])
def test_the_samples_are_read_without_a_problem(name):
    ingredients, trials = sample(name)
    refuse_unusable(ingredients)
    assert all(sum(trial.shares) == pytest.approx(100) for trial in trials)
    repeated = [one for one in trials if one.shares == trials[0].shares]
    assert len(repeated) == 2  # the noise can be told
    assert repeated[0].results != repeated[1].results


def test_a_conflicting_table_reads_in_the_readers_language():
    with use_language("fr"):
        (problem,) = weighed(TRIALS + "B,80,10,5,1,3,60,90\n").problems
    assert problem.values["total"] == "96"


def measured(**results: float) -> Trial:
    return Trial("T", (80.0, 10.0, 10.0, 0.0), tuple(results.items()))


@pytest.mark.parametrize(
    ("trials", "goals"),
    [
        ((), {"cost": "minimise", "natural": "maximise"}),
        ((measured(viscosity=10.0), measured(viscosity=30.0)), {"viscosity": "hit", "cost": "minimise"}),
        ((measured(spreading=50.0),), {"spreading": "maximise", "cost": "minimise"}),
        (
            (measured(viscosity=9.0, spreading=40.0, stability=80.0), measured(viscosity=12.0, stability=97.0)),
            {"viscosity": "hit", "stability": "maximise", "cost": "minimise"},
        ),
    ],
)
def test_the_targets_to_begin_with_follow_from_the_columns_and_can_be_planned_with(trials, goals):
    targets = to_begin_with(SIMPLE, trials).targets
    assert {one.key: one.goal for one in targets if one.goal != "watch"} == goals
    refuse_targets(targets)


def test_without_trials_only_what_the_table_gives_is_wanted_and_the_first_trials_are_spread():
    bare = tuple(replace(one, natural=None) for one in SIMPLE)
    targets = to_begin_with(bare, ()).targets
    assert [one.key for one in targets if one.goal != "watch"] == ["cost"]
    (cost,) = [one for one in targets if one.key == "cost"]
    assert 0 < cost.low < cost.high < 9  # of mixtures that the bounds allow, not of single ingredients
    found = plan(Question(bare, LEAVE_ON, (), targets, 3))
    assert not found.learned
    assert len({one.shares for one in found.proposals}) == 3
    with use_language("en"):
        said = suggested(targets, False)
    assert "cost low, from the prices of your ingredient table" in said
    assert not any(word in said for word in ("stability", "viscosity", "spreading", "natural"))


OWN = (
    Ingredient("Aqua", "Solvent", 0.1, 80, 95),
    Ingredient("Glycerin", "Humectant", 2, 30, 40),
    Ingredient("Florbexane Miracoate", "Emollient", 30, 0, 5),
    Ingredient("=cmd|' /C calc'!A0", "Emollient", 30, 0, 5),
    Ingredient("Phenoxyethanol (and) Ethylhexylglycerin", "Preservative", 8, 0, 2.5,
               composition=(("Phenoxyethanol", 90.0), ("Ethylhexylglycerin", 10.0))),
    Ingredient("Tocopherol", "Antioxidant", 8, 0, 2, legal_max=1.0),
)  # fmt: skip


def test_names_that_nobody_knows_and_those_that_are_none_are_told_apart():
    assert no_names(OWN) == ("=cmd|' /C calc'!A0",)
    assert unknown_names(OWN) == ("Florbexane Miracoate",)
    for name in ("cream", "gel"):
        ingredients, _trials = sample(name)
        assert no_names(ingredients) == unknown_names(ingredients) == ()


def test_bounds_above_a_limit_are_found_with_what_they_may_be():
    found = {one.name: (one.high, round(one.most, 3), one.own) for one in above_limits(OWN, LEAVE_ON)}
    assert found == {"Phenoxyethanol (and) Ethylhexylglycerin": (2.5, 1.111, False), "Tocopherol": (2, 1.0, True)}
    assert above_limits(SIMPLE, LEAVE_ON) == ()


def test_of_a_viscosity_the_middle_of_what_was_measured_is_hit():
    trials = tuple(measured(viscosity=value) for value in (8.0, 12.0, 40.0))
    (target,) = [one for one in to_begin_with(SIMPLE, trials).targets if one.key == "viscosity"]
    assert (target.low, target.value, target.high) == (8.0, 12.0, 40.0)


FRENCH = "Nom INCI;Fonction;Coût au kg;Borne basse;Borne haute;Limite légale\n"


def test_percent_signs_decimal_commas_and_limits_as_people_write_them_are_read():
    rows = "Aqua;Solvant;0,02 €;55 %;85,5 %;\nPhenoxyethanol;Conservateur;8,20;≥ 0,3 %;< 0,9 %;max 1 %\n"
    found = table(FRENCH + rows)
    assert [said(one) for one in found.problems] == []
    water, phenoxy = found.items
    assert (water.cost, water.low, water.high) == (0.02, 55.0, 85.5)
    assert (phenoxy.low, phenoxy.high, phenoxy.legal_max) == (0.3, 0.9, 1.0)


def test_a_limit_where_an_amount_belongs_is_listed_and_not_guessed():
    found = table(FRENCH + "Parfum;Parfum;50;< 0,5 %;1;\n")
    assert [one.column for one in found.problems] == ["low"]
    assert "is a limit and no amount" in said(found.problems[0])
    trial = weighed("Trial,Aqua,Glycerin,Squalane,Dimethicone,Viscosity\nA,90,< 0.5,5,4.5,12\n")
    assert "is a limit and no amount" in said(trial.problems[0])


def test_a_workbook_with_a_title_and_a_merged_header_above_its_columns_is_read():
    book = Workbook()
    page = book.active
    page.append(["Crème de jour, matières premières"])
    page.append(["Matière", None, None, "Bornes (%)", None])
    page.append(["Nom INCI", "Fonction", "Coût au kg", "Borne basse", "Borne haute"])
    page.append(["Aqua", "Solvant", 0.02, 55, 85])
    page.append(["Glycerin", "Humectant", "1,60 €", "2 %", "8 %"])
    page.merge_cells("A1:E1")
    page.merge_cells("A2:C2")
    page.merge_cells("D2:E2")
    out = io.BytesIO()
    book.save(out)
    read_ = read(out.getvalue(), "table.xlsx", Choices())
    found = take_in(read_, mapping_of(read_, INGREDIENT_COLUMNS, Choices()), INGREDIENT_COLUMNS, ingredients_from)
    assert [said(one) for one in found.problems] == []
    assert [(one.inci, one.low, one.high) for one in found.items] == [("Aqua", 55, 85), ("Glycerin", 2, 8)]
