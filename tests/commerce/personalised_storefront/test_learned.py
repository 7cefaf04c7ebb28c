"""What comes with the product holds for exactly this method and these tables, and gives what learning gives."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from lib.commerce.personalised_storefront import drawing, pictures
from lib.commerce.personalised_storefront.learned import (
    USE_CASE,
    fit_from,
    fit_of,
    learned_from,
    learned_of,
    method_version,
    of_sample,
    sample_fingerprint,
    shipped_fit,
)
from lib.commerce.personalised_storefront.model import Product
from lib.commerce.personalised_storefront.ranker import learn
from lib.commerce.personalised_storefront.samples import sample_tables
from lib.commerce.personalised_storefront.storefront import front_of, house_of
from lib.evidence import ANALYSES
from tests.commerce.personalised_storefront.made_shop import ALL, shop


def test_a_kept_fit_gives_the_ranker_that_was_learned():
    house = house_of(shop())
    said = []
    fit = fit_of(house, lambda share, message="": said.append(share))
    again = learned_from(house, fit_from(json.loads(json.dumps(fit.as_json()))))
    place = (house.agreed, len(house.who), house.line, house.sales, house.today)
    fresh = learn(*place, fit.choice.method, fit.choice.penalty)
    done = np.eye(len(house.line))[:3]
    assert np.allclose(again.ranker.scores(done), fresh.scores(done))
    assert again.choice == fit.choice and again.ranker.choices == fresh.choices
    assert said == sorted(said) and len(said) > 3


def test_what_comes_with_the_product_is_of_this_method_and_these_tables():
    """Stale after a change of the method or the sample: ``make analyses`` makes it anew."""
    stored = json.loads(ANALYSES.read_text("utf-8")).get(USE_CASE, {})
    assert (stored.get("method_version"), stored.get("fingerprint")) == (method_version(), sample_fingerprint()), (
        "run make analyses"
    )
    assert shipped_fit() is not None


@pytest.mark.long
def test_the_shipped_fit_is_what_learning_finds():
    stored, now = json.loads(ANALYSES.read_text("utf-8"))[USE_CASE]["output"], of_sample()["output"]
    assert np.allclose(stored["weights"], now["weights"], atol=1e-3)
    assert stored["choice"]["method"] == now["choice"]["method"]


def test_a_page_of_the_sample_needs_no_drawing_and_looks_as_drawn_now():
    """Stale after a change of how products are drawn: ``make analyses`` draws them anew."""
    goods = sample_tables().products
    assert all(pictures.is_ready(one) for one in goods), "run make analyses"
    for product in goods[7::160]:
        there, now = (
            np.asarray(Image.open(io.BytesIO(one)).convert("RGB"), dtype=float)
            for one in (pictures.picture(product), drawing.picture(product))
        )
        assert np.abs(there - now).mean() < 2.0, product.sku


def test_pictures_of_another_code_are_not_used(tmp_path, monkeypatch):
    strange = Product(sku="A", name="Thing", category="things")
    assert pictures.draw_all([strange], tmp_path / "few.zip") == 1
    assert pictures.key_of(strange) in pictures.shipped(tmp_path / "few.zip")
    pictures.shipped.cache_clear()
    monkeypatch.setattr(pictures, "drawn_by", lambda: "another")
    assert pictures.shipped(tmp_path / "few.zip") == {}
    pictures.shipped.cache_clear()


def test_the_page_of_a_shipped_fit_is_that_of_the_sample():
    fit = shipped_fit()
    assert fit is not None
    learned = learned_of(sample_tables(), "shipped", fit)
    customer = next(one for one in learned.house.tables.shoppers if one.purposes == ALL).customer_id
    assert front_of(learned.house, learned.ranker, customer, ALL).cards
