"""A whole catalogue: its rows, what is said before the start, what is refused, and the files that come of it."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lib.access import Actor, Role
from lib.batch.worker import work_until_done
from lib.commerce.product_descriptions import catalogue_run as run
from lib.commerce.product_descriptions.exports import PIM_COLUMNS, json_ld
from lib.commerce.product_descriptions.model import BrandVoice, Channel, DescribeProduct, Post, Product
from lib.commerce.product_descriptions.winners import Shelf
from lib.database import connect, jobs
from lib.errors import Cancelled, EngineRefused, InputError, NotAllowed
from lib.i18n import use_language
from lib.settings import settings
from lib.shell.product_descriptions.taking import csv_of, xlsx_of
from tests.loopback.engine import configure

HOW = run.Settings(Channel.EMAIL, BrandVoice(house="Atelier Ada", register="warm"), note="shorter")
FORMULA = "=1+1"


def products(count: int = 3) -> list[Product]:
    return [Product(sku=f"S-{place}", name=f"Coat {place}", category="coats", colour="navy") for place in range(count)]


def posts() -> list[Post]:
    return [
        Post(post_id=f"p{place}", sku=f"old{place}", category="coats", text=f"A coat {place}.", views=500, orders=sold)
        for place, sold in enumerate((2, 3, 60, 2, 3, 55, 2))
    ]


def started(
    actor: Actor, found: Sequence[Product] = (), languages: Sequence[str] = ("en", "fr"), **more: object
) -> str:
    return run.start(actor, found or products(), HOW, languages, "built-in", **more)  # type: ignore[arg-type]


def of(actor: Actor, job: str) -> list[jobs.Item]:
    with connect() as database:
        return list(jobs.each_item(database, actor, job))


def test_each_product_is_a_row_in_each_language_with_the_inputs_of_the_pages_own_run(actor: Actor) -> None:
    shelf = Shelf(tuple(posts()))
    rows = of(actor, started(actor, shelf=shelf))
    assert [(row.label, row.language) for row in rows] == [
        (f"Coat {place} · S-{place}", language) for place in range(3) for language in ("en", "fr")
    ]
    given = DescribeProduct.model_validate(rows[0].inputs)
    assert given == run.inputs_of(products()[0], HOW, shelf)
    assert given.voice == HOW.voice and given.channel == Channel.EMAIL and given.note == "shorter"
    assert {post.post_id for post in given.winners} == {"p2", "p5"}


def test_a_title_is_read_in_both_languages(actor: Actor) -> None:
    from lib.shell.jobs_page.words import title_of

    with connect() as database:
        job = jobs.job(database, actor, started(actor))
    assert title_of(job) == "Descriptions for 3 products (English and French)"
    with use_language("fr"):
        assert title_of(job) == "Descriptions de 3 produits (anglais et français)"
    assert run.languages_of(job) == ("en", "fr")


def test_a_text_of_five_megabytes_is_refused_and_the_others_go_on(actor: Actor) -> None:
    large = products()[1].model_copy(update={"fit_note": "x" * 5_000_000})
    job = started(actor, [products()[0], large, products()[2]], ("en",))
    rows = of(actor, job)
    assert [row.status for row in rows] == ["waiting", "failed", "waiting"]
    assert rows[1].label == "Coat 1 · S-1" and rows[1].error is not None
    assert rows[1].error["message"] == run.ROW_TOO_LONG and rows[1].error["values"] == {"size": 2000, "limit": 20}
    assert len(json.dumps(rows[1].inputs)) < 100
    assert run.outlook([products()[0], large], HOW, ("en",), "built-in", actor).refused == (large,)


def test_a_name_of_five_megabytes_fills_no_page(actor: Actor) -> None:
    large = products()[1].model_copy(update={"name": "x" * 5_000_000})
    assert len(of(actor, started(actor, [large, products()[0]], ("en",)))[0].label) < 200


def test_what_cannot_begin_says_why_and_leaves_nothing(actor: Actor) -> None:
    reader = Actor(actor.person, actor.workspace, Role.REVIEWER)
    with pytest.raises(InputError, match="no products"):
        run.start(actor, [], HOW, ("en",), "built-in")
    with pytest.raises(InputError, match="No language"):
        started(actor, languages=())
    with pytest.raises(InputError, match="budget of zero"):
        started(actor, budget=0.0, currency="EUR")
    with pytest.raises(EngineRefused, match="English and French only"):
        started(actor, languages=("en", "it"))
    with pytest.raises(NotAllowed):
        started(reader)
    with connect() as database:
        assert jobs.jobs(database, actor) == []


def test_more_products_than_the_installation_takes(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOILE_MAX_ROWS", "2")
    settings.cache_clear()
    with pytest.raises(InputError, match="more than the 4 rows"):
        started(actor)
    assert len(of(actor, started(actor, products(2)))) == 4


def test_stopped_while_it_is_prepared_it_leaves_nothing(actor: Actor) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        started(actor, cancelled=cancelled)
    with connect() as database:
        assert jobs.jobs(database, actor) == []
        assert database.execute("select count(*) from job_items").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("budget", "each", "words"),
    [(0.0, 0.01, "A budget of zero"), (-1.0, None, "A budget of zero"), (0.005, 0.01, "costs up to 0.01 EUR")],
)
def test_a_budget_that_covers_nothing_is_said_before_the_start(budget: float, each: float | None, words: str) -> None:
    with pytest.raises(InputError, match=words):
        run.check_budget(budget, each, "EUR", lambda value, currency: f"{value} {currency}")


def test_a_budget_that_covers_a_row_or_none_at_all_is_fine() -> None:
    for budget, each in ((None, 1.0), (1.0, 1.0), (5.0, None)):
        run.check_budget(budget, each, "EUR", lambda value, currency: "")


def test_the_outlook_grows_with_products_and_languages(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", price_input=1.0, price_output=2.0, currency="EUR")
    one = run.outlook(products(1), HOW, ("en",), "loop", actor)
    many = run.outlook(products(40), HOW, ("en", "it"), "loop", actor)
    assert (one.rows, many.rows, many.cost.calls) == (1, 80, 80)
    assert one.cost.high and many.cost.high == pytest.approx(80 * one.cost.high, rel=0.05)
    assert many.each == pytest.approx(one.cost.high, rel=0.05)
    assert one.seconds is None


def test_the_built_in_engine_is_free(actor: Actor) -> None:
    found = run.outlook(products(), HOW, ("en", "fr"), "built-in", actor)
    assert (found.rows, found.cost.low, found.cost.high) == (6, 0.0, 0.0)


def finished(actor: Actor) -> str:
    """A job whose rows the built-in engine has written, by the worker."""
    job = started(actor, [product.model_copy(update={"origin": FORMULA}) for product in products()])
    work_until_done()
    return job


def test_the_files_hold_the_first_option_of_each_finished_row_as_a_draft(actor: Actor) -> None:
    job_id = finished(actor)
    with connect() as database:
        job = jobs.job(database, actor, job_id)
    assert job.status == "done" and job.counts == {"done": 6}
    rows = of(actor, job_id)
    texts = list(run.written_by(job, rows))
    assert [(text.product.sku, text.language) for text in texts] == [
        (f"S-{place}", language) for place in range(3) for language in ("en", "fr")
    ]
    assert rows[0].output is not None
    assert texts[0].description.title == rows[0].output["options"][0]["title"]
    assert {text.status for text in texts} == {"draft"} and texts[0].run == rows[0].run
    assert [text.language for text in run.written_by(job, rows, "fr")] == ["fr"] * 3
    sheet = load_workbook(io.BytesIO(xlsx_of(texts))).active
    assert sheet is not None and [cell.value for cell in sheet[1]] == list(PIM_COLUMNS) and sheet.max_row == 7
    assert csv_of(texts, ",").decode("utf-8-sig").count("S-2") >= 2
    said = json_ld(texts[0])
    assert said["brand"]["name"] == "Atelier Ada" and said["sku"] == "S-0"


def test_earlier_texts_say_how_long_it_takes(actor: Actor) -> None:
    from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
    from lib.tasks import Context
    from lib.tasks.run import run_task

    for product in products(3):
        run_task(DESCRIBE_PRODUCT, run.inputs_of(product, HOW), Context(actor=actor, use_case=run.USE_CASE))
    alone = run.outlook(products(100), HOW, ("en",), "built-in", actor, at_once=1).seconds
    four = run.outlook(products(100), HOW, ("en",), "built-in", actor, at_once=4).seconds
    assert alone is not None and four is not None
    assert 0 < alone[0] <= alone[1] and alone[0] == pytest.approx(4 * four[0])
