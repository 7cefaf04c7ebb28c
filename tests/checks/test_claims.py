"""Claims traced to a product: one table per kind, both languages, and what holds for every text."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.checks.claims import Claim, Fact, Facts, MaterialFact, NumberFact, claim_findings, trace_claims
from lib.checks.model import Verdict
from lib.i18n import translate

COAT = Facts(
    name="Camille coat",
    materials=(
        MaterialFact("wool", 0.92, "product.materials.0"),
        MaterialFact("cashmere", 0.08, "product.materials.1"),
    ),
    lining=(MaterialFact("cupro", 1.0, "product.lining.0"),),
    origin=Fact("Italy", "product.origin"),
    care=(Fact("Dry clean only", "product.care.0"), Fact("Cool iron at 110°C", "product.care.1")),
    colours=(Fact("navy", "product.colour"),),
    attributes=(
        ("collar", Fact("notch lapel", "product.attributes.collar")),
        ("fit", Fact("relaxed fit", "product.attributes.fit")),
        ("pockets", Fact("two patch pockets", "product.attributes.pockets")),
        ("closure", Fact("horn buttons", "product.attributes.closure")),
    ),
    details=(Fact("hand-finished hem", "product.details.0"), Fact("Como twill", "product.details.1")),
    numbers=(NumberFact(1250.0, "EUR", "product.price"), NumberFact(38, "size", "product.sizes.0")),
    free=(Fact("True to size.", "product.fit_note"),),
    house=("Maison Solène",),
)
RECYCLED = Facts(
    name="Noroît",
    materials=(MaterialFact("recycled polyester", 1.0, "product.materials.0"),),
    colours=(Fact("forest green", "product.colour"),),
    details=(Fact("waterproof, taped seams", "product.details.0"), Fact("filling: 90% duck down", "product.details.1")),
)

SUEDE = Facts(
    name="Jonquille",
    materials=(
        MaterialFact("goat suede", 0.5, "product.materials.0"),
        MaterialFact("cotton", 0.3, "product.materials.1"),
        MaterialFact("recycled cotton", 0.2, "product.materials.2"),
    ),
    attributes=(("fit", Fact("close", "product.attributes.fit")),),
)


def claims_on(text: str, passage: str, facts: Facts, language: str) -> list[Claim]:
    start = text.index(passage)
    end = start + len(passage)
    return [claim for claim in trace_claims(text, facts, language) if claim.start < end and start < claim.end]


SUPPORTED = [
    ("en", COAT, "Cut in 92% wool.", "92% wool", "product.materials.0"),
    ("en", COAT, "A wool-blend coat.", "wool-blend", "product.materials.0"),
    ("fr", COAT, "92 % de laine et 8 % de cachemire.", "8 % de cachemire", "product.materials.1"),
    ("fr", COAT, "De la laine à 92 %.", "laine à 92 %", "product.materials.0"),
    ("en", COAT, "Wool (92%).", "Wool (92%", "product.materials.0"),
    ("fr", COAT, "Un manteau en laine mélangée.", "laine mélangée", "product.materials.0"),
    ("fr", COAT, "Entièrement doublé de cupro.", "cupro", "product.lining.0"),
    ("en", COAT, "Composition: 92% wool, 8% cashmere; lining: 100% cupro.", "100% cupro", "product.lining.0"),
    ("fr", COAT, "Doublure : 100 % cupro.", "100 % cupro", "product.lining.0"),
    ("fr", COAT, "Une doublure en cupro.", "doublure en cupro", "product.lining.0"),
    ("en", COAT, "Wool outside, cupro for the lining.", "cupro", "product.lining.0"),
    ("en", SUEDE, "A bag in suede.", "suede", "product.materials.0"),
    ("en", SUEDE, "Half of it is 20% recycled cotton.", "20% recycled cotton", "product.materials.2"),
    ("en", SUEDE, "With 30% cotton.", "30% cotton", "product.materials.1"),
    ("en", SUEDE, "A close fit.", "close fit", "product.attributes.fit"),
    ("en", COAT, "Made in Italy.", "Made in Italy", "product.origin"),
    ("fr", COAT, "Confectionné en Italie.", "Confectionné en Italie", "product.origin"),
    ("en", COAT, "Made in Europe.", "Europe", "product.origin"),
    ("en", COAT, "A blue coat.", "blue", "product.colour"),
    ("fr", COAT, "Un manteau bleu marine.", "bleu marine", "product.colour"),
    ("fr", COAT, "Deux poches plaquées.", "poches plaquées", "product.attributes.pockets"),
    ("fr", COAT, "Des boutons en corne.", "boutons en corne", "product.attributes.closure"),
    ("fr", COAT, "Nettoyage à sec uniquement.", "Nettoyage à sec", "product.care.0"),
    ("en", COAT, "It has pockets.", "pockets", "product.attributes.pockets"),
    ("en", COAT, "It costs €1,250.", "€1,250", "product.price"),
    ("fr", COAT, "À 1 250 €.", "1 250 €", "product.price"),
    ("fr", COAT, "Il taille normalement.", "taille normalement", "product.fit_note"),
    ("en", COAT, "Shown in size 38.", "38", "product.sizes.0"),
    ("en", COAT, "A hand-finished hem.", "hand-finished", "product.details.0"),
    ("en", COAT, "No polyester in it.", "polyester", "product.materials.0"),
    ("fr", COAT, "Sans polyester.", "polyester", "product.materials.0"),
    ("en", RECYCLED, "In recycled polyester.", "recycled polyester", "product.materials.0"),
    ("fr", RECYCLED, "En polyester recyclé.", "polyester recyclé", "product.materials.0"),
    ("fr", RECYCLED, "Une parka imperméable.", "imperméable", "product.details.0"),
    ("en", RECYCLED, "Filled with 90% duck down.", "90% duck down", "product.details.1"),
    ("en", RECYCLED, "A green parka.", "green", "product.colour"),
]


@pytest.mark.parametrize(("language", "facts", "text", "passage", "path"), SUPPORTED)
def test_supported_claims_name_their_evidence(language: str, facts: Facts, text: str, passage: str, path: str) -> None:
    found = claims_on(text, passage, facts, language)
    assert found
    assert all(claim.supported and claim.verdict is Verdict.PASS for claim in found)
    assert path in {claim.evidence for claim in found}


UNSUPPORTED = [
    ("en", COAT, "Cut in 100% wool.", "100% wool", "material"),
    ("en", COAT, "Pure cashmere.", "Pure cashmere", "material"),
    ("en", COAT, "A cashmere coat.", "cashmere", "material"),
    ("fr", COAT, "Un manteau en cachemire.", "cachemire", "material"),
    ("fr", COAT, "De la laine à 80 %.", "laine à 80 %", "material"),
    ("fr", COAT, "100 % laine.", "100 % laine", "material"),
    ("en", COAT, "Merino wool throughout.", "Merino wool", "material"),
    ("en", COAT, "Lined in silk.", "silk", "material"),
    ("en", COAT, "There is no cashmere in it.", "cashmere", "material"),
    ("en", RECYCLED, "Goose down inside.", "Goose down", "material"),
    ("en", COAT, "Cut from Italian fabric.", "Italian fabric", "origin"),
    ("fr", COAT, "Un tissu italien souple.", "tissu italien", "origin"),
    ("en", COAT, "Made in France.", "Made in France", "origin"),
    ("fr", COAT, "Fait à Paris.", "Fait à Paris", "origin"),
    ("en", COAT, "Machine wash at 30°C.", "Machine wash", "care"),
    ("en", COAT, "A black coat.", "black", "colour"),
    ("fr", COAT, "Un manteau rouge.", "rouge", "colour"),
    ("en", COAT, "With a shawl collar.", "shawl collar", "attribute"),
    ("fr", COAT, "À manches raglan.", "manches raglan", "attribute"),
    ("en", COAT, "An eco-friendly choice.", "eco-friendly", "sustainability"),
    ("en", COAT, "A conscious choice.", "conscious choice", "sustainability"),
    ("fr", COAT, "Une pièce écoresponsable.", "écoresponsable", "sustainability"),
    ("fr", COAT, "Un choix vertueux.", "vertueux", "sustainability"),
    ("fr", COAT, "Une laine durable.", "laine durable", "sustainability"),
    ("en", COAT, "Carbon neutral.", "Carbon neutral", "sustainability"),
    ("en", COAT, "Recycled wool.", "Recycled", "sustainability"),
    ("en", RECYCLED, "Recycled wool.", "Recycled", "sustainability"),
    ("en", COAT, "It weighs 900 g.", "900 g", "number"),
    ("en", COAT, "It has three pockets.", "three pockets", "number"),
    ("en", COAT, "The finest coat.", "The finest", "superlative"),
    ("fr", COAT, "Le plus beau manteau.", "Le plus", "superlative"),
    ("en", COAT, "Unrivalled.", "Unrivalled", "superlative"),
    ("fr", COAT, "Toujours juste.", "Toujours", "superlative"),
    ("en", COAT, "A waterproof coat.", "waterproof", "performance"),
    ("fr", COAT, "Un drap infroissable.", "infroissable", "performance"),
    ("fr", COAT, "Une matière respirante.", "respirante", "performance"),
    ("en", COAT, "Hypoallergenic.", "Hypoallergenic", "health"),
    ("en", COAT, "Now at half price.", "half price", "price"),
    ("en", COAT, "Now €900.", "€900", "price"),
    ("fr", COAT, "Livraison offerte.", "Livraison offerte", "price"),
    ("en", COAT, "Since 1920.", "Since 1920", "heritage"),
    ("en", COAT, "Handmade.", "Handmade", "heritage"),
    ("fr", COAT, "Fait main.", "Fait main", "heritage"),
    ("fr", COAT, "Né dans notre atelier.", "atelier", "heritage"),
    ("fr", COAT, "Il taille petit.", "taille petit", "fit"),
    ("en", COAT, "A slim coat.", "slim", "fit"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "facts", "text", "passage", "kind"), UNSUPPORTED)
def test_unsupported_claims_are_marked(language: str, facts: Facts, text: str, passage: str, kind: str) -> None:
    found = [claim for claim in claims_on(text, passage, facts, language) if claim.kind == kind]
    assert found
    assert all(not claim.supported and claim.verdict is not Verdict.PASS for claim in found)


NO_OBJECTION = [
    ("en", "Not waterproof."),
    ("en", "A silk-like hand."),
    ("fr", "Un effet soie."),
    ("en", "Wear it over a black silk blouse."),
    ("fr", "À porter avec un jean noir et une chemise en soie."),
    ("en", "Camille coat by Maison Solène."),
    ("en", "French seams inside."),
    ("fr", "Des coutures anglaises."),
    ("en", "It follows the hip and stops."),
    ("fr", "Pour les matins les plus froids."),
    ("en", "Smoke from a chimney."),
]


@pytest.mark.parametrize(("language", "text"), NO_OBJECTION)
def test_what_claims_nothing_of_the_product_meets_no_objection(language: str, text: str) -> None:
    facts = dataclasses.replace(COAT, details=(*COAT.details, Fact("French seams", "product.details.2")))
    objections = [c for c in trace_claims(text, facts, language) if c.verdict in (Verdict.WARN, Verdict.FAIL)]
    assert objections == []


def test_a_product_name_of_superlatives_is_no_claim() -> None:
    facts = dataclasses.replace(COAT, name="L’Unique")
    assert trace_claims("L’Unique", facts, "fr") == []
    assert [c.kind for c in trace_claims("Une pièce unique", facts, "fr")] == ["superlative"]


def test_durable_is_wear_in_english_and_depends_in_french() -> None:
    assert [c.kind for c in trace_claims("A durable cloth.", COAT, "en")] == ["performance"]
    assert [c.kind for c in trace_claims("Une couture durable.", COAT, "fr")] == ["performance"]
    assert [c.kind for c in trace_claims("Une mode durable.", COAT, "fr")] == ["sustainability"]


def test_green_is_a_colour_or_a_promise() -> None:
    assert [(c.kind, c.supported) for c in trace_claims("A green parka.", RECYCLED, "en")] == [("colour", True)]
    kinds = {c.kind for c in trace_claims("A green choice.", COAT, "en") if not c.supported}
    assert "sustainability" in kinds


def test_contradicted_values_are_named_in_the_message() -> None:
    (found,) = trace_claims("Made in France.", COAT, "en")
    assert found.evidence == "product.origin"
    assert "Italy" in translate(found.reason, "en", **found.values)


def test_messages_exist_in_french_and_take_their_values() -> None:
    text = "The finest eco-friendly 100% silk coat, handmade in France since 1920, waterproof, half price. "
    text += "It weighs 900 g. A slim coat."
    found = [claim for claim in trace_claims(text, COAT, "en") if not claim.supported]
    assert len({claim.reason for claim in found}) >= 8
    for claim in found:
        french = translate(claim.reason, "fr", **claim.values)
        assert french != translate(claim.reason, "en", **claim.values)
        assert "{" not in french


def test_findings_carry_the_path_and_the_evidence() -> None:
    findings = claim_findings("Made in Italy.", "options.1.body", COAT, "en")
    assert [(f.field, f.verdict, f.evidence, f.kind) for f in findings] == [
        ("options.1.body", Verdict.PASS, "product.origin", "origin")
    ]


PIECES = [text for _l, _f, text, *_rest in (*SUPPORTED, *UNSUPPORTED)] + [text for _l, text in NO_OBJECTION]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from(["en", "fr"]))
def test_claims_lie_in_the_text_and_dont_repeat(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    found = trace_claims(text, COAT, language)
    assert all(0 <= claim.start < claim.end <= len(text) for claim in found)
    assert all(claim.supported == (claim.verdict is Verdict.PASS) for claim in found)
    for number, claim in enumerate(found):
        same = [other for other in found[number + 1 :] if other.kind is claim.kind]
        assert not any(other.start < claim.end and claim.start < other.end for other in same)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "fr", "de"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    assert all(0 <= claim.start < claim.end <= len(text) for claim in trace_claims(text, COAT, language))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([row for row in UNSUPPORTED if row[1] is COAT]))
def test_an_empty_product_supports_nothing(row: tuple[str, Facts, str, str, str]) -> None:
    language, _facts, text, *_rest = row
    assert not any(claim.supported for claim in trace_claims(text, Facts(name="x"), language))


def test_what_the_product_states_is_supported_in_its_own_words() -> None:
    for fact in (*(f for _n, f in COAT.attributes), *COAT.details, *COAT.care, *COAT.colours):
        objections = [c for c in trace_claims(f"With {fact.text}.", COAT, "en") if not c.supported]
        assert objections == [], fact.text


@pytest.mark.parametrize(
    ("name", "text"), [("Douve shift dress", "Robe droite Douve"), ("Genêt car coat", "Manteau droit Genêt")]
)
def test_a_word_inside_the_products_own_type_is_no_claim_of_its_own(name, text):
    """A shift dress is 'une robe droite' whatever its cut is called; 'droite' elsewhere stays a claim."""
    facts = Facts(name=name, attributes=(("fit", Fact("relaxed fit", "product.attributes.fit")),))
    assert all(claim.supported for claim in trace_claims(text, facts, "fr"))
    assert any(not claim.supported for claim in trace_claims("Une coupe droite.", facts, "fr"))


def test_a_type_that_the_product_is_not_supports_nothing():
    facts = Facts(name="Douve evening dress", attributes=(("fit", Fact("relaxed fit", "product.attributes.fit")),))
    assert any(not claim.supported for claim in trace_claims("Une robe droite.", facts, "fr"))
