"""The page through Streamlit's script runner: from an empty list to a pack for the board, in both languages."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.database import connect, partners
from lib.database.ballots import vote
from lib.database.comparisons import Side
from lib.database.partners import PartnerCriterion, PartnerKind, PartnerScore
from lib.decide.model import BASIS_NAMES
from lib.settings import ROOT
from lib.shell.partners.candidates import changes, figures_said
from lib.shell.partners.live import sides
from lib.workbench.outcome import outcome
from tests.app_pages import again, opened, rows, text_of
from tests.workbench.test_comparison import colleague, written

PAGE = "pages/decide/partners.py"
NAMES = {basis.value: str(name) for basis, name in BASIS_NAMES.items()}


def as_actor(actor: Actor, language: str = "en") -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["token"] = actor.person, ""
    app.session_state["workspace"] = actor.workspace
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def field(found: Any, label: str) -> Any:
    return next(one for one in found if one.label == label)


def add(app: AppTest, name: str) -> AppTest:
    field(app.text_input, "Name of the candidate").set_value(name)
    button(app, "Add").click().run()
    assert not app.exception, app.exception
    return app


def test_a_visitor_lists_weighs_chooses_and_finds_it_again() -> None:
    app = opened(PAGE)
    assert "No candidate is listed yet" in text_of(app)
    add(add(app, "Firm One"), "Firm Two")
    assert not app.error and "Firm One" in text_of(app) and "What would change the order" in text_of(app)
    field(app.text_input, "Why").set_value("They know silk")
    button(app, "Save").click().run()
    refreshed = again(app, PAGE)
    assert "Firm Two" in text_of(refreshed) and "They know silk" in text_of(refreshed)
    button(refreshed, "Take off the list").click().run()
    assert [one.name for one in listed()] == ["Firm Two"]


def listed() -> list[Any]:
    return [type("Row", (), row) for row in rows("select name from partners where retired_at is null")]


@pytest.mark.parametrize("name", ["", "x" * 300])
def test_a_name_that_will_not_do_is_said_on_the_page(name: str) -> None:
    app = add(opened(PAGE), name)
    assert len(app.error) == 1 and not rows("select * from partners")


def test_all_weights_zero_is_said_and_the_old_ones_stay() -> None:
    app = opened(PAGE)
    for field_ in app.number_input:
        field_.set_value(0)
    button(app, "Save the weights").click().run()
    assert ["All weights are zero" in box.value for box in app.error] == [True]
    assert not rows("select * from partner_weights")
    assert "Take to the board" in text_of(app)


def test_the_pack_is_made_recorded_and_found_after_a_refresh() -> None:
    app = add(opened(PAGE, "en"), "Firm One")
    button(app, "Make the pack").click().run()
    assert not app.error and not app.exception
    (run,) = rows("select * from runs where method = 'board_pack'")
    assert (run["use_case"], run["status"]) == ("partners", "done")
    names = {row["name"].rpartition(".")[2] for row in rows("select name from artefacts")}
    assert names == {"pptx", "pdf", "xlsx"}
    assert "Your last pack has" in text_of(again(app, PAGE))


def test_the_page_speaks_french(actor: Actor) -> None:
    with connect() as database:
        one = partners.add(database, actor, "Maison de logiciels", PartnerKind.SPECIALISED)
        partners.add(database, actor, "Autre", PartnerKind.CLOUD)
        score = PartnerScore(2, 3, 4, "assumption")
        partners.save_scores(database, actor, one, {PartnerCriterion.EXIT: score})
    said = text_of(as_actor(actor, "fr"))
    for part in ("Partenaires", "Faire, acheter ou s’associer", "Hypothèse sans source", "Porter devant"):
        assert part in said, part


def test_who_may_not_steer_reads_and_changes_nothing(actor: Actor) -> None:
    with connect() as database:
        partners.add(database, actor, "Firm One", PartnerKind.CLOUD)
        reviewer = colleague(database, actor)
    assert reviewer.role is Role.REVIEWER
    app = as_actor(reviewer)
    labels = {one.label for one in app.button}
    assert "Firm One" in text_of(app)
    assert not labels & {"Add", "Save", "Save the weights", "Save the scores", "Make the pack", "Take off the list"}


def test_a_closed_comparisons_figures_flow_in_and_become_evidence(actor: Actor) -> None:
    with connect() as database:
        sides_ = (Side("built-in", variant="warm"), Side("built-in", variant="expert", take=2))
        comparison = written(database, actor, sides_, inputs=6, raters=1)
        for place in range(6):
            vote(database, actor, comparison, place, 0)
        one = partners.add(database, actor, "Firm One", PartnerKind.SPECIALISED, "built-in")
        found = sides(outcome(database, actor, comparison))
    assert "preferred" in figures_said(found[0])
    app = as_actor(actor)
    assert "Which?" in text_of(app)
    button(app, "Use these figures as scores").click().run()
    assert not app.error and not app.exception
    with connect() as database:
        (partner,) = partners.listing(database, actor)
    assert partner.id == one and partner.scores[PartnerCriterion.QUALITY].basis == "evidence"
    assert partner.scores[PartnerCriterion.QUALITY].reference == comparison
    assert "Use these figures as scores" not in {one.label for one in app.button}


def test_a_measured_score_that_somebody_moves_is_an_opinion_from_then_on(actor: Actor) -> None:
    with connect() as database:
        one = partners.add(database, actor, "Firm", PartnerKind.CLOUD)
        score = PartnerScore(3, 4, 5, "evidence", "Which?", "2026-11-02", "c1")
        partners.save_scores(database, actor, one, {PartnerCriterion.QUALITY: score})
        (partner,) = partners.listing(database, actor)
    before = [
        {"low": 3, "likeliest": 4, "high": 5, "basis": NAMES["evidence"], "source": "Which?", "dated": "2026-11-02"},
        *(
            {"low": 1, "likeliest": 3, "high": 5, "basis": NAMES["assumption"], "source": "", "dated": None}
            for _ in range(8)
        ),
    ]
    assert changes(partner, pd.DataFrame(before), NAMES) == {}
    before[0]["likeliest"] = 5
    (moved,) = changes(partner, pd.DataFrame(before), NAMES).values()
    assert (moved.basis, moved.reference) == ("opinion", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Opinion", "Assumption", "Evidence")), ("fr", ("Avis", "Hypothèse", "Donnée probante"))],
)
def test_every_score_shows_what_it_rests_on(actor: Actor, language: str, words: tuple[str, ...]) -> None:
    with connect() as database:
        one = partners.add(database, actor, "Firm One", PartnerKind.CLOUD)
        given = {
            PartnerCriterion.QUALITY: PartnerScore(3, 4, 5, "evidence", "Which?", "2026-11-02", "c1"),
            PartnerCriterion.EXIT: PartnerScore(2, 2, 2, "opinion"),
            PartnerCriterion.PRICE: PartnerScore(2, 3, 4, "assumption"),
        }
        partners.save_scores(database, actor, one, given)
    said = text_of(as_actor(actor, language))
    comma = "," if language == "fr" else "."
    for cell in (f"● 4{comma}0 (3{comma}0", f"○ 2{comma}0", f"◇ 3{comma}0 (2{comma}0", "◇ ?", *words, "11"):
        assert cell in said, cell
    assert "compare?comparison=c1" in said


def test_a_candidates_engine_can_be_changed_later(actor: Actor) -> None:
    with connect() as database:
        partners.add(database, actor, "Firm One", PartnerKind.CLOUD)
    app = as_actor(actor)
    engine = [box for box in app.selectbox if box.label == "Its engine here"][-1]
    engine.set_value("built-in").run()
    assert not app.exception
    with connect() as database:
        assert [one.engine for one in partners.listing(database, actor)] == ["built-in"]
    assert "No closed comparison has this engine yet" in text_of(app)


def test_a_house_of_ones_own_is_shown_no_example(actor: Actor) -> None:
    said = text_of(as_actor(actor))
    assert "No candidate is listed yet" in said and "An example" not in said
