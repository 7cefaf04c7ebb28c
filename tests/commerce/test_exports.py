"""The product information system's rows, the JSON-LD, and the text to paste."""

from __future__ import annotations

from dataclasses import replace

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
WRITTEN = Written(PRODUCT, DESCRIPTION, Channel.SITE, "en", "built-in", "", "run1", "approved", "Atelier Dupont")


def test_a_row_has_every_column_and_no_other():
    row = pim_row(WRITTEN)
    assert tuple(row) == PIM_COLUMNS
    assert (row["sku"], row["bullet_2"], row["bullet_3"], row["status"]) == ("A1", "Two", "", "approved")


def test_json_ld_says_what_the_data_holds():
    data = json_ld(WRITTEN)
    assert data["@type"] == "Product"
    assert data["name"] == "Robe Ondine"
    assert data["brand"] == {"@type": "Brand", "name": "Atelier Dupont"}
    assert data["material"] == "70% linen, 30% silk"
    assert data["offers"] == {"@type": "Offer", "price": "420.00", "priceCurrency": "EUR"}
    assert data["additionalProperty"] == [{"@type": "PropertyValue", "name": "Neckline", "value": "square"}]
    assert data["countryOfOrigin"]["name"] == "France"


def test_json_ld_leaves_out_what_is_not_known():
    bare = Written(
        Product(sku="B", name="B", category=""), DESCRIPTION, Channel.SITE, "fr", "built-in", "", "r", "draft"
    )
    assert set(json_ld(bare)) == {
        "@context", "@type", "sku", "name", "alternateName", "description", "mainEntityOfPage",
    }  # fmt: skip


def test_a_french_text_has_french_facts_and_says_its_language():
    product = PRODUCT.model_copy(
        update={
            "name": "Ondine slip dress",
            "colour": "bottle green",
            "materials": (Material(name="mulberry silk", share=1),),
            "attributes": {"closure": "concealed side zip", "neckline": "V-neck", "secret": "nobody's word"},
            "origin": "Italy",
        }
    )
    data = json_ld(replace(WRITTEN, product=product, language="fr"))
    assert data["mainEntityOfPage"]["inLanguage"] == "fr"
    assert (data["category"], data["color"], data["countryOfOrigin"]["name"]) == ("robe", "vert bouteille", "Italie")
    assert data["material"] == "100\u202f% soie de mûrier"
    told = {one["name"]: one["value"] for one in data["additionalProperty"]}
    assert told["Encolure"] == "encolure en V"
    assert "zip" in told["Fermeture"] and "concealed" not in told["Fermeture"]
    # What the vocabulary has no word for stands as the data gives it.
    assert told["secret"] == "nobody's word"


def test_facts_in_the_texts_own_language_stand_as_the_house_wrote_them():
    data = json_ld(WRITTEN)
    assert (data["category"], data["color"]) == ("dresses", "sage")


def test_json_ld_carries_the_whole_description():
    said = json_ld(WRITTEN)["description"]
    assert all(part in said for part in ("An opener.", "A body.", "One", "Two", "Fit."))


def test_a_row_says_who_edited_and_approved_and_what_stood():
    as_written = pim_row(replace(WRITTEN, status="draft"))
    assert (as_written["edited"], as_written["edited_by"], as_written["findings_to_fix"]) == ("no", "", "")
    row = pim_row(replace(WRITTEN, edited_by="Ada", approved_by="Ada", open_findings=9, reason="Seen"))
    assert (row["engine"], row["edited"], row["edited_by"]) == ("built-in", "yes", "Ada")
    assert (row["approved_by"], row["findings_to_fix"], row["approval_reason"]) == ("Ada", 9, "Seen")


def test_the_text_to_paste_holds_every_part_once():
    text = plain_text(DESCRIPTION)
    assert all(text.count(part) == 1 for part in ("Ondine", "An opener.", "A body.", "• One", "• Two", "Fit."))
