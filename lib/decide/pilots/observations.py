"""The business figures of a pilot: what a file of them holds, and how its rows become two sides to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from lib.database.pilots import Plan
from lib.errors import InputError, TooFewRows
from lib.files.cells import Cells, bad, read_rows
from lib.files.columns import Column, RowProblem
from lib.files.values import plain_letters, read_currency
from lib.i18n import N_

FEWEST = 5  # figures on a side, or pairs: with fewer an interval says nothing

COLUMNS = (
    Column(
        "value", N_("Value"), True, "number",
        ("valeur", "kpi", "figure", "chiffre", "amount", "montant", "successes", "succès"), "42.5",
        N_("The KPI of this row. For a share: yes or no, 1 or 0, or how many said yes."),
    ),
    Column(
        "group", N_("Group"), False, "text",
        ("groupe", "variant", "variante", "period", "période", "side", "côté"), "after",
        N_("before or after; in an A/B test A (without) or B (with). May be left out where each row has its day."),
    ),
    Column(
        "key", N_("Figure of"), False, "text", ("store", "boutique", "product", "produit", "id", "client"), "Lyon",
        N_("The store, product or person that the figure is of. Pairs are made by it."),
    ),
    Column("day", N_("Day"), False, "date", ("date", "jour", "week", "semaine"), "2026-11-02"),
    Column(
        "out_of", N_("Out of"), False, "integer", ("sur", "trials", "essais", "visits", "visites", "n"), "1200",
        N_("For a share: out of how many. Leave it out where each row is a single yes or no."),
    ),
    Column("currency", N_("Currency"), False, "text", ("devise", "monnaie"), "EUR"),
)  # fmt: skip

ANSWERS = {"yes": 1.0, "oui": 1.0, "true": 1.0, "vrai": 1.0, "no": 0.0, "non": 0.0, "false": 0.0, "faux": 0.0}
WITHOUT = {"before", "avant", "a", "control", "controle", "temoin", "without", "sans", "baseline"}
WITH = {"after", "apres", "b", "pilot", "pilote", "test", "with", "avec", "treatment"}


@dataclass(frozen=True)
class Observation:
    """One row. ``side`` is '' where the row's day has to say it; ``out_of`` is None for a single figure."""

    value: float
    side: str  # 'without', 'with' or ''
    key: str
    day: str  # ISO date or ''
    out_of: int | None
    currency: str


@dataclass(frozen=True)
class Sides:
    """What is compared. Averages: the figures of each side, in pairs' order where the plan pairs them.

    Shares: yes and all on each side, and no figures.
    """

    without: tuple[float, ...]
    with_it: tuple[float, ...]
    yes: tuple[int, int] = (0, 0)
    all: tuple[int, int] = (0, 0)
    outside: int = 0  # rows of days that aren't compared
    unpaired: int = 0  # stores, products or people with figures on one side only


def observations_from(
    rows: Sequence[dict[str, str]], lines: Sequence[int]
) -> tuple[Sequence[Observation], Sequence[RowProblem]]:
    """A file's rows as observations; for ``lib.files.intake.Parse``."""
    return read_rows(rows, lines, _observation)


def _observation(row: Cells) -> Observation:
    row.needed("value")
    day, out_of = row.day("day"), row.text("out_of")
    value = None if out_of else ANSWERS.get(plain_letters(row.text("value")))
    value = row.number("value") if value is None else value
    assert value is not None  # the cell holds something, and it was read
    said = plain_letters(row.text("group"))
    side = "without" if said in WITHOUT else "with" if said in WITH else ""
    if said and not side:
        raise bad("group", N_("'{cell}' is no group. Write before or after, or A or B."), row.text("group"))
    if not said and day is None:
        raise bad("group", N_("Neither a group nor a day says on which side this row is. Fill in one of them."), "")
    total = row.whole("out_of") if out_of else None
    if total is not None and not 0 <= value <= total:
        raise bad("out_of", N_("There can’t be more yes than there are in all. Correct the row."), out_of)
    written = row.text("currency")
    currency = read_currency(written) if written else read_currency(row.text("value")) or ""
    if currency is None:
        raise bad("currency", N_("'{cell}' is no currency. Write a code such as EUR or USD."), written)
    return Observation(value, side, row.text("key"), day.isoformat() if day else "", total, currency)


def sides(plan: Plan, given: Sequence[Observation]) -> Sides:
    """Both sides of a pilot's figures.

    Raises:
        InputError: two currencies, a figure that is no share, a row whose group contradicts its day, or no group.
        TooFewRows: fewer than ``FEWEST`` on a side.
    """
    _one_currency(plan, given)
    placed = [(_side(plan, one), one) for one in given]
    outside = sum(side == "" for side, _one in placed)
    without = [one for side, one in placed if side == "without"]
    with_it = [one for side, one in placed if side == "with"]
    if plan.measure == "share":
        return _shares(without, with_it, outside)
    if plan.paired:
        return _pairs(without, with_it, outside)
    _enough(len(without), len(with_it))
    return Sides(tuple(one.value for one in without), tuple(one.value for one in with_it), outside=outside)


def _one_currency(plan: Plan, given: Sequence[Observation]) -> None:
    found = sorted({one.currency for one in given if one.currency})
    if len(found) > 1:
        raise InputError(
            N_("The figures are in several currencies: {found}. Convert them into one before you bring them."),
            found=", ".join(found),
        )
    wanted = read_currency(plan.unit) if plan.unit else None
    if found and wanted and found[0] != wanted:
        raise InputError(
            N_("The figures are in {found}, the pilot’s KPI in {wanted}. Convert them before you bring them."),
            found=found[0],
            wanted=wanted,
        )


def _side(plan: Plan, one: Observation) -> str:
    """'without', 'with', or '' for a day that isn't compared."""
    if plan.design == "ab":
        if not one.side:
            raise InputError(N_("An A/B test needs the group of each row, A or B. Add a column for it."))
        within = not one.day or plan.starts_on <= one.day <= plan.ends_on
        return one.side if within else ""
    if one.day > plan.ends_on:
        return ""
    by_day = "" if not one.day else "without" if one.day < plan.starts_on else "with"
    if by_day and one.side and by_day != one.side:
        raise InputError(
            N_("A row of {day} is in a group that contradicts the pilot’s start on {start}. Correct its group or day."),
            day=one.day,
            start=plan.starts_on,
        )
    return one.side or by_day


def _shares(without: Sequence[Observation], with_it: Sequence[Observation], outside: int) -> Sides:
    yes, everyone = [], []
    for side in (without, with_it):
        if any(one.out_of is None and one.value not in (0, 1) for one in side) or any(
            one.value != int(one.value) for one in side
        ):
            raise InputError(
                N_("The KPI is a share: each row holds 1 or 0, or a count with 'out of'. Correct the figures.")
            )
        yes.append(sum(int(one.value) for one in side))
        everyone.append(sum(1 if one.out_of is None else one.out_of for one in side))
    _enough(*everyone)
    return Sides((), (), (yes[0], yes[1]), (everyone[0], everyone[1]), outside)


def _pairs(without: Sequence[Observation], with_it: Sequence[Observation], outside: int) -> Sides:
    """Each store's, product's or person's mean before and after; who has figures on one side only is left out."""
    if any(not one.key for one in (*without, *with_it)):
        raise InputError(N_("Pairs need the store, product or person of each row. Fill in the column 'Figure of'."))
    before, after = _by_key(without), _by_key(with_it)
    both = sorted(before.keys() & after.keys())
    _enough(len(both), len(both))
    return Sides(
        tuple(before[key] for key in both),
        tuple(after[key] for key in both),
        outside=outside,
        unpaired=len(before.keys() ^ after.keys()),
    )


def _by_key(given: Sequence[Observation]) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for one in given:
        found.setdefault(one.key, []).append(one.value)
    return {key: fmean(values) for key, values in found.items()}


def _enough(without: int, with_it: int) -> None:
    if min(without, with_it) < FEWEST:
        raise TooFewRows(
            N_(
                "A comparison needs at least {fewest} figures on each side; there are {without} without the pilot and"
                " {with_it} with it. Bring more."
            ),
            fewest=FEWEST,
            without=without,
            with_it=with_it,
        )
