"""What a run without a task is called in lists: several methods of one use case have the same kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lib.i18n import N_, number, translate
from lib.shell.words import kind_name

# A run's method -> its name; {number} is the input of that name.
METHOD_NAMES = {
    "white_space": N_("White space"),
    "ideation_round": N_("Round {number}"),
    "what_sold": N_("What sold"),
    "stylist_selection": N_("Selection"),
    "stylist_correction": N_("Correction"),
    "stylist_reading": N_("Reading of comments"),
    "ranking": N_("Ranking"),
    "board_pack": N_("Board pack"),
}


def made_title(run: Mapping[str, Any]) -> str:
    """'Round 2', 'White space'; where the method has no name of its own, the run's kind.

    ``run`` has kind, and as far as known method and either number or inputs.
    """
    named = METHOD_NAMES.get(str(run.get("method") or ""))
    counted = run["number"] if run.get("number") is not None else (run.get("inputs") or {}).get("number")
    if named is None or ("{number}" in named and not isinstance(counted, int)):
        return kind_name(run["kind"])
    return translate(named, None, number=number(counted or 0))
