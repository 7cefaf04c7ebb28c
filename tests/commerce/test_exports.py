"""The product information system's rows, the JSON-LD, and the text to paste."""

from __future__ import annotations

from lib.commerce.product_descriptions.exports import PIM_COLUMNS, Written, json_ld, pim_row, plain_text
from lib.commerce.product_descriptions.model import Channel, Description, Material, Product

PRODUCT = Product(
    sku="A1",
    name="Robe Ondine",
    category="dresses",
    colour="sage",
    materials=(Material(name="linen", share=0.7), Material(name="silk", share=0.3)),
    attributes={"neckline": "square", "pockets": ""},
    origin="France",
    price=420,
    sizes=("36", "38"),
)
DESCRIPTION = Description(
    angle="cut",
    title="Ondine",
    opener="An opener.",
    body="A body.",
    bullets=["One", "Two"],
    fit_and_care="Fit.",
    snippet="S.",
)
WRITTEN = Written(PRODUCT, DESCRIPTION, Channel.SITE, "en", "built-in", "", "run1", "approved")


def test_a_row_has_every_column_and_no_other():
    row = pim_row(WRITTEN)
    assert tuple(row) == PIM_COLUMNS
    assert (row["sku"], row["bullet_2"], row["bullet_3"], row["status"]) == ("A1", "Two", "", "approved")


def test_json_ld_says_what_the_data_holds():
    data = json_ld(WRITTEN, "Maison Solène")
    assert data["@type"] == "Product"
    assert data["material"] == "70% linen, 30% silk"
    assert data["offers"] == {"@type": "Offer", "price": "420.00", "priceCurrency": "EUR"}
    assert data["additionalProperty"] == [{"@type": "PropertyValue", "name": "neckline", "value": "square"}]
    assert data["countryOfOrigin"]["name"] == "France"


def test_json_ld_leaves_out_what_is_not_known():
    bare = Written(
        Product(sku="B", name="B", category=""), DESCRIPTION, Channel.SITE, "fr", "built-in", "", "r", "draft"
    )
    assert set(json_ld(bare, "H")) == {"@context", "@type", "sku", "name", "description", "brand"}


def test_the_text_to_paste_holds_every_part_once():
    text = plain_text(DESCRIPTION)
    assert all(text.count(part) == 1 for part in ("Ondine", "An opener.", "A body.", "• One", "• Two", "Fit."))
