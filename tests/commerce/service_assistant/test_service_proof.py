"""The Proof on the half to tune, its null control, and the test bench's table."""

from __future__ import annotations

import numpy as np

from lib.commerce.service_assistant.benching import RULES, outcomes, table
from lib.commerce.service_assistant.knowledge import Place
from lib.commerce.service_assistant.marking import conversations, tool_faults
from lib.commerce.service_assistant.proof import CORRECT, INTENT, drawn, measured, null_control, proof
from lib.tasks import ToolResult


def test_the_proof_measures_both_languages_and_its_null_control_finds_nothing():
    found = conversations("tune")[:12] + conversations("tune")[45:57]
    made = proof(found, seed=1, shuffles=40, draws=200)
    assert {measure.metric for measure in made.measures} >= {INTENT, CORRECT}
    assert {measure.language for measure in made.measures} == {"", "fr", "en"}
    assert not made.null_win and made.data == "own"


def test_a_method_that_is_no_better_wins_nothing():
    rows = [
        {
            "id": str(n),
            "language": "en",
            "intent": "a",
            "expected_intent": "ab"[n % 2],
            "marks": {"intent": n % 2 == 0, "correct": False},
        }
        for n in range(40)
    ]
    assert all(measure.wins("keyword rules") is not True for measure in measured(rows, rows, 0, 200))
    assert not null_control(rows, rows, 0, 40).beyond_doubt


def test_an_interval_of_a_paired_difference_holds_its_mean():
    difference = np.array([1.0, 0.0, 0.0, -1.0, 1.0, 0.0])
    low, high = drawn(difference, 0, 500)
    assert low <= difference.mean() <= high


def test_the_bench_marks_rules_and_assistant_alike(place: Place):
    found = conversations("tune")[:8]
    ours = list(outcomes(found, place, place.actor))
    rules = list(outcomes(found, place, place.actor, RULES))
    assert [row["id"] for row in ours] == [row["id"] for row in rules] == [one.id for one in found]
    whole, *groups = table(ours, "channel")
    assert whole["n"] == 8 == sum(group["n"] for group in groups)
    assert 0 <= whole["correct"]["low"] <= whole["correct"]["share"] <= whole["correct"]["high"] <= 1


def test_stopping_keeps_what_was_answered(place: Place):
    asked = iter([False, False, True])
    assert len(list(outcomes(conversations("tune")[:5], place, place.actor, cancelled=lambda: next(asked)))) == 2


def test_a_write_that_nobody_asked_for_is_a_fault_and_more_reading_is_none():
    read = ToolResult("opening_hours", '{"store_id": "lyon", "day": "2026-11-04"}', "done", '{"result": {}}')
    write = ToolResult("hand_over", '{"reason": "unknown"}', "done", '{"result": {}}')
    assert tool_faults([], [read]) == []
    assert tool_faults([], [write]) == ["hand_over called"]
    assert tool_faults([{"name": "hand_over", "arguments": {"reason": "safety"}}], [write])
