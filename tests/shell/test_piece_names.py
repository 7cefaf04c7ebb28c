"""The demo house's pieces are called in the reader's language, a house's own as its file calls them."""

from __future__ import annotations

import csv

import pytest

from lib.i18n import use_language
from lib.shell.piece_names import PRODUCTS, own_name, piece_name, piece_type


def test_a_french_reader_reads_french_names() -> None:
    with use_language("fr"):
        assert piece_name("Tamaris silk blouse") == "Blouse en soie Tamaris"
        assert piece_name("Oriel car coat", inside=True) == "manteau droit Oriel"
        assert piece_type("Tamaris silk blouse") == "blouse en soie"
        assert own_name("Tamaris silk blouse") == "Tamaris"


def test_an_english_reader_reads_the_file() -> None:
    assert piece_name("Tamaris silk blouse", inside=True) == "Tamaris silk blouse"
    assert piece_type("Tamaris silk blouse") == ""


@pytest.mark.parametrize("name", ["Silk blouse of another house", "Robe chemise Jasmine", ""])
def test_a_houses_own_piece_keeps_its_name(name: str) -> None:
    with use_language("fr"):
        assert piece_name(name, inside=True) == name
        assert piece_type(name) == own_name(name) == ""


def test_every_piece_of_the_demo_house_has_a_french_name() -> None:
    with PRODUCTS.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    with use_language("fr"):
        assert [name for name in names if piece_name(name) == name] == []
