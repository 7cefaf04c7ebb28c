"""Personal data: what is found, what only looks like it, and what stands in the inputs."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.checks.model import Verdict
from lib.checks.pii import PII, pii_findings
from tests.checks.hard_texts import HARD_TEXTS

FOUND = [
    ("email", "write to ada.lune@post.example today", "ada.lune@post.example"),
    ("phone", "Rappelez-moi au 06 39 98 12 34 avant midi", "06 39 98 12 34"),
    ("phone", "ring +44 7700 900321 please", "+44 7700 900321"),
    ("phone", "text (646) 555-0147", "(646) 555-0147"),
    ("iban", "IBAN FR76 3000 6000 0112 3456 7890 189", "FR76 3000 6000 0112 3456 7890 189"),
    ("card", "card 4111 1111 1111 1111 was refused", "4111 1111 1111 1111"),
    ("nir", "son numéro de sécurité sociale, 2 85 05 78 006 084 36", "2 85 05 78 006 084 36"),
    ("passport", "passport no. 721334598 was shown", "721334598"),
    ("birth_date", "née le 3 mars 1984 à Tours", "3 mars 1984"),
    ("ip", "the visitor at 203.0.113.9", "203.0.113.9"),
    ("plate", "sa voiture, AB-123-CD, gêne", "AB-123-CD"),
    ("address", "livrer au 12 rue des Lilas, 75011 Paris", "12 rue des Lilas, 75011 Paris"),
    ("address", "send it to 7 Elm Grove Road, Bath BA1 5AX", "7 Elm Grove Road, Bath BA1 5AX"),
    ("order_number", "commande n° 2026-55812 perdue", "2026-55812"),
    ("customer_number", "client ID 884-210-77", "884-210-77"),
    ("name", "Madame Delphine Arnoux viendra lundi", "Madame Delphine Arnoux"),
    ("name", "the bride, Maeve Halloran, was late", "Maeve Halloran"),
]
CLEAN = [
    "The Kelly green coat comes in 34-36-38-40.",
    "Version 4.12.0.7 of the till goes live.",
    "Write to contact@maison.example for repairs.",
    "Fondée en 1911 par Augustin Solène, la maison vend ses rubans à Lyon.",
    "Notre boutique du 24 rue du Bac vous attend.",
    "Founded on 4 May 1911, the house has grown.",
    "Minimum de commande : 200 pièces par coloris.",
    "EAN 3760123456784, lot 4021-77.",
    "Card 4111 1111 1111 1112 fails its test.",
    "La TVA de la société, FR 40 303265045, figure au bas.",
]


@pytest.mark.parametrize(("kind", "text", "passage"), FOUND, ids=[f"{row[0]}-{n}" for n, row in enumerate(FOUND)])
def test_what_leads_to_a_person_is_found_in_its_place(kind: str, text: str, passage: str) -> None:
    found = [(one.kind, text[one.start : one.end]) for one in pii_findings(text, "text")]
    assert (kind, passage) in found


@pytest.mark.parametrize("text", CLEAN)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert pii_findings(text, "text") == []


def test_what_the_inputs_hold_is_a_note() -> None:
    result = PII.run({"client": "Madame Arnoux"}, {"body": "Chère Madame Arnoux, merci."}, "fr")
    assert [one.verdict for one in result.findings] == [Verdict.NOTE]
    assert PII.run({}, {"body": "Chère Madame Arnoux, merci."}, "fr").verdict == Verdict.WARN


def test_no_finding_repeats_the_data() -> None:
    result = PII.run({}, {"body": "Madame Arnoux, 06 39 98 12 34"}, "fr")
    assert result.findings and not any(
        "Arnoux" in str(one.values) or "06" in str(one.values) for one in result.findings
    )


def test_fields_that_nobody_reads_are_left_out() -> None:
    assert PII.run({}, {"id": "ada@post.example", "lines": [{"text": "ada@post.example"}]}, "en").findings[0].field == (
        "lines.0.text"
    )


@pytest.mark.parametrize("name", list(HARD_TEXTS))
def test_hard_texts_are_read_to_their_end(name: str) -> None:
    text = HARD_TEXTS[name]
    for one in pii_findings(text, "text"):
        assert 0 <= one.start < one.end <= len(text)


PIECES = st.sampled_from(
    [
        "Madame ",
        "Ada Lune",
        " ",
        "06 39 98 12 34",
        "née le ",
        "3/4/1988",
        "@",
        "a@b.example",
        "\n",
        "rue ",
        "12 ",
        "à",
        "IBAN ",
    ]
)
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12).map("".join)


@settings(max_examples=80, deadline=None)
@given(TEXT)
def test_offsets_lie_in_the_text_and_no_two_overlap(text: str) -> None:
    found = pii_findings(text, "text")
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


@settings(max_examples=60, deadline=None)
@given(TEXT, st.text(" \n", max_size=5))
def test_spaces_behind_the_text_change_nothing(text: str, spaces: str) -> None:
    assert [one.kind for one in pii_findings(text, "t")] == [one.kind for one in pii_findings(text + spaces, "t")]


@given(st.text(" \n\t\u00a0\u2009", max_size=30))
def test_a_blank_text_passes(text: str) -> None:
    assert PII.run({}, {"body": text}, "en").verdict == Verdict.PASS
