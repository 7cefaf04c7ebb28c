"""A comparison from its texts to its result: blind until it closes, safe for two at once, walled off from others."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from lib.access import Actor, Role
from lib.database import connect
from lib.database.ballots import ballots, order, turnout, vote, votes_of
from lib.database.comparison_texts import close_vote, forget_failures, lacking, open_vote, record_text
from lib.database.comparisons import (
    Side,
    create,
    failures_of,
    get,
    inputs_of,
    listing,
    sides_of,
    texts_of,
    workspace_of,
)
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.prompts import FILE
from lib.database.runs import children, get_run, recent
from lib.errors import InputError, NotAllowed, NotFound
from lib.tasks.prompts import save_prompt
from lib.workbench.comparison import write
from lib.workbench.outcome import as_json, outcome, raters
from lib.workbench.tasks import contenders, input_sets
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer

OF = contenders()[0]
BUILT_IN = (Side("built-in", variant="warm"), Side("built-in", variant="expert", take=2))


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def colleague(database: Any, actor: Actor, name: str = "Lou") -> Actor:
    person, _token = create_person(database, name)
    return actor_for(database, person, join(database, person, make_join_code(database, actor, Role.REVIEWER)))


def made(database: Any, actor: Actor, sides: tuple[Side, ...] = BUILT_IN, inputs: int = 2, **more: Any) -> str:
    chosen = input_sets(database, actor, OF)[0].load()[:inputs]
    given = [(one.label, one.values.model_dump(mode="json", by_alias=True)) for one in chosen]
    about = {"use_case": OF.use_case.slug, "task": OF.dotted, "language": "en", "question": "Which?", "raters": 2}
    return create(database, actor, sides=sides, inputs=given, **{**about, **more})


def written(database: Any, actor: Actor, *arguments: Any, **named: Any) -> str:
    identifier = made(database, actor, *arguments, **named)
    assert write(actor, identifier, lambda *_told: None, lambda: False)
    return identifier


def test_each_text_is_a_run_under_the_comparisons_own(database, actor):
    found = get(database, actor, written(database, actor))
    own = get_run(database, actor, found.run)
    texts = children(database, actor, found.run)
    assert (own["kind"], own["status"], own["output"]) == ("comparison", "done", {"texts": 4, "failed": 0})
    assert [run["inputs"]["voice"]["register"] for run in texts] == ["warm", "expert"] * 2
    assert found.status == "voting"
    assert [run["id"] for run in recent(database, actor)] == [found.run]  # its texts aren't listed one by one


def test_sides_with_the_same_take_have_the_same_seed(database, actor):
    same = (Side("built-in", variant="warm"), Side("built-in", variant="expert"))
    runs = children(database, actor, get(database, actor, written(database, actor, same)).run)
    seeds = [run["seed"] for run in runs]
    assert seeds[0] == seeds[1] != seeds[2] == seeds[3]


def test_nothing_about_sides_is_on_a_ballot(database, actor):
    identifier = written(database, actor)
    paper = ballots(database, actor, identifier)
    said = json.dumps([asdict(one) for one in paper])
    runs = children(database, actor, get(database, actor, identifier).run)
    for run in runs:
        assert run["id"] not in said
    assert not {"side", "engine", "model", "variant", "cost", "seconds", "run"} & set(asdict(paper[0]))
    for word in ("built-in", "warm", "expert"):
        assert word not in said


def test_names_texts_and_votes_are_sealed_until_the_end_for_the_maker_too(database, actor):
    identifier = written(database, actor)
    lou = colleague(database, actor)
    vote(database, lou, identifier, 0, 0, "Better")
    for read in (texts_of, votes_of, outcome):
        for person in (actor, lou):
            with pytest.raises(NotAllowed):
                read(database, person, identifier)
    with pytest.raises(NotAllowed):
        sides_of(database, lou, identifier)
    with pytest.raises(NotAllowed):
        close_vote(database, lou, identifier)
    assert [one.voted for one in ballots(database, actor, identifier)] == [False, False]
    assert sides_of(database, actor, identifier) == BUILT_IN  # who set it up knows what, not where
    close_vote(database, actor, identifier)
    assert sides_of(database, lou, identifier) == BUILT_IN
    assert len(votes_of(database, lou, identifier)) == 1


def test_the_order_says_nothing_about_the_side():
    """Over many raters and inputs each side stands in each place equally often: chi-squared, 0.1% critical value."""
    for sides, critical in ((2, 10.83), (4, 27.88)):
        seen = Counter()
        rounds = 4000
        for number in range(rounds):
            placed = order("c", number % 20, f"rater {number // 20}", tuple(range(sides)))
            seen.update(enumerate(placed))
        expected = rounds / sides
        chi = sum((seen[place, side] - expected) ** 2 / expected for place in range(sides) for side in range(sides))
        assert chi < critical
        assert len(seen) == sides**2


def test_the_order_is_the_same_at_every_look_and_differs_between_raters_and_inputs():
    assert order("c", 1, "a", (0, 1, 2, 3)) == order("c", 1, "a", (0, 1, 2, 3))
    assert len({order("c", 1, f"rater {number}", (0, 1, 2, 3)) for number in range(200)}) == 24
    assert len({order("c", place, "a", (0, 1, 2, 3)) for place in range(200)}) == 24


def test_a_vote_for_a_place_counts_for_the_side_that_stood_there(database, actor):
    identifier = written(database, actor, inputs=3)
    wanted = {}
    for paper in ballots(database, actor, identifier):
        place = paper.input % 2
        wanted[paper.input] = paper.texts[place]
        vote(database, actor, identifier, paper.input, place)
    again = ballots(database, actor, identifier)
    assert [paper.texts[paper.place] for paper in again] == list(wanted.values())
    close_vote(database, actor, identifier)
    texts = {(text.input, text.side): text.run["output"] for text in texts_of(database, actor, identifier)}
    assert {one.input: texts[one.input, one.side] for one in votes_of(database, actor, identifier)} == wanted


def test_a_closed_vote_is_worked_out_once_and_anew_for_other_votes(database, actor):
    """What is kept belongs to the votes: two comparisons that were voted on otherwise never share a result."""
    looks = []
    for places in ((0, 0), (None, None)):
        identifier = written(database, actor, raters=1, blind=False)  # the sides keep their order
        for place, choice in enumerate(places):
            vote(database, actor, identifier, place, choice)
        looks.append((outcome(database, actor, identifier), outcome(database, actor, identifier)))
    for first, again in looks:
        assert first == again and first.preference is again.preference and first.agreement is again.agreement
    assert looks[0][0].preference != looks[1][0].preference


def test_where_names_are_shown_sides_keep_their_order(database, actor):
    identifier = written(database, actor, blind=False)
    papers = ballots(database, actor, identifier)
    runs = [run["output"] for run in children(database, actor, get(database, actor, identifier).run)]
    assert [text for paper in papers for text in paper.texts] == runs
    assert sides_of(database, colleague(database, actor), identifier) == BUILT_IN


def test_the_vote_closes_with_the_last_vote_and_takes_no_more(database, actor):
    identifier = written(database, actor)
    lou = colleague(database, actor)
    assert not any(vote(database, actor, identifier, place, None) for place in (0, 1))
    assert not vote(database, lou, identifier, 0, 1)
    assert not vote(database, lou, identifier, 0, 0, "Changed my mind")
    assert vote(database, lou, identifier, 1, 1)
    assert get(database, actor, identifier).closed
    with pytest.raises(InputError):
        vote(database, lou, identifier, 1, 0)
    assert [one.reason for one in votes_of(database, actor, identifier) if one.reason] == ["Changed my mind"]


@pytest.mark.parametrize("place", [-1, 2, 99])
def test_a_place_that_is_not_there_is_refused(database, actor, place):
    identifier = written(database, actor)
    with pytest.raises(InputError):
        vote(database, actor, identifier, 0, place)
    with pytest.raises(InputError):
        vote(database, actor, identifier, 7, 0)


def test_raters_who_vote_at_once_lose_nothing(database, actor):
    identifier = written(database, actor, inputs=6, raters=4)
    people = [actor, *(colleague(database, actor, f"P{number}") for number in range(3))]
    start = Barrier(len(people))

    def votes(person: Actor) -> list[bool]:
        start.wait()
        closed = []
        for place in range(6):
            with connect() as own:
                closed.append(vote(own, person, identifier, place, place % 2, person.person))
        return closed

    with ThreadPoolExecutor(len(people)) as pool:
        closings = [closed for person in pool.map(votes, people) for closed in person]
    assert sum(closings) == 1
    assert get(database, actor, identifier).closed
    assert len(votes_of(database, actor, identifier)) == 24


def test_another_workspaces_ids_give_nothing(database, actor, stranger):
    identifier = written(database, actor)
    vote(database, actor, identifier, 0, 0)
    for read in (get, sides_of, inputs_of, texts_of, failures_of, ballots, turnout, votes_of, lacking, outcome):
        with pytest.raises(NotFound):
            read(database, stranger, identifier)
    for act in (
        lambda: vote(database, stranger, identifier, 0, 1),
        lambda: close_vote(database, stranger, identifier),
        lambda: open_vote(database, stranger, identifier),
        lambda: forget_failures(database, stranger, identifier),
        lambda: record_text(database, stranger, identifier, (0, 0), None, {"message": "x"}),
        lambda: write(stranger, identifier, lambda *_told: None, lambda: False),
    ):
        with pytest.raises(NotFound):
            act()
    assert listing(database, stranger) == []
    assert workspace_of(database, stranger, identifier) is None
    assert turnout(database, actor, identifier).started == 1


def test_in_the_demo_house_a_comparison_is_its_makers_alone(database):
    one, other = (actor_for(database, create_person(database)[0], "demo") for _visitor in range(2))
    identifier = made(database, one, raters=9)
    assert get(database, one, identifier).raters == 1
    with pytest.raises(NotFound):
        get(database, other, identifier)
    assert listing(database, other) == []
    assert workspace_of(database, other, identifier) is None
    assert workspace_of(database, one, identifier) == "demo"


def test_a_link_finds_its_workspace_for_its_members(database, actor):
    identifier = made(database, actor)
    lou = colleague(database, actor)
    assert workspace_of(database, replace(lou, workspace="demo"), identifier) == actor.workspace


def test_a_reviewer_votes_but_makes_none(database, actor):
    lou = colleague(database, actor)
    with pytest.raises(NotAllowed):
        made(database, lou)
    identifier = written(database, actor)
    assert not vote(database, lou, identifier, 0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sides": BUILT_IN[:1]},
        {"sides": (BUILT_IN[0], BUILT_IN[0])},
        {"sides": tuple(Side("built-in", take=take) for take in range(1, 6))},
        {"inputs": 0},
        {"inputs": 21},
        {"raters": 0},
        {"question": "  "},
    ],
)
def test_what_makes_no_comparison_is_refused_before_anything_is_written(database, actor, wrong):
    with pytest.raises(InputError):
        made(database, actor, **wrong)
    assert recent(database, actor) == [] and listing(database, actor) == []


def test_stopping_keeps_what_came_and_going_on_writes_the_rest(database, actor):
    identifier = made(database, actor, inputs=3)
    told: list[int] = []
    assert not write(actor, identifier, lambda _share, number, _total: told.append(number), lambda: len(told) > 2)
    assert len(lacking(database, actor, identifier)) == 4
    with pytest.raises(InputError):
        vote(database, actor, identifier, 0, 0)
    assert write(actor, identifier, lambda _share, number, _total: told.append(number), lambda: False)
    assert told == [1, 2, 3, 3, 4, 5, 6]
    assert turnout(database, actor, identifier).inputs == 3


def answers(body: dict[str, Any]) -> str:
    """What a model would say to any product."""
    option = {"angle": "cut", "title": "Made by a model", "opener": "Hello.", "body": "A dress.", "bullets": [],
              "fit_and_care": "Dry clean.", "snippet": "A dress."}  # fmt: skip
    return json.dumps({"options": [option]})


def test_a_second_engine_over_a_socket_with_its_cost_and_time(database, actor, tmp_path: Path):
    prices = {"price_input": 1.0, "price_output": 2.0}
    with LoopbackServer(s.answer(answers)) as server:
        configure(tmp_path, server.url, title="Loop", **prices)
        sides = (Side("built-in", variant="warm"), Side("loop", "loop-1", FILE))
        identifier = written(database, actor, sides, inputs=6, raters=1)
    for paper in ballots(database, actor, identifier):
        place = next(at for at, text in enumerate(paper.texts) if text["options"][0]["title"] == "Made by a model")
        vote(database, actor, identifier, paper.input, place, "Shorter")
    found = outcome(database, actor, identifier)
    assert found.preference.favourite == 1
    built_in, model = found.facts
    assert (built_in.cost, built_in.first_token, built_in.done) == (0.0, None, 6)
    assert model.cost > 0 and model.first_token > 0 and model.seconds >= model.first_token
    assert sum(model.checks.values()) == sum(built_in.checks.values()) > 0
    whole = as_json(found, ["Built-in", "Loop"], raters(found, "Rater"), str)
    assert whole["favourite"] == "Loop" and len(whole["votes"]) == 6 and len(whole["texts"]) == 12
    assert {row["rater"] for row in whole["votes"]} == {"Ada"}


def test_a_side_that_fails_shows_its_error_and_the_others_go_on(database, actor, tmp_path: Path):
    with LoopbackServer(s.error(401, "no")) as server:
        configure(tmp_path, server.url)
        identifier = written(database, actor, (*BUILT_IN, Side("loop", "loop-1", FILE)))
    failed = failures_of(database, actor, identifier)
    assert [(row.input, row.side) for row in failed] == [(0, 2), (1, 2)]
    assert all(row.error["message"] and row.run["status"] == "failed" for row in failed)
    assert [len(paper.texts) for paper in ballots(database, actor, identifier)] == [2, 2]
    with pytest.raises(NotAllowed):
        failures_of(database, colleague(database, actor), identifier)
    with LoopbackServer(s.answer(answers)) as server:
        (tmp_path / "secrets.toml").unlink()
        configure(tmp_path, server.url)
        forget_failures(database, actor, identifier)
        assert write(actor, identifier, lambda *_told: None, lambda: False)
    assert [len(paper.texts) for paper in ballots(database, actor, identifier)] == [3, 3]
    vote(database, actor, identifier, 0, 0)
    with pytest.raises(InputError):
        forget_failures(database, actor, identifier)


def test_where_nothing_can_be_compared_no_vote_opens(database, actor, tmp_path: Path):
    with LoopbackServer(s.error(401, "no")) as server:
        configure(tmp_path, server.url)
        identifier = made(database, actor, (BUILT_IN[0], Side("loop", "loop-1", FILE)))
        with pytest.raises(InputError, match="No input has two texts"):
            write(actor, identifier, lambda *_told: None, lambda: False)
    assert get(database, actor, identifier).status == "writing"


def test_two_versions_of_a_prompt_are_both_used_while_a_third_is_in_use(database, actor, tmp_path: Path):
    texts = [f"# system\n{word}\n# user\n{{{{ product.name }}}}" for word in ("FIRST", "SECOND", "THIRD")]
    first, second, third = (save_prompt(database, actor, OF.task, text, text[9:14]) for text in texts)
    sides = tuple(Side("loop", "loop-1", prompt) for prompt in (first.version, second.version, FILE))
    with LoopbackServer(s.answer(answers)) as server:
        configure(tmp_path, server.url)
        identifier = written(database, actor, sides, inputs=1)
        sent = [call.body["messages"][0]["content"] for call in server.calls]
    assert "FIRST" in sent[0] and "SECOND" in sent[1]
    assert not any(word in sent[2] for word in ("FIRST", "SECOND", "THIRD"))
    hashes = [run["prompt_hash"] for run in children(database, actor, get(database, actor, identifier).run)]
    assert hashes[:2] == [first.hash, second.hash] and third.hash not in hashes
