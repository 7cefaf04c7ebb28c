"""A scoring session through the page: two people, two rounds, nobody sees the other before it is time."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import DEMO_WORKSPACE, Role
from lib.database import connect
from lib.database.page_states import remember
from lib.database.people import actor_for, create_person, create_workspace, join, make_join_code
from tests.app_pages import opener, rows, text_of
from tests.decide.prioritisation_matrix.test_page import PAGE, by_label, press, tab

open_page = opener(PAGE)
NOTE = "clients ask for it every week"


def opened_session(language: str = "en") -> tuple[AppTest, str]:
    """Somebody opens a session on one use case and two criteria; their page and the code."""
    app = tab(open_page(language), "Score together")
    by_label(app, "text_input", "Name of the session").set_value("Committee of May")
    by_label(app, "multiselect", "Use cases to score").set_value(["stylist"])
    by_label(app, "multiselect", "Criteria").set_value(["revenue", "team_skills"])
    press(app, "Open the session")
    code = next(one.value for one in app.get("html") if "toile-code" in one.value)
    return app, code.split(">")[1].split("<")[0]


def joined(code: str) -> AppTest:
    """Another visitor of the demo house with the code."""
    app = tab(open_page(), "Score together")
    by_label(app, "text_input", "Code of a scoring session").set_value(code)
    return press(app, "Join the session")


def score(app: AppTest, *values: int, note: str = "") -> AppTest:
    for radio, value in zip(app.radio, values, strict=True):
        radio.set_value(value)
    if note:
        next(one for one in app.text_input if one.label == "Why? (optional)").set_value(note)
    return press(app, "Keep these and go to the next")


def test_two_people_score_alone_talk_and_score_again() -> None:
    leader, code = opened_session()
    guest = joined(code)
    assert "1 person has joined" in text_of(guest)
    assert not [one for one in guest.button if one.label == "Show the scores"]
    score(guest, 5, 4, note=NOTE)
    assert "You have scored everything" in text_of(guest)
    score(leader, 1, 4)
    assert NOTE not in text_of(leader)
    press(leader, "Show the scores")
    for app in (leader, guest.run()):
        said = text_of(app)
        assert "You differ most on “Sales” of “Stylist”" in said and NOTE in said and "Krippendorff" in said
    press(leader, "Open the next round")
    guest.run()
    assert "Round 2 is open" in text_of(guest) and [radio.value for radio in guest.radio] == [5, 4]
    score(guest, 2, 4)
    press(leader, "Show the scores")
    assert "came closer on 1 of 2 points" in text_of(leader.run())
    press(leader, "End the session")
    assert "Over" in text_of(leader)


def test_a_score_after_the_round_was_shown_says_what_happened() -> None:
    leader, code = opened_session()
    guest = joined(code)
    guest.radio[0].set_value(5).run()
    press(leader, "Show the scores")
    guest.radio[1].set_value(4).run()
    said = text_of(guest)
    assert "Round 1 was closed while you were scoring" in said and "One person has scored" in said
    assert [row["likeliest"] for row in rows("select likeliest from scores")] == [5.0]


def test_a_score_whose_callback_was_lost_is_kept_all_the_same() -> None:
    """A click while the page is being drawn: the browser's value is there, its callback was never called."""
    app, _code = opened_session()
    app.session_state[app.radio[1].key] = 4  # what is set like this calls nothing back
    app.run()
    assert [(row["criterion"], row["likeliest"]) for row in rows("select * from scores")] == [("team_skills", 4.0)]
    assert "you: 1 of 2" in text_of(app)


def test_a_range_that_leaves_the_score_out_is_said_and_the_score_stays() -> None:
    app, _code = opened_session()
    app.radio[0].set_value(2).run()
    by_label(app, "selectbox", "At worst").set_value(4.0).run()
    assert "A score lies between 1 and 5" in text_of(app)
    assert [(row["likeliest"], row["low"]) for row in rows("select * from scores")] == [(2.0, None)]


def test_one_rater_is_told_that_there_is_no_agreement_to_measure() -> None:
    leader, _code = opened_session()
    score(leader, 3, 3)
    press(leader, "Show the scores")
    assert "One person has scored" in text_of(leader)


@pytest.mark.parametrize(
    ("typed", "said"), [("XXXX-XXXX", "opens no scoring session"), ("", "opens no scoring session")]
)
def test_a_wrong_code_is_said_on_the_spot(typed: str, said: str) -> None:
    assert said in text_of(joined(typed))


def test_a_session_without_a_name_or_use_cases_is_refused() -> None:
    app = tab(open_page(), "Score together")
    press(app, "Open the session")
    assert "needs a name" in text_of(app)
    by_label(app, "text_input", "Name of the session").set_value("a" * 300)
    press(app, "Open the session")
    assert "at most 120" in text_of(app)


def test_a_link_to_anothers_session_opens_nothing() -> None:
    opened_session()
    identifier = rows("select id from scoring_sessions")[0]["id"]
    other = open_page()
    other.query_params["session"] = identifier
    other.run()
    assert "There is no such scoring session here" in text_of(other)


def test_a_reviewer_scores_and_has_no_buttons_of_the_lead() -> None:
    with connect() as database:
        owner, _token = create_person(database, "Ada")
        workspace = create_workspace(database, owner, "Knitwear")
        ada = actor_for(database, owner, workspace)
        reviewer, token = create_person(database, "Rui")
        join(database, reviewer, make_join_code(database, ada, Role.REVIEWER))
        remember(database, actor_for(database, reviewer, DEMO_WORKSPACE), "frame", {"workspace": workspace})
    app: Any = open_page("en", token)
    tab(app, "Weights")
    assert "does not change weights" in text_of(app)
    tab(app, "Score together")
    assert not [one for one in app.button if one.label == "Open the session"]


def test_a_leader_who_comes_back_is_told_why_there_is_no_code_and_makes_a_new_one() -> None:
    leader, old = opened_session()
    seated = joined(old)
    identifier = rows("select id from scoring_sessions")[0]["id"]
    del leader.session_state[f"scoring_code_{identifier}"]  # as after a refresh
    leader.run()
    assert 'class="toile-code"' not in text_of(leader) and "only its hash is kept" in text_of(leader)

    press(leader, "Make a new code")
    code = next(one.value for one in leader.get("html") if "toile-code" in one.value).split(">")[1].split("<")[0]
    assert code != old
    assert "opens no scoring session" in text_of(joined(old))
    assert "2 people have joined" in text_of(joined(code))
    score(seated, 5, 4)
    assert "You have scored everything" in text_of(seated)
