"""The checks of descriptions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lib.checks.model import Check, Verdict
from lib.commerce.product_descriptions.checks import (
    CHECKS,
    LIMITS,
    facts_of,
    measured,
    near_copies,
    trace,
)
from lib.commerce.product_descriptions.model import (
    BrandVoice,
    Channel,
    DescribeProduct,
    Description,
    Descriptions,
    Material,
    Post,
    Product,
)
from lib.i18n import translate
from lib.i18n.messages import catalogue

PRODUCT = Product(
    sku="C1",
    name="Camille coat",
    category="coats",
    colour="navy",
    materials=(Material(name="wool", share=0.92), Material(name="cashmere", share=0.08)),
    attributes={"collar": "notch lapel", "pockets": "two patch pockets"},
    details=("horn buttons",),
    care=("Dry clean only",),
    origin="Italy",
    price=1250,
    sizes=("36", "38"),
)
GOOD = Description(
    angle="the cloth",
    title="Camille coat in navy wool and cashmere",
    opener="A navy coat in wool and cashmere, made in Italy.",
    body="The notch lapel frames the face and the two patch pockets are deep. Horn buttons close the front. "
    "The composition is 92% wool and 8% cashmere.",
    bullets=["Notch lapel", "Two patch pockets", "Horn buttons"],
    fit_and_care="Dry clean only.",
    snippet="The Camille coat in navy: 92% wool and 8% cashmere, a notch lapel and two patch pockets.",
)
POST = Post(
    post_id="P7",
    title="The door",
    text="It waits by the door like a dog that has heard the word walk, and it knows the way home better than you.",
    views=100,
    orders=3,
)


def check(name: str) -> Check:
    return next(item for item in CHECKS if item.name == name)


def outcome(name: str, output: Descriptions, language: str = "en", **inputs: object) -> Verdict:
    given = DescribeProduct(product=PRODUCT, **inputs)  # type: ignore[arg-type]
    return check(name).run(given, output, language).verdict


def test_a_good_description_passes_every_check() -> None:
    output = Descriptions(options=[GOOD, GOOD])
    for item in CHECKS:
        result = item.run(DescribeProduct(product=PRODUCT, winners=(POST,)), output, "en")
        objections = [f for f in result.findings if f.verdict in (Verdict.WARN, Verdict.FAIL)]
        assert objections == [], item.name


def test_every_claim_is_traced_with_its_path() -> None:
    found = trace(GOOD, PRODUCT, "en", path="options.0")
    assert {f.verdict for f in found} == {Verdict.PASS}
    evidence = {f.evidence for f in found}
    assert {
        "product.materials.0",
        "product.origin",
        "product.colour",
        "product.attributes.collar",
        "product.care.0",
    } <= evidence
    assert {f.field for f in found} >= {"options.0.body", "options.0.bullets.1", "options.0.fit_and_care"}
    texts = {"options.0.body": GOOD.body, "options.0.bullets.1": GOOD.bullets[1]}
    for finding in found:
        if finding.field in texts:
            assert texts[finding.field][finding.start : finding.end] == finding.values["claim"]


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("body", "An eco-friendly coat in 100% silk." + " It hangs straight." * 6, "claims"),
        ("opener", "<script>alert(1)</script>", "markup"),
        ("body", "{{ product.name }}", "markup"),
        ("snippet", "A navy coat. " * 20, "length"),
        ("title", "", "length"),
        (
            "body",
            "Ce manteau se porte ouvert ou ceinturé, avec des bottes et une écharpe en laine pour les jours de pluie.",
            "language",
        ),
        ("body", POST.text, "near_copy"),
    ],
)
def test_a_spoilt_field_fails_its_check(field: str, value: str, name: str) -> None:
    output = Descriptions(options=[GOOD, GOOD.model_copy(update={field: value})])
    assert outcome(name, output, winners=(POST,)) is Verdict.FAIL
    result = check(name).run(DescribeProduct(product=PRODUCT, winners=(POST,)), output, "en")
    objected = {f.field for f in result.findings if f.verdict is Verdict.FAIL}
    assert objected == {f"options.1.{field}"}


def test_the_users_own_sentence_is_evidence_but_not_for_generic_claims() -> None:
    said = GOOD.model_copy(update={"body": "A waterproof, eco-friendly coat."})
    plain = {f.values["claim"]: f.verdict for f in trace(said, PRODUCT, "en") if f.field == "body"}
    noted = {
        f.values["claim"]: f
        for f in trace(said, PRODUCT, "en", note="It is waterproof and eco-friendly.")
        if f.field == "body"
    }
    assert plain == {"waterproof": Verdict.FAIL, "eco-friendly": Verdict.FAIL}
    assert (noted["waterproof"].verdict, noted["waterproof"].evidence) == (Verdict.PASS, "note")
    assert noted["eco-friendly"].verdict is Verdict.FAIL


def test_near_copies_name_the_post_and_let_the_products_own_words_be() -> None:
    copied = GOOD.model_copy(update={"opener": POST.text})
    assert {f.evidence for f in near_copies(copied, [POST], PRODUCT)} == {"post.P7"}
    own = POST.model_copy(update={"text": f"{PRODUCT.name}, {PRODUCT.details[0]}. {GOOD.fit_and_care}"})
    assert near_copies(GOOD, [own], PRODUCT) == []


def test_channels_have_their_own_limits() -> None:
    long_title = GOOD.model_copy(update={"title": "Camille coat in navy wool and cashmere with patch pockets"})
    assert [f.field for f in measured(long_title, Channel.SITE)] == []
    assert [f.field for f in measured(long_title, Channel.EMAIL)] == ["title"]


def test_words_that_the_voice_rules_out() -> None:
    voice = BrandVoice(forbidden=("Iconic", "incontournable"))
    output = Descriptions(options=[GOOD.model_copy(update={"title": "An ICONIC coat in navy wool"})])
    assert outcome("voice", output, voice=voice) is Verdict.WARN


def test_edited_text_in_the_other_language_is_traced_to_the_same_facts() -> None:
    french = GOOD.model_copy(
        update={"body": "Un manteau bleu marine, 92 % de laine, à boutons en corne, fabriqué en Italie."}
    )
    found = {f.values["claim"]: f.evidence for f in trace(french, PRODUCT, "fr") if f.field == "body"}
    assert found["92 % de laine"] == "product.materials.0"
    assert found["fabriqué en Italie"] == "product.origin"
    assert found["boutons en corne"] == "product.details.0"


def test_titles_limits_and_messages_have_french_texts() -> None:
    french = catalogue("fr")
    messages = [item.title for item in CHECKS] + [item.limits for item in CHECKS]
    messages += [limit.too_long for limit in LIMITS] + [limit.too_short for limit in LIMITS if limit.too_short]
    assert all(message in french for message in messages)
    assert all(item.limits for item in CHECKS)
    assert translate(CHECKS[0].title, "fr") != CHECKS[0].title


def test_sizes_and_prices_are_numbers_of_the_product() -> None:
    units = {(number.value, number.unit) for number in facts_of(PRODUCT).numbers}
    assert units == {(1250.0, "EUR"), (36.0, "size"), (38.0, "size")}


def test_a_description_that_only_repeats_the_product_meets_no_objection() -> None:
    path = Path(__file__).parents[2] / "sample_data" / "products.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:120:4]
    for row in rows:
        attributes = {k: row[k] for k in ("neckline", "sleeve", "length", "closure", "pockets") if row.get(k)}
        product = Product(
            sku=row["sku"] or "x",
            name=row["name"] or "x",
            category=row["category"] or "coats",
            colour=row["colour"],
            attributes=attributes,
            details=tuple(part.strip() for part in row["details"].split(";") if part.strip()),
            care=tuple(part.strip() for part in row["care"].split(";") if part.strip()),
            origin=row["origin"],
            language=row["language"] or "en",
        )
        body = ". ".join([*attributes.values(), *product.details, *product.care, f"Made in {row['origin']}"])
        said = GOOD.model_copy(update={"body": body})
        findings = trace(said, product, product.language)
        wrong = [
            (f.values["claim"], f.kind)
            for f in findings
            if f.field == "body" and f.verdict in (Verdict.WARN, Verdict.FAIL)
        ]
        assert wrong == [], (row["sku"], body)
