"""The page through Streamlit's script runner: refusing, answering, taking over, signing, and what other pages say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.catalogue.model import Area
from lib.database import connect, incidents, pilots, risk_answers, risk_evidence
from lib.database.connection import now
from lib.database.incidents import Entry
from lib.database.portfolio import add_use_case, retire_use_case
from lib.database.risk_reviews import standing
from lib.decide import portfolio_pack
from lib.errors import InputError
from lib.govern.risk_review import dossier as work
from lib.govern.risk_review.todo import to_do
from lib.settings import ROOT
from lib.shell.pilots.view import review_passed
from tests.decide.pilots.plans import MEAN
from tests.govern.risk_review.reviews import SLUG, answered, colleague, ran, settle, sign


def opened(actor: Actor, language: str = "en", page: str = "pages/govern/risk_review.py", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.run()
    app.switch_page(page)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    kinds = (app.get("html"), app.markdown, app.caption, app.error)
    return "\n".join(str(getattr(block, "value", "")) for kind in kinds for block in kind).replace("\\", "")


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.key == key).click()
    app.run()
    assert not app.exception, app.exception
    return app


def box(app: AppTest, ending: str) -> object:
    kinds = (app.text_input, app.text_area, app.button_group, app.date_input)
    return next(one for kind in kinds for one in kind if one.key and one.key.endswith(ending))


@pytest.mark.parametrize(("language", "wanted"), [("en", "No review has begun"), ("fr", "Aucune revue n’a commencé")])
def test_all_use_cases_stand_side_by_side(actor: Actor, language: str, wanted: str) -> None:
    app = opened(actor, language)
    assert wanted in said(app)
    assert said(app).count("toile-heat-0") >= 23


def test_a_yes_without_evidence_is_refused_and_what_was_typed_stays(actor: Actor) -> None:
    app = opened(actor, case=SLUG)
    press(app, "risk_answer_input_rights")
    box(app, "_answer").set_value("yes")  # type: ignore[attr-defined]
    box(app, "_reason").set_value("We drew them ourselves")  # type: ignore[attr-defined]
    press(app, "risk_save_input_rights")
    assert "needs evidence" in said(app)
    assert box(app, "_reason").value == "We drew them ourselves"  # type: ignore[attr-defined]
    with connect() as database:
        assert risk_answers.get(database, actor, SLUG).answers == {}
    again = opened(actor, "fr", case=SLUG)  # a refresh, in the other language
    assert box(again, "_reason").value == "We drew them ourselves"  # type: ignore[attr-defined]


def test_who_saves_second_reads_so_and_keeps_what_they_typed(actor: Actor) -> None:
    other = colleague(actor)
    app = opened(actor, case=SLUG)
    press(app, "risk_driver_input_rights")
    with connect() as database:
        answered(database, other, "input_rights", "partly", "Half of them")
    box(app, "_answer").set_value("no")  # type: ignore[attr-defined]
    box(app, "_reason").set_value("None of them")  # type: ignore[attr-defined]
    press(app, "risk_save_input_rights")
    assert "Bo answered this question meanwhile" in said(app)
    assert "Half of them" in said(app)
    app.run()
    assert box(app, "_reason").value == "None of them"  # type: ignore[attr-defined]
    press(app, "risk_save_input_rights")
    with connect() as database:
        found = risk_answers.history(database, actor, SLUG, "", "input_rights")
    assert [(one.answer, one.person) for one in found] == [("no", "Ada"), ("partly", "Bo")]


def test_what_is_known_is_taken_over_by_a_click(actor: Actor) -> None:
    app = opened(actor, case=SLUG)
    press(app, "risk_helped")
    assert "What the workbench knows" in said(app)
    opened_one = next(button.key for button in app.button if button.key and button.key.startswith("risk_take_"))
    press(app, opened_one)
    with connect() as database:
        review = risk_answers.get(database, actor, SLUG)
    control = opened_one.removeprefix("risk_take_")
    assert review.answers[control].person == "Ada"
    assert review.evidence[control][0].kind == "known"


def test_what_was_taken_over_is_offered_no_more_and_the_next_one_is(actor: Actor) -> None:
    app = opened(actor, case=SLUG)
    press(app, "risk_helped")
    first = next(button.key for button in app.button if button.key and button.key.startswith("risk_take_"))
    press(app, first)
    assert not [button for button in app.button if button.key == first]
    press(app, "risk_helped")
    second = next(button.key for button in app.button if button.key and button.key.startswith("risk_take_"))
    assert second != first


def test_a_comparison_opens_from_its_evidence(actor: Actor) -> None:
    with connect() as database:
        database.table("comparisons").insert(
            {"id": "c1", "workspace_id": actor.workspace, "person_id": actor.person, "run_id": ran(database, actor),
             "use_case": SLUG, "task": "describe_product", "language": "en", "question": "Which one?", "blind": 1,
             "raters": 2, "status": "closed", "created_at": now()}
        )  # fmt: skip
        risk_evidence.attach_comparison(database, actor, SLUG, "", "input_rights", "c1")
    app = press(opened(actor, case=SLUG), "risk_answer_input_rights")
    assert "comparison=c1" in said(app)
    with connect() as database:
        database.execute("delete from comparisons")
    assert "this comparison has been deleted since" in said(app.run())


def at_the_sign_off(actor: Actor) -> AppTest:
    app = opened(actor, case=SLUG)
    app.session_state[f"risk_review_{actor.workspace}_{actor.person}_en_tabs_{SLUG}_"] = "Sign-off"
    return app.run()


def test_who_has_signed_is_asked_for_a_colleague_and_the_colleague_for_their_name(actor: Actor) -> None:
    with connect() as database:
        settle(database, actor)
        sign(database, actor)
    first, second = at_the_sign_off(actor), at_the_sign_off(colleague(actor))
    assert not [button for button in first.button if button.key == "risk_sign"]
    assert "another person’s" in said(first)
    assert "another person’s" not in said(second)
    press(second, "risk_sign")
    assert "Signed by two people" in said(second)


def test_before_a_severe_incident_is_closed_nobody_is_offered_to_sign(actor: Actor) -> None:
    passed(actor)
    with connect() as database:
        incidents.log(database, actor, SLUG, Entry("incident", "severe", "2026-01-05", "A false claim"))
    app = at_the_sign_off(actor)
    assert next(button for button in app.button if button.key == "risk_sign").disabled
    assert "no longer counts" in said(app)
    press(app, "risk_missing_incident")
    assert "A false claim" in said(app)


def test_the_log_shows_what_was_written_before(actor: Actor) -> None:
    with connect() as database:
        made = incidents.log(database, actor, SLUG, Entry("near_miss", "minor", "2026-01-05", "A wrong colour"))
        incidents.change(
            database, actor, made, Entry("near_miss", "serious", "2026-01-05", "A wrong cloth"), version=1
        )  # fmt: skip
    app = opened(actor, case=SLUG)
    app.session_state[f"risk_review_{actor.workspace}_{actor.person}_en_tabs_{SLUG}_"] = "Incidents"
    app.run()
    assert "A wrong cloth" in said(app)
    assert "A wrong colour" in said(app)
    assert [one.label for one in app.expander if "earlier" in one.label] == ["1 earlier state"]


def test_who_may_not_answer_reads_only(actor: Actor) -> None:
    reader = colleague(actor, Role.PARTICIPANT)
    with connect() as database:
        answered(database, actor, "input_rights", "partly", "Half of them")
    app = opened(reader, case=SLUG)
    press(app, "risk_answer_input_rights")
    assert "Half of them" in said(app)
    assert "doesn’t answer them" in said(app)
    assert not [button for button in app.button if button.key and button.key.startswith("risk_save_")]


def test_the_log_opens_a_run_or_says_that_it_is_gone(actor: Actor) -> None:
    with connect() as database:
        run = ran(database, actor)
        entry = Entry("near_miss", "minor", "2026-01-05", "A wrong colour", run=run)
        incidents.log(database, actor, SLUG, entry)
    app = opened(actor, case=SLUG)
    app.session_state[f"risk_review_{actor.workspace}_{actor.person}_en_tabs_{SLUG}_"] = "Incidents"
    app.run()
    assert "A wrong colour" in said(app)
    assert "Open the run" in said(app)
    with connect() as database:
        database.execute("delete from runs where id = ?", [run])
    app.run()
    assert "a run deleted since" in said(app)


def test_from_the_sign_off_an_open_question_is_a_click_away(actor: Actor) -> None:
    app = opened(actor, case=SLUG)
    app.session_state[f"risk_review_{actor.workspace}_{actor.person}_en_tabs_{SLUG}_"] = "Sign-off"
    app.run()
    assert "14 required questions are open" in said(app)
    assert next(button for button in app.button if button.key == "risk_sign").disabled
    press(app, "risk_missing_vendor_terms")
    assert any(button.key == "risk_save_vendor_terms" for button in app.button)


def test_the_review_of_a_pilot_names_it(actor: Actor) -> None:
    with connect() as database:
        pilot = pilots.add(database, actor, MEAN)
    assert f"Pilot “{MEAN.title}”" in said(opened(actor, case=MEAN.use_case, pilot=pilot))
    assert "another use case" in said(opened(actor, case="stylist", pilot=pilot))


@pytest.mark.parametrize("address", [{"case": "nothing"}, {"case": SLUG, "pilot": "nothing"}])
def test_what_is_not_there_is_said_above_the_list(actor: Actor, address: dict[str, str]) -> None:
    app = opened(actor, **address)
    assert "There is no" in said(app)
    assert "<h1>Risk review</h1>" in said(app)
    press(app, "risk_open")
    assert "<h1>Risk review: Sketch to design</h1>" in said(app)


def test_a_review_leads_to_those_of_its_pilots_and_back(actor: Actor) -> None:
    with connect() as database:
        pilot = pilots.add(database, actor, MEAN)
        settle(database, actor, MEAN.use_case, pilot=pilot)
    assert f"case={MEAN.use_case}&amp;pilot={pilot}" in said(opened(actor, case=MEAN.use_case))
    assert "(In progress)" in said(opened(actor, case=MEAN.use_case))
    back = said(opened(actor, case=MEAN.use_case, pilot=pilot))
    assert "The use case’s review" in back
    assert f"pilots?pilot={pilot}" in back


def passed(actor: Actor) -> None:
    with connect() as database:
        settle(database, actor)
        sign(database, actor)
        sign(database, colleague(actor))
        assert standing(database, actor, SLUG).passed


def test_a_use_cases_page_says_whether_its_review_is_passed(actor: Actor) -> None:
    page = f"pages/commerce/{SLUG}.py"
    assert "Risk review: not passed" in said(opened(actor, page=page))
    with connect() as database:
        risk_answers.classify(database, actor, SLUG, "", "high", "CB", "It decides alone", version=0)
    assert "High risk" in said(opened(actor, page=page))
    passed(actor)
    assert "Risk review: passed until" in said(opened(actor, page=page))
    assert "Revue des risques\u00a0: validée jusqu’au" in said(opened(actor, "fr", page=page))


def test_a_pilot_is_scaled_when_the_review_is_passed_and_its_own_where_there_is_one(actor: Actor) -> None:
    with connect() as database:
        pilot = pilots.add(database, actor, MEAN)
        check = review_passed(pilot)
        assert not check(database, actor, SLUG)
        passed(actor)
        assert check(database, actor, SLUG)
        settle(database, actor, pilot=pilot)  # the pilot's own has begun
        assert not check(database, actor, SLUG)
        sign(database, actor, pilot=pilot)
        sign(database, colleague(actor), pilot=pilot)
        assert check(database, actor, SLUG)
        ran(database, actor, engine="openai", model="gpt-x")
        assert not check(database, actor, SLUG)


def test_a_pilot_of_a_use_case_that_is_considered_no_longer_is_not_scaled(actor: Actor) -> None:
    with connect() as database:
        slug = add_use_case(database, actor, Area.MARKETING, "Scent letters", "Letters about scents")
        pilot = pilots.add(database, actor, replace(MEAN, use_case=slug))
        retire_use_case(database, actor, slug)
        assert not review_passed(pilot)(database, actor, slug)
        assert to_do(database, actor) == []


def test_the_board_packs_slide_of_risks_says_where_reviews_stand(actor: Actor) -> None:
    with connect() as database:
        answered(database, actor, "intended_use")
        made = portfolio_pack.handed(database, actor, "en")
    (slide,) = [slide for slide in made.slides if slide.part == "risks"]
    states = [row[2].said for row in slide.bodies[0].rows]  # type: ignore[union-attr]
    assert len(states) == 5
    assert set(states) <= {"Not begun", "In progress"}


def test_a_review_can_not_be_signed_before_the_use_case_is_classed(actor: Actor) -> None:
    with connect() as database:
        slug = add_use_case(database, actor, Area.MARKETING, "Scent letters", "Letters about scents")
        with pytest.raises(InputError, match="classed"):
            work.sign(database, actor, slug, "", seen=risk_answers.get(database, actor, slug).content, months=6)
        risk_answers.classify(database, actor, slug, "", "limited", "CK", "It writes to clients", version=0)
        found = work.dossier(database, actor, slug)
    assert "told_machine" in {control.id for control in found.controls}
    assert found.title == "Scent letters"
