"""The built-in writer: what it says, what it never says, that it doesn't repeat itself."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access import Actor, Role
from lib.commerce.product_descriptions.data import products_from
from lib.commerce.product_descriptions.model import (
    SNIPPET_CHARACTERS,
    Advice,
    BrandVoice,
    Channel,
    DescribeProduct,
    Descriptions,
    Material,
    Product,
)
from lib.commerce.product_descriptions.writer import draft, sentences, skeleton, unspoken
from lib.commerce.product_descriptions.writer.text import words
from lib.i18n import LANGUAGES
from lib.tasks.model import Context
from lib.vocabulary import concepts, find, textbook_properties

SAMPLE = Path(__file__).parents[2] / "sample_data" / "products.csv"
LARGEST_SHARE = 0.05  # of the texts in which one sentence skeleton may stand
ACTOR = Actor(person="p", workspace="w", role=Role.INNOVATOR)


@cache
def sample() -> tuple[Product, ...]:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        return products_from(list(csv.DictReader(file)))[0]


def written(
    product: Product, language: str, channel: Channel = Channel.SITE, seed: int = 0, **more: object
) -> Descriptions:
    inputs = DescribeProduct.model_validate({"product": product, "channel": channel, **more})
    return drafted(inputs.model_dump_json(), language, seed)


@cache
def drafted(inputs: str, language: str, seed: int) -> Descriptions:
    """Several tests read the same texts: they are written once."""
    return draft(DescribeProduct.model_validate_json(inputs), Context(actor=ACTOR, language=language, seed=seed))


def prose(product: Product, language: str, channel: Channel = Channel.SITE, seed: int = 0) -> list[str]:
    return [f"{option.opener} {option.body}".strip() for option in written(product, language, channel, seed).options]


COAT = Product(
    sku="C1",
    name="Brume wrap coat",
    category="coats",
    line="Atelier",
    colour="camel",
    materials=(Material(name="wool", share=0.8), Material(name="cashmere", share=0.2)),
    lining=(Material(name="cupro", share=1),),
    attributes={
        "fabric": "double-faced wool",
        "sleeve": "raglan sleeves",
        "fit": "oversized",
        "closure": "self-tie belt",
    },
    details=("hand-finished hem", "removable belt"),
    care=("Dry clean only",),
    origin="Italy",
    sizes=("34", "36", "38"),
    fit_note="True to size.",
)


def test_three_options_lead_with_three_things() -> None:
    for product in sample()[::12]:
        options = written(product, "en").options
        assert len(options) == 3
        assert len({option.angle for option in options}) == 3
        assert len({option.opener for option in options}) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_gives_the_same_texts_and_another_seed_others(language: str) -> None:
    first = written(COAT, language, seed=4)
    drafted.cache_clear()
    assert written(COAT, language, seed=4) == first
    assert len({tuple(prose(COAT, language, seed=seed)) for seed in range(5)}) == 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", list(Channel))
def test_every_text_is_whole(language: str, channel: Channel) -> None:
    leftover = re.compile(
        r"[{}\[\]<>|@~#]|  |,\s*[,.]|\.\.|\b(?:de|à) les?\b(?! (?:porter|fermer|tenir))|\ban [bcdfg]\w*"
    )
    for product in sample()[::5]:
        for option in written(product, language, channel).options:
            for text in (
                option.title,
                option.opener,
                option.body,
                option.fit_and_care,
                option.snippet,
                *option.bullets,
            ):
                assert not leftover.search(text), (product.name, text)
            assert option.opener and option.opener[-1] in ".?!"
            assert 0 < len(option.snippet) <= SNIPPET_CHARACTERS
            assert option.snippet.endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_skeleton_stands_in_more_than_one_text_of_twenty(language: str) -> None:
    counts: Counter[str] = Counter()
    texts = 0
    for product in sample()[:: len(sample()) // 100][:100]:
        for text in prose(product, language):
            texts += 1
            counts.update({skeleton(sentence, product, language) for sentence in sentences(text)} - {""})
    assert texts == 300
    frame, most = counts.most_common(1)[0]
    assert most / texts <= LARGEST_SHARE, (frame, most)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_property_of_a_material_is_asserted(language: str) -> None:
    forbidden = {word for item in concepts("material") for word in textbook_properties(item, language)}
    forbidden -= {"natural", "naturel", "naturelle", "imperméable"}  # also a colour; also a raincoat
    for product in sample()[::4]:
        given_texts = " ".join((product.name, *product.attributes.values(), *product.details)).casefold()
        for text in prose(product, language):
            said = {word for word in forbidden if re.search(rf"\b{re.escape(word)}\b", text.casefold())}
            assert not {word for word in said if word not in given_texts}, (product.name, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_materials_and_countries_in_the_text_are_in_the_data(language: str) -> None:
    for product in sample()[::4]:
        source = " | ".join(
            (
                product.name,
                product.origin,
                product.line,
                product.colour,
                product.fit_note,
                *product.attributes.values(),
                *product.details,
                *product.care,
                *tuple(item.name for item in (*product.materials, *product.lining)),
            )
        )
        there = {mention.concept for mention in find(source, "en")} | {
            mention.concept for mention in find(source, "fr")
        }
        for option in written(product, language).options:
            text = f"{option.opener} {option.body} {option.snippet}"
            countries = {mention.concept for mention in find(text, language, {"country"})}
            assert countries <= there, (product.name, countries - there)


def test_the_first_option_names_no_fact_that_is_missing() -> None:
    bare = Product(sku="1", name="Vega dress", category="dresses", colour="black")
    for language in LANGUAGES:
        for option in written(bare, language).options:
            said = find(f"{option.opener} {option.body} {option.snippet} {' '.join(option.bullets)}", language)
            assert {mention.kind for mention in said} <= {"product", "colour"}


def test_what_cannot_be_said_is_left_out_and_told() -> None:
    product = COAT.model_copy(update={"details": ("weird new thing",), "fit_note": "Ask Anna about it."})
    assert unspoken(product, "en") == ()
    assert unspoken(product, "fr") == (("details", "weird new thing"), ("fit_note", "Ask Anna about it."))
    french = written(product, "fr").model_dump_json()
    assert "weird" not in french and "Anna" not in french
    assert "weird new thing" in written(product, "en").model_dump_json()


def test_a_text_in_a_cell_is_no_plan_and_no_markup() -> None:
    product = COAT.model_copy(
        update={"details": ("{F}", "<b>x</b>", "#machine", "[a|b]"), "name": "{S} <i>coat</i>", "colour": "{{ 7 * 7 }}"}
    )
    for language in LANGUAGES:
        whole = written(product, language).model_dump_json()
        assert "{{" not in whole and "<b>" not in whole and "49" not in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_composition_is_exact(language: str) -> None:
    for option in written(COAT, language).options:
        shares = re.findall(r"(\d+)\W?%", option.fit_and_care)
        assert shares == ["80", "20", "100"]


def test_a_french_text_is_french_and_elided() -> None:
    for product in sample()[::7]:
        for text in prose(product, "fr"):
            assert not re.search(
                r"\b(?:le|la|de|que|à le|à les) (?=[aeiouéèê])(?!un\b|onze|os\b)", text.replace("de aux", "")
            ), text
            assert not re.search(r"(?<!\u202f)[;:?!](?:\s|$)", text), text


def test_length_follows_the_channel_the_note_and_the_advice() -> None:
    def mean(**more: object) -> float:
        texts = [prose_words(product, **more) for product in sample()[::16]]
        return sum(texts) / len(texts)

    def prose_words(product: Product, channel: Channel = Channel.SITE, **more: object) -> float:
        options = written(product, "en", channel, **more).options
        return sum(words(f"{option.opener} {option.body}") for option in options) / len(options)

    site = mean()
    assert mean(channel=Channel.SOCIAL) < mean(channel=Channel.MARKETPLACE) < site
    assert mean(note="Plus court, s’il vous plaît") < 0.8 * site
    shorter = Advice(feature="words", aim=60, effect=0.2, low=0.1, high=0.3)
    assert mean(advice=(shorter,)) < 0.85 * site


def test_advice_on_bullets_and_on_a_question_is_followed() -> None:
    bullets = Advice(feature="bullets", aim=3, effect=0.1, low=0.05, high=0.2)
    assert all(len(option.bullets) == 3 for option in written(COAT, "en", advice=(bullets,)).options)
    origin = Advice(feature="origin_named", aim=1, effect=0.1, low=0.05, high=0.2)
    assert "Italy" in written(COAT, "en", advice=(origin,)).options[0].opener


def test_the_reader_is_addressed_as_the_voice_says() -> None:
    formal, familiar = BrandVoice(address="formal"), BrandVoice(address="familiar")
    for product in sample()[::30]:
        plain = " ".join(prose(product, "fr"))
        assert not re.search(r"(?i)\b(?:vous|votre|tu)\b", plain), plain
        said = " ".join(o.opener + o.body for o in written(product, "fr", Channel.EMAIL, voice=formal).options)
        assert re.search(r"(?i)\b(?:vous|votre)\b", said)
        said = " ".join(o.opener + o.body for o in written(product, "fr", Channel.EMAIL, voice=familiar).options)
        assert not re.search(r"(?i)\bvous\b", said)


def test_forbidden_words_are_avoided_where_another_wording_exists() -> None:
    voice = BrandVoice(forbidden=("notice", "finish", "finished"))
    texts = [option.opener + option.body for p in sample()[::20] for option in written(p, "en", voice=voice).options]
    plain = [text for p in sample()[::20] for text in prose(p, "en")]
    pattern = re.compile(r"(?i)\b(?:notice|finish)")
    assert sum(bool(pattern.search(t)) for t in texts) < sum(bool(pattern.search(t)) for t in plain) / 2


@settings(max_examples=40, deadline=None)
@given(
    name=st.text(min_size=1, max_size=40).filter(str.strip),
    colour=st.text(max_size=30),
    details=st.lists(st.text(max_size=40), max_size=4),
    origin=st.text(max_size=20),
    channel=st.sampled_from(list(Channel)),
    language=st.sampled_from(LANGUAGES),
)
def test_any_product_is_described(
    name: str, colour: str, details: list[str], origin: str, channel: Channel, language: str
) -> None:
    product = Product(sku="x", name=name, category="", colour=colour, details=tuple(details), origin=origin)
    for option in written(product, language, channel).options:
        assert len(option.snippet) <= SNIPPET_CHARACTERS
        assert option.title


def test_options_do_not_share_a_sentence() -> None:
    for product, language in itertools.product(sample()[::25], LANGUAGES):
        texts = [set(sentences(text)) for text in prose(product, language)]
        for left, right in itertools.combinations(texts, 2):
            assert not left & right
