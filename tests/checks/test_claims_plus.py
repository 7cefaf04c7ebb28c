"""Claims told by wording alone: what needs evidence whatever the product is."""

import pytest
from hypothesis import given

from lib.checks import Verdict
from lib.checks.claims_plus import CLAIMS_PLUS, claims_plus_findings
from lib.checks.house import with_house
from lib.checks.model import Check, CheckResult
from tests.checks.wording import LONG, NAUGHTY, TEXTS, assert_sound

FOUND = [
    ("en", "The softest cashmere in the world.", "superlative"),
    ("en", "This insole corrects your posture.", "health"),
    ("en", "A serum that erases wrinkles.", "cosmetic"),
    ("en", "Last chance: only 2 left at this price!", "price"),
    ("en", "Made in Italy, with love.", "origin"),
    ("en", "A carbon-neutral coat.", "sustainability"),
    ("fr", "Un denim indestructible.", "superlative"),
    ("fr", "Un collant qui soulage les jambes lourdes.", "health"),
    ("fr", "Effet botox, sans piqûre.", "cosmetic"),
    ("fr", "Jusqu’à -80 % sur tout.", "price"),
    ("fr", "Fabriqué en Italie.", "origin"),
    ("fr", "Un cabas écoresponsable.", "sustainability"),
]
LEFT_ALONE = [
    ("en", "The best man wears grey; best before dates don't apply to coats."),
    ("en", "A green coat, free arm movement, a price list in the appendix."),
    ("en", "Contains 62% recycled polyester, see the supplier's statement of 3 May."),
    ("en", "'Anti-ageing' and 'miracle' stand on the list of words to avoid."),
    ("fr", "Meilleurs vœux de toute l’équipe."),
    ("fr", "Velours vert bouteille, col italien, fait de deux panneaux."),
    ("fr", "Contient 62 % de polyester recyclé, voir l’attestation du fournisseur."),
]


@pytest.mark.parametrize(("language", "text", "kind"), FOUND)
def test_wording_that_needs_evidence_is_found(language: str, text: str, kind: str) -> None:
    found = claims_plus_findings(text, "body", language)
    assert kind in {finding.kind for finding in found}
    assert {finding.verdict for finding in found} == {Verdict.WARN}


@pytest.mark.parametrize(("language", "text"), LEFT_ALONE)
def test_other_meanings_and_named_evidence_are_left_alone(language: str, text: str) -> None:
    assert claims_plus_findings(text, "body", language) == []


def test_it_gives_way_to_the_check_that_knows_the_product() -> None:
    own = Check("claims", "Claims", lambda _inputs, _output, _language: CheckResult("claims"))
    assert CLAIMS_PLUS.name not in {check.name for check in with_house((own,))}
    assert CLAIMS_PLUS.name in {check.name for check in with_house(())}


@pytest.mark.parametrize("text", [*NAUGHTY, LONG])
def test_odd_texts_pass(text: str) -> None:
    assert claims_plus_findings(text, "body", "en") == []


@given(TEXTS)
def test_findings_lie_in_the_text(text: str) -> None:
    assert_sound(lambda one, language: claims_plus_findings(one, "", language), text, "en")
