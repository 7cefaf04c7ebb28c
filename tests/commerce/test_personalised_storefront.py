"""The page's markup: numbered differences, both pages' prices alike, consent said; and the page in the app."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from lib.commerce.personalised_storefront.learned import learned_of
from lib.commerce.personalised_storefront.offers import HOUSE_OFFERS
from lib.commerce.personalised_storefront.samples import sample_tables
from lib.commerce.personalised_storefront.storefront import front_of, house_of
from lib.commerce.personalised_storefront.telling import differences, generic_why
from lib.i18n import use_language
from lib.shell.personalised_storefront import asking, making, preview, taking
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
        page = preview.page(preview.Version(mine, {}, HOUSE_OFFERS[1], ("", ""), marks), "Maison <b>", HOUSE_OFFERS)
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
    pages = [preview.page(preview.Version(front, {}, HOUSE_OFFERS[3], ("", "")), "M", HOUSE_OFFERS) for front in fronts]
    assert all("free alteration of a piece" in page and "48 hours" in page for page in pages)


def test_the_opening_piece_does_not_stand_again_in_the_grid(learned):
    mine = front_of(learned.house, learned.ranker, "C1", ALL)
    page = preview.page(preview.Version(mine, {}, HOUSE_OFFERS[0], ("", "")), "M", HOUSE_OFFERS)
    assert page.count("<img") == len(mine.cards) and page.count("<h5>") == len(mine.cards) - 1
    assert f"<h5>{mine.cards[0].product.name}</h5>" not in page


def test_a_piece_carries_the_offers_that_it_may_be_had_with(learned):
    mine = front_of(learned.house, learned.ranker, "C1", ALL)
    made = preview.Version(mine, {}, HOUSE_OFFERS[0], ("", ""), {}, {mine.skus[2]: (HOUSE_OFFERS[3],)})
    assert preview.page(made, "M", HOUSE_OFFERS).count('class="front-off">10% off<') == 1


@pytest.mark.parametrize(("own", "workspace", "said"), [(False, "demo", "Maison Solène"), (True, "demo", "")])
def test_the_demo_houses_name_stands_on_its_own_tables_alone(learned, monkeypatch, own, workspace, said):
    monkeypatch.setattr(making.session, "workspace", lambda: workspace)
    name = making.house_name(own)
    assert name == said
    mine = front_of(learned.house, learned.ranker, "C1", ALL)
    page = preview.page(preview.Version(mine, {}, HOUSE_OFFERS[0], ("", "")), name, HOUSE_OFFERS)
    assert ("Solène" in page) is not own and ("Your shop" in page) is own


def test_a_workspace_of_its_own_puts_its_houses_name_on_its_own_tables(actor, monkeypatch):
    monkeypatch.setattr(making.session, "workspace", lambda: actor.workspace)
    monkeypatch.setattr(making.session, "actor", lambda: actor)
    assert making.house_name(True) == "Atelier Ada"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_without_consent_says_so(learned, language):
    with use_language(language):
        mine = front_of(learned.house, learned.ranker, "C0", NOTHING)
        said = generic_why(mine, NOTHING, True, False)
    assert said and ("générique" in said if language == "fr" else "generic" in said)


def test_offers_that_nothing_is_known_of_are_neither_drawn_as_zeros_nor_promised_under_the_page():
    blank = SimpleNamespace(margin=0.0, low=0.0, high=0.0)
    assert taking.nothing_known((blank, blank))
    known = SimpleNamespace(margin=0.0, low=0.0, high=12.0)
    assert not taking.nothing_known((blank, known))
    asked = SimpleNamespace(offers=HOUSE_OFFERS)
    assert taking.in_force(SimpleNamespace(outlooks=(blank, blank)), asked) == ()
    assert taking.in_force(SimpleNamespace(outlooks=(blank, known)), asked) == HOUSE_OFFERS


def test_telling_profiles_are_suggested():
    house = house_of(sample_tables())
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
    silent = asking.suggested(house_of(sample_tables()))[3]
    app.selectbox[0].set_value(silent).run()
    assert not app.exception, app.exception
    assert all(toggle.disabled and not toggle.value for toggle in app.toggle[:3])
    said = "n’a consenti à rien" if language == "fr" else "agreed to nothing"
    assert any(said in block.value for block in app.get("html"))
