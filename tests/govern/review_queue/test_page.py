"""The page through Streamlit's script runner: states, roles, bad input, hostile outputs, in both languages."""

from __future__ import annotations

import io
import json
from threading import Thread
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.commerce.product_descriptions.comparing import FIRST_OPTION
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.database import artefacts, connect, flaw_rounds, queue_samples, queue_verdicts, review_queue
from lib.database.erasure import erase_runs
from lib.database.page_states import remembered
from lib.database.people import actor_for, create_person
from lib.database.queue_verdicts import Judgement
from lib.database.runs import add_check, finish_run, start_run
from lib.files.tables import read_table
from lib.govern.review_queue.flaws import rounds
from lib.govern.review_queue.flaws.model import Flaw, Item, Mark
from lib.settings import ROOT
from lib.shell.review_queue.samples import workbook
from lib.tasks import Context
from lib.tasks.run import run_task
from lib.verdicts import CheckResult, Verdict
from tests.database.test_review_queue import bulk, colleague, give, output

NAUGHTY = "<script>alert(1)</script> **bold** ![x](https://example.invalid/x.png) :material/close: $x^2$"


def opened(actor: Actor, language: str = "en", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.run()
    app.switch_page("pages/govern/review_queue.py")
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    kinds = (app.get("html"), app.markdown, app.caption, app.error, app.info)
    return "\n".join(str(block.value) for kind in kinds for block in kind).replace("\\", "").replace("\u2060", "")


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.key == key).click()
    app.run()
    assert not app.exception, app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def tab(app: AppTest, name: str) -> AppTest:
    app.session_state[f"tabs_review_queue_{app.session_state['language']}"] = name
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(("language", "words"), [("en", "Nothing waits"), ("fr", "Rien n’attend")])
def test_an_empty_workspace_says_so_and_offers_something_to_review(actor: Actor, language: str, words: str) -> None:
    app = opened(actor, language)
    assert words in said(app) and "queue_batch" in keys(app)


@pytest.mark.parametrize(("language", "words"), [("en", "Recorded: Approved."), ("fr", "Enregistré : Approuvé.")])
def test_one_output_is_read_and_approved(actor: Actor, language: str, words: str) -> None:
    with connect() as database:
        product = FIRST_OPTION.sets(database, actor)[0].load()[0].values
    run = run_task(DESCRIBE_PRODUCT, product, Context(actor, use_case="product_descriptions"))
    app = opened(actor, language, item=run.id)
    text = said(app)
    assert run.output is not None and run.output.options[0].opener.split(",")[0][:12] in text
    assert "toile-queue-facts" in text and "toile-checks" in text
    press(app, "queue_yes")
    (toast,) = app.toast
    assert toast.value.replace("\\", "").replace("\u2060", "").replace("\u00a0", " ") == words
    with connect() as database:
        assert [one["verdict"] for one in queue_verdicts.my_verdicts(database, actor)] == ["approved"]


def test_a_hostile_output_is_shown_as_text_and_approving_it_asks_why(actor: Actor) -> None:
    run = output(actor, Verdict.FAIL, inputs={"product": {"name": NAUGHTY}, "note": NAUGHTY})
    with connect() as database:
        database.execute("update runs set output = ? where id = ?", [json.dumps({"text": NAUGHTY}), run])
    for app in (opened(actor), opened(actor, item=run)):
        drawn = "\n".join(str(one.value) for one in app.get("html"))
        assert "<script>" not in drawn and "&lt;script&gt;" in drawn
    press(app, "queue_yes")
    press(app, "queue_confirm")
    assert "Say why you approve it although" in said(app)
    next(box for box in app.text_area if str(box.key).startswith("queue_comment")).set_value("Quoted on purpose")
    press(app, "queue_confirm")
    with connect() as database:
        assert queue_verdicts.my_verdicts(database, actor)[0]["comment"] == "Quoted on purpose"


def test_a_run_that_is_gone_or_anothers_gives_a_message_and_a_way_on(actor: Actor, stranger: Actor) -> None:
    run = output(actor)
    for app in (opened(actor, item="nowhere"), opened(stranger, item=run)):
        assert "no such run" in said(app) and "queue_yes" not in keys(app)
    give(actor, run)
    app = opened(actor, item=run)
    assert "doesn’t wait for a verdict any more" in said(app) and "queue_put" in keys(app)


def test_a_picture_is_judged_as_it_was_kept(actor: Actor) -> None:
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "PNG")
    with connect() as database:
        run = start_run(
            database, actor, use_case="product_ideation", kind="rendering", method="atelier", method_version="1",
            inputs={"words": "A red coat"},
        )  # fmt: skip
        finish_run(database, actor, run, output={"pictures": 1}, status="done", seconds=1.0)
        artefacts.store(database, actor, "coat.png", content.getvalue(), "image/png", run)
    app = opened(actor, item=run)
    assert len(app.get("image")) == 1 and "A red coat" in said(app)
    assert next(button for button in app.button if button.key == "queue_edit").disabled
    press(app, "queue_no")
    press(app, "queue_reason_picture_flaw")
    press(app, "queue_confirm")
    with connect() as database:
        assert queue_verdicts.my_verdicts(database, actor)[0]["reasons"] == ["picture_flaw"]


def test_a_participant_judges_and_is_offered_nothing_that_they_may_not_do(actor: Actor) -> None:
    run = output(actor)
    lou = colleague(actor, "Lou", Role.PARTICIPANT)
    bulk(actor, 3)
    app = opened(lou)
    assert "queue_start" in keys(app) and not app.number_input
    assert "sample_draw" not in keys(tab(app, "Samples of bulk jobs"))
    give(lou, run)
    assert "queue_put" not in keys(opened(lou, item=run))


def test_what_somebody_else_reads_is_not_judged_twice(actor: Actor) -> None:
    run, lou = output(actor), colleague(actor, "Lou")
    with connect() as database:
        review_queue.claim(database, lou, run)
    app = opened(actor, item=run)
    assert "Somebody else is reading this output" in said(app) and "queue_yes" not in keys(app)


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [("en", "Samples of bulk jobs", "about 33.3% of the job"), ("fr", "Échantillons des traitements", "environ 33,3")],
)
def test_a_sample_says_what_it_says_of_the_job(actor: Actor, language: str, name: str, words: str) -> None:
    job, runs = bulk(actor, 6)
    with connect() as database:
        plan = {"by": [], "size": 3, "limit": 0.2, "risk": 0.1}
        made = queue_samples.add(database, actor, job, 7, plan, {"[]": (6, runs[:3])})
    give(actor, runs[0], Judgement("rejected", ("factual_error",)))
    for run in runs[1:3]:
        give(actor, run)
    assert words in said(tab(opened(actor, language), name))
    files: list[bytes] = []
    thread = Thread(target=lambda: files.append(workbook(actor, made)))
    thread.start()
    thread.join()
    assert read_table(files[0], "sample.xlsx").rows[0][1:5] == ("6", "3", "3", "1")


@pytest.mark.parametrize(("language", "name"), [("en", "Agreement"), ("fr", "Accord")])
def test_agreement_is_shown_with_its_pairs(actor: Actor, language: str, name: str) -> None:
    lou = colleague(actor, "Lou")
    with connect() as database:
        review_queue.set_rule(database, actor, 2)
    for at in range(4):
        run = output(actor)
        give(actor, run)
        give(lou, run, Judgement("rejected", ("tone",)) if at == 0 else Judgement("approved"))
    text = said(tab(opened(actor, language), name))
    assert "Krippendorff" in text and "toile-queue-confusion" in text


ITEMS = (
    Item("Coat", "en", {"body": "Made in Italy. It is warm."}, {"product": {"name": "Coat"}},
         (Flaw("wrong_origin", "body", 8, 13, "Italy", "France"),), (Mark("body", 8, 13),)),
    Item("Bag", "en", {"body": "A bag."}, {"product": {"name": "Bag"}}),
)  # fmt: skip


def spotted(actor: Actor, kind: str = "wrong_origin") -> str:
    with connect() as database:
        made = flaw_rounds.add(database, actor, "en", 1, "1", rounds.as_json(ITEMS))
        flaw_rounds.mark(database, actor, made, 0, "body", (0, 14), kind)
        for at in range(2):
            flaw_rounds.answer(database, actor, made, at)
    return made


@pytest.mark.parametrize(("language", "words"), [("en", "You found 1 of 1"), ("fr", "Erreurs trouvées")])
def test_a_finished_round_shows_what_was_found_beside_the_checks(actor: Actor, language: str, words: str) -> None:
    text = said(opened(actor, language, round=spotted(actor)))
    assert words in text and "France" in text


def test_the_group_is_seen_by_who_governs_and_by_nobody_else(actor: Actor) -> None:
    lou = colleague(actor, "Lou", Role.PARTICIPANT)
    spotted(actor)
    spotted(lou, "tone_slip")
    assert "The group" in said(tab(opened(actor), "Spot the flaw"))
    assert "The group" not in said(tab(opened(lou), "Spot the flaw"))


def test_anothers_round_is_not_found() -> None:
    with connect() as database:
        ada, lou = (actor_for(database, create_person(database)[0], "demo") for _ in range(2))
    made: Any = spotted(ada)
    assert "no such round" in said(opened(lou, round=made))


def test_who_governs_sees_each_readers_kinds_of_error(actor: Actor) -> None:
    lou = colleague(actor, "", Role.PARTICIPANT)
    spotted(actor)
    spotted(lou, "tone_slip")
    app = tab(opened(actor), "Spot the flaw")
    whose = next(box for box in app.selectbox if str(box.key).startswith("flaws_whose"))
    assert set(whose.options) == {"All readers", "You", f"Someone without a name ({lou.person[-4:]})"}
    everybody = said(app)
    whose.set_value(lou.person)
    app.run()
    assert not app.exception and "Slip of tone" not in everybody.split("The group")[0]
    table = said(app).split("The group")[-1]
    assert "0 of 1" in table


def test_nothing_waits_but_rows_of_a_bulk_job_are_offered(actor: Actor) -> None:
    bulk(actor, 3)
    app = opened(actor)
    assert "3 rows of bulk jobs have no verdict" in said(app) and "queue_batch" not in keys(app)
    press(app, "queue_rows")
    assert "3 outputs wait for your verdict" in said(app) and "queue_start" in keys(app)


def test_choices_that_leave_nothing_lead_back_to_everything(actor: Actor) -> None:
    output(actor)
    app = opened(actor)
    next(box for box in app.selectbox if "text_language" in str(box.key)).set_value("fr")
    app.run()
    assert "Nothing waits with these choices" in said(app) and "queue_start" not in keys(app)
    press(app, "queue_all")
    assert "queue_start" in keys(app)


def test_a_bulk_job_leads_to_a_sample_of_its_rows(actor: Actor) -> None:
    job, _runs = bulk(actor, 3)
    bulk(actor, 4)
    app = opened(actor, job=job)
    chosen = next(box for box in app.selectbox if str(box.key).startswith("sample_job"))
    assert chosen.value == job
    assert "sample_draw" in keys(opened(actor, job="nowhere"))


def test_what_one_is_about_to_say_is_found_again(actor: Actor) -> None:
    run = output(actor)
    app = opened(actor, item=run)
    press(app, "queue_no")
    press(app, "queue_reason_tone")
    next(box for box in app.text_area if str(box.key).startswith("queue_comment")).set_value("Too loud")
    app.run()
    again = opened(actor, "fr", item=run)
    assert next(box.value for box in again.text_area if str(box.key).startswith("queue_comment")) == "Too loud"
    press(again, "queue_confirm")
    with connect() as database:
        (kept,) = queue_verdicts.my_verdicts(database, actor)
    assert (kept["verdict"], kept["reasons"], kept["comment"]) == ("rejected", ["tone"], "Too loud")
    with connect() as database:
        assert remembered(database, actor, "review_queue")["draft"] == {}


def test_an_edit_is_found_again_in_its_option(actor: Actor) -> None:
    run = output(actor)
    app = press(opened(actor, item=run), "queue_edit")
    next(box for box in app.text_input if str(box.key).startswith("queue_edit_")).set_value("Linen.")
    app.run()
    again = opened(actor, item=run)
    assert next(box.value for box in again.text_input if str(box.key).startswith("queue_edit_")) == "Linen."
    press(again, "queue_confirm")
    with connect() as database:
        (kept,) = queue_verdicts.my_verdicts(database, actor)
    assert (kept["verdict"], kept["edited_output"]) == ("edited", {"text": "Linen."})


def test_objections_stand_first_and_the_rest_is_counted(actor: Actor) -> None:
    run = output(actor, Verdict.WARN)
    with connect() as database:
        add_check(database, actor, run, CheckResult("tone", ()))
    text = said(opened(actor, item=run))
    assert "1 check has nothing to object" in text
    assert text.index("Wrong.") < text.index("nothing to object")


def test_more_people_can_be_asked_from_the_output_itself(actor: Actor) -> None:
    run, lou = output(actor), colleague(actor, "Lou", Role.PARTICIPANT)
    app = opened(actor, item=run)
    app.number_input[0].set_value(3)
    press(app, "queue_put")
    assert "3 people judge it" in said(app)
    assert "queue_put" not in keys(opened(lou, item=run))


def test_a_run_that_is_erased_while_it_is_read_takes_no_verdict(actor: Actor) -> None:
    run = output(actor)
    app = opened(actor, item=run)
    with connect() as database:
        erase_runs(database, actor, [run])
    press(app, "queue_yes")
    assert "was erased" in said(app)
    with connect() as database:
        assert queue_verdicts.my_verdicts(database, actor) == []
    assert "Nothing waits for your verdict" in said(press(app, "queue_list"))
