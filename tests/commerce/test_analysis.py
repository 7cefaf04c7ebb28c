"""An analysis is a recorded run: found again for the same data, not by others, but for the sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lib import evidence
from lib.access import Actor
from lib.batch.work import do_work_here
from lib.commerce.product_descriptions import analysis
from lib.commerce.product_descriptions.analysis import adopt, analyse, fingerprint, known, what_sold_of
from lib.commerce.product_descriptions.jobs import LEARN_WHAT_SOLD, PROVE
from lib.commerce.product_descriptions.model import Post
from lib.commerce.product_descriptions.what_sold import WhatSold
from lib.database import connect, data_sets
from lib.database.jobs import Job, job
from lib.database.runs import finish_run, recent, start_run
from lib.database.work_jobs import begin_work
from lib.errors import TooFewRows


def posts(n: int) -> list[Post]:
    """``n`` posts of n / 2 products whose texts and results differ."""
    return [
        Post(
            post_id=str(index),
            sku=f"s{index // 2}",
            category="coats" if index % 3 else "bags",
            language="en",
            text=f"A coat in wool number {index}. " * (1 + index % 7) + ("It fits true to size." if index % 2 else ""),
            views=400 + 13 * (index % 11),
            orders=6 + index % 5,
        )
        for index in range(n)
    ]


def as_csv(rows: list[Post]) -> bytes:
    """The posts as a house's file."""
    lines = ["post_id,sku,category,language,text,views,orders"]
    lines += [f"{row.post_id},{row.sku},{row.category},en,{row.text.strip()},{row.views},{row.orders}" for row in rows]
    return "\n".join(lines).encode()


def bring(actor: Actor, n: int) -> str:
    with connect() as database:
        return data_sets.save(database, actor, "product_descriptions", "posts", "posts.csv", as_csv(posts(n)), {}, n)


def worked(actor: Actor, function: str, data_set: str, **arguments: str) -> Job:
    """The job of learning, or of proving, on own posts and the sample's products, after the worker did it."""
    with connect() as database:
        identifier = begin_work(
            database,
            actor,
            use_case="product_descriptions",
            function=function,
            title="What sold",
            title_values={},
            arguments={"posts": data_set, "products": None, **arguments},
            data_set=data_set,
        )
    do_work_here(identifier)
    with connect() as database:
        return job(database, actor, identifier)


def of_file(rows: list[Post]) -> list[Post]:
    """The posts as the reader gives them back."""
    from lib.commerce.product_descriptions.data import posts_from

    found, problems = posts_from(
        [{key: str(value) for key, value in row.model_dump(mode="json", exclude_none=True).items()} for row in rows]
    )
    assert not problems
    return list(found)


def test_too_little_data_is_refused_with_its_reason(actor: Actor) -> None:
    with pytest.raises(TooFewRows):
        analyse(posts(10), [])
    found = worked(actor, LEARN_WHAT_SOLD, bring(actor, 10), fingerprint=fingerprint(of_file(posts(10)), []))
    assert (found.status, (found.reason or {})["error"]) == ("failed", "TooFewRows")
    proof = worked(actor, PROVE, bring(actor, 10), data="sample+own")
    assert (proof.status, (proof.reason or {})["error"]) == ("failed", "TooFewRows")


def test_own_posts_are_read_again_by_the_worker_and_the_run_is_found(actor: Actor, stranger: Actor) -> None:
    data_set, data = bring(actor, 160), fingerprint(of_file(posts(160)), [])
    found = worked(actor, LEARN_WHAT_SOLD, data_set, fingerprint=data)
    assert found.status == "done", found.reason
    with connect() as database:
        run = known(database, actor, data)
        assert run is not None
        assert (run["id"], run["data_set_id"]) == (found.run, data_set)
        assert known(database, actor, fingerprint(posts(159), [])) is None
        assert known(database, stranger, data) is None
    assert isinstance(what_sold_of(run), WhatSold)
    assert what_sold_of(run).posts == 160


def test_nobody_learns_from_anothers_posts(actor: Actor, stranger: Actor) -> None:
    data_set = bring(stranger, 160)
    with pytest.raises(Exception, match="no such data set"):
        worked(actor, LEARN_WHAT_SOLD, data_set, fingerprint="x")
    with connect() as database:
        identifier = begin_work(
            database,
            actor,
            use_case="product_descriptions",
            function=LEARN_WHAT_SOLD,
            title="What sold",
            title_values={},
            arguments={"posts": data_set, "products": None, "fingerprint": "x"},
        )
    do_work_here(identifier)
    with connect() as database:
        found = job(database, actor, identifier)
        assert recent(database, actor) == []
    assert (found.status, (found.reason or {})["error"]) == ("failed", "NotFound")


def test_data_that_changed_meanwhile_are_not_taken_for_those_that_were_asked(actor: Actor) -> None:
    found = worked(actor, LEARN_WHAT_SOLD, bring(actor, 160), fingerprint="of other posts")
    assert (found.status, (found.reason or {})["error"]) == ("failed", "Overtaken")


def test_what_one_visitor_learned_from_the_sample_is_anothers_too(actor: Actor, stranger: Actor) -> None:
    data = fingerprint(posts(160), [])
    inputs, output = analyse(posts(160), [])
    with connect() as database:
        assert adopt(database, stranger, data) is None
        run = start_run(
            database,
            actor,
            use_case=analysis.USE_CASE,
            kind="analysis",
            method=analysis.METHOD,
            method_version=analysis.method_version(),
            inputs=inputs,
        )
        finish_run(database, actor, run, output=output, status="done", seconds=1.0)
        adopted = adopt(database, stranger, data)
        assert adopted is not None and adopted["id"] != run
        assert what_sold_of(adopted).posts == 160
        assert known(database, stranger, data) is not None


def shipping(folder: Path, monkeypatch: pytest.MonkeyPatch, output: dict[str, object]) -> str:
    """The sample's fingerprint, for which ``output`` comes with the product."""
    products, rows = analysis.sample()
    data = fingerprint(rows, analysis.named_in(rows, products))
    entry = {
        "method_version": analysis.method_version(),
        "fingerprint": data,
        "made_on": "2026-11-01",
        "output": output,
    }
    (folder / "a.json").write_text(json.dumps({analysis.USE_CASE: entry}))
    monkeypatch.setattr(evidence, "ANALYSES", folder / "a.json")
    return data


def test_the_first_visitor_has_what_came_with_the_product_and_its_day(
    actor: Actor, stranger: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _inputs, output = analyse(posts(160), [])
    data = shipping(tmp_path, monkeypatch, output)
    for one in (actor, stranger):
        with connect() as database:
            assert known(database, one, data) is None
            run = adopt(database, one, data)
            assert run is not None
            assert analysis.made_on(run) == ("2026-11-01", True)
            assert known(database, one, data) is not None
            assert adopt(database, one, fingerprint(posts(3), [])) is None, "for exactly these data"


def test_a_job_on_the_sample_takes_what_is_known_by_its_turn(
    actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = shipping(tmp_path, monkeypatch, {"posts": 7})
    with connect() as database:
        identifier = begin_work(
            database,
            actor,
            use_case="product_descriptions",
            function=LEARN_WHAT_SOLD,
            title="What sold",
            title_values={},
            arguments={"posts": None, "products": None, "fingerprint": data},
        )
    do_work_here(identifier)
    with connect() as database:
        run = known(database, actor, data)
    assert run is not None and run["output"] == {"posts": 7}, "learned anew"


def test_alone_the_same_work_is_begun_once_for_all(actor: Actor, stranger: Actor) -> None:
    def begin(who: Actor, alone: bool, **arguments: object) -> str:
        with connect() as database:
            return begin_work(
                database, who, use_case="product_descriptions", function=LEARN_WHAT_SOLD, title="What sold",
                title_values={}, arguments=arguments, alone=alone,
            )  # fmt: skip

    first = begin(actor, True, posts=None)
    assert first and begin(actor, True, posts=None) == first
    assert begin(stranger, True, posts=None) == ""
    assert begin(stranger, True, posts="other") not in ("", first)
    assert begin(stranger, False, posts=None) not in ("", first)
