"""The agents on a model, over a real socket: the same scores as tools, the same rule for what they ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lib.access import Actor
from lib.database import connect
from lib.engines.prices import estimated_tokens
from lib.errors import EngineError
from lib.merchandising.product_ideation.model import ROLES, Idea, Steering
from lib.merchandising.product_ideation.outlook import outlook
from lib.merchandising.product_ideation.rounds import hold_round
from lib.merchandising.product_ideation.samples import fitted
from lib.merchandising.product_ideation.scoring import Codes, Scorer
from lib.merchandising.product_ideation.search import neighbours
from lib.merchandising.product_ideation.speaking import Speakers, objection_of, shortlist, tools_for
from lib.merchandising.product_ideation.task import CRITICISE_IDEAS, Remark, Remarks, draft
from lib.tasks import Context
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer
from tests.merchandising.made_line import HOUSE, made_styles

SMALL = {"generations": 3, "population": 20}
WORDS = "Ce tissu n’est pas le nôtre."


def scorer() -> Scorer:
    _line, sell, margin = fitted(made_styles())
    return Scorer(sell, margin, Codes(HOUSE, house_name="Maison Solène"), Steering(sentence="plus de lin {{ 7 * 7 }}"))


def answering(given: Scorer):
    """A server that asks, of the first idea it may, for the change that serves its agent most; its words are fixed."""

    def behave(body: dict[str, Any]) -> str:
        told = [message["content"] for message in body["messages"] if message["role"] == "user"]
        text = next(text for text in reversed(told) if "</ideas>" in text)
        ideas = json.loads(text[text.index("<ideas>") + 7 : text.index("</ideas>")])
        remarks = []
        for idea in ideas:
            better = [change for change in idea["changes"] if change["your_view"] > idea["your_view"]]
            if better and not idea["proposed_by_you"]:
                best = max(better, key=lambda change: change["standing"])
                named = {"idea": idea["id"], "attribute": best["attribute"], "value": best["value"], "why": WORDS}
                remarks.append(named)
        nonsense = {"idea": "9.9", "attribute": "fabric", "value": "linen", "why": "?"}
        said = {"opening": "Voici mon avis.", "remarks": [*remarks[:3], nonsense]}
        return json.dumps({"next": {"answer": said}})

    return s.answer(behave, size=400)


@pytest.fixture
def context(actor: Actor) -> Context:
    return Context(actor, language="fr", use_case="product_ideation")


def test_a_model_speaks_and_what_it_asks_for_is_settled_by_the_same_rule(context: Context, tmp_path: Path) -> None:
    given = scorer()
    with LoopbackServer(answering(given)) as server:
        configure(tmp_path, server.url)
        speakers = Speakers(given, context, "loop")
        held = hold_round(given, 1, 0, critic=speakers, engine="loop", **SMALL)
    said = [event for event in held.events if event.said]
    assert said and all(event.said == WORDS for event in said)
    for event in said:
        changed = event.before != event.after if event.act == "revise" else event.standing_after < event.standing_before
        assert changed
    assert set(speakers.conversations) == set(speakers.openings) == set(ROLES)
    asked = " ".join(message["content"] for message in server.calls[0].body["messages"])
    assert "creative director" in asked and "Maison Solène" in asked and "{{ 7 * 7 }}" in asked and "French" in asked


def test_a_dialogue_goes_on_in_the_next_round(context: Context, tmp_path: Path) -> None:
    given = scorer()
    with LoopbackServer(answering(given)) as server:
        configure(tmp_path, server.url)
        first = Speakers(given, context, "loop")
        before = hold_round(given, 1, 0, critic=first, engine="loop", **SMALL)
        calls = len(server.calls)
        second = Speakers(given, context, "loop", dict(first.conversations))
        hold_round(given, 2, 0, before, critic=second, engine="loop", **SMALL)
        later = server.calls[calls].body["messages"]
    assert second.conversations == first.conversations
    assert [message["role"] for message in later].count("assistant") == 1  # what it said in the round before
    with connect() as database:
        assert database.execute("select count(*) from runs where task = 'criticise_ideas'").fetchone()[0] == 8


def test_an_agent_whose_answer_does_not_fit_stays_silent_and_is_named(context: Context, tmp_path: Path) -> None:
    given = scorer()
    with LoopbackServer(s.answer("I would rather not say")) as server:
        configure(tmp_path, server.url)
        speakers = Speakers(given, context, "loop")
        held = hold_round(given, 1, 0, critic=speakers, engine="loop", **SMALL)
    assert set(speakers.unusable) == set(ROLES)
    assert held.ideas and {event.act for event in held.events} == {"propose"}


def test_a_model_out_of_reach_ends_the_round_with_its_reason(context: Context, tmp_path: Path) -> None:
    given = scorer()
    with LoopbackServer(s.error(401)) as server:
        configure(tmp_path, server.url)
        with pytest.raises(EngineError):
            hold_round(given, 1, 0, critic=Speakers(given, context, "loop"), engine="loop", **SMALL)


def test_the_tools_tell_the_scores_of_the_built_in_agents(context: Context) -> None:
    given = scorer()
    idea = hold_round(given, 1, 0, **SMALL).ideas[0]
    tools = {one.name: one for one in tools_for(given, "merchandiser", {idea.id: idea})}
    attribute, other = neighbours(given, idea.genome)[0]
    asked = {"idea": idea.id, "attribute": attribute, "value": other[attribute]}
    status, told = tools["score_change"].run(json.dumps(asked), context)
    assert status == "done"
    assert json.loads(told)["result"]["scores"]["sell"] == pytest.approx(given.raw([other])[0]["sell"], abs=1e-3)
    status, told = tools["values_of"].run(json.dumps({"idea": idea.id, "attribute": "fabric"}), context)
    assert set(json.loads(told)["result"]) == set(given.choices[idea.genome["category"]]["fabric"])
    pair = {"attribute": "fabric", "value": "linen", "other_attribute": "colour", "other_value": "navy"}
    _status, told = tools["past_styles"].run(json.dumps(pair), context)
    both = [one for one in given.line.styles if (one.genome["fabric"], one.genome["colour"]) == ("linen", "navy")]
    assert json.loads(told)["result"]["styles"] == len(both)
    assert "error" in tools["score_change"].run(json.dumps({**asked, "value": "plutonium"}), context)[1]


@pytest.mark.parametrize(
    "changes",
    [{"idea": "9.9"}, {"attribute": "price"}, {"value": "plutonium"}, {"value": ""}, {"attribute": "category"}],
)
def test_a_remark_about_nothing_is_none(changes: dict[str, str]) -> None:
    given = scorer()
    idea: Idea = hold_round(given, 1, 0, **SMALL).ideas[0]
    role = next(role for role in ROLES if role != idea.by)
    remark = Remark(**{"idea": idea.id, "attribute": "fabric", "value": "linen", **changes})
    assert objection_of(given, role, {idea.id: idea}, remark) is None


def test_the_built_in_draft_asks_for_changes_that_serve_it(context: Context) -> None:
    given = scorer()
    ideas = hold_round(given, 1, 0, **SMALL).ideas
    for role in ROLES:
        told = shortlist(given, role, ideas)
        for remark in draft(told, context).remarks:
            idea = next(one for one in told.ideas if one.id == remark.idea)
            change = next(c for c in idea.changes if (c.attribute, c.value) == (remark.attribute, remark.value))
            assert change.your_view > idea.your_view and not idea.proposed_by_you
    assert CRITICISE_IDEAS.output is Remarks


def test_a_rounds_cost_is_said_before_it_is_held_and_holds(context: Context, tmp_path: Path) -> None:
    given = scorer()
    with LoopbackServer(answering(given)) as server:
        configure(tmp_path, server.url, price_input=2.0, price_output=8.0)
        found = outlook(given, context, "loop")
        assert server.calls == []  # nothing was sent for it
        speakers = Speakers(given, context, "loop")
        held = hold_round(given, 1, 0, critic=speakers, engine="loop", **SMALL)
        assert found.calls == len(server.calls) == len(ROLES)
        sent = sum(estimated_tokens(json.dumps(call.body["messages"])) for call in server.calls)
        assert found.input_tokens[0] <= sent <= 1.3 * found.input_tokens[1]
        before = held.model_copy(update={"conversations": dict(speakers.conversations)})
        later = outlook(given, context, "loop", before)
    assert found.high is not None and found.low is not None and 0 < found.low < found.high
    assert later.input_tokens[1] > 1.5 * found.input_tokens[1]  # what was said in the first round is sent again
