"""What is untidy in a log, taken out and counted: lines sent twice, doubled visits, robots, unknown products."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lib.commerce.personalised_storefront.model import Line, Seen, Tables
from lib.errors import InputError
from lib.i18n import N_

LEAST_PLACES = 4  # of a visit, from which clicking on all of them is no person's doing


@dataclass(frozen=True)
class Cleaned:
    """How much was taken out, and of what."""

    lines_twice: int = 0
    lines_unknown: int = 0
    visits_twice: int = 0
    visits_unknown: int = 0  # visits in which a product stood that isn't in the file
    robots: int = 0
    chances_lost: int = 0  # places without a chance
    chances_impossible: int = 0  # of 0, or above 1
    visits: int = 0  # that are left


def clean(tables: Tables) -> tuple[Tables, Cleaned]:
    """The tables without doubles, robots and rows of products that nobody knows.

    Raises:
        InputError: no product, or no order line and no visit is of a product of the file.
    """
    known = {product.sku.upper() for product in tables.products}
    if not known:
        raise InputError(N_("No product is in the file, so no page can be made. Choose a product file."))
    lines, lines_twice = _once(tables.lines)
    kept = tuple(line for line in lines if line.sku in known)
    visits, visits_twice = _visits(tables.visits)
    places, unknown, robots = _people(visits, known)
    if (tables.lines or tables.visits) and not (kept or places):
        raise InputError(
            N_(
                "No order line and no visit is of a product of the product file. Check that the references are "
                "written alike, or choose the product file that belongs to them."
            )
        )
    made, lost, impossible = _chances(places)
    told = Cleaned(
        lines_twice,
        len(lines) - len(kept),
        visits_twice,
        unknown,
        robots,
        lost,
        impossible,
        len({place.visit_id for place in made}),
    )
    return replace(tables, lines=kept, visits=made), told


def _once(lines: Sequence[Line]) -> tuple[list[Line], int]:
    found: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        found.setdefault((line.order_id, line.number, line.sku), line)
    return list(found.values()), len(lines) - len(found)


def _visits(places: Sequence[Seen]) -> tuple[list[list[Seen]], int]:
    """Visits in their order, each place once, and how many visits stood twice."""
    found: dict[str, dict[int, Seen]] = defaultdict(dict)
    twice = set()
    for place in places:
        if place.position in found[place.visit_id]:
            twice.add(place.visit_id)
        found[place.visit_id].setdefault(place.position, place)
    return [[visit[position] for position in sorted(visit)] for visit in found.values()], len(twice)


def _people(visits: Sequence[list[Seen]], known: set[str]) -> tuple[list[Seen], int, int]:
    """The places of people's visits to known products; how many visits had unknown ones; how many were robots'."""
    kept: list[Seen] = []
    unknown = robots = 0
    for visit in visits:
        if len(visit) >= LEAST_PLACES and all(place.clicked for place in visit):
            robots += 1
        elif any(place.sku not in known for place in visit):
            unknown += 1
        else:
            kept += visit
    return kept, unknown, robots


def _chances(places: Sequence[Seen]) -> tuple[tuple[Seen, ...], int, int]:
    """Chances that can be: something that was shown had one above 0. The others count as lost."""
    made, lost, impossible = [], 0, 0
    for place in places:
        if place.chance is None:
            lost += 1
        elif not 0 < place.chance <= 1:
            impossible += 1
            place = replace(place, chance=None)
        made.append(place)
    return tuple(made), lost, impossible
