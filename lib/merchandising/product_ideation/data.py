"""Rows of a past line and of a table of codes, read into what the page works on. One bad row is a problem to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from lib.errors import InputError
from lib.files.columns import RowProblem
from lib.files.values import plain_letters, read_integer, read_number
from lib.i18n import N_
from lib.merchandising.product_ideation.columns import ATTRIBUTE_COLUMNS, ATTRIBUTES
from lib.merchandising.product_ideation.levels import level
from lib.merchandising.product_ideation.model import Code, Genome, Style

MOST_CHARACTERS = 200
_SPRING = ("ss", "pe", "spring", "printemps", "ete", "summer", "printemps-ete", "e", "s")
_AUTUMN = ("aw", "fw", "ah", "autumn", "fall", "automne", "hiver", "winter", "automne-hiver", "h", "w", "a", "f")
_ATTRIBUTE_OF = {
    plain_letters(name): column.name
    for column in ATTRIBUTE_COLUMNS
    for name in (column.name, column.title, *column.aliases)
} | {"materiau": "fabric", "materials": "fabric", "colours": "colour", "color": "colour", "motifs": "pattern"}
Made = TypeVar("Made", Style, Code)
Row = Mapping[str, str]


class _BadCell(InputError):
    """A cell that doesn't hold what its column needs."""

    def __init__(self, column: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.column = column


def styles_from(rows: Sequence[Row], lines: Sequence[int]) -> tuple[tuple[Style, ...], tuple[RowProblem, ...]]:
    """Styles of past seasons, and the problems of the rows that give none. A style of one season counts once."""
    return _read(rows, lines, _style, lambda style: f"{style.style} {style.season}", "style")


def codes_from(rows: Sequence[Row], lines: Sequence[int]) -> tuple[tuple[Code, ...], tuple[RowProblem, ...]]:
    """A brand's codes, and the problems of the rows that give none."""
    return _read(rows, lines, _code, lambda code: f"{code.attribute}: {code.value}", "code")


def _read(
    rows: Sequence[Row], lines: Sequence[int], make: Callable[[Row], Made], key: Callable[[Made], str], column: str
) -> tuple[tuple[Made, ...], tuple[RowProblem, ...]]:
    made: dict[str, Made] = {}
    line_of: dict[str, int] = {}
    problems: list[RowProblem] = []
    for line, row in zip(lines, rows, strict=True):
        try:
            one = make(row)
        except _BadCell as bad:
            problems.append(RowProblem(line, bad.column, bad.message, dict(bad.values)))
            continue
        name = key(one)
        if name in made:
            message = N_("“{key}” already stands on line {first}. The first one is used.")
            problems.append(RowProblem(line, column, message, {"key": name[:80], "first": line_of[name]}))
            continue
        made[name], line_of[name] = one, line
    return tuple(made.values()), tuple(problems)


def _text(row: Row, column: str) -> str:
    text = " ".join(str(row.get(column) or "").replace("\x00", "").split())
    if len(text) > MOST_CHARACTERS:
        raise _BadCell(
            column,
            N_("The cell holds {n} characters; at most {most} can be read. Shorten it."),
            n=len(text),
            most=MOST_CHARACTERS,
        )
    return text


def _needed(row: Row, column: str) -> str:
    text = _text(row, column)
    if not text:
        message = N_("The cell is empty, and this column is needed. Fill it in, or leave the row out.")
        raise _BadCell(column, message)
    return text


def _style(row: Row) -> Style:
    genome: Genome = {"category": level("category", _needed(row, "category"))}
    genome |= {name: found for name in ATTRIBUTES if (found := level(name, _text(row, name)))}
    bought = _units(row, "bought")
    if bought == 0:
        raise _BadCell("bought", N_("Nothing was bought of this style, so nothing can be learned from it."))
    sold = _sold(row, bought)
    if sold > bought:
        raise _BadCell(
            "sold",
            N_("{sold} units sold of {bought} bought. Check that the two columns are not swapped."),
            sold=sold,
            bought=bought,
        )
    return Style(
        style=_needed(row, "style"),
        season=season_from(_needed(row, "season")),
        name=_text(row, "name"),
        genome=genome,
        price=_price(row),
        bought=bought,
        sold=sold,
        margin=_share(row, "margin", least=-2.0),
        markdown=_share(row, "markdown"),
    )


def season_from(text: str) -> str:
    """'SS26', 'PE 2026', 'AW26/27', 'Automne-Hiver 2026', '2026-2' as 'YYYY-1' or 'YYYY-2'.

    Raises:
        InputError: no year or no half in it.
    """
    bare = plain_letters(text).replace("_", " ")
    if match := re.fullmatch(r"(20\d\d)[-/ ]?(?:s|h|0)?([12])", bare):
        return f"{match[1]}-{match[2]}"
    year = re.search(r"(?:20)?(\d\d)(?!\d)", bare)
    word = re.search(r"[a-z][a-z -]*", bare)
    if year and word:
        half = re.sub(r"\s*[-/]\s*", "-", word[0].strip(" -"))
        half = half if half in _SPRING or half in _AUTUMN else half.split("-")[0].split(" ")[0]
        if half in _SPRING or half in _AUTUMN:
            return f"20{year[1]}-{1 if half in _SPRING else 2}"
    message = N_("“{cell}” is not a season. Write SS26 or AW26, PE26 or AH26, or 2026-1.")
    raise _BadCell("season", message, cell=text[:80])


def _units(row: Row, column: str) -> int:
    text = _needed(row, column)
    found = read_integer(text)
    if found is None or found < 0:
        raise _BadCell(column, N_("“{cell}” is not a number of units. Write a whole number."), cell=text[:80])
    return found


def _sold(row: Row, bought: int) -> int:
    """Units sold, from their own column or from the sell-through."""
    if _text(row, "sold"):
        return _units(row, "sold")
    share = _share(row, "sell_through")
    if share is None:
        message = N_("Neither units sold nor sell-through is given. Fill in one of them, or leave the row out.")
        raise _BadCell("sold", message)
    return round(share * bought)


def _share(row: Row, column: str, least: float = 0.0) -> float | None:
    """A share: '62 %', '0.62' and '62' are 0.62; None where the cell is empty."""
    text = _text(row, column)
    if not text:
        return None
    found = read_number(text)
    if found is None:
        raise _BadCell(column, N_("“{cell}” is not a share. Write 62% or 0.62."), cell=text[:80])
    share = found / 100 if "%" in text or abs(found) > 1.5 else found
    if not least <= share <= 1:
        raise _BadCell(column, N_("“{cell}” is not a share between 0% and 100%. Correct it."), cell=text[:80])
    return share


def _price(row: Row) -> float | None:
    text = _text(row, "price")
    found = read_number(text) if text else None
    if text and (found is None or found < 0):
        raise _BadCell("price", N_("“{cell}” is not a price. Write it in figures, for example 390."), cell=text[:80])
    return found


def _code(row: Row) -> Code:
    said = _needed(row, "attribute")
    name = plain_letters(said)
    attribute = _ATTRIBUTE_OF.get(name) or _ATTRIBUTE_OF.get(name.removesuffix("s"))
    if attribute is None:
        message = N_(
            "“{cell}” is not an attribute. Use cut, length, neckline, sleeves, closure, fabric, colour or pattern."
        )
        raise _BadCell("attribute", message, cell=said[:80])
    value = level(attribute, _needed(row, "code"))
    text = _text(row, "weight")
    weight = read_number(text) if text else 1.0
    if weight is None or not -2 <= weight <= 2:
        raise _BadCell("weight", N_("“{cell}” is not a weight between −2 and 2. Correct it."), cell=text[:80])
    return Code(attribute=attribute, value=value, weight=weight, why=_text(row, "why"))
