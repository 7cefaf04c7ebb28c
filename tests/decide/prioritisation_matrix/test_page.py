"""The matrix's page as a person uses it: map, weights, own use cases, domains, value in money, what is taken away."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from lib.access import DEMO_WORKSPACE
from lib.database import connect, pilots
from lib.database.people import actor_for, create_person
from lib.decide.pilots.evaluating import evaluate_figures
from lib.i18n import use_language
from tests.app_pages import again, opener, rows, text_of
from tests.decide.pilots.plans import MEAN
from tests.decide.pilots.test_deciding import FIGURES

PAGE = "pages/decide/prioritisation_matrix.py"
open_page = opener(PAGE)


def tab(app: AppTest, name: str) -> AppTest:
    """Open one of the tabs below the map, as a click does."""
    language = app.session_state["language"]
    app.session_state[f"matrix_tabs_{language}"] = name
    app.run()
    assert not app.exception, app.exception
    return app


def by_label(app: AppTest, kind: str, label: str) -> Any:
    """The widget of a kind with this label."""
    return next(one for one in app.get(kind) if one.label == label)


def press(app: AppTest, label: str) -> AppTest:
    by_label(app, "button", label).click().run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(("language", "finding"), [("en", "worth doing now"), ("fr", "d’être fait")])
def test_it_opens_with_the_map_and_the_evidence_of_the_first(language: str, finding: str) -> None:
    app = open_page(language)
    said = text_of(app)
    assert finding in said and "◇" in said and "toile-basis-assumption" in said
    assert app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")


def test_what_would_change_the_order_is_said_in_one_sentence() -> None:
    said = text_of(tab(open_page(), "What would change it"))
    assert "The smallest change that would alter the first five: if “" in said
    assert "Among the first five beyond doubt" in said and "hatever the weights" in said


def test_the_chosen_use_case_is_found_again_after_a_refresh() -> None:
    app = open_page()
    choice = next(one for one in app.selectbox if one.label.startswith("Use case: click"))
    choice.set_value("supplier_negotiation").run()
    assert "Supplier negotiation: Fill in" in text_of(app)
    assert "Supplier negotiation: Fill in" in text_of(again(app, PAGE))


def test_a_link_opens_on_its_use_case() -> None:
    app = open_page()
    app.query_params["case"] = "trend_radar"
    app.run()
    assert "Trend radar: " in text_of(app)
    app.query_params["case"] = "no_such"
    assert "Trend radar: " in text_of(app.run())


def test_weights_change_the_order_and_all_zero_is_refused() -> None:
    app = tab(open_page(), "Weights")
    for slider in app.slider:
        slider.set_value(0)
    press(app, "Save the weights")
    assert "All weights of value are zero" in text_of(app)
    assert rows("select * from criterion_weights") == []
    tab(app, "Weights")
    sliders = {slider.label: slider for slider in app.slider}
    sliders["Brand"].set_value(100)
    sliders["Low risk"].set_value(100)
    press(app, "Save the weights")
    assert len(rows("select * from criterion_weights")) == 1
    assert "All weights" not in text_of(again(app, PAGE))


def test_equal_weights_are_an_assumption_and_others_the_houses_opinion() -> None:
    app = tab(open_page(), "Weights")
    assert "each criterion counts the same until you say otherwise" in text_of(app)
    {slider.label: slider for slider in app.slider}["Brand"].set_value(100)
    press(app, "Save the weights")
    shown = text_of(tab(app, "Weights"))
    assert "what your house finds important" in shown and "until you say otherwise" not in shown


def test_the_day_of_an_assumption_is_typed_day_first() -> None:
    app = tab(open_page(), "Value in money")
    assert by_label(app, "date_input", "Of").proto.format == "DD/MM/YYYY"


def test_an_own_use_case_is_ranked_and_a_long_name_is_refused_and_nothing_is_lost() -> None:
    app = tab(open_page(), "Own use cases")
    by_label(app, "text_input", "Title").set_value("a" * 300)
    press(app, "Add the use case")
    assert "at most 120 characters" in text_of(app)
    assert by_label(app, "text_input", "Title").value == "a" * 300
    by_label(app, "text_input", "Title").set_value("Window <b>scripts</b>")
    press(app, "Add the use case")
    assert "Window \\<b\\>scripts" in text_of(app)
    choice = next(one for one in app.selectbox if one.label.startswith("Use case: click"))
    assert any("Window <b>scripts</b>" in option for option in choice.options)
    press(app, "Remove this use case")
    assert rows("select * from house_use_cases where retired_at is null") == []


def test_domains_narrow_the_map_in_the_houses_words() -> None:
    app = open_page()
    press(app, "Begin with the six areas of the value chain")
    assert len(rows("select * from value_domains")) == 6
    (domain,) = rows("select id from value_domains where name = 'Organisation and support'")
    app.get("button_group")[0].set_value(domain["id"]).run()
    choice = next(one for one in app.selectbox if one.label.startswith("Use case: click"))
    assert not app.exception and 0 < len(choice.options) < 10
    narrowed = next(one for one in again(app, PAGE).selectbox if one.label.startswith("Use case: click"))
    assert narrowed.options == choice.options


def test_value_in_money_asks_for_a_rate_and_shows_an_assumption_without_a_source_as_such() -> None:
    app = tab(open_page(), "Value in money")
    assert "Nothing is assumed" in text_of(app)
    for kind, name, amount, unit in (("gain", "Hours", 90_000.0, "EUR"), ("one_off", "Set-up", 30_000.0, "USD")):
        by_label(app, "selectbox", "What it does").set_value(kind)
        by_label(app, "text_input", "What").set_value(name)
        by_label(app, "number_input", "Likeliest").set_value(amount)
        by_label(app, "selectbox", "Currency").set_value(unit)
        press(app, "Add it")
    said = text_of(app)
    assert "in USD and the sheet in EUR" in said and "No source: taken for granted" in said
    by_label(app, "number_input", "1 USD in EUR").set_value(0.9)
    press(app, "Count with this rate")
    assert "needs its date" in text_of(app)
    by_label(app, "date_input", "Rate of").set_value("2026-05-01")
    press(app, "Count with this rate")
    said = text_of(app)
    assert "pays under all but one in twenty" in said and "Paid back after 4 months" in said
    assert "0 of 2 assumptions have a source" in said


def test_an_amount_that_is_missing_is_said_and_the_form_keeps_what_was_typed() -> None:
    app = tab(open_page(), "Value in money")
    by_label(app, "text_input", "What").set_value("Hours")
    press(app, "Add it")
    assert "needs amounts" in text_of(app) and by_label(app, "text_input", "What").value == "Hours"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_all_scores_are_taken_away_with_a_recorded_run(language: str) -> None:
    from lib.database.people import actor_for
    from lib.decide.prioritisation_matrix.pack import handed, sheets
    from lib.decide.ranking import standing
    from lib.files.writers import Sheet, write_xlsx

    app = tab(open_page(language), "Take away" if language == "en" else "Emporter")
    press(app, "Record the ranking" if language == "en" else "Enregistrer le classement")
    (run,) = rows("select * from runs where use_case = 'prioritisation_matrix'")
    assert run["status"] == "done" and run["kind"] == "simulation"
    assert app.get("download_button")
    with connect() as database, use_language(language):
        actor = actor_for(database, create_person(database)[0], "demo")
        stand = standing(database, actor)
        made = sheets(database, actor, stand, stand.ranking())
        pack = handed(database, actor, language)
    book = load_workbook(io.BytesIO(write_xlsx([Sheet(one.name, one.columns, one.rows) for one in made])))
    assert len(book.worksheets) == 6 and book.worksheets[1].max_row == 1 + 12 * len(stand.cases)
    assert [slide.part for slide in pack.slides] == ["portfolio", "top"]
    assert all(slide.references for slide in pack.slides)


def test_what_a_pilot_measured_leads_to_that_pilot() -> None:
    with connect() as database:
        person, token = create_person(database, "Ada")
        actor = actor_for(database, person, DEMO_WORKSPACE)
        pilot = pilots.add(database, actor, MEAN)
        evaluate_figures(database, actor, pilot, FIGURES, None)
    said = text_of(open_page(token=token))
    assert f'data-page="pilots?pilot={pilot}"' in said and "The pilot</a>" in said
