"""The page as its visitors meet it: each tab, one run, two runs, wrong roles, and a log that was edited by hand."""

from __future__ import annotations

import sqlite3

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Role
from lib.checks import CheckResult
from lib.database import connect, data_sets
from lib.database.backups import backup, remove
from lib.database.erasure import deletions, erase_person, erase_runs
from lib.database.people import actor_for, create_person, create_workspace, join, make_join_code, set_role
from lib.database.retention import rules
from lib.database.reviews import add_review
from lib.database.runs import finish_run, get_run, start_run
from lib.settings import ROOT, settings

TABS = {
    "en": ("The log", "Is it whole?", "How long it is kept", "Erase"),
    "fr": ("Le journal", "Est-il intact\u202f?", "Durée de conservation", "Effacer"),
}


def opened(actor, language="en", tab=0, **parameters):
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.run()
    app.switch_page("pages/govern/evidence.py")
    app.session_state[f"evidence_tabs_{language}"] = TABS[language][tab]
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def said(app):
    """All that the page says, without what keeps Markdown from reading it."""
    kinds = (app.get("html"), app.markdown, app.caption, app.error, app.info, app.success, app.subheader)
    text = "\n".join(str(block.value) for kind in kinds for block in kind)
    return text.replace("\\", "").replace("\u2060", "")


def press(app, key):
    next(button for button in app.button if button.key and button.key.startswith(key)).click()
    app.run()
    assert not app.exception, app.exception
    return app


def tick(app, key):
    next(box for box in app.checkbox if box.key.startswith(key)).check()
    return app.run()


def ran(actor, text="a coat", **more):
    details = {"use_case": "stylist", "kind": "analysis", "method": "m", "method_version": "1", "inputs": {"b": text}}
    with connect() as database:
        run = start_run(database, actor, **{**details, **more})
        finish_run(
            database, actor, run, output={"text": f"About {text}"}, status="done", seconds=1, checks=[CheckResult("c")]
        )
        add_review(database, actor, run, "approved", rating=5)
    return run


@pytest.fixture
def colleague(actor):
    with connect() as database:
        person, _token = create_person(database, "Lou")
        return actor_for(database, person, join(database, person, make_join_code(database, actor, Role.INNOVATOR)))


def by_hand(statement, *values):
    other = sqlite3.connect(settings().database)
    other.execute(statement, values)
    other.commit()
    other.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("tab", range(4))
def test_each_part_is_drawn_empty_and_filled(actor, language, tab):
    assert said(opened(actor, language, tab))
    ran(actor)
    assert said(opened(actor, language, tab))


def test_the_list_links_to_each_run_and_to_its_neighbour(actor):
    one, two = ran(actor, "one"), ran(actor, "two")
    app = opened(actor)
    assert f"run={one}" in said(app) and f"compare={two}" in said(app)
    app = opened(actor, compare=one)
    assert f"compare={one}&amp;with={two}" in said(app) and f"with={one}" not in said(app)


def test_words_and_choices_are_kept(actor):
    ran(actor, "a silk scarf")
    app = opened(actor)
    next(box for box in app.text_input if box.label == "Words").set_value("velvet")
    app.run()
    assert "No run fits" in said(app)
    again = opened(actor, "fr")
    assert next(box for box in again.text_input if box.label == "Mots").value == "velvet"
    press(again, "evidence_clear")
    assert "Styliste" in said(again)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_run_with_its_place_in_the_log(actor, language):
    run = ran(actor)
    app = opened(actor, language, run=run)
    assert ("as it was recorded" if language == "en" else "telle qu’enregistrée") in said(app)
    assert "About a coat" in said(app)


def test_two_runs_side_by_side(actor):
    one, two = ran(actor, "a red coat"), ran(actor, "a blue coat")
    app = opened(actor, compare=one, **{"with": two})
    assert "<del>red</del>" in said(app) and "<ins>blue</ins>" in said(app)
    app = opened(actor, compare=one, **{"with": one})
    assert "one and the same run" in said(app)


def test_a_permalink_that_leads_nowhere_for_this_person(actor, stranger):
    run = ran(actor)
    for who, wanted in ((stranger, run), (actor, "nonsense"), (actor, "' or 1=1")):
        app = opened(who, run=wanted)
        assert "There is no such run here" in app.error[0].value.replace("\\", "")
        assert "About a coat" not in said(app)
    app = opened(stranger, compare=run, **{"with": "x"})
    assert app.error and "About a coat" not in said(app)


def test_a_permalink_into_ones_other_workspace_offers_to_go_there(actor):
    run = ran(actor)
    with connect() as database:
        other = actor_for(database, actor.person, create_workspace(database, actor.person, "Other"))
    app = opened(other, run=run)
    assert "Atelier Ada" in said(app)
    press(app, "evidence_go")
    assert "About a coat" in said(app)


def test_a_permalink_to_an_erased_run_says_what_is_left(actor):
    run = ran(actor)
    with connect() as database:
        erase_runs(database, actor, [run])
    app = opened(actor, run=run)
    assert "was erased on" in said(app) and "About a coat" not in said(app)
    assert not [button for button in app.button if button.key and button.key.startswith("evidence_erase_")]


def test_a_run_is_erased_from_its_page(actor, colleague):
    run = ran(actor)
    assert not [box for box in opened(colleague, run=run).checkbox if box.key == f"evidence_sure_{run}"]
    app = tick(opened(actor, run=run), "evidence_sure")
    press(app, "evidence_erase")
    assert "was erased on" in said(app)


def test_a_log_edited_by_hand_is_told_plainly(actor, stranger):
    run = ran(actor)
    press(opened(actor, tab=1), "evidence_check")
    by_hand('update runs set output = \'{"text": "other"}\' where id = ?', run)
    for tab in range(4):
        told = opened(actor, tab=tab).error[0].value.replace("\\", "")
        assert "changed outside the app" in told and run in told and "last found whole on" in told
    assert run not in opened(stranger).error[0].value
    assert "changed outside the app" in opened(actor, run=run).error[0].value


@pytest.mark.long
@pytest.mark.parametrize(
    "statement",
    [
        "update runs set inputs = 'no json'",
        "update runs set output = cast(x'ff00' as text)",
        "update runs set started_at = 'yesterday'",
        "delete from people where name = ''",
        "update check_results set verdict = 'unheard', findings = 'x'",
        "update reviews set verdict = 'unheard', edited_output = 'x'",
        "update deletions set counts = 'x', positions = 'x', at = 'x'",
        "delete from chain_links",
        "delete from chain_head",
        "update chain_links set at = 'x'",
    ],
)
def test_whatever_was_written_by_hand_no_part_crashes(actor, statement):
    run, other = ran(actor), ran(actor)
    with connect() as database:
        erase_runs(database, actor, [ran(actor)])
    by_hand(statement)
    for tab in range(4):
        opened(actor, tab=tab)
    opened(actor, run=run)
    opened(actor, compare=run, **{"with": other})


def test_a_check_is_made_and_recorded(actor):
    ran(actor)
    app = press(opened(actor, tab=1), "evidence_check")
    assert "The log is whole" in said(app) and "Ada" in said(app)


def test_a_wrong_role_reads_and_sets_nothing(actor, colleague):
    with connect() as database:
        set_role(database, actor, colleague.person, Role.PARTICIPANT)
    app = opened(colleague, tab=2)
    assert "doesn’t set them" in said(app)
    assert not [button for button in app.button if button.key == "evidence_rule"]
    app = opened(colleague, tab=3)
    assert not [box for box in app.selectbox if box.label == "Whose data"]


def test_a_rule_is_set_and_what_is_older_is_erased(actor):
    run = ran(actor)
    by_hand("update runs set started_at = '2020-01-01T00:00:00.000+00:00' where id = ?", run)
    app = opened(actor, tab=2)
    next(box for box in app.number_input if box.label.startswith("Days")).set_value(30)
    app.run()
    assert "1 thing would go" in said(app)
    press(app, "evidence_rule")
    with connect() as database:
        assert rules(database, actor)["runs"].days == 30 and not get_run(database, actor, run, erased=True)["erased_at"]
    press(app, "evidence_expire")
    with connect() as database:
        assert get_run(database, actor, run, erased=True)["erased_at"]


def test_an_administrator_erases_a_colleagues_data(actor, colleague):
    run = ran(colleague)
    app = opened(actor, tab=3)
    next(box for box in app.selectbox if box.label == "Whose data").set_value(colleague.person)
    app.run()
    tick(app, f"evidence_sure_{colleague.person}")
    press(app, f"evidence_erase_{colleague.person}")
    assert "Erased: 1 run" in said(app)
    with connect() as database:
        assert get_run(database, actor, run, erased=True)["output"] is None
        assert deletions(database, actor)[0]["person"] == "Ada"


def test_a_person_erases_themselves_and_is_nobody_afterwards(actor):
    with connect() as database:
        demo = actor_for(database, actor.person, "demo")
    run = ran(demo, "a secret")
    app = opened(demo, tab=3)
    tick(app, "evidence_everywhere")
    tick(app, f"evidence_sure_{actor.person}")
    press(app, f"evidence_erase_{actor.person}")
    assert app.session_state["person"] != actor.person
    with connect() as database:
        assert database.execute(
            "select inputs, person_id = ? from runs where id = ?", [actor.person, run]
        ).fetchone() == ("{}", 0)


def test_an_uploaded_table_is_erased_after_a_second_click(actor):
    with connect() as database:
        kept = data_sets.save(database, actor, "service_assistant", "orders", "orders.csv", b"a", {}, 1)
    app = press(opened(actor, tab=3), f"evidence_table_erase_{kept}")
    with connect() as database:
        assert data_sets.latest(database, actor, "service_assistant", "orders") is not None
    press(app, f"evidence_table_asked_{kept}_yes")
    with connect() as database:
        assert data_sets.latest(database, actor, "service_assistant", "orders") is None
    assert "orders.csv was erased" in said(app)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_backups_still_hold_is_told_with_its_end(actor, tmp_path, language):
    none, holds = {
        "en": ("No backup stands", "of 1 deletion since, what existed by then"),
        "fr": ("Aucune sauvegarde faite avec l’application", "1 effacement depuis\u00a0: ce qui existait alors"),
    }[language]
    assert none in said(opened(actor, language, 3))
    backup(tmp_path / "backup")
    run = ran(actor)
    assert holds not in said(opened(actor, language, 3))
    with connect() as database:
        erase_runs(database, actor, [run])
    app = opened(actor, language, 3)
    assert holds in said(app) and any("--instead-of" in block.value for block in app.code)
    remove(tmp_path / "backup")
    assert none in said(opened(actor, language, 3))


def test_a_visit_in_another_tab_ends_with_the_person(actor):
    with connect() as database:
        demo = actor_for(database, actor.person, "demo")
    run = ran(demo, "a secret coat")
    app = opened(demo, run=run)
    assert "a secret coat" in said(app)
    with connect() as database:
        erase_person(database, demo, demo.person, everywhere=True)
    app.run()
    assert not app.exception and app.session_state["person"] != demo.person
    assert "secret" not in said(app) and "There is no such run here" in said(app)
