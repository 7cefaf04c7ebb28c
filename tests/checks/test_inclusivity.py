"""Wording that leaves people out, with a better one offered, and wording that only looks like it."""

import pytest
from hypothesis import given

from lib.checks import Verdict
from lib.checks.inclusivity import INCLUSIVITY, inclusivity_findings
from tests.checks.wording import LONG, NAUGHTY, TEXTS, assert_sound

FOUND = [
    ("en", "Our salesgirls help you.", "salesgirls", "gender"),
    ("en", "A dress for real women.", "real women", "body"),
    ("en", "The anti-ageing serum.", "anti-ageing", "age"),
    ("en", "Concealer in flesh tone, one for all.", "flesh tone", "skin"),
    ("en", "A gypsy-style skirt.", "gypsy-style", "origin"),
    ("en", "Our prices are insane!", "insane", "disability"),
    ("fr", "Le sexe faible aime la soie.", "sexe faible", "gender"),
    ("fr", "Un froncé qui gomme les bourrelets.", "gomme les bourrelets", "body"),
    ("fr", "Un profil jeune et dynamique.", "profil jeune et dynamique", "age"),
    ("fr", "Une teinte chair, pour toutes.", "teinte chair", "skin"),
    ("fr", "Des babouches orientales.", "orientales", "origin"),
    ("fr", "Un manteau que même un infirme porterait.", "même un infirme", "disability"),
]
LEFT_ALONE = [
    ("en", "The petite range starts at 1.50 m; men's loafers in calf, sizes 39 to 46."),
    ("en", "Nude pumps in four shades, from porcelain to espresso."),
    ("en", "Crazy horse leather, a blind hem, a dwarf willow basket."),
    ("en", "The sleeve is too short for a tall arm."),
    ("fr", "Mocassins homme, robe à smocks fille, denim grande taille."),
    ("fr", "Escarpins nude en quatre teintes, de porcelaine à expresso."),
    ("fr", "La folie des grandeurs : un nœud de 40 cm ; saule nain tressé."),
]


@pytest.mark.parametrize(("language", "text", "passage", "kind"), FOUND)
def test_exclusion_is_found_at_its_place(language: str, text: str, passage: str, kind: str) -> None:
    found = inclusivity_findings(text, "body", language)
    assert [(text[f.start : f.end], f.kind, f.verdict) for f in found] == [(passage, kind, Verdict.WARN)]


@pytest.mark.parametrize(("language", "text"), LEFT_ALONE)
def test_sizes_cuts_and_named_shades_are_left_alone(language: str, text: str) -> None:
    assert inclusivity_findings(text, "body", language) == []


def test_a_better_wording_is_offered_in_the_language_of_the_text() -> None:
    (found,) = inclusivity_findings("Our salesgirls help you.", "body", "en")
    assert found.values["better"] == "sales advisor"
    assert "{better}" in found.message


def test_every_text_of_an_output_is_read() -> None:
    result = INCLUSIVITY.run(None, {"title": "For real women", "tags": ["chairman"]}, "en")
    assert {f.field for f in result.findings} == {"title", "tags.0"}


@pytest.mark.parametrize("text", [*NAUGHTY, LONG])
def test_odd_texts_pass(text: str) -> None:
    assert inclusivity_findings(text, "body", "fr") == []


@given(TEXTS)
def test_findings_lie_in_the_text(text: str) -> None:
    assert_sound(lambda one, language: inclusivity_findings(one, "", language), text, "fr")
