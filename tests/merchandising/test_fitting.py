"""The rules for one and for many, the size run, and the customers' table."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.eyewear_batch import plain_fit
from lib.errors import TooFewRows
from lib.files.intake import Choices, mapping_of, read, take_in
from lib.files.writers import Cell, Sheet, write_csv, write_xlsx
from lib.merchandising.made_to_measure_eyewear.customers import (
    COLUMNS,
    RESULT_HELP,
    Customer,
    customers_from,
    faces_of,
    fitted_rows,
    need,
)
from lib.merchandising.made_to_measure_eyewear.fitting import (
    LENS,
    WITHIN,
    Faces,
    Sizes,
    deviations,
    fit,
    misfit,
    own_misfit,
)
from lib.merchandising.made_to_measure_eyewear.size_run import (
    TRADE,
    candidates,
    losses,
    runs,
    share_fitted,
    sizes_of,
    trade_shares,
)

FACE = st.tuples(st.floats(50, 78), st.floats(115, 170), st.floats(12, 28), st.floats(82, 118))


def table(rows: list[tuple[float, float, float, float]]) -> Faces:
    return Faces(*np.array(rows, dtype=float).T)


def people(count: int, seed: int = 0) -> Faces:
    generator = np.random.default_rng(seed)
    means, spreads = (63.5, 139.3, 18, 100), (3.8, 7.9, 2, 5)
    return Faces(*(generator.normal(mean, spread, count) for mean, spread in zip(means, spreads, strict=True)))


@given(st.lists(FACE, min_size=1, max_size=30))
def test_all_at_once_is_the_same_as_one_by_one(rows: list[tuple[float, float, float, float]]) -> None:
    faces = table(rows)
    sizes, fits = fit(faces), own_misfit(faces, fit(faces)) <= 1
    for k, row in enumerate(rows):
        lens, bridge, temple, kept = plain_fit(*row)
        assert (sizes.lens[k], sizes.bridge[k], sizes.temple[k]) == (lens, bridge, temple)
        assert bool(fits[k]) == kept


@given(FACE)
def test_no_other_lens_breaks_the_two_rules_less(row: tuple[float, float, float, float]) -> None:
    faces = table([row])
    made = fit(faces)

    def broken(lens: float) -> float:
        off = deviations(faces, Sizes(np.array([lens]), made.bridge, made.temple))
        return float(sum((off[rule][0] / WITHIN[rule]) ** 2 for rule in ("centres", "width")))

    assert broken(float(made.lens[0])) == pytest.approx(min(broken(lens) for lens in range(LENS[0], LENS[1] + 1)))


@given(st.lists(FACE, min_size=1, max_size=12))
def test_a_table_of_pairs_agrees_with_each_face_and_its_own_size(rows: list[tuple[float, float, float, float]]) -> None:
    faces = table(rows)
    sizes = fit(faces)
    assert np.diag(misfit(faces, sizes)) == pytest.approx(own_misfit(faces, sizes), abs=1e-3)


def test_an_average_adult_gets_an_ordinary_frame() -> None:
    faces = table([(63.5, 139.3, 18, 100)])
    assert fit(faces).notations() == ["54-18-145"]
    assert own_misfit(faces, fit(faces))[0] < 1


def test_more_sizes_fit_more_of_those_they_were_chosen_on() -> None:
    found = runs(people(600), 5)
    assert [len(one.sizes) for one in found] == [1, 2, 3, 4, 5]
    assert all(later.fitted >= earlier.fitted - 1e-9 for earlier, later in itertools.pairwise(found))
    assert found[-1].held_out <= found[-1].fitted + 0.05


def test_a_run_for_two_kinds_of_faces_finds_both() -> None:
    small, large = [(56.0, 122.0, 16.0, 95.0)] * 40, [(70.0, 158.0, 20.0, 106.0)] * 60
    both = runs(table(small + large), 2)[1]
    assert both.fitted == 1.0
    assert {size.split("-")[1] for size in both.sizes} == {"16", "20"}


def test_chosen_runs_fit_more_than_the_trades_and_the_trades_are_readable() -> None:
    faces = people(1500, 3)
    ours, trade = runs(faces, 6), trade_shares(faces)
    assert set(trade) == set(TRADE)
    assert ours[3].held_out > trade[4] and ours[5].held_out > trade[6]


def test_a_run_on_shuffled_faces_is_no_worse_than_chance_says() -> None:
    """Where all faces are alike, one size does and more add nothing."""
    found = runs(table([(63.5, 139.3, 18, 100)] * 50), 3)
    assert [one.fitted for one in found] == [1.0, 1.0, 1.0]


def test_an_empty_table_has_a_share_of_none() -> None:
    assert share_fitted(people(0), sizes_of(("52-18-145",))) == 0.0
    assert len(candidates(people(0))) == 0
    assert losses(people(3), sizes_of(("52-18-145",))).shape == (3, 1)


def row(**cells: str) -> dict[str, str]:
    return {"reference": "C-1", "pd": "63", "width": "140", "nose": "18", "ear": "100", **cells}


def test_a_row_is_read_in_the_ways_that_people_write() -> None:
    found, problems = customers_from([row(pd="63,5", width="140 mm", nose="", ear=" ")], [2])
    assert not problems
    assert found == (Customer("C-1", 63.5, 140.0, 18.0, 100.0, ("nose", "ear")),)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"reference": " "}, "reference", "empty"),
        ({"pd": ""}, "pd", "empty"),
        ({"pd": "wide"}, "pd", "no number"),
        ({"pd": "6.3"}, "pd", "outside"),
        ({"width": "1400"}, "width", "outside"),
        ({"nose": "-3"}, "nose", "outside"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_reason(cells: dict[str, str], column: str, said: str) -> None:
    found, problems = customers_from([row(reference="A"), row(**{"reference": "B", **cells})], [2, 7])
    assert [one.reference for one in found] == ["A"]
    assert [(problem.line, problem.column) for problem in problems] == [(7, column)]
    assert said in problems[0].message


def test_a_reference_twice_keeps_its_first_row() -> None:
    found, problems = customers_from([row(), row(pd="70")], [2, 3])
    assert [one.pd for one in found] == [63.0]
    assert problems[0].values == {"key": "C-1", "first": 2}


def test_too_few_customers_are_refused_by_name() -> None:
    with pytest.raises(TooFewRows, match="at least 20"):
        need([Customer("a", 63, 140, 18, 100)] * 3)


def test_ten_thousand_rows_are_read_and_fitted_and_written() -> None:
    generator = np.random.default_rng(1)
    rows = [row(reference=f"C-{k}", pd=f"{generator.normal(63.5, 3):.1f}") for k in range(10_000)]
    found, problems = customers_from(rows, range(2, 10_002))
    written = fitted_rows(found)
    assert len(found) + len(problems) == 10_000 and len(found) > 9_990
    assert len(written) == len(found) and all(len(one) == len(RESULT_HELP) for one in written)
    assert len(faces_of(found)) == len(found)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_french_file_with_bad_rows_is_read_as_people_send_it(kind: str) -> None:
    """French headers and commas, unlike the template's, in an Excel file and in a CSV file of a French Excel."""
    heads = ("Référence client", "Écart pupillaire", "Largeur du visage", "Largeur du nez", "Distance oeil oreille")
    rows: list[list[Cell]] = [[f"K{k}", 58 + k % 11, 130 + k % 17, 17.5, 98] for k in range(300)]
    rows[4][1], rows[9][2], rows[20][0], rows[31][1], rows[40][3] = "abc", 1390, "K3", "", None
    if kind == "xlsx":
        content = write_xlsx([Sheet("Clients", heads, rows)])
    else:
        content = write_csv(rows, heads, separator=";").decode("utf-8-sig").replace("17.5", "17,5").encode("cp1252")
    table = read(content, f"clients.{kind}", Choices())
    found = take_in(table, mapping_of(table, COLUMNS, Choices()), COLUMNS, customers_from)
    assert [(problem.line, problem.column) for problem in found.problems] == [
        (6, "pd"), (11, "width"), (22, "reference"), (33, "pd"),
    ]  # fmt: skip
    assert len(found.items) == 296 and found.items[0].nose == 17.5
    assert sum("nose" in one.guessed for one in found.items) == 1


def test_the_template_names_its_columns_in_both_languages() -> None:
    assert [column.name for column in COLUMNS] == ["reference", "pd", "width", "nose", "ear"]
    assert all(column.help or column.name == "reference" for column in COLUMNS)
