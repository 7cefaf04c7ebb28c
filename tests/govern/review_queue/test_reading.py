"""Outputs as reviewers read and edit them: every text with its place, edits that change nothing else, checked again."""

from __future__ import annotations

import pytest

from lib.access import Actor
from lib.commerce.product_descriptions.comparing import FIRST_OPTION
from lib.commerce.product_descriptions.desk import approved_texts
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.database import connect, queue_verdicts
from lib.database.people import actor_for, create_person
from lib.database.queue_verdicts import Judgement
from lib.database.reviews import approved
from lib.database.runs import checks_of
from lib.errors import InputError
from lib.govern.review_queue.reading import (
    approved_form,
    changed,
    fields_of,
    findings_at,
    of_option,
    options_in,
    recheck,
    to_fix,
    with_edits,
)
from lib.tasks import Context
from lib.tasks.run import run_task

ONE = {"text": "A coat.", "lines": ["a", "b"], "cites": ["x"], "angle": "cut", "n": 3, "empty": " "}
TWO = {"options": [{"title": "A", "bullets": ["x"]}, {"title": "B", "bullets": ["y", "z"]}]}


def test_every_text_is_read_with_its_place_and_labels_are_left_out() -> None:
    assert [(one.path, one.name, one.text) for one in fields_of(ONE)] == [
        ("text", "text", "A coat."), ("lines.0", "lines", "a"), ("lines.1", "lines", "b"),
    ]  # fmt: skip
    assert options_in(ONE) == 0 and options_in(TWO) == 2
    assert [one.path for one in fields_of(TWO, 1)] == ["options.1.title", "options.1.bullets.0", "options.1.bullets.1"]


def test_an_edit_changes_its_text_alone_and_the_recorded_output_not_at_all() -> None:
    made = with_edits(TWO, {"options.1.bullets.1": "new", "options.9.title": "no", "n": "no", "options.0": "no"})
    assert made["options"][1]["bullets"] == ["y", "new"] and TWO["options"][1]["bullets"] == ["y", "z"]
    assert made["options"][0] == TWO["options"][0]
    assert not changed(TWO, {"options.0.title": "A"}) and changed(TWO, {"options.0.title": "C"})


def test_what_an_approval_keeps() -> None:
    assert approved_form(TWO, 0, {}) is None and approved_form(ONE, 0, {"text": "A coat."}) is None
    assert approved_form(TWO, 1, {}) == {"option": 1, "description": TWO["options"][1]}
    assert approved_form(TWO, 0, {"options.0.title": "C"}) == {
        "option": 0, "description": {"title": "C", "bullets": ["x"]},
    }  # fmt: skip
    edited = approved_form(ONE, 0, {"text": "A cape."})
    assert edited is not None and edited["text"] == "A cape." and edited["n"] == 3


def test_findings_of_one_option_alone_count() -> None:
    row = {"check_name": "c", "verdict": "fail", "findings": [
        {"field": "options.1.title", "verdict": "fail", "message": "m", "start": 0, "end": 1},
        {"field": "options.0.title", "verdict": "note", "message": "m", "start": 0, "end": 1},
    ]}  # fmt: skip
    (first,), (second,) = of_option([row], 0, 2), of_option([row], 1, 2)
    assert (first["verdict"], second["verdict"]) == ("note", "fail") and (to_fix([first]), to_fix([second])) == (0, 1)
    assert [one.end for one in findings_at([first], "options.0.title")] == [1]


@pytest.fixture
def visitor() -> Actor:
    with connect() as database:
        return actor_for(database, create_person(database, "Ada")[0], "demo")


def test_an_edited_option_is_checked_again_at_its_own_place_and_taken_away_as_approved(visitor: Actor) -> None:
    with connect() as database:
        product = FIRST_OPTION.sets(database, visitor)[0].load()[0].values
    run = run_task(DESCRIBE_PRODUCT, product, Context(visitor, use_case="product_descriptions"))
    assert run.output is not None
    output, inputs = run.output.model_dump(mode="json"), product.model_dump(mode="json", by_alias=True)
    edits = {"options.1.body": "The softest coat in the world, 100% cashmere."}
    edited = with_edits(output, edits)
    rows = recheck(visitor, DESCRIBE_PRODUCT, inputs, edited, 1, "en")
    assert to_fix(rows) > 0 and findings_at(rows, "options.1.body") and not findings_at(rows, "options.0.body")
    with connect() as database:
        said = Judgement("edited", (), "Read aloud", approved_form(output, 1, edits), tuple(rows), to_fix(rows))
        queue_verdicts.give(database, visitor, run.id, said)
        (text,) = approved_texts(approved(database, visitor, "product_descriptions"))
    assert text.description.body == edits["options.1.body"] and text.open_findings == to_fix(rows)
    with pytest.raises(InputError, match="doesn’t fit"):
        recheck(visitor, DESCRIBE_PRODUCT, inputs, with_edits(output, {"options.1.body": "x" * 6000}), 1, "en")


def test_an_edit_is_read_by_the_checks_of_the_house_too(visitor: Actor) -> None:
    with connect() as database:
        product = FIRST_OPTION.sets(database, visitor)[0].load()[0].values
    run = run_task(DESCRIBE_PRODUCT, product, Context(visitor, use_case="product_descriptions"))
    assert run.output is not None
    output, inputs = run.output.model_dump(mode="json"), product.model_dump(mode="json", by_alias=True)
    with connect() as database:
        recorded = {row["check_name"] for row in checks_of(database, visitor, run.id)}
    edited = with_edits(output, {"options.0.body": "Ask jane.doe@example.com for a Chanel coat."})
    rows = recheck(visitor, DESCRIBE_PRODUCT, inputs, edited, 0, "en")
    assert {row["check_name"] for row in rows} == recorded
    objects = {row["check_name"] for row in rows if findings_at([row], "options.0.body") and row["verdict"] != "pass"}
    assert {"pii", "brands"} <= objects
