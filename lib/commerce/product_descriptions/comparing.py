"""How descriptions are compared: products of the sample or of one's own files, in three voices, by the first option."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.commerce.product_descriptions.columns import PRODUCT_COLUMNS
from lib.commerce.product_descriptions.data import products_from
from lib.commerce.product_descriptions.model import BrandVoice, DescribeProduct, Product
from lib.commerce.product_descriptions.voice import voice_of
from lib.comparable import Comparable, Input, InputSet, Passage, Variant
from lib.database import connect, data_sets
from lib.files.intake import Choices, mapping_of, read, take_in
from lib.i18n import N_, current_language, translate
from lib.settings import ROOT

USE_CASE = "product_descriptions"
SAMPLE = ROOT / "sample_data"
MOST_FILES = 10

IN_ENGLISH = N_("The demo house’s products, in English")
IN_FRENCH = N_("The demo house’s products, in French")


def _inputs(products: tuple[Product, ...], voice: BrandVoice) -> tuple[Input, ...]:
    return tuple(
        Input(f"{product.name} · {product.sku}", DescribeProduct(product=product, voice=voice)) for product in products
    )


def _products(content: bytes, name: str, choices: Choices) -> tuple[Product, ...]:
    table = read(content, name, choices)
    return take_in(table, mapping_of(table, PRODUCT_COLUMNS, choices), PRODUCT_COLUMNS, products_from).items


@cache
def _sample_products(path: Path) -> tuple[Product, ...]:
    return _products(path.read_bytes(), path.name, Choices())


def _sample(actor: Actor, file: str) -> tuple[Input, ...]:
    with connect() as database:
        voice, _stamp = voice_of(database, actor)
    return _inputs(_sample_products(SAMPLE / file), voice)


def _own(actor: Actor, data_set: str) -> tuple[Input, ...]:
    with connect() as database:
        found, content = data_sets.load(database, actor, data_set)
        voice, _stamp = voice_of(database, actor)
    return _inputs(_products(content, found.name, Choices.from_json(found.mapping)), voice)


def sets(database: Database, actor: Actor) -> tuple[InputSet, ...]:
    """The demo house's products, the list in the reader's language first, and each file uploaded on the page."""
    own = data_sets.listing(database, actor, USE_CASE, "products", MOST_FILES)
    return (
        *sorted(
            (
                InputSet("sample", translate(IN_ENGLISH), lambda: _sample(actor, "products.csv")),
                InputSet("sample_fr", translate(IN_FRENCH), lambda: _sample(actor, "produits.csv")),
            ),
            key=lambda one: (one.key == "sample") == (current_language() == "fr"),
        ),
        *(InputSet(one.id, one.name, lambda one=one: _own(actor, one.id)) for one in own),  # type: ignore[misc]
    )


def passages(output: dict[str, Any]) -> tuple[Passage, ...]:
    """The first option as it would stand on the product's page."""
    first = output["options"][0]
    return (
        Passage("title", (first["title"],)),
        Passage("lead", (first["opener"],)),
        Passage("text", (first["body"],)),
        Passage("points", tuple(first["bullets"])),
        Passage("small", (first["fit_and_care"],)),
        Passage("small", (first["snippet"],), N_("Search snippet")),
    )


def _in_register(register: str) -> Variant:
    def apply(inputs: DescribeProduct) -> DescribeProduct:
        voice = inputs.voice.model_copy(update={"register_": register})
        return inputs.model_copy(update={"voice": voice})

    return Variant(register, REGISTERS[register], apply)


REGISTERS = {"restrained": N_("Restrained voice"), "warm": N_("Warm voice"), "expert": N_("Expert voice")}
FIRST_OPTION = Comparable(
    sets=sets,
    passages=passages,
    variants=tuple(_in_register(register) for register in REGISTERS),
    variant_title=N_("Voice"),
    note=N_("Each side writes three options; the one that it puts first is compared."),
)
