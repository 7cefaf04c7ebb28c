"""What a copy editor would strike out, as properties of every text over both sample files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from lib.access import Actor, Role
from lib.commerce.product_descriptions.columns import PRODUCT_COLUMNS
from lib.commerce.product_descriptions.data import products_from
from lib.commerce.product_descriptions.model import (
    BrandVoice,
    Channel,
    DescribeProduct,
    Description,
    Product,
)
from lib.commerce.product_descriptions.values import plain
from lib.commerce.product_descriptions.writer import draft, sentences
from lib.commerce.product_descriptions.writer.templates import PLANS, plans_of
from lib.commerce.product_descriptions.writer.text import stutters
from lib.i18n import LANGUAGES
from lib.tasks.model import Context

FOLDER = Path(__file__).parents[2] / "sample_data"
ACTOR = Actor(person="p", workspace="w", role=Role.INNOVATOR)
CONTINUATIONS = {
    "fr": r"(?i)(?:puis|ensuite|aussi|enfin|et|mais|à cela|outre|de plus|également|suive?n?t)\b",
    "en": r"(?i)(?:then|also|and|but|next|besides|moreover|finally|as well|to this)\b",
}
PADDING = {
    "fr": r"sans autre nuance|et c’est tout|une seule (?:couleur|matière)|sans partage|tout simplement|de bout en bout",
    "en": r"that is all|and nothing hidden|nothing else|through and through|from edge to edge",
}


@cache
def english() -> tuple[Product, ...]:
    with (FOLDER / "products.csv").open(encoding="utf-8-sig", newline="") as file:
        return products_from(list(csv.DictReader(file)))[0]


@cache
def french() -> tuple[Product, ...]:
    names = {plain(alias): c.name for c in PRODUCT_COLUMNS for alias in (c.name, c.title, *c.aliases)}
    with (FOLDER / "produits.csv").open(encoding="cp1252", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    columns = [names.get(plain(title), plain(title)) for title in head]
    return products_from([dict(zip(columns, row, strict=False)) for row in rows], language="fr")[0]


@cache
def texts(language: str) -> tuple[tuple[Product, Description], ...]:
    """Texts of every eighth product of both files on every channel."""
    found = []
    for number, product in enumerate((*english()[::14], *french()[::8])):
        for channel in Channel:
            voice = BrandVoice(address="formal" if channel is Channel.EMAIL else "none", sentence_words=16)
            inputs = DescribeProduct(product=product, channel=channel, voice=voice)
            options = draft(inputs, Context(actor=ACTOR, language=language, seed=number)).options
            found += [(product, option) for option in options]
    return tuple(found)


def spoken(language: str) -> Iterator[str]:
    for _product, option in texts(language):
        yield from sentences(f"{option.opener} {option.body} {option.snippet}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_says_a_word_twice(language: str) -> None:
    for _product, option in texts(language):
        for sentence in sentences(f"{option.opener} {option.body}"):
            assert not stutters(sentence), sentence


@pytest.mark.parametrize(
    ("sentence", "twice"),
    [
        ("Une pochette intérieure à l’intérieur.", True),
        ("Pour les manches, des manches longues.", True),
        ("A zipped inner pocket, and pockets at the side.", True),
        ("Il se compose de 80 % de coton et 20 % de coton recyclé.", False),
        ("Elle a un col pointu et des manches courtes.", False),
    ],
)
def test_a_stutter_is_known(sentence: str, twice: bool) -> None:
    assert stutters(sentence) is twice


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_body_and_no_plan_begins_with_a_continuation(language: str) -> None:
    for _product, option in texts(language):
        assert not re.match(CONTINUATIONS[language], option.body), option.body
    for plan in plans_of(language):
        assert not re.match(CONTINUATIONS[language], plan), plan


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_padding_and_no_exclusive_claim(language: str) -> None:
    for sentence in spoken(language):
        assert not re.search(PADDING[language], sentence.casefold()), sentence


# A slot that stands as a subject: at the start, after a colon or a semicolon, or joined to another one there.
_SUBJECT = re.compile(r"(?:^|[;:] |\| ?)(?:{\w+(?::\w+)?} (?:et|and) )?{(\w+)(?::\w+)?} ([^\s<>|.,;:{}]+)")
# Predicates that a slot brings with it agree by construction; other words are no verbs.
_NO_VERB = {
    "fr": {"et", "en", "pour", "ou", "d’abord", "qui", "dans", "avec", "sur", "à", "de", "de~", "entre", "nous"},
    "en": {"and", "in", "for", "first", "that", "with", "of", "to", "on", "has", "had", "can", "made"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_after_a_slot_agrees_with_it_by_construction(language: str) -> None:
    one = {"house", "origin_name", "origin_bare", "F", "FC", "C", "C0", "fit", "line", "toe"}  # always singular
    for path in sorted(PLANS.glob(f"{language}_*.toml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            plan = re.sub(r"#\w+\s*", "", line.strip().strip('",'))
            for slot, word in _SUBJECT.findall(plan):
                agreeing = word.startswith("[") or slot in one or word in _NO_VERB[language]
                assert agreeing, (slot, word, plan)


def test_french_plurals_agree() -> None:
    counted = re.compile(r"^(?:Deux|Trois|Quatre|Cinq|Six|Sept|Des|Les|De|D’)\b[^,;:.]*? (\w+) (?:la|le|l’|les)\b")
    singular = re.compile(r"(?:ponctue|signe|complète|dessine|accompagne|anime|habille|donne|achève|parachève)$")
    for sentence in spoken("fr"):
        match = counted.match(sentence)
        assert not (match and singular.fullmatch(match[1])), sentence


def test_a_plural_takes_de_before_its_adjective() -> None:
    wrong = re.compile(r"\bdes (?:larges|hauts|hautes|fines|fins|petites|petits|grandes|grands|doubles|longs) \w")
    for product, option in texts("fr"):
        for text in (option.opener, option.body, option.snippet):
            assert not wrong.search(text), (product.name, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_repeats_itself(language: str) -> None:
    for _product, option in texts(language):
        for bullet in option.bullets:
            label, _, value = bullet.partition(":")
            first = re.findall(r"\w+", value)[:1]
            assert not first or label.strip().casefold().rstrip("s") != first[0].casefold().rstrip("s"), bullet


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_snippet_names_the_product_and_goes_on_in_whole_sentences(language: str) -> None:
    verbs = {
        "fr": r"\b(?:est|sont|a|ont|se|s’arrête|s’arrêtent|adopten?t?|existen?t?|tomben?t?|descend(?:ent)?)\b",
        "en": r"\b(?:is|are|has|have|comes?|falls?|closes?|fastens?|buttons?)\b",
    }
    for product, option in texts(language):
        first, *following = sentences(option.snippet)
        assert len(first.split()) > 1, (product.name, option.snippet)
        for sentence in following:
            assert re.search(verbs[language], sentence), (product.name, option.snippet)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_social_title_says_more_than_a_name(language: str) -> None:
    for product, option in texts(language):
        assert len(option.title.split()) > 1, (product.name, option.title)
