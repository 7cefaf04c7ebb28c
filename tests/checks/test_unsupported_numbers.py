"""Numbers of an output against its inputs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.checks.model import Verdict
from lib.checks.number_words import spelled
from lib.checks.unsupported_numbers import UNSUPPORTED_NUMBERS, number_findings
from tests.checks.hard_texts import HARD_TEXTS

WRONG = [
    ({"price_eur": 890}, "It costs €980.", "€980"),
    ({"pockets": 2, "buttons": 5}, "Three pockets, five buttons.", "Three"),
    ({"pockets": 2, "buttons": 5}, "With five pockets.", "five"),
    ({"heel_mm": 85}, "A heel of 9.5 cm.", "9.5 cm"),
    ({"came": 87, "invited": 120}, "87 sur 120, soit 80 %.", "80 %"),
    ({"stock": 17}, "Plus que 4 pièces", "4"),
    ({"delivery": "2 to 4 days"}, "Delivered in 6 days", "6 days"),
    ({}, "Vingt-trois boutiques", "Vingt-trois"),
]
RIGHT = [
    ({"heel_mm": 85}, "A heel of 8.5 cm, or 3.3 in."),
    ({"weight_g": 620}, "Elle pèse 0,62 kg."),
    ({"came": 87, "invited": 120}, "87 of 120 came, about 73%."),
    ({"price": 150, "discount_pct": 20}, "Now 120."),
    ({"total": 1250.5}, "Total : 1\u202f250,50 €."),
    ({"followers": 48_200}, "48.2k followers"),
    ({"lead_time_weeks": 8}, "Eight weeks, about two months."),
    ({"kind": "bag"}, "One of the best for 24/7 days, a 2-in-1."),
    ({"share": 0.125}, "Une cliente sur huit."),
    ({"ref": "MS-4471"}, "Quote MS-4471."),
    ({"opened": "2019-05-14"}, "Ouverte le 14 mai 2019."),
]


@pytest.mark.parametrize(("inputs", "text", "passage"), WRONG)
def test_a_number_without_a_source_is_found(inputs: dict[str, object], text: str, passage: str) -> None:
    assert passage in [text[one.start : one.end] for one in number_findings(text, "text", inputs)]


@pytest.mark.parametrize(("inputs", "text"), RIGHT)
def test_what_the_inputs_hold_or_lead_to_is_no_objection(inputs: dict[str, object], text: str) -> None:
    assert number_findings(text, "text", inputs) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("eight hundred and ninety", 890), ("quarante-deux", 42), ("quatre-vingt-dix-sept", 97),
        ("deux mille vingt", 2020),
        ("two million three hundred thousand", 2_300_000), ("une douzaine", 12), ("soixante et onze", 71),
    ],
)  # fmt: skip
def test_numbers_in_words_have_their_value(text: str, value: float) -> None:
    assert [one.value for one in spelled(text)] == [value]


@pytest.mark.parametrize("name", list(HARD_TEXTS))
def test_hard_texts_are_read_to_their_end(name: str) -> None:
    text = HARD_TEXTS[name]
    assert all(0 <= one.start < one.end <= len(text) for one in number_findings(text, "text", {"price": 3}))


TEXT = st.lists(
    st.one_of(st.sampled_from(["12", " cm", "%", "two ", "cent ", "€", ",", " sur "]), st.text(max_size=8)), max_size=10
)


@settings(max_examples=80, deadline=None)
@given(TEXT.map("".join), st.dictionaries(st.sampled_from("abc"), st.floats(0, 1e6) | st.text(max_size=9)))
def test_offsets_lie_in_the_text(text: str, inputs: dict[str, object]) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in number_findings(text, "text", inputs))


@given(st.integers(2, 10**9))
def test_a_number_of_the_inputs_is_never_objected_to(number: int) -> None:
    assert number_findings(f"It is {number}.", "text", {"value": number}) == []


@given(st.text(" \n\t", max_size=20))
def test_a_blank_text_passes(text: str) -> None:
    assert UNSUPPORTED_NUMBERS.run({"a": 1}, {"body": text}, "en").verdict == Verdict.PASS
