"""Columns are recognised by names in both languages and by what stands in them; what is missing is said."""

from __future__ import annotations

import pytest

from lib.errors import ColumnsMissing
from lib.files.columns import Column
from lib.files.intake import Choices, mapping_of, read, take_in
from lib.files.mapping import apply_mapping, chosen, propose, shape
from lib.files.tables import read_table
from lib.i18n import N_

COLUMNS = (
    Column("sku", N_("Reference"), True, "text", ("référence", "sku", "code article"), "A-100"),
    Column("name", N_("Name"), True, "text", ("nom", "libellé", "product name"), "Aube coat"),
    Column("materials", N_("Composition"), False, "composition", ("matières",), "70% wool, 30% silk"),
    Column("price", N_("Price"), False, "number", ("prix", "prix ttc"), "1250"),
    Column("published_on", N_("Published on"), False, "date", ("date de publication",), "2026-03-04"),
)


def sources(text: str) -> dict[str, str | None]:
    return propose(read_table(text.encode(), "x"), COLUMNS).sources()


@pytest.mark.parametrize(
    "header",
    [
        ("Référence", "Libellé", "Matières", "Prix TTC (€)"),
        ("REF.", "Nom du produit", "Composition", "PVP"),
        ("sku", "product_name", "materials", "retailPrice"),
        ("Code-article", "Désignation", "Tissu", "Tarif"),
    ],
)
def test_names_in_french_and_english_are_recognised(header):
    found = sources(f"{';'.join(header)}\nA-1;Robe;70 % laine, 30 % soie;12,5\nA-2;Jupe;100 % coton;13,5\n")
    assert found == {**dict(zip(("sku", "name", "materials", "price"), header, strict=True)), "published_on": None}


def test_content_speaks_where_names_do_not():
    table = read_table(b"col1;col2;col3\nA-001;70% wool, 30% silk;2026-03-04\nA-002;100% cotton;2026-03-05\n", "x")
    proposal = propose(table, COLUMNS)
    assert proposal.sources() == {
        "sku": "col1",
        "name": None,
        "materials": "col2",
        "price": None,
        "published_on": "col3",
    }
    assert not proposal.certain(COLUMNS)


def test_a_column_serves_once():
    found = [source for source in sources("Nom;Nom du produit;ref\na;b;c\nd;e;f\n").values() if source]
    assert len(found) == len(set(found))


def test_a_number_column_full_of_words_is_no_certainty():
    table = read_table(b"sku;name;price\nA-1;x;a lot\nA-2;y;little\n", "x")
    assert not propose(table, COLUMNS).certain(COLUMNS)


def test_nothing_alike_maps_nothing():
    assert set(sources("zzz;qqq\nfoo;bar\nbaz;qux\n").values()) == {None}


def test_missing_columns_are_named_in_the_readers_words():
    table = read_table(b"price\n12\n13\n", "x.csv")
    with pytest.raises(ColumnsMissing) as caught:
        apply_mapping(table, propose(table, COLUMNS), COLUMNS)
    assert "Reference and Name" in str(caught.value)


def test_rows_carry_every_template_column_and_their_line():
    table = read_table(b"ref;nom;autre\n A ; Robe ;x\n\nB;Jupe;y\n", "x")
    rows, lines = apply_mapping(table, propose(table, COLUMNS), COLUMNS)
    assert rows[0] == {"sku": "A", "name": "Robe", "materials": "", "price": "", "published_on": ""}
    assert lines == [2, 4]


def test_an_ambiguous_number_is_settled_by_its_column():
    table = read_table(b"ref;nom;prix\nA;a;1,234\nB;b;12,50\nC;c;3,99\n", "x")
    rows, _lines = apply_mapping(table, propose(table, COLUMNS), COLUMNS)
    assert float(rows[0]["price"]) == 1.234


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12,50 €", "number"),
        ("4 mars 2026", "date"),
        ("70 % laine, 30 % soie", "composition"),
        ("MS-DR1001", "code"),
        ("x" * 80, "long"),
        ("Robe", "short"),
    ],
)
def test_cells_have_shapes(cell, expected):
    assert shape(cell) == expected


def test_what_was_chosen_is_read_the_same_way_again():
    content = "a;b\nA-1;Robe\nA-2;\n".encode("utf-16")
    choices = Choices(separator=";", sources={"sku": "a", "name": "b"})
    again = Choices.from_json({**choices.as_json(), "unknown": 1})
    table = read(content, "x.csv", again)
    intake = take_in(
        table, mapping_of(table, COLUMNS, again), COLUMNS, lambda rows, lines: ([row["name"] for row in rows], [])
    )
    assert intake.items == ("Robe", "")


def test_a_kept_choice_that_the_file_does_not_have_is_proposed_afresh():
    table = read_table(b"ref;nom\nA;B\nC;D\n", "x")
    mapping = mapping_of(table, COLUMNS, Choices(sources={"sku": "gone"}))
    assert mapping.sources()["sku"] == "ref"
    assert chosen(COLUMNS, {"sku": "ref"}).matches[0].reason == "chosen"
