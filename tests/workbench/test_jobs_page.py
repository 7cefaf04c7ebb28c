"""The Jobs page through Streamlit's script runner: what it says of a job in each state, and what its buttons do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.batch.worker import work_until_done
from lib.commerce.product_descriptions import catalogue_run as run
from lib.commerce.product_descriptions.model import BrandVoice, Channel, Product
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.database import connect, jobs
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.work_jobs import begin_work
from lib.settings import ROOT
from lib.tasks.prompts import GONE, load_prompt
from lib.workbench.jobs_steering import resume

HOW = run.Settings(Channel.SITE, BrandVoice())


@pytest.fixture(autouse=True)
def no_worker_of_the_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOILE_WORKER", "off")


def products(count: int = 3) -> list[Product]:
    return [Product(sku=f"S-{place}", name=f"Coat {place}", category="coats", colour="navy") for place in range(count)]


def started(actor: Actor, found: list[Product] | None = None, **more: Any) -> str:
    return run.start(actor, found or products(), HOW, ("en",), "built-in", **more)


def opened(actor: Actor, job: str = "", language: str = "en") -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.session_state["person"], app.session_state["workspace"] = actor.person, actor.workspace
    app.run()
    app.switch_page("pages/workbench/jobs.py")
    if job:
        app.query_params["job"] = job
    app.run()
    assert not app.exception, app.exception
    return app


def everything(app: AppTest) -> str:
    kinds = (app.get("html"), app.markdown, app.caption, app.error, app.warning, app.info)
    return "\n".join(str(block.value) for kind in kinds for block in kind) + "\n".join(b.label for b in app.button)


def press(app: AppTest, key: str) -> AppTest:
    next(found for found in app.button if found.key == key).click().run()
    assert not app.exception, app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {str(found.key).rpartition("_")[0] for found in app.button}


def status(actor: Actor, job: str) -> str:
    with connect() as database:
        return jobs.job(database, actor, job).status


@pytest.mark.parametrize(("language", "words"), [("en", "No job yet."), ("fr", "Aucun traitement pour l’instant.")])
def test_before_the_first_job_the_page_says_where_one_begins(actor: Actor, language: str, words: str) -> None:
    assert words in everything(opened(actor, language=language))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Descriptions for 3 products", "Waiting to begin: 0 of 3 rows", "No worker is running", "by you")),
        ("fr", ("Descriptions de 3 produits", "En attente\u00a0: 0 lignes sur 3", "Aucun processus de traitement")),
    ],
)
def test_a_waiting_job_is_listed_and_a_missing_worker_is_said(
    actor: Actor, language: str, words: tuple[str, ...]
) -> None:
    job = started(actor)
    shown = everything(opened(actor, language=language))
    assert [word for word in words if word not in shown] == []
    shown = everything(opened(actor, job, language))
    assert [word for word in words if word not in shown] == []


def test_pause_resume_and_cancel(actor: Actor) -> None:
    job = started(actor)
    app = press(opened(actor, job), f"job_pause_{job}")
    assert status(actor, job) == "paused" and "Paused: 0 of 3 rows" in everything(app)
    assert "job_resume" in keys(app) and "job_pause" not in keys(app)
    app = press(app, f"job_resume_{job}")
    assert status(actor, job) == "waiting"
    app = press(app, f"job_cancel_{job}")
    assert status(actor, job) == "cancelled" and "3 not begun" in everything(app)
    assert not keys(app) & {"job_pause", "job_resume", "job_cancel", "job_retry"}


def test_a_finished_job_shows_texts_and_not_json_and_why_rows_failed(actor: Actor) -> None:
    large = products()[1].model_copy(update={"fit_note": "x" * 5_000_000})
    job = started(actor, [products()[0], large, products()[2]])
    work_until_done()
    shown = everything(opened(actor, job, "fr"))
    assert "Terminé, 1 ligne en échec" in shown and "2 terminées" in shown
    assert "Coat 1 · S-1" in shown and "remplissent environ 2000 pages" in shown
    assert "Coat 2 · S-2" in shown and '"opener"' not in shown
    with connect() as database:
        title = jobs.items(database, actor, job, "done")[0].output["options"][0]["title"]  # type: ignore[index]
    assert title in shown


def test_retrying_rows_that_were_refused_at_once_says_why_it_does_nothing(actor: Actor) -> None:
    large = products()[1].model_copy(update={"fit_note": "x" * 5_000_000})
    job = started(actor, [large])
    app = press(opened(actor, job), f"job_retry_{job}")
    assert "refused before they began" in everything(app) and status(actor, job) == "done"


def test_failed_rows_are_retried(actor: Actor) -> None:
    job = started(actor)
    work_until_done()
    with connect() as database:
        database.execute("update job_items set status = 'failed' where position = 1")
        database.conn.commit()
    press(opened(actor, job), f"job_retry_{job}")
    assert status(actor, job) == "running"
    work_until_done()
    with connect() as database:
        assert jobs.job(database, actor, job).counts == {"done": 3}


def test_the_reason_of_a_pause_is_read_in_the_readers_language(actor: Actor) -> None:
    job = started(actor)
    reason = {
        "message": "A budget of zero lets nothing begin. Enter what the run may cost at most, above zero.",
        "values": {},
    }
    with connect() as database:
        database.execute("update jobs set status = 'paused', reason = ? where id = ?", [json.dumps(reason), job])
        database.conn.commit()
    assert "Avec un budget nul, rien ne peut commencer." in everything(opened(actor, job, "fr"))


def test_a_job_whose_prompt_is_gone_goes_on_with_the_one_in_use(actor: Actor) -> None:
    job = started(actor)
    with connect() as database:
        database.execute(
            "update jobs set status = 'paused', prompt_hash = 'gone', reason = ? where id = ?",
            [json.dumps({"message": GONE, "values": {"prompt": "describe_product"}}), job],
        )
        database.conn.commit()
        wanted = load_prompt(database, actor, DESCRIBE_PRODUCT).hash
    app = opened(actor, job)
    assert "Resume with the prompt in use" in everything(app)
    press(app, f"job_resume_{job}")
    with connect() as database:
        assert database.execute("select prompt_hash from jobs").fetchone()[0] == wanted
    assert status(actor, job) == "waiting"


def test_an_ordinary_pause_keeps_its_prompt(actor: Actor) -> None:
    job = started(actor)
    with connect() as database:
        database.execute("update jobs set prompt_hash = 'kept'")
        database.conn.commit()
        jobs.pause(database, actor, job)
        resume(database, actor, job)
        assert database.execute("select prompt_hash from jobs").fetchone()[0] == "kept"


def test_an_engine_that_was_taken_out_is_called_by_the_name_it_had(actor: Actor) -> None:
    job = started(actor)
    with connect() as database:
        database.execute("update jobs set engine = 'gone-server'")
        database.conn.commit()
    assert "gone-server" in everything(opened(actor, job))
    assert "gone-server" in everything(opened(actor))


def test_heavy_work_shows_its_share_and_what_it_does(actor: Actor) -> None:
    with connect() as database:
        job = begin_work(
            database, actor, use_case="product_descriptions", function="lib.nothing.there",
            title="Descriptions for {n} products ({languages})", title_values={"n": 1, "languages": "-"}, arguments={},
        )  # fmt: skip
        database.execute(
            "update jobs set status = 'running', share = 0.42, said = ?", ['{"message": "Working", "values": {}}']
        )
        database.conn.commit()
    shown = everything(opened(actor, job))
    assert "Under way: Working" in shown and "42%" in shown and "Time to go" not in shown


def test_somebody_elses_job_is_not_found(actor: Actor, stranger: Actor) -> None:
    job = started(stranger)
    assert "There is no such job in this workspace" in everything(opened(actor, job))
    assert "No job yet." in everything(opened(actor))


def test_who_may_not_run_looks_on(actor: Actor) -> None:
    job = started(actor)
    with connect() as database:
        person, _token = create_person(database, "Lou")
        reader = actor_for(database, person, join(database, person, make_join_code(database, actor, Role.REVIEWER)))
    app = opened(reader, job)
    assert "Your role here looks on." in everything(app)
    assert not keys(app) & {"job_pause", "job_resume", "job_cancel", "job_retry"}


def test_markup_in_a_products_name_stays_text(actor: Actor) -> None:
    bad = products()[0].model_copy(update={"name": "<b>bold</b> [x](http://example.invalid)", "fit_note": "x" * 90_000})
    shown = everything(opened(actor, started(actor, [bad])))
    assert "<b>bold</b>" not in shown and "&lt;b&gt;bold" in shown
