"""Rows become products and posts; what cannot be read is named with its line, and never ends the reading."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.commerce.product_descriptions.data import POST_COLUMNS, PRODUCT_COLUMNS, posts_from, products_from
from lib.commerce.product_descriptions.model import Channel
from lib.commerce.product_descriptions.values import (
    BadValue,
    composition_from,
    date_from,
    list_from,
    number_from,
    pairs_from,
    plain,
)
from lib.i18n import number, translate

PRODUCT = {"sku": "A1", "name": "Aube coat", "category": "Coats"}
POST = {"post_id": "P1", "text": "A coat that lasts.", "views": "1 200", "orders": "31"}


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("92% wool, 8% cashmere", [("wool", 0.92), ("cashmere", 0.08)]),
        ("92 % laine vierge - 8 % cachemire", [("laine vierge", 0.92), ("cachemire", 0.08)]),
        ("92,5 % laine ; 7,5 % soie", [("laine", 0.925), ("soie", 0.075)]),
        ("wool 92 % / cashmere 8 %", [("wool", 0.92), ("cashmere", 0.08)]),
        ("92% wool 8% cashmere", [("wool", 0.92), ("cashmere", 0.08)]),
        ("60 % de laine et 40 % d’alpaga", [("laine", 0.6), ("alpaga", 0.4)]),
        ("60\u202f% laine\n40\u202f% soie", [("laine", 0.6), ("soie", 0.4)]),
        ("silk and cotton", [("silk", None), ("cotton", None)]),
        ("calfskin", [("calfskin", None)]),
        ("", []),
    ],
)
def test_compositions_in_both_languages_writings(cell, parts):
    main, lining = composition_from(cell)
    assert [(m.name, m.share) for m in main] == [(name, pytest.approx(share)) for name, share in parts]
    assert lining == ()


def test_a_labelled_lining_is_kept_apart():
    main, lining = composition_from("Tissu principal : 100 % laine. Doublure : 100 % cupro")
    assert [m.name for m in main] == ["laine"]
    assert [m.name for m in lining] == ["cupro"]


@pytest.mark.parametrize("cell", ["80% wool, 30% silk", "150% wool"])
def test_shares_beyond_the_whole_are_refused(cell):
    with pytest.raises(BadValue, match="%"):
        composition_from(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1 250,00 €", 1250),
        ("1\u202f250,00\u00a0€", 1250),
        ("1,250.00", 1250),
        ("1.250,00", 1250),
        ("1'250.50", 1250.5),
        ("€1,250", 1250),
        ("1.250", 1250),
        ("12,5", 12.5),
        ("0.125", 0.125),
        ("149.90 € TTC", 149.9),
        ("1,250,000", 1_250_000),
    ],
)
def test_numbers_as_people_write_them(cell, value):
    assert number_from(cell) == pytest.approx(value)


@pytest.mark.parametrize(
    "cell", ["douze euros", "-5", "NaN", "inf", "1e5", "1.2.3", "2 for 10", "1,2,3.4", "=1+1", "9" * 400]
)
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(BadValue):
        number_from(cell)


@given(st.integers(0, 10**9), st.sampled_from(["en", "fr"]))
def test_a_number_shown_by_the_product_is_read_back(cents, language):
    assert number_from(number(cents / 100, 2, language)) == pytest.approx(cents / 100)


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("36, 38, 40", ("36", "38", "40")),
        ("horn buttons; hem, hand-finished", ("horn buttons", "hem, hand-finished")),
        ("S | M | L", ("S", "M", "L")),
        ("34 / 36 / 38", ("34", "36", "38")),
        ('["a", "b"]', ("a", "b")),
        ("talon 1,5 cm, cuir", ("talon 1,5 cm", "cuir")),
        ("• a\n• b", ("a", "b")),
        ("", ()),
        ("[" * 5000, ("[" * 5000,)),
    ],
)
def test_lists(cell, items):
    assert list_from(cell) == items


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-12",
        "12/03/2024",
        "12.03.2024",
        "12 mars 2024",
        "March 12, 2024",
        "12 March 2024",
        "2024-03-12 00:00:00",
    ],
)
def test_dates_in_the_usual_writings(cell):
    assert date_from(cell) == dt.date(2024, 3, 12)


def test_a_first_of_the_month_and_an_impossible_day():
    assert date_from("1er août 2023") == dt.date(2023, 8, 1)
    with pytest.raises(BadValue):
        date_from("31/02/2024")


def test_named_attributes_come_under_our_names():
    row = PRODUCT | {"neckline": "Round", "attributes": "Encolure : V ; manches : longues ; martingale : oui"}
    (product,), _problems = products_from([row])
    assert product.attributes == {"neckline": "Round", "sleeve": "longues", "martingale": "oui"}
    assert pairs_from('{"fit": "slim", "x": null}') == {"fit": "slim"}


def test_a_product_from_a_french_row():
    row = PRODUCT | {
        "name": "Manteau Aube",
        "category": "Manteaux",
        "materials": "92 % laine, 8 % cachemire",
        "price": "1 250,00 €",
        "sizes": "36 38 40",
        "care": "Nettoyage à sec ; Ne pas blanchir",
    }
    (product,), problems = products_from([row])
    assert problems == ()
    assert (product.price, product.currency, product.sizes) == (1250, "EUR", ("36", "38", "40"))
    assert product.care == ("Nettoyage à sec", "Ne pas blanchir")
    assert product.language == "fr"


def test_bad_rows_are_named_and_good_ones_kept():
    rows = [PRODUCT, PRODUCT | {"sku": "A2", "name": " "}, PRODUCT | {"sku": "A3", "price": "deux cents"}, PRODUCT]
    products, problems = products_from(rows, lines=[2, 3, 5, 9])
    assert [product.sku for product in products] == ["A1"]
    assert [(p.line, p.column) for p in problems] == [(3, "name"), (5, "price"), (9, "sku")]
    assert "deux cents" in translate(problems[1].message, "fr", **problems[1].values)
    assert problems[2].values["first"] == 2


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"orders": "2000"}, "orders"),
        ({"views": "beaucoup"}, "views"),
        ({"views": ""}, "views"),
        ({"orders": "1.5"}, "orders"),
        ({"text": ""}, "text"),
        ({"channel": "télégramme"}, "channel"),
        ({"published_on": "hier"}, "published_on"),
        ({"text": "x" * 30_000}, "text"),
    ],
)
def test_a_post_that_cannot_be_read_is_named(change, column):
    posts, problems = posts_from([POST | change])
    assert posts == ()
    assert [(p.line, p.column) for p in problems] == [(2, column)]


@pytest.mark.parametrize(
    ("cell", "channel"),
    [
        ("Site", Channel.SITE),
        ("place de marché", Channel.MARKETPLACE),
        ("Réseaux sociaux", Channel.SOCIAL),
        ("e-mail", Channel.EMAIL),
    ],
)
def test_channels_in_both_languages(cell, channel):
    (post,), _problems = posts_from([POST | {"channel": cell}])
    assert post.channel == channel


def test_a_posts_language_is_read_or_guessed():
    rows = [
        POST,
        POST | {"post_id": "2", "text": "Un manteau qui garde sa ligne."},
        POST | {"post_id": "3", "language": "Français"},
    ]
    posts, _problems = posts_from(rows)
    assert [post.language for post in posts] == ["en", "fr", "fr"]


@given(st.dictionaries(st.sampled_from([c.name for c in PRODUCT_COLUMNS]), st.text(max_size=60)))
def test_no_row_of_products_ends_the_reading(row):
    products, problems = products_from([row, PRODUCT | {"sku": "the last one"}])
    assert products[-1].sku == "the last one"
    assert len(products) + len(problems) == 2


@given(
    st.dictionaries(
        st.sampled_from([c.name for c in POST_COLUMNS]), st.text(alphabet="0123456789 ,.-/éa%{}<", max_size=20)
    )
)
def test_no_row_of_posts_ends_the_reading(row):
    posts, problems = posts_from([row, POST | {"post_id": "the last one"}])
    assert posts[-1].post_id == "the last one"
    assert all(translate(p.message, language, **p.values) for p in problems for language in ("en", "fr"))


@pytest.mark.parametrize("columns", [PRODUCT_COLUMNS, POST_COLUMNS])
def test_no_name_could_mean_two_columns(columns):
    names = Counter(name for c in columns for name in {plain(c.name), *map(plain, c.aliases)})
    assert [name for name, times in names.items() if times > 1] == []
