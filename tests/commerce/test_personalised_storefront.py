"""The page's markup: numbered differences, both pages' prices alike, consent said; and the page in the app."""

from __future__ import annotations

import re

import pytest

from lib.commerce.personalised_storefront.learned import learned_of
from lib.commerce.personalised_storefront.offers import HOUSE_OFFERS
from lib.commerce.personalised_storefront.samples import sample_tables
from lib.commerce.personalised_storefront.storefront import front_of
from lib.commerce.personalised_storefront.telling import differences, generic_why
from lib.i18n import use_language
from lib.shell.personalised_storefront import asking, preview
from tests.commerce.personalised_storefront.made_shop import ALL, shop
from tests.test_use_cases import open_page

NOTHING = frozenset()


@pytest.fixture(scope="module")
def learned():
    return learned_of(shop(), "page")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_number_on_the_page_has_its_reason(learned, language):
    with use_language(language):
        mine, generic = (
            front_of(learned.house, learned.ranker, "C1", ALL),
            front_of(learned.house, learned.ranker, "", NOTHING),
        )
        found = differences(mine, generic, learned.house, HOUSE_OFFERS[1], HOUSE_OFFERS[0])
        marks = {one.place: one.number for one in found}
        page = preview.page(mine, "Maison <b>", {}, HOUSE_OFFERS[1], marks, HOUSE_OFFERS)
        numbers = {int(one) for one in re.findall(r'class="front-mark"[^>]*>(\d+)<', page)}
        reasons = preview.reasons(found)
    assert found and numbers == {one.number for one in found}
    assert reasons.count("<details>") == len(found) and all(one.why for one in found)
    assert "Maison &lt;b&gt;" in page


def test_a_price_is_the_same_on_both_pages_and_all_conditions_stand_on_both(learned):
    fronts = [front_of(learned.house, learned.ranker, name, ALL) for name in ("C0", "C1", "")]
    prices = [{card.product.sku: card.product.price for card in front.cards} for front in fronts]
    for sku in set.intersection(*(set(one) for one in prices)):
        assert len({one[sku] for one in prices}) == 1
    pages = [preview.page(front, "M", {}, HOUSE_OFFERS[3], {}, HOUSE_OFFERS) for front in fronts]
    assert all("free alteration of a dress" in page and "48 hours" in page for page in pages)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_without_consent_says_so(learned, language):
    with use_language(language):
        mine = front_of(learned.house, learned.ranker, "C0", NOTHING)
        said = generic_why(mine, NOTHING, True, False)
    assert said and ("générique" in said if language == "fr" else "generic" in said)


def test_telling_profiles_are_suggested():
    house = learned_of(sample_tables(), "sample").house
    found = [house.shopper(name) for name in asking.suggested(house)]
    assert len(found) == 4 and all(found)
    assert len(found[0].purposes) == 3 and not found[3].purposes


@pytest.mark.parametrize("language", ["en", "fr"])
def test_consent_is_switched_in_the_app_and_what_changed_is_said(language):
    app = open_page("pages/commerce/personalised_storefront.py", language)
    assert not app.exception, app.exception
    orders = app.toggle[0]
    assert orders.value and not orders.disabled
    orders.set_value(False).run()
    assert not app.exception, app.exception
    assert any(("Retiré" if language == "fr" else "Withdrawn") in block.value for block in app.markdown)
    silent = asking.suggested(learned_of(sample_tables(), "sample").house)[3]
    app.selectbox[0].set_value(silent).run()
    assert not app.exception, app.exception
    assert all(toggle.disabled and not toggle.value for toggle in app.toggle[:3])
    said = "n’a consenti à rien" if language == "fr" else "agreed to nothing"
    assert any(said in block.value for block in app.get("html"))
