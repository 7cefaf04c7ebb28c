"""The page through Streamlit's script runner: tables, plan, results, label; kept in the database."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from lib.i18n import set_language
from tests.app_pages import again, opener, rows

PAGE = "pages/merchandising/beauty_formulation.py"
opened = opener(PAGE)
HEAD = "INCI name,Function,Cost per kg,Lower bound (%),Upper bound (%)\n"
GOOD = HEAD + "Aqua,Solvent,0.1,50,95\nGlycerin,Humectant,2,2,20\nSqualane,Emollient,30,1,20\n"
NONE = HEAD + "Aqua,Solvent,0.1,50,60\nGlycerin,Humectant,2,2,20\nSqualane,Emollient,30,1,10\n"


def run(app: AppTest) -> AppTest:
    app.button(key="run").click().run()
    assert not app.exception, app.exception
    return app


def shown(app: AppTest) -> str:
    """Everything that is written on the page."""
    kinds = (app.get("html"), app.caption, app.error, app.warning, app.markdown)
    return " ".join(block.value for kind in kinds for block in kind)


def bring(app: AppTest, content: str) -> AppTest:
    """Bring an ingredient table of one's own. AppTest writes the options of a choice anew, in the test's language."""
    set_language(str(app.session_state["language"]))
    next(box for box in app.radio if box.label in ("Ingredient table", "Tableau des ingrédients")).set_value(
        "own"
    ).run()
    app.file_uploader[0].set_value(("own.csv", content.encode(), "text/csv")).run()
    assert not app.exception, app.exception
    for label in ("Use this table", "Use this file", "Keep and use"):
        found = [button for button in app.button if button.label == label]
        if found:
            found[0].click().run()
    return app


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_plan_is_recorded_shown_and_there_again_after_a_refresh(language):
    app = run(opened(language))
    assert not app.error, [box.value for box in app.error]
    (stored,) = rows("select * from runs where use_case = 'beauty_formulation'")
    plan = json.loads(stored["output"])
    assert (stored["status"], stored["kind"], len(plan["proposals"])) == ("done", "analysis", 4)
    for page in (app, again(app, PAGE)):
        assert all(one["name"] in shown(page) for one in plan["proposals"])
        assert "CI 77491" in shown(page)


def test_another_product_has_its_own_plan():
    app = run(opened())
    next(box for box in app.radio if box.label == "Which of its products").set_value("gel").run()
    assert not app.exception, app.exception
    assert "R1-1" not in shown(app)
    run(app)
    assert "CI 19140" in shown(app)
    assert len(rows("select * from runs where use_case = 'beauty_formulation'")) == 2


def test_every_picture_opens():
    app = run(opened())
    for kind in ("slices", "cost", "model", "triangle"):
        app.radio(key="beauty_picture_en").set_value(kind).run()
        assert not app.exception, app.exception
        assert not app.error, [box.value for box in app.error]


@pytest.mark.parametrize(("language", "words"), [("en", "contradict each other"), ("fr", "se contredisent")])
def test_a_table_whose_bounds_allow_no_mixture_is_said_and_nothing_is_lost(language, words):
    app = run(bring(opened(language), NONE))
    assert any(words in box.value and "Aqua" in box.value for box in app.error), [box.value for box in app.error]
    assert not rows("select * from runs where use_case = 'beauty_formulation'")
    assert again(app, PAGE).button(key="run")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("5 ingredients read", "no INCI name", "Florbexane", "Phenoxyethanol up to 2.5%", "contradict each other"),
        ),
        ("fr", ("5 ingrédients lus", "pas un nom INCI", "Florbexane", "Phenoxyethanol jusqu’à 2,5", "se contredisent")),
    ],
)
def test_what_is_wrong_with_a_table_is_said_when_it_is_read(language, words):
    rows = "Aqua,Solvent,0.1,80,95\nGlycerin,Humectant,2,30,40\nFlorbexane Miracoate,Emollient,3,0,5\n"
    rows += "=cmd|' /C calc'!A0,Emollient,3,0,5\nPhenoxyethanol,Preservative,8,0,2.5\n"
    app = bring(opened(language), HEAD + rows)
    said = " ".join([shown(app), *(box.value for box in app.info)]).replace("\\", "")
    for word in words:
        assert word in said, said
    assert any("Aqua" in box.value and "Glycerin" in box.value for box in app.error)


def test_a_table_of_ones_own_without_trials_begins_with_spread_ones():
    app = run(bring(opened(), GOOD))
    assert not app.error, [box.value for box in app.error]
    (stored,) = rows("select * from runs where use_case = 'beauty_formulation'")
    plan = json.loads(stored["output"])
    assert not plan["learned"]
    assert all(abs(sum(one["shares"]) - 100) < 1e-6 for one in plan["proposals"])


def test_a_bad_row_is_listed_before_the_table_is_used():
    app = bring(opened(), GOOD + "glycerin,Humectant,-3,1,2\n")
    assert "below zero" in shown(app)


def test_what_is_changed_is_kept():
    app = opened()
    next(box for box in app.number_input if (box.key or "").endswith("_count")).set_value(2).run()
    goal = next(box for box in app.selectbox if (box.key or "").endswith("_spreading_goal_en"))
    goal.set_value("watch").run()
    page = again(app, PAGE)
    assert next(box for box in page.number_input if (box.key or "").endswith("_count")).value == 2
    assert next(box for box in page.selectbox if (box.key or "").endswith("_spreading_goal_en")).value == "watch"
    run(page)
    (stored,) = rows("select output from runs where use_case = 'beauty_formulation'")
    assert len(json.loads(stored["output"])["proposals"]) == 2


def test_with_nothing_to_improve_it_says_so():
    app = opened()
    for key in ("viscosity", "spreading", "cost"):
        next(box for box in app.selectbox if (box.key or "").endswith(f"_{key}_goal_en")).set_value("watch").run()
    run(app)
    assert any("Nothing is to be improved" in box.value for box in app.error)


def result(app: AppTest, trial: str, response: str):
    return next(box for box in app.number_input if (box.key or "").endswith(f"_{trial}_{response}"))


def test_results_that_are_entered_count_in_the_next_round_and_are_there_after_a_refresh():
    app = run(opened())
    result(app, "R1-2", "viscosity").set_value(17.5)
    next(button for button in app.button if button.label == "Keep these results").click().run()
    assert not app.exception, app.exception
    page = again(app, PAGE)
    assert result(page, "R1-2", "viscosity").value == 17.5
    run(page)
    plans = rows("select inputs from runs where method = 'next_trials' order by rowid")
    assert [json.loads(one["inputs"])["round"] for one in plans] == [1, 2]
    assert json.loads(plans[1]["inputs"])["trials"][-1]["name"] == "R1-2"
    assert "R2-1" in shown(page)


def test_results_that_can_t_be_are_refused_and_nothing_is_kept():
    app = run(opened())
    result(app, "R1-1", "stability").set_value(140.0)
    keep = next(button for button in app.button if button.label == "Keep these results")
    keep.click().run()
    assert any("140" in box.value for box in app.error)
    assert not rows("select * from runs where method = 'trial_results'")


def box(app: AppTest, name: str):
    """The choice whose key holds this name."""
    return next(one for one in (*app.selectbox, *app.checkbox) if f"_{name}" in (one.key or ""))


def test_the_kind_of_product_is_asked_kept_and_survives_another_language():
    app = opened()
    box(app, "kind").set_value("body").run()
    box(app, "spray").set_value("pump").run()
    box(app, "three").check().run()
    assert "Body lotion or cream, pump spray, for children under three" in shown(app)
    app.query_params["lang"] = "fr"
    app.session_state["language"] = "fr"
    app.run()
    assert not app.exception, app.exception
    assert "Lait ou crème pour le corps, vaporisateur à pompe, pour les enfants de moins de trois ans" in shown(app)
    assert (box(app, "kind").value, box(app, "spray").value, box(app, "three").value) == ("body", "pump", True)
    run(app)
    (stored,) = rows("select * from runs where use_case = 'beauty_formulation'")
    assert json.loads(stored["inputs"])["product"] == {"kind": "body", "spray": "pump", "under_three": True}
    assert "taille des gouttelettes" in shown(app)
