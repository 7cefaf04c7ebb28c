"""Data that contradict each other: told to the person, said by nobody."""

from __future__ import annotations

import pytest

from lib.access import Actor, Role
from lib.checks.model import Verdict
from lib.commerce.product_descriptions.checks import CHECKS
from lib.commerce.product_descriptions.contradictions import contradictions
from lib.commerce.product_descriptions.model import DescribeProduct, Material, Product
from lib.commerce.product_descriptions.writer import draft
from lib.i18n import LANGUAGES
from lib.tasks.model import Context

ACTOR = Actor(person="p", workspace="w", role=Role.INNOVATOR)
BAG = Product(
    sku="B1",
    name="Églantine bucket bag",
    category="bags",
    colour="tobacco",
    materials=(Material(name="goat suede", share=1),),
    lining=(Material(name="cotton", share=1),),
    attributes={"fabric": "suede", "closure": "drawstring", "pockets": "one inner pouch"},
    details=("tassel ends", "unlined, suede inside"),
)


def test_a_bag_is_not_lined_and_unlined() -> None:
    [found] = contradictions(BAG)
    assert (found.first, found.second) == ("unlined, suede inside", "cotton")
    assert (found.first_path, found.second_path) == ("product.details.1", "product.lining")
    french = BAG.model_copy(update={"details": ("non doublé, intérieur net",), "language": "fr"})
    assert len(contradictions(french)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"lining": ()},
        {"details": ("tassel ends",)},
        {"details": ("lined to the knee",)},
        {"details": ("half-lined",)},
        {"attributes": {"pockets": "no pockets"}, "lining": ()},
        {"attributes": {"sleeve": "sleeveless"}, "lining": ()},
    ],
)
def test_what_agrees_is_left_alone(change: dict[str, object]) -> None:
    assert contradictions(BAG.model_copy(update=change)) == ()


def test_sleeves_and_pockets_contradict_too() -> None:
    vest = BAG.model_copy(update={"attributes": {"sleeve": "sans manches"}, "details": ("poignets réglables",)})
    assert [one.second for one in contradictions(vest)] == ["poignets réglables"]
    plain = BAG.model_copy(update={"attributes": {"pockets": "two patch pockets"}, "details": ("no pockets",)})
    assert [one.second for one in contradictions(plain)] == ["two patch pockets"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_writer_says_neither_and_the_check_says_both(language: str) -> None:
    inputs = DescribeProduct(product=BAG)
    for seed in range(5):
        output = draft(inputs, Context(actor=ACTOR, language=language, seed=seed))
        said = output.model_dump_json().casefold()
        for word in ("unlined", "lined", "lining", "doubl"):
            assert word not in said
    check = next(item for item in CHECKS if item.name == "data")
    outcome = check.run(inputs, output, language)
    assert outcome.verdict is Verdict.WARN
    assert outcome.findings[0].values == {"first": "unlined, suede inside", "second": "cotton"}
