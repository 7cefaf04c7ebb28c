"""Rows of a laboratory's tables turned into ingredients and trials. One bad row is a problem to show, never the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lib.errors import InputError, TooFewRows
from lib.files.cells import OWN_REFERENCE, BadCell, Cells, Read, Row, bad, read_rows
from lib.files.columns import RowProblem
from lib.files.values import read_list, read_number
from lib.i18n import N_
from lib.merchandising.beauty_formulation.columns import share_column
from lib.merchandising.beauty_formulation.model import MEASURED, Ingredient, Response, Trial
from lib.merchandising.beauty_formulation.regulation import folded

EXACT, ROUNDED = 0.05, 0.6  # percentage points off 100: taken as it is; taken as rounding and scaled
MOST_INGREDIENTS = 40
MOST_NAME = 120
MOST_CHARACTERS = 2_000  # of one cell: a blend’s composition is long
REST = {"qs", "q.s.", "qsp", "q.s.p.", "qs 100", "qsp 100", "ad 100", "to 100", "rest", "reste", "solde"}
_NAMED_SHARE = re.compile(r"(?P<name>.*\D)\s*[:=]?\s+(?P<share>\d+(?:[.,]\d+)?)\s*%?")
AT_MOST, LOWER, UPPER = ("<", "≤", "<=", "max", "maxi"), ("low", "group_low"), ("high", "group_high", "legal_max")
_BOUND = re.compile(r"(?P<sign><=|>=|[<≤>≥]|max(?:i)?\.?|min(?:i)?\.?)\s*(?P<rest>\d.*)", re.I)
NO_AMOUNT = N_("“{cell}” is a limit and no amount. Write the number that was weighed, or put the limit in its column.")


def _bounded(row: Cells, column: str) -> Cells:
    """'< 0,5 %' or 'max 2' in a column of upper bounds is its number, as '≥ 2 %' in one of lower bounds."""
    match = _BOUND.fullmatch(row.text(column))
    if match is None:
        return row
    most = match["sign"].casefold().strip(". ") in AT_MOST
    if column not in (UPPER if most else LOWER):
        raise bad(column, NO_AMOUNT, row.text(column))
    return replace(row, row={**row.row, column: match["rest"]})


def _percent(row: Cells, column: str) -> float | None:
    """A share of 0 to 100; three decimals are decimals here, never thousands."""
    row = _bounded(row, column)
    value = row.number(column)
    if value is not None and value > 100:
        value = next(
            (
                again
                for mark in (",", ".")
                if mark in row.text(column)
                and (again := read_number(row.text(column), "," if mark == "," else ".")) is not None
                and again <= 100
            ),
            value,
        )
    if value is not None and not 0 <= value <= 100:
        raise BadCell(column, N_("{value} is not a percentage. Write a number from 0 to 100."), value=f"{value:g}")
    return value


def _named_shares(row: Cells, column: str) -> tuple[tuple[str, float], ...]:
    """'Linalool 6; Limonene 3' as names and percents."""
    found = []
    for part in read_list(row.prose(column)):
        match = _NAMED_SHARE.fullmatch(part)
        share = read_number(match["share"]) if match else None
        if match is None or share is None or not 0 <= share <= 100:
            raise BadCell(
                column,
                N_("“{part}” needs a name and its percent, for example “Linalool 6”. Separate several by semicolons."),
                part=part[:80],
            )
        found.append((match["name"].strip(" :="), share))
    return tuple(found)


def ingredients_from(rows: Sequence[Row], lines: Sequence[int] | None = None) -> Read[Ingredient]:
    """Ingredients, and the problems of the rows that give none; an INCI name that stands twice keeps its first row."""
    made: list[Ingredient] = []
    line_of: dict[str, int] = {}
    problems: list[RowProblem] = []
    for at, row in enumerate(rows):
        line = lines[at] if lines is not None else at + 2
        try:
            one = _ingredient(Cells(row, line, MOST_CHARACTERS))
            if (first := line_of.setdefault(folded(one.inci), line)) != line:
                raise BadCell(
                    "inci",
                    N_("“{name}” already stands on line {first}. Put the two rows together, or name the grades apart."),
                    name=one.inci,
                    first=first,
                )
            if len(made) == MOST_INGREDIENTS:
                raise BadCell(
                    "inci",
                    N_("More than {most} raw materials can’t be planned at once. Leave out those that never change."),
                    most=MOST_INGREDIENTS,
                )
        except BadCell as refused:
            problems.append(RowProblem(line, refused.column, refused.message, dict(refused.values)))
            continue
        made.append(one)
    return tuple(made), tuple(problems)


def _ingredient(row: Cells) -> Ingredient:
    inci, function = row.needed("inci")[:MOST_NAME], row.needed("function")
    for column in ("cost", "low", "high"):
        row.needed(column)
    cost, low, high = row.number("cost"), _percent(row, "low"), _percent(row, "high")
    assert cost is not None and low is not None and high is not None
    if cost < 0:
        raise BadCell(
            "cost", N_("A cost of {cost} is below zero. Write what a kilogram costs, 0 at least."), cost=f"{cost:g}"
        )
    if low > high:
        raise BadCell(
            "low",
            N_("The lower bound ({low}%) lies above the upper bound ({high}%). Exchange or correct them."),
            low=f"{low:g}",
            high=f"{high:g}",
        )
    return Ingredient(
        inci,
        function,
        cost,
        low,
        high,
        natural=_percent(row, "natural"),
        phase=row.text("phase")[:12],
        group=row.text("group")[:60],
        group_low=_percent(row, "group_low"),
        group_high=_percent(row, "group_high"),
        not_with=read_list(row.prose("not_with")),
        legal_max=_percent(row, "legal_max"),
        legal_source=row.text("legal_source")[:MOST_NAME],
        allergens=_named_shares(row, "allergens"),
        composition=_blend(row),
        ph_low=row.number("ph_low"),
        ph_high=row.number("ph_high"),
    )


def _blend(row: Cells) -> tuple[tuple[str, float], ...]:
    """The composition of a blend, which must add up to 100."""
    blend = _named_shares(row, "composition")
    total = sum(share for _name, share in blend)
    if blend and abs(total - 100) > 1:
        raise BadCell(
            "composition",
            N_("The blend’s parts add up to {total}%, not 100%. Correct them from the supplier’s sheet."),
            total=f"{total:g}",
        )
    return tuple((name, share / total * 100) for name, share in blend)


def refuse_unusable(ingredients: Sequence[Ingredient]) -> None:
    """See that the table as a whole makes sense.

    Raises:
        TooFewRows: fewer than two ingredients.
        InputError: an incompatibility names no row, or a group is bounded in two ways.
    """
    if len(ingredients) < 2:
        raise TooFewRows(N_("A formula needs two ingredients or more. Add rows to the ingredient table."))
    known = {folded(one.inci) for one in ingredients}
    for one in ingredients:
        for other in one.not_with:
            if folded(other) not in known:
                raise InputError(
                    N_(
                        "“{name}” is said not to go with “{other}”, which is no row of the table. Correct the name, or "
                        "take it out."
                    ),
                    name=one.inci,
                    other=other,
                )
    for group in {one.group for one in ingredients if one.group}:
        for name in ("group_low", "group_high"):
            said = {getattr(one, name) for one in ingredients if one.group == group} - {None}
            if len(said) > 1:
                raise InputError(
                    N_("The group “{group}” is bounded by {values}. Write its bound once, on one of its rows."),
                    group=group,
                    values=" / ".join(f"{value:g}%" for value in sorted(said)),
                )


@dataclass(frozen=True)
class TrialParser:
    """Reads the trials of one ingredient table. Equal for equal tables, so that what was read can be kept."""

    names: tuple[str, ...]

    def __call__(self, rows: Sequence[Row], lines: Sequence[int]) -> Read[Trial]:
        """Trials, and the problems of the rows that give none."""
        return read_rows(rows, lines, self._trial, lambda one: one.name, "trial", OWN_REFERENCE, MOST_CHARACTERS)

    def _trial(self, row: Cells) -> Trial:
        name = row.needed("trial")[:60]
        shares = self._shares(row)
        results = tuple((one.key, value) for one in MEASURED if (value := self._result(row, one)) is not None)
        if not results:
            raise BadCell(
                "",
                N_("No result stands in this row yet. Fill in what was measured; until then the trial isn’t used."),
            )
        return Trial(name, shares, results, row.text("note")[:300])

    def _result(self, row: Cells, one: Response) -> float | None:
        value = row.number(one.key)
        if value is not None and (value < 0 or (one.scale == "log" and value == 0)):
            message = N_("{value} can’t be a measured value here. Write a number above zero.")
            raise BadCell(one.key, message, value=f"{value:g}")
        if value is not None and one.scale == "share" and value > 100:
            raise BadCell(one.key, N_("{value} is above 100, the best score. Correct it."), value=f"{value:g}")
        return value

    def _shares(self, row: Cells) -> tuple[float, ...]:
        """Percents that add up to 100; 'qs' is what is missing, fractions of 1 are understood, rounding is evened."""
        rest = [at for at in range(len(self.names)) if row.text(share_column(at)).casefold() in REST]
        if len(rest) > 1:
            raise BadCell(
                share_column(rest[1]), N_("Two ingredients are “qs”. Only one can take what is missing to 100%.")
            )
        shares = [0.0 if at in rest else _percent(row, share_column(at)) or 0.0 for at in range(len(self.names))]
        total = sum(shares)
        if rest and total <= 100:
            shares[rest[0]], total = 100 - total, 100.0
        if 0.995 <= total <= 1.005:
            shares, total = [share * 100 for share in shares], total * 100
        if abs(total - 100) > ROUNDED:
            raise BadCell(
                "",
                N_(
                    "The percentages add up to {total}%, not 100%. Correct the row; if an ingredient is missing, add "
                    "it "
                    "to the ingredient table first."
                ),
                total=f"{total:.4g}",
            )
        return tuple(share / total * 100 for share in shares)


def strangers(file_columns: Sequence[str], mapped: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Columns of a trials file that went unread and hold numbers: most likely ingredients that the table lacks."""
    found = []
    for at, name in enumerate(file_columns):
        cells = [row[at] for row in rows[:200] if at < len(row) and row[at].strip()]
        if name not in mapped and cells and all(read_number(cell) is not None for cell in cells):
            found.append(name)
    return tuple(found)
