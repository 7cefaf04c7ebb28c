"""What a past line's and a code table's rows are read as; bad rows are told, never the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import InputError, TooFewRows
from lib.files.intake import Choices, mapping_of, read, take_in
from lib.i18n import use_language
from lib.merchandising.product_ideation.columns import CODE_COLUMNS, PAST_COLUMNS
from lib.merchandising.product_ideation.data import codes_from, season_from, styles_from
from lib.merchandising.product_ideation.levels import genome_name, level, season_name, value_name
from lib.merchandising.product_ideation.line import past_line, refuse
from lib.merchandising.product_ideation.samples import sample_codes, sample_styles
from tests.merchandising.made_line import made_styles

ROW = {"style": "A", "season": "SS26", "category": "Dress", "fabric": "Linen", "bought": "100", "sold": "60"}


def one(**changes):
    styles, problems = styles_from([{**ROW, **changes}], [2])
    return styles[0] if styles else problems[0]


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("SS26", "2026-1"), ("PE 2026", "2026-1"), ("AH26", "2026-2"), ("FW 2025", "2025-2"), ("AW25/26", "2025-2"),
        ("2026-2", "2026-2"), ("Automne-Hiver 2025", "2025-2"), ("Spring 2024", "2024-1"), ("été 2026", "2026-1"),
        ("H25", "2025-2"),
    ],
)  # fmt: skip
def test_seasons_are_read_in_both_languages(text, season):
    assert season_from(text) == season


@pytest.mark.parametrize("text", ["tbc", "2026", "soon 26", "26"])
def test_what_is_no_season_is_refused_with_an_example(text):
    with pytest.raises(InputError, match="SS26"):
        season_from(text)


@given(st.text(max_size=60))
def test_any_text_is_a_season_or_a_clear_refusal(text):
    try:
        found = season_from(text)
    except InputError:
        return
    assert found[4] == "-" and found[5:] in ("1", "2") and found[:4].isdigit()


def test_values_in_either_language_and_any_spelling_are_one():
    assert level("neckline", "col V") == level("neckline", "V-NECK") == level("neckline", "encolure en V") == "v_neck"
    assert level("fabric", "Lin") == level("fabric", "linen") == "linen"
    assert level("fabric", "Toile de Minuit") == "toile de minuit"  # a house's own word stays
    assert level("colour", "n/a") == level("colour", "-") == ""


def test_values_are_said_in_the_readers_language():
    with use_language("fr"):
        assert value_name("fabric", "linen") == "lin" and season_name("2026-2") == "AH26"
        assert genome_name({"category": "dress", "fabric": "linen", "colour": "sage"}) == "Robe, lin, vert sauge"
    assert season_name("2026-2") == "AW26" and value_name("fabric", "toile de minuit") == "toile de minuit"


@pytest.mark.parametrize(
    ("changes", "share"),
    [({"sold": "", "sell_through": "65%"}, 0.65), ({"sold": "", "sell_through": "0,65"}, 0.65), ({"sold": "60"}, 0.6)],
)
def test_sell_through_comes_from_units_or_from_its_share(changes, share):
    assert one(**changes).sell_through == pytest.approx(share)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"bought": "n/a"}, "bought"), ({"bought": "0"}, "bought"), ({"sold": "101"}, "sold"), ({"sold": ""}, "sold"),
        ({"season": "tbc"}, "season"), ({"category": ""}, "category"), ({"margin": "high"}, "margin"),
        ({"markdown": "140%"}, "markdown"), ({"price": "on request"}, "price"), ({"style": "x" * 300}, "style"),
    ],
)  # fmt: skip
def test_a_row_that_cant_be_right_names_its_column(changes, column):
    assert one(**changes).column == column


def test_a_style_twice_in_a_season_counts_once_and_again_in_the_next():
    styles, problems = styles_from([ROW, ROW, {**ROW, "season": "AW26"}], [2, 3, 4])
    assert (len(styles), [problem.line for problem in problems]) == (2, [3])


def test_a_french_export_is_mapped_by_itself():
    text = "Référence;Saison;Catégorie;Tissu;Coloris;Qté achetée;Qté vendue;Marge brute\n"
    text += "A1;PE26;Robe;Lin;Sauge;100;60;62,5 %\n"
    table = read(text.encode("cp1252"), "ligne.csv", Choices())
    intake = take_in(table, mapping_of(table, PAST_COLUMNS, Choices()), PAST_COLUMNS, styles_from)
    (style,) = intake.items
    assert style.genome == {"category": "dress", "fabric": "linen", "colour": "sage"}
    assert (style.sold, style.margin) == (60, 0.625)


def test_the_sample_reads_with_its_bad_rows_told():
    assert len(sample_styles()) > 550
    assert len({style.season for style in sample_styles()}) == 8
    assert len(sample_codes()) >= 10 and len(sample_codes(partner=True)) >= 10


def test_codes_are_read_and_bad_ones_told():
    rows = [
        {"attribute": "Couleur", "code": "sauge", "weight": ""},
        {"attribute": "Matière", "code": "lin", "weight": "-2"},
        {"attribute": "Perfume", "code": "rose"}, {"attribute": "Colour", "code": "navy", "weight": "7"},
    ]  # fmt: skip
    codes, problems = codes_from(rows, [2, 3, 4, 5])
    assert [(code.attribute, code.value, code.weight) for code in codes] == [
        ("colour", "sage", 1.0),
        ("fabric", "linen", -2.0),
    ]
    assert [problem.column for problem in problems] == ["attribute", "weight"]
    assert {column.name for column in CODE_COLUMNS} == {"attribute", "code", "weight", "why"}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("styles", "error", "says"),
    [
        (made_styles(1), TooFewRows, {"en": "past line: 1.", "fr": "ligne passée\u00a0: 1."}),
        (
            [style.model_copy(update={"sold": style.bought}) for style in made_styles(60)],
            InputError,
            {"en": "sold out", "fr": "épuisé"},
        ),
        (
            [
                style.model_copy(update={"genome": {"category": "dress", "fabric": "linen"}})
                for style in made_styles(60)
            ],
            InputError,
            {"en": "two attributes", "fr": "deux attributs"},
        ),
    ],
)
def test_a_line_that_nothing_can_be_learned_from_is_refused_with_the_fix(styles, error, says, language):
    with use_language(language), pytest.raises(error) as raised:
        refuse(past_line(styles))
    assert says[language] in str(raised.value.text(language))


def test_an_attribute_that_never_varies_is_left_out_and_named():
    styles = [style.model_copy(update={"genome": {**style.genome, "closure": "zip"}}) for style in made_styles(60)]
    line = past_line(styles)
    assert line.constant == ("closure",) and "closure" not in line.attributes
    refuse(line)
