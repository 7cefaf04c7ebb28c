"""The page's words say nothing that isn't in the products; files hold what the page shows."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from lib.access import Actor, Role
from lib.checks import Verdict
from lib.commerce.personalised_storefront.drawing import SIZE, garment_of, picture
from lib.commerce.personalised_storefront.exports import page_picture, ranking_csv, rules_json
from lib.commerce.personalised_storefront.learned import learned_of
from lib.commerce.personalised_storefront.model import Product
from lib.commerce.personalised_storefront.offers import HOUSE_OFFERS
from lib.commerce.personalised_storefront.samples import sample_tables
from lib.commerce.personalised_storefront.storefront import Rules, front_of
from lib.commerce.personalised_storefront.telling import product_name
from lib.commerce.personalised_storefront.words import (
    WRITE_SHOP_WORDS,
    CardLine,
    Piece,
    WriteShopWords,
    card_line,
)
from lib.i18n import use_language
from lib.tasks import Context
from lib.tasks.prompts import read_file, render
from tests.commerce.personalised_storefront.made_shop import ALL, shop


def context(language: str) -> Context:
    return Context(Actor("p", "w", Role.INNOVATOR), language=language)


def inputs() -> WriteShopWords:
    goods = sample_tables().products[::24]
    leads = ("colour", "fabric", "fit", "", "sleeve", "pattern", "length", "neck")
    cards = tuple(Piece(product=one, lead=leads[at % 8]) for at, one in enumerate(goods))
    told = "For everybody until Sunday: 10% off."
    return WriteShopWords(hero=cards[0], cards=cards, offer="10% off", conditions=told)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_draft_passes_its_checks(language):
    given = inputs()
    made = WRITE_SHOP_WORDS.draft(given, context(language))
    assert [line.sku for line in made.lines] == [piece.product.sku for piece in given.cards]
    for check in WRITE_SHOP_WORDS.checks:
        result = check.run(given, made, language)
        assert result.verdict in (Verdict.PASS, Verdict.NOTE), (check.name, result.findings)


def test_a_fact_that_is_in_no_product_is_found_and_so_is_a_strange_line():
    given = inputs()
    made = WRITE_SHOP_WORDS.draft(given, context("en"))
    made.hero_line = "Hand-made in Japan from organic vicuña."
    made.lines[1] = CardLine(sku="X", text="red")
    verdicts = {check.name: check.run(given, made, "en").verdict for check in WRITE_SHOP_WORDS.checks}
    assert verdicts["claims"] in (Verdict.WARN, Verdict.FAIL)
    assert verdicts["whole"] is Verdict.FAIL


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("For everybody until Sunday, 10% off.", Verdict.PASS),
        ("For everybody until Sunday, 25% off.", Verdict.FAIL),
        ("", Verdict.WARN),
    ],
)
def test_the_offer_is_told_with_its_own_numbers(line, verdict):
    given = inputs()
    check = next(one for one in WRITE_SHOP_WORDS.checks if one.name == "offer")
    made = WRITE_SHOP_WORDS.draft(given, context("en")).model_copy(update={"offer_line": line})
    assert check.run(given, made, "en").verdict is verdict
    without = given.model_copy(update={"offer": "", "conditions": ""})
    assert check.run(without, made, "en").verdict is (Verdict.FAIL if line else Verdict.PASS)
    assert WRITE_SHOP_WORDS.draft(without, context("en")).offer_line == ""


def test_a_piece_is_named_in_the_readers_language_and_keeps_its_own_name():
    shirt = Product(sku="A", name="Cascabelle linen shirt", category="shirts", language="en")
    with use_language("fr"):
        assert product_name(shirt) == "Chemise en lin Cascabelle"
    with use_language("en"):
        assert product_name(shirt) == shirt.name


def test_the_fact_that_a_profile_turns_on_comes_first():
    product = Product(
        sku="A", name="Aube dress", category="dresses", colour="navy", attributes={"fabric": "silk satin"}
    )
    assert card_line(Piece(product=product, lead="colour"), "en").startswith("navy")
    assert card_line(Piece(product=product, lead="fabric"), "fr").startswith("satin de soie")


def test_the_prompt_tells_nothing_of_the_shopper_and_reads_no_data_as_a_template():
    given = inputs()
    strange = given.hero.product.model_copy(update={"name": "{{ 7 * 7 }} dress"})
    given = given.model_copy(update={"hero": Piece(product=strange)})
    system, user = render(read_file(WRITE_SHOP_WORDS.prompts, WRITE_SHOP_WORDS.name), given, context("fr"))
    assert "French" in system and "{{ 7 * 7 }}" in user
    assert set(WriteShopWords.model_fields) == {
        "house",
        "hero",
        "cards",
        "offer",
        "conditions",
    }  # all of them the house’s


def test_products_are_drawn_and_what_nobody_knows_is_an_empty_ground():
    drawn = [garment_of(product) for product in sample_tables().products]
    assert all(drawn)
    assert {garment.kind for garment in drawn} >= {"dress", "coat", "knit", "shirt", "trousers", "skirt", "bag", "shoe"}
    strange = Image.open(io.BytesIO(picture(Product(sku="A", name="Thing", category="things"))))
    assert strange.size == SIZE and len(strange.convert("RGB").getcolors(10_000) or ()) <= 4


@pytest.mark.parametrize(("kind", "first"), [("PNG", b"\x89PNG"), ("PDF", b"%PDF")])
def test_the_page_is_taken_away(kind, first):
    learned = learned_of(shop(), "files")
    mine = front_of(learned.house, learned.ranker, "C0", ALL)
    words = {"title": "A title", "line": "A line.", "description": "Said. " * 200}
    with use_language("fr"):
        assert page_picture(mine, "Maison", words, HOUSE_OFFERS[3], kind).startswith(first)


def test_the_ranking_and_the_rules_are_taken_away():
    learned = learned_of(shop(), "files")
    mine, generic = (front_of(learned.house, learned.ranker, name, ALL) for name in ("C0", ""))
    table = ranking_csv(mine, generic, learned.house).decode("utf-8-sig").splitlines()
    assert len(table) == 1 + len(mine.cards) and mine.skus[0] in table[1]
    told = json.loads(rules_json(Rules(pinned=("P1",)), HOUSE_OFFERS[1]))
    assert told["rules"]["pinned"] == ["P1"] and told["same_price_for_everybody"] and told["offer"]["conditions"]
