"""Rows of a past line and of a table of codes, read into what the page works on. One bad row is a problem to show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lib.files.cells import NO_UNITS, BadCell, Cells, Read, Row, bad, read_rows
from lib.files.values import plain_letters, read_number
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


def styles_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Style]:
    """Styles of past seasons, and the problems of the rows that give none. A style of one season counts once."""
    return read_rows(rows, lines, _style, lambda style: f"{style.style} {style.season}", "style", most=MOST_CHARACTERS)


def codes_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Code]:
    """A brand's codes, and the problems of the rows that give none."""
    return read_rows(rows, lines, _code, lambda code: f"{code.attribute}: {code.value}", "code", most=MOST_CHARACTERS)


def _style(row: Cells) -> Style:
    genome: Genome = {"category": level("category", row.needed("category"))}
    genome |= {name: found for name in ATTRIBUTES if (found := level(name, row.text(name)))}
    bought = row.whole("bought", message=NO_UNITS)
    if bought == 0:
        raise BadCell("bought", N_("Nothing was bought of this style, so nothing can be learned from it."))
    sold = _sold(row, bought)
    if sold > bought:
        raise BadCell(
            "sold",
            N_("{sold} units sold of {bought} bought. Check that the two columns are not swapped."),
            sold=sold,
            bought=bought,
        )
    return Style(
        style=row.needed("style"),
        season=season_from(row.needed("season")),
        name=row.text("name"),
        genome=genome,
        price=row.price(),
        bought=bought,
        sold=sold,
        margin=row.share("margin", least=-2.0),
        markdown=row.share("markdown"),
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
    raise bad("season", message, text)


def _sold(row: Cells, bought: int) -> int:
    """Units sold, from their own column or from the sell-through."""
    if row.text("sold"):
        return row.whole("sold", message=NO_UNITS)
    share = row.share("sell_through")
    if share is None:
        message = N_("Neither units sold nor sell-through is given. Fill in one of them, or leave the row out.")
        raise BadCell("sold", message)
    return round(share * bought)


def _code(row: Cells) -> Code:
    said = row.needed("attribute")
    name = plain_letters(said)
    attribute = _ATTRIBUTE_OF.get(name) or _ATTRIBUTE_OF.get(name.removesuffix("s"))
    if attribute is None:
        message = N_(
            "“{cell}” is not an attribute. Use cut, length, neckline, sleeves, closure, fabric, colour or pattern."
        )
        raise bad("attribute", message, said)
    value = level(attribute, row.needed("code"))
    text = row.text("weight")
    weight = read_number(text) if text else 1.0
    if weight is None or not -2 <= weight <= 2:
        raise bad("weight", N_("“{cell}” is not a weight between −2 and 2. Correct it."), text)
    return Code(attribute=attribute, value=value, weight=weight, why=row.text("why"))
