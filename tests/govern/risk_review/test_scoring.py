"""The score: what each answer counts, and that what is said to raise it does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.database.risk_answers import Answer, Evidence, Review
from lib.govern.risk_review.controls import CONTROLS
from lib.govern.risk_review.model import Control, Risk
from lib.govern.risk_review.scoring import drivers, required_open, score, settled

EVIDENCE = (Evidence("e", "", "link", "https://a.example", "a", "", "Ada", ""),)
answers = st.sampled_from(["yes", "partly", "no", "na", ""])


def review(given_answers: dict[str, str], evidence: set[str]) -> Review:
    said = {name: Answer(one) for name, one in given_answers.items() if one}  # type: ignore[arg-type]
    return Review("x", answers=said, evidence=dict.fromkeys(evidence, EVIDENCE))


def control(name: str, weight: int = 2, needs: bool = False) -> Control:
    return Control(name, Risk.RIGHTS, "A", "?", ".", ".", (), needs_evidence=needs, weight=weight)  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from([one.id for one in CONTROLS]), answers), st.booleans())
def test_the_drivers_raise_the_score_to_what_is_said(said: dict[str, str], attached: bool) -> None:
    before = review(said, {one.id for one in CONTROLS} if attached else set())
    found = drivers(CONTROLS, before)
    value = score(CONTROLS, before).value
    if found is None:
        assert value in (None, 100.0) or all(settled(one, before) for one in CONTROLS)
        return
    after = review({**said, **{one.id: "yes" for one in found.controls}}, {*before.evidence, *(
        one.id for one in found.controls)})  # fmt: skip
    assert found.now == pytest.approx(value)
    assert found.then == pytest.approx(score(CONTROLS, after).value)
    assert 0 <= found.now < found.then <= 100 + 1e-9


def test_an_answer_counts_by_its_weight_and_evidence() -> None:
    heavy, light = control("heavy", 3, needs=True), control("light", 1)
    assert score([heavy, light], review({}, set())).value == 0
    assert score([heavy, light], review({"heavy": "yes"}, {"heavy"})).value == 75
    assert score([heavy, light], review({"heavy": "yes"}, set())).value == 37.5  # its evidence was taken out
    assert score([heavy, light], review({"heavy": "partly", "light": "yes"}, {"heavy"})).value == 62.5
    assert score([heavy, light], review({"heavy": "na", "light": "yes"}, set())).value == 100
    assert score([heavy, light], review({"heavy": "na", "light": "na"}, set())).value is None


def test_only_yes_and_not_applicable_settle_what_is_required() -> None:
    heavy = control("heavy", 3)
    for said in ("", "no", "partly"):
        assert required_open([heavy], review({"heavy": said}, set())) == [heavy]
    for said in ("yes", "na"):
        assert required_open([heavy], review({"heavy": said}, set())) == []
