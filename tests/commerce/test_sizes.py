"""Sizes as houses write them."""

from __future__ import annotations

import pytest

from lib.access import Actor, Role
from lib.checks.model import Verdict
from lib.commerce.product_descriptions.checks import trace
from lib.commerce.product_descriptions.data import products_from
from lib.commerce.product_descriptions.model import DescribeProduct
from lib.commerce.product_descriptions.sizes import size_ends, sizes_from
from lib.commerce.product_descriptions.writer import draft
from lib.tasks.model import Context


@pytest.mark.parametrize(
    ("cell", "sizes", "ends"),
    [
        ("36-38-40-42", ("36", "38", "40", "42"), ("36", "42")),
        ("36 - 38 - 40", ("36", "38", "40"), ("36", "40")),
        ("XS–S–M", ("XS", "S", "M"), ("XS", "M")),
        ("36 / 38", ("36", "38"), ("36", "38")),
        ("36 38 40", ("36", "38", "40"), ("36", "40")),
        ("36,38,40", ("36", "38", "40"), ("36", "40")),
        ("36 à 42", ("36 à 42",), ("36", "42")),
        ("du 36 au 42", ("du 36 au 42",), ("36", "42")),
        ("T36 à T42", ("T36 à T42",), ("36", "42")),
        ("XS-XL", ("XS-XL",), ("XS", "XL")),
        ("XS to XL", ("XS to XL",), ("XS", "XL")),
        ("36 - 42", ("36 - 42",), ("36", "42")),
        ("FR 34-46", ("FR 34-46",), ("34", "46")),
        ("taille unique", ("taille unique",), ("", "")),
        ("TU", ("TU",), ("", "")),
    ],
)
def test_lists_and_ranges(cell: str, sizes: tuple[str, ...], ends: tuple[str, str]) -> None:
    assert sizes_from(cell) == sizes
    assert size_ends(sizes) == ends
    [product], problems = products_from([{"sku": "1", "name": "Robe Zoé", "category": "robes", "sizes": cell}])
    assert (product.sizes, problems) == (sizes, ())


def test_a_list_kept_as_one_entry_is_read_too() -> None:
    assert size_ends(("36-38-40-42",)) == ("36", "42")


@pytest.mark.parametrize("cell", ["36-38-40-42", "36 à 42", "XS-XL"])
def test_the_run_is_said_and_borne_out(cell: str) -> None:
    row = {"sku": "1", "name": "Robe Zoé", "category": "robes", "colour": "noir", "sizes": cell}
    [product], _problems = products_from([row], language="fr")
    context = Context(actor=Actor(person="p", workspace="w", role=Role.INNOVATOR), language="fr", seed=1)
    first, last = size_ends(product.sizes)
    for option in draft(DescribeProduct(product=product), context).options:
        assert first in option.fit_and_care and last in option.fit_and_care
        assert all(found.verdict is not Verdict.FAIL for found in trace(option, product, "fr"))
