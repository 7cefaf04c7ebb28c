"""Drawing outputs of a bulk job for review: how many, from which strata, by which seed."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from lib.errors import InputError
from lib.i18n import N_

TRAITS = ("language", "product_kind", "checks")  # by which outputs can be divided
ALL = "[]"  # the stratum of a sample that isn't divided


def size_of(population: int, number: int | None = None, share: float | None = None) -> int:
    """How many outputs a number, or a share between 0 and 1, asks for.

    Raises:
        InputError: fewer than one, or more than there are.
    """
    wanted = number if number is not None else -(-round((share or 0.0) * population * 1e6) // 1_000_000)
    if population == 0:
        raise InputError(N_("This job has no output to draw from yet. Wait until some of its rows are done."))
    if not 1 <= wanted <= population:
        raise InputError(
            N_("A sample of this job has between 1 and {most} outputs. Choose a size in between."), most=population
        )
    return int(wanted)


def strata_of(rows: Sequence[Mapping[str, Any]], by: Sequence[str]) -> dict[str, list[str]]:
    """Runs by stratum, whose name is a JSON list of the traits' values; rows of ``queue_samples.population``."""
    if any(trait not in TRAITS for trait in by):
        raise ValueError(f"unknown trait in {by}")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(json.dumps([row[trait] for trait in by], ensure_ascii=False), []).append(row["run"])
    return dict(sorted(found.items()))


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """``size`` outputs shared out over strata in proportion to theirs, by largest remainders, at least one each.

    Raises:
        InputError: fewer outputs than strata: some would stay unseen.
    """
    total = sum(sizes.values())
    if size < len(sizes):
        raise InputError(
            N_(
                "These traits divide the job into {strata} parts, and a sample of {size} can’t hold one of each. Draw"
                " more, or divide by fewer traits."
            ),
            strata=len(sizes),
            size=size,
        )
    exact = {name: size * of / total for name, of in sizes.items()}
    given = {name: min(sizes[name], max(1, int(exact[name]))) for name in sizes}
    while sum(given.values()) < size:
        open_ = [name for name in sizes if given[name] < sizes[name]]
        given[max(open_, key=lambda name: exact[name] - given[name])] += 1
    while sum(given.values()) > size:
        over = [name for name in sizes if given[name] > 1]
        given[max(over, key=lambda name: given[name] - exact[name])] -= 1
    return given


def draw(
    rows: Sequence[Mapping[str, Any]], by: Sequence[str], size: int, seed: int
) -> dict[str, tuple[int, tuple[str, ...]]]:
    """For each stratum how many outputs it has, and the runs drawn from it: the same for the same rows and seed."""
    strata = strata_of(rows, by)
    given = allocate({name: len(runs) for name, runs in strata.items()}, size)
    return {
        name: (len(runs), tuple(random.Random(f"{seed}/{name}").sample(runs, given[name])))
        for name, runs in strata.items()
    }


def proportional(strata: Sequence[tuple[int, int]]) -> bool:
    """Whether each output had about the same chance to be drawn; pairs of a stratum's size and how many were drawn."""
    total, size = sum(of for of, _drawn in strata), sum(drawn for _of, drawn in strata)
    return all(abs(drawn - size * of / total) < 1 for of, drawn in strata) if total else True
