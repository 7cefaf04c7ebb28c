"""Rows of a mapped table: every row is an item or a problem with its line, and good rows never suffer from bad ones."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.files.cells import BadCell, BadValue, Cells, read_rows
from lib.files.values import read_language
from lib.i18n import number, translate

ANY_CELL = st.one_of(st.text(max_size=40), st.text(alphabet="0123456789 ,.-/%€\n{}éx", max_size=20))
READERS = {
    "text": Cells.text,
    "needed": Cells.needed,
    "number": Cells.number,
    "price": Cells.price,
    "whole": Cells.whole,
    "day": Cells.day,
    "needed_day": Cells.needed_day,
    "share": Cells.share,
    "flag": Cells.flag,
}


@given(st.lists(ANY_CELL, max_size=12), st.sampled_from(sorted(READERS)))
def test_every_row_is_an_item_or_a_problem_that_can_be_read_in_both_languages(cells, reader):
    rows = [{"cell": cell} for cell in cells]
    lines = range(5, 5 + 3 * len(rows), 3)
    made, problems = read_rows(rows, lines, lambda row: (row.line, READERS[reader](row, "cell")))
    assert sorted([line for line, _value in made] + [one.line for one in problems]) == list(lines)
    assert all(one.column == "cell" for one in problems)
    for one in problems:
        assert "{" not in one.message.format(**dict.fromkeys(one.values, ""))
        assert translate(one.message, "fr", **one.values) != translate(one.message, "en", **one.values)


@given(st.lists(st.sampled_from("ABCDE"), max_size=15))
def test_the_first_row_of_a_name_is_the_one_that_counts(names):
    rows = [{"sku": name, "at": str(at)} for at, name in enumerate(names)]
    made, problems = read_rows(rows, None, lambda row: (row.needed("sku"), row.whole("at")), lambda one: one[0], "sku")
    assert [name for name, _at in made] == list(dict.fromkeys(names))
    assert all(at == names.index(name) for name, at in made)
    assert {one.values["key"]: one.values["first"] for one in problems} == {
        name: names.index(name) + 2 for name in set(names) if names.count(name) > 1
    }


@given(st.integers(0, 10**8), st.sampled_from(["en", "fr"]))
def test_an_amount_as_either_language_writes_it_is_read_back(cents, language):
    cell = number(cents / 100, 2, language)
    assert Cells({"price": cell}).price() == pytest.approx(cents / 100)
    assert Cells({"price": f"{cell} €"}).number("price") == pytest.approx(cents / 100)


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y"]))
def test_a_day_as_either_country_writes_it_is_read_back(day, form):
    assert Cells({"on": day.strftime(form)}).needed_day("on") == day


@given(st.integers(2, 100))
def test_a_share_is_the_same_with_and_without_its_sign(percent):
    writings = (
        f"{percent} %",
        f"{percent}%",
        str(percent),
        f"{percent / 100:.2f}",
        f"{percent / 100:.2f}".replace(".", ","),
    )
    assert {Cells({"share": cell}).share("share") for cell in writings} == {percent / 100}


@pytest.mark.parametrize(("cell", "share"), [("0.5 %", 0.005), ("0,5%", 0.005), ("1", 1.0), ("1%", 0.01), ("", None)])
def test_a_percent_sign_is_never_read_past(cell, share):
    assert Cells({"share": cell}).share("share") == share


@pytest.mark.parametrize("cell", ["120 %", "-3 %", "1.2", "half"])
def test_what_is_no_share_is_refused(cell):
    with pytest.raises(BadCell) as refused:
        Cells({"share": cell}).share("share")
    assert refused.value.column == "share"
    assert cell in refused.value.text("en")


@pytest.mark.parametrize("cell", ["Oui", "yes", "1", "1.0", "Vrai", " X ", "3"])
def test_a_yes_in_both_languages(cell):
    assert Cells({"gift": cell}).flag("gift")


@pytest.mark.parametrize("cell", ["Non", "no", "0", "0.0", "", "Faux"])
def test_a_no_in_both_languages(cell):
    assert not Cells({"gift": cell}).flag("gift")
    assert not Cells({"gift": cell}).says_yes("gift")


def test_another_word_is_neither_yes_nor_no():
    with pytest.raises(BadCell):
        Cells({"gift": "perhaps"}).flag("gift")
    assert not Cells({"gift": "perhaps"}).says_yes("gift")


def test_line_breaks_are_kept_in_prose_alone_and_a_missing_column_is_empty():
    row = Cells({"text": " one\n two\x00 "})
    assert row.prose("text") == "one\n two"
    assert row.text("text") == "one two"
    assert row.text("other") == ""


def test_a_cell_over_its_limit_is_refused_with_both_numbers():
    row = Cells({"text": "x" * 51}, most=50)
    with pytest.raises(BadCell) as refused:
        row.text("text")
    assert refused.value.values == {"n": 51, "most": 50}
    assert row.text("text", 51)


def test_what_a_reader_refuses_names_the_column():
    def colour(text: str) -> str:
        raise BadValue("“{cell}” is no colour. Name one.", cell=text)

    assert Cells({}).read("shade", colour, "grey") == "grey"
    _made, (problem,) = read_rows([{"shade": "loud"}], [7], lambda row: row.read("shade", colour, "grey"))
    assert (problem.line, problem.column, problem.values) == (7, "shade", {"cell": "loud"})


@pytest.mark.parametrize(
    ("said", "code"),
    [("Français", "fr"), ("FR-fr", "fr"), ("en_GB", "en"), ("Anglais", "en"), ("Deutsch", "de"), ("nl", "nl"),
     ("", None), ("klingon", None), ("12", None)],
)  # fmt: skip
def test_languages_by_code_and_by_name(said, code):
    assert read_language(said) == code
