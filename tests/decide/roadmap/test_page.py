"""The page through Streamlit's script runner, in both languages: proposal, plan, questions, changes, a reader."""

from __future__ import annotations

import time
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from lib.access import DEMO_WORKSPACE, Actor, Role
from lib.database import connect, roadmaps
from lib.database.people import actor_for, create_person
from lib.decide.roadmap import planning, proposing
from lib.decide.roadmap.picture import Use
from lib.errors import InputError
from lib.settings import ROOT
from lib.shell.roadmap import capacity_chart, team
from tests.govern.risk_review.reviews import SLUG, colleague, settle, sign

PAGE = "pages/decide/roadmap.py"
WAIT_SECONDS = 60
WORDS = {
    "en": {"empty": "No roadmap yet", "fit": "fit the team’s capacity", "must": "Must show to go on",
           "example": "An example: an invented team", "outline": "An outline is"},
    "fr": {"empty": "Pas encore de feuille de route", "fit": "capacité de l’équipe",
           "must": "À démontrer pour continuer",
           "example": "une équipe et son année, inventées", "outline": "Un contour"},
}  # fmt: skip


def opened(actor: Actor, language: str = "en") -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["token"] = actor.person, ""
    app.session_state["workspace"] = actor.workspace
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


def html_of(app: AppTest) -> str:
    blocks = [str(getattr(block, "value", "")) for block in app.get("html")]
    return "".join(block for block in blocks if "<style" not in block)


def until(app: AppTest, words: str) -> AppTest:
    """Run the page again until it says so: the solver works on a thread of its own."""
    end = time.monotonic() + WAIT_SECONDS
    while words not in html_of(app) and time.monotonic() < end:
        assert not app.exception, app.exception
        time.sleep(0.1)
        app.run()
    assert words in html_of(app)
    return app


def plans_of(actor: Actor) -> list[roadmaps.PlanRow]:
    with connect() as database:
        return roadmaps.plans(database, actor, 9)


def planned(actor: Actor) -> roadmaps.PlanRow:
    with connect() as database:
        planning.begin(database, actor, "2027-1")
    return planning.make(actor, "en")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_nothing_to_a_plan_with_what_each_step_must_show(actor: Actor, language: str) -> None:
    app = opened(actor, language)
    assert WORDS[language]["empty"] in html_of(app)
    app.button(key="roadmap_propose").click().run()
    shown = html_of(until(app, WORDS[language]["fit"]))

    assert WORDS[language]["must"] in shown and "toile-basis-assumption" in shown
    assert "toile-basis-opinion" not in shown
    assert f"runs?run={plans_of(actor)[0].run_id}" in shown
    assert WORDS[language]["fit"] in html_of(opened(actor, language))  # a second visit finds it


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_demo_house_shows_an_example_until_one_is_proposed(language: str) -> None:
    with connect() as database:
        person, _token = create_person(database, "Vera")
        visitor = actor_for(database, person, DEMO_WORKSPACE)
    app = opened(visitor, language)
    shown = html_of(app)
    assert WORDS[language]["example"] in shown and WORDS[language]["fit"] in shown
    assert WORDS[language]["outline"] in shown  # an aim and its renewal are in it
    assert plans_of(visitor) == []
    app.button(key="roadmap_propose").click().run()
    assert WORDS[language]["example"] not in html_of(until(app, WORDS[language]["must"]))


def test_before_the_first_plan_no_step_is_said_to_have_found_no_room(actor: Actor) -> None:
    with connect() as database:
        planning.begin(database, actor, "2027-1")
    shown = html_of(opened(actor))
    assert "not planned yet" in shown and "not in these quarters" not in shown


def test_an_outline_is_explained_only_where_one_is_drawn(actor: Actor) -> None:
    planned(actor)
    with connect() as database:
        found = planning.sketch(database, actor)
        assert found is not None
        for row in found.roadmap.steps:
            if row.lane == "aim":
                roadmaps.drop_step(database, actor, row.slug)
    planning.make(actor, "en")
    shown = html_of(opened(actor))
    assert WORDS["en"]["fit"] in shown and WORDS["en"]["outline"] not in shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_why_not_is_answered_in_a_sentence(actor: Actor, language: str) -> None:
    plan = planned(actor)
    slug = next(slug for slug, start in plan.starts.items() if start == 1)
    app = opened(actor, language)
    next(box for box in app.selectbox if box.label in ("Step", "Étape")).set_value(slug)
    next(box for box in app.selectbox if box.label in ("Quarter", "Trimestre")).set_value(0).run()
    app.button(key="roadmap_ask").click().run()
    answer = html_of(until(app, "toile-answer")).split("toile-answer")[1]
    assert "2027" in answer and answer.count("<p>") >= 1
    assert not app.error
    assert plans_of(actor) == [plan]  # asking changes nothing


def test_a_pin_is_kept_and_planned_again_and_the_move_is_shown(actor: Actor) -> None:
    plan = planned(actor)
    slug = next(slug for slug, start in plan.starts.items() if start == 0)
    app = opened(actor)
    next(box for box in app.selectbox if box.label == "Step").set_value(slug)
    next(box for box in app.selectbox if box.label == "Quarter").set_value(1).run()
    app.button(key="roadmap_pin").click().run()
    until(app, "from Q1 2027 to Q2 2027")

    with connect() as database:
        found = planning.sketch(database, actor)
    assert found is not None and found.row(slug).pinned == 1
    assert plans_of(actor)[0].starts[slug] == 1


def test_of_two_changes_in_a_row_the_plan_is_of_the_last(actor: Actor) -> None:
    plan = planned(actor)
    slug = next(slug for slug, start in plan.starts.items() if start == 0)
    app = opened(actor)
    next(box for box in app.selectbox if box.label == "Step").set_value(slug)
    next(box for box in app.selectbox if box.label == "Quarter").set_value(1).run()
    app.button(key="roadmap_pin").click().run()
    app.button(key="roadmap_free").click().run()  # while the plan of the pin is still looked for
    end = time.monotonic() + WAIT_SECONDS
    while plans_of(actor)[0].inputs["steps"][slug]["pinned"] is not None or plans_of(actor)[0] == plan:
        assert time.monotonic() < end
        time.sleep(0.1)
    app.run()
    assert not app.warning and not app.error


def test_what_is_changed_in_a_step_is_opinion_and_the_plan_is_older_than_it(actor: Actor) -> None:
    planned(actor)
    app = opened(actor)
    next(one for one in app.number_input if one.label.startswith("Cost")).set_value(99_000.0)
    next(button for button in app.button if button.label == "Save the step").click().run()

    assert not app.exception and not app.error
    assert "toile-basis-opinion" in html_of(app)
    assert any("older than its steps" in box.value for box in app.warning)


def test_a_circle_is_told_and_the_plan_before_stays(actor: Actor) -> None:
    before = planned(actor)
    with connect() as database:
        found = planning.sketch(database, actor)
        assert found is not None
        one, other = found.roadmap.steps[:2]
        roadmaps.save_step(database, actor, replace(one, after=(other.slug,)))
        roadmaps.save_step(database, actor, replace(other, after=(one.slug,)))
    app = opened(actor)
    app.button(key="roadmap_plan").click().run()
    end = time.monotonic() + WAIT_SECONDS
    while not app.error and time.monotonic() < end:
        time.sleep(0.1)
        app.run()
    assert "circle" in app.error[0].value
    assert plans_of(actor) == [before]


def test_who_may_not_steer_sees_the_plan_and_no_button(actor: Actor) -> None:
    planned(actor)
    with connect() as database:
        person, _token = create_person(database, "Rae")
        database.table("memberships").insert(
            {"workspace_id": actor.workspace, "person_id": person, "role": Role.REVIEWER.value, "joined_at": "2026"}
        )
        reader = actor_for(database, person, actor.workspace)
    app = opened(reader)
    assert WORDS["en"]["fit"] in html_of(app)
    assert not {"roadmap_plan", "roadmap_pin", "roadmap_save_team", "roadmap_add"} & {one.key for one in app.button}


@pytest.mark.parametrize(
    ("skill", "taken", "there", "is_full"),
    [("data", 13.5, 14, False), ("data", 14, 14, True), ("data", 13.96, 14, True), ("data", 0, 0, False),
     ("data", 15, 14, True), ("", 96_000, 100_000, False), ("", 99_900, 100_000, True)],
)  # fmt: skip
def test_full_is_said_of_a_quarter_in_which_nothing_is_left(
    skill: str, taken: float, there: float, is_full: bool
) -> None:
    use = Use(skill, "Data", 0, taken, there)
    assert capacity_chart.full(use) is is_full
    assert not is_full or taken > there or len(set(capacity_chart.said(use).split(" of "))) == 1


def test_the_team_as_a_table_and_back() -> None:
    names = ["Q1 2027", "Q2 2027", "Q3 2027", "Q4 2027", "Q1 2028"]
    given = proposing.team("2027-1")
    frame = team.people_frame(given, names)
    back = team.people_of(frame, names)
    assert {skill: line[:4] for skill, line in back.items()} == given.people
    assert back["data"][4] == given.people["data"][3]
    frame.loc[len(frame)] = ["Studio", 1.0, None, 2.0, 0.0, 0.0]
    frame.loc[len(frame)] = [None, None, None, None, None, None]
    assert team.people_of(frame, names)["Studio"] == (1.0, 0.0, 2.0, 0.0, 0.0)
    with pytest.raises(InputError, match="same name"):
        team.people_of(pd.concat([frame, frame.iloc[[0]]]), names)


def test_gate_order_pin_ban_and_renewal_say_what_they_rest_on(actor: Actor) -> None:
    planned(actor)
    with connect() as database:
        found = planning.sketch(database, actor)
        assert found is not None
        aim = next(row for row in found.roadmap.steps if row.lane == "aim")
        one, other, third = [row for row in found.roadmap.steps if row.lane == "test"][:3]
        roadmaps.save_step(database, actor, replace(one, gate=1))
        roadmaps.save_step(database, actor, replace(other, after=(one.slug,), forbidden=(0,)))
        roadmaps.save_step(database, actor, replace(third, pinned=1, basis=roadmaps.SAID, must_show="Half the returns"))
    rows = {row.split("</td>")[0]: row for row in html_of(opened(actor)).split("<tr>") if "Effort and cost" in row}

    def marked(slug: str, words: str) -> str:
        row = next(row for head, row in rows.items() if found.step(slug).title in head)
        return row.split(words)[1].split("toile-basis-")[1].split('"')[0].split()[0]

    assert marked(one.slug, "waits for its risk review until Q2 2027") == "assumption"
    assert marked(other.slug, "waits for") == marked(other.slug, "not in Q1 2027") == "opinion"
    assert marked(third.slug, "pinned") == marked(third.slug, "Half the returns") == "opinion"
    assert marked(aim.slug, "then renewed every 2 quarters, at 50%") == "assumption"


def changed_step(app: AppTest) -> Selectbox[str]:
    return next(one for one in app.selectbox if one.label == "Step to change")


def test_what_the_review_says_is_known_and_a_typed_quarter_is_marked_as_typed(actor: Actor) -> None:
    with connect() as database:
        planning.begin(database, actor, "2027-1")
        other = planning.sketch(database, actor).steps[0].slug  # type: ignore[union-attr]
        row = roadmaps.StepRow(SLUG, 1, {}, 0.0, gate=2, basis=roadmaps.SAID)
        roadmaps.save_step(database, actor, row)
        settle(database, actor)
    for person in (actor, colleague(actor)):
        with connect() as database:
            sign(database, person)
    app = opened(actor)
    shown = html_of(app)
    assert "risk review passed until" in shown and "risk review: not begun" in shown
    begun, none = shown.split("risk review passed until")[1], shown.split("risk review: not begun")[1]
    assert "toile-basis-evidence" in begun.split("</span></span>")[0]
    assert none.startswith("</span>"), "what nobody has begun is no evidence"
    changed_step(app).set_value(SLUG).run()
    blocks = [str(getattr(one, "value", "")) for one in app.get("html")]
    typed = next(one for one in blocks if "waits for its risk review until" in one and "<table" not in one)
    assert "toile-basis-evidence" in typed and "toile-basis-opinion" in typed
    app.button(key=f"roadmap_reviewed_{SLUG}").click().run()
    assert not app.exception
    with connect() as database:
        found = planning.sketch(database, actor)
    assert found is not None and found.row(SLUG).gate == 0
    changed_step(app).set_value(other).run()
    assert not [one for one in app.button if str(one.key).startswith("roadmap_reviewed")]
