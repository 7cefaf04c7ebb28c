"""The page through Streamlit's script runner: planning, refusing, evaluating, deciding, in both languages."""

from __future__ import annotations

from threading import Thread

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.catalogue import use_case
from lib.database import connect, pilots
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.decide.pilots.evaluating import evaluate_figures
from lib.decide.pilots.outcome import Estimate
from lib.decide.pilots.saying import difference_said
from lib.files.tables import read_table
from lib.settings import ROOT
from lib.shell.pilots.view import workbook
from tests.decide.pilots.plans import MEAN, SHARE, plan
from tests.decide.pilots.test_deciding import FIGURES

LEVERS = use_case(MEAN.use_case).levers
MINUTES = next(at for at, lever in enumerate(LEVERS) if not lever.unit.startswith("%"))


def opened(actor: Actor, language: str = "en", pilot: str = "", run: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.run()
    app.switch_page("pages/workbench/runs.py" if run else "pages/decide/pilots.py")
    for name, value in (("pilot", pilot), ("run", run)):
        if value:
            app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    kinds = (app.get("html"), app.markdown, app.caption, app.error, app.info)
    return "\n".join(str(block.value) for kind in kinds for block in kind)


def fill(app: AppTest, **values: object) -> None:
    for name, value in values.items():
        kinds = (app.text_input, app.text_area, app.number_input)
        next(box for kind in kinds for box in kind if box.key and box.key.endswith(f"_{name}")).set_value(value)


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.key == key).click()
    app.run()
    assert not app.exception, app.exception
    return app


def filled(app: AppTest, **changes: object) -> AppTest:
    """The form for a new pilot on an average that is to fall."""
    for label, value in (("Use case, the first ranked first", MEAN.use_case), ("KPI that it is to move", MINUTES)):
        next(box for box in app.selectbox if box.label == label).set_value(value)
        app.run()
    given = {
        "hypothesis": "Drafts halve the time.", "kpi": "Minutes per description", "unit": "min",
        "baseline_mean": 30.0, "target_mean": 20.0, "spread_mean": 10.0, "business_owner": "Head of e-commerce",
        "technical_owner": "Data engineer", **changes,
    }  # fmt: skip
    fill(app, **given)
    app.run()
    assert not app.exception, app.exception
    return app


def test_planning_says_the_sample_and_keeps_the_pilot(actor: Actor) -> None:
    app = opened(actor)
    assert "No pilot yet" in said(app)
    filled(app)
    assert "It takes 17 figures a side" in said(app).replace("\\", "")
    press(app, "pilot_plan")
    with connect() as database:
        (found,) = pilots.listing(database, actor)
    assert (found.plan.sample, found.plan.target, found.plan.use_case) == (17, 20.0, "product_descriptions")
    assert "that is the aim" in said(opened(actor, pilot=found.id))


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"target_mean": 40.0}, "isn’t below the baseline"), ({"title": "x" * 300}, "has 300"), ({"kpi": ""}, "one KPI")],
)
def test_what_is_refused_stays_in_the_form(actor: Actor, changes: dict[str, object], words: str) -> None:
    app = filled(opened(actor), **changes)
    press(app, "pilot_plan")
    assert words in app.error[0].value.replace("\\", "")
    with connect() as database:
        assert pilots.listing(database, actor) == []
    again = opened(actor)
    hypotheses = [box.value for box in again.text_area if box.key and box.key.endswith("_hypothesis")]
    assert hypotheses == ["Drafts halve the time."]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Evidence", "reached beyond doubt")), ("fr", ("Donnée probante", "sans doute possible"))],
)
def test_a_result_is_shown_with_what_it_rests_on(actor: Actor, language: str, words: tuple[str, ...]) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        pilots.add(database, actor, SHARE)
        evaluate_figures(database, actor, made, FIGURES, None)
    for text in (said(opened(actor, language, made)),):
        assert all(word in text for word in words) and "toile-basis-assumption" in text
    assert words[1].split()[-1] in said(opened(actor, language))


def test_scaling_is_refused_and_said_and_going_on_is_kept(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        evaluate_figures(database, actor, made, FIGURES, None)
    app = opened(actor, pilot=made)
    assert "until it is, nothing is scaled" in said(app)
    fill(app, **{made: "It works."})
    next(group for group in app.get("button_group") if "decision_" in str(group.key)).set_value("scale")
    press(app, "pilot_decide")
    assert "risk review" in app.error[0].value
    next(group for group in app.get("button_group") if "decision_" in str(group.key)).set_value("go_on")
    press(app, "pilot_decide")
    with connect() as database:
        assert [one.decision for one in pilots.get(database, actor, made).decisions] == ["go_on"]


def test_a_pilot_without_runs_says_how_to_come_by_some(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
    assert "No run of this use case in these days" in said(opened(actor, pilot=made))


def test_who_reads_only_sees_it_and_changes_nothing(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        person, _token = create_person(database, "Lou")
        code = make_join_code(database, actor, Role.PARTICIPANT)
        lou = actor_for(database, person, join(database, person, code))
    app = opened(lou, pilot=made)
    keys = {button.key for button in app.button}
    assert MEAN.title in said(app) and not keys & {"pilot_decide", "pilot_change", "pilot_evaluate"}
    assert "pilot_plan" not in {button.key for button in opened(lou).button}


def test_anothers_pilot_is_not_found(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
    app = opened(stranger, pilot=made)
    assert "no such pilot" in app.error[0].value.replace("\\", "") and MEAN.title not in said(app)


def test_after_the_result_the_budget_changes_and_the_sample_stays(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, plan(sample=25))
        evaluate_figures(database, actor, made, FIGURES, None)
    app = opened(actor, pilot=made)
    fill(app, budget=9_000.0)
    press(app, "pilot_change")
    assert not app.error, app.error[0].value
    with connect() as database:
        found = pilots.get(database, actor, made).plan
    assert (found.budget, found.sample) == (9_000.0, 25)


def test_the_workbook_is_made_without_a_session(actor: Actor) -> None:
    with connect() as database:
        pilots.add(database, actor, MEAN)
    made: list[bytes] = []
    thread = Thread(target=lambda: made.append(workbook(actor)))
    thread.start()
    thread.join()
    assert read_table(made[0], "pilots.xlsx").rows[0][0] == MEAN.title


@pytest.mark.parametrize(
    ("language", "words", "none"),
    [
        ("en", ("comparison of a pilot’s figures", "reached beyond doubt", "Difference:"), ("Baseline off", "welch")),
        ("fr", ("comparaison des chiffres d’un pilote", "sans doute possible", "Écart"), ("Baseline off", "Needed")),
    ],
)
def test_its_run_says_the_result_in_words(
    actor: Actor, language: str, words: tuple[str, ...], none: tuple[str, ...]
) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        evaluate_figures(database, actor, made, FIGURES, None)
        run = pilots.get(database, actor, made).run
    text = said(opened(actor, language, run=run or ""))
    assert all(word in text for word in words) and not any(word in text for word in none)


def test_a_target_on_the_wrong_side_is_said_while_typing(actor: Actor) -> None:
    app = filled(opened(actor), target_mean=40.0)
    assert "isn’t below the baseline" in said(app) and "It takes" not in said(app)
    assert "Type baseline" not in said(app)  # it was typed, and answered


def test_a_share_is_asked_for_no_spread(actor: Actor) -> None:
    app = opened(actor)
    assert "Type baseline and target" in said(app) and "spread" not in said(app)


def test_a_reason_outlives_a_refresh_and_is_gone_once_written_down(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
    app = opened(actor, pilot=made)
    fill(app, **{made: "It works."})
    app.run()
    again = opened(actor, pilot=made)
    assert [box.value for box in again.text_area if "_reason" in str(box.key)] == ["It works."]
    press(again, "pilot_decide")
    assert [box.value for box in again.text_area if "_reason" in str(box.key)] == [""]


def test_a_difference_of_shares_is_told_in_points() -> None:
    assert difference_said(SHARE, Estimate(0.014, 0.005, 0.023)) == "Difference: 1.4 points (0.5 to 2.3 at 95%)"
