"""Checks of a grid: is what was asked for drawn, are the variants different, can their colours be told apart?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from lib.atelier.palettes import Palette, confused
from lib.checks import Check, CheckResult, Finding, Verdict
from lib.i18n import N_
from lib.merchandising.sketch_to_design.design import Brief, Design
from lib.merchandising.sketch_to_design.grid import alike
from lib.merchandising.sketch_to_design.likeness import Look, apart
from lib.merchandising.sketch_to_design.wish import Wish

ASKED = "asked_is_drawn"
READ = "all_was_read"
DIFFERENT = "variants_differ"
TOLD_APART = "colours_told_apart"
NOT_DRAWN = N_("{part} “{value}” was asked for, and the first variant shows “{shown}”.")
SETTLED = N_("{part} “{value}” can’t be had together with the rest: “{shown}” is drawn.")
OVERRULED = N_("{part} “{value}” stands in the sentence; the sketch’s own lines were kept.")
DIFFERS = N_("{part} “{value}” stands in the sentence; the sketch shows “{shown}”, and its lines were kept.")
NO_OPTION = N_("“{words}” was understood, and nothing here can draw it.")
UNREAD = N_("“{words}” was not understood.")
SAME = N_("Variants {one} and {other} can hardly be told apart.")
LOOKS_SAME = N_(
    "Variants {one} and {other} look alike as they are drawn: {colour} of colour difference (CIEDE2000), and the same "
    "texture."
)
CONFUSED = N_("Variant {number}: {one} and {other} look the same to a person with red-green colour blindness.")


def asked_is_drawn(brief: Brief, designs: Sequence[Design]) -> CheckResult:
    """Every attribute that somebody asked for, against the first variant as it is drawn."""
    first = designs[0]
    garment = first.garment
    found = []
    for one in brief.decided:
        if one.by == "house" or one.attribute in ("kind", "colour"):
            continue
        shown = _shown(first, garment, one.attribute)
        if shown != one.value:
            message = SETTLED if first.options.get(one.attribute) == one.value else NOT_DRAWN
            found.append(_finding(message, Verdict.WARN, one.attribute, one.value, shown))
    seen = {colour.hex for colour in first.shown}
    for hex_value in brief.asked_colours[: len(first.shown)]:
        if hex_value not in seen:
            found.append(_finding(NOT_DRAWN, Verdict.WARN, "colour", hex_value, first.shown[0].name))
    for one in brief.overruled:
        message = DIFFERS if one.shown else OVERRULED
        found.append(_finding(message, Verdict.NOTE, one.attribute, one.value, one.shown))
    return CheckResult(ASKED, tuple(found))


def _shown(design: Design, garment: Any, attribute: str) -> str:
    if attribute == "fabric":
        return design.cloth
    if attribute == "print":
        return design.pattern or "none"
    return str(getattr(garment, attribute))


def _finding(message: str, verdict: Verdict, part: str, value: str, shown: str) -> Finding:
    """``part``, ``value`` and ``shown`` are keys; whoever shows the finding puts them into words."""
    return Finding(part, verdict, message, {"part": part, "value": value, "shown": shown})


def all_was_read(wish: Wish | None) -> CheckResult:
    """Words that no part of the drawing stands for."""
    found = [Finding("text", Verdict.WARN, NO_OPTION, {"words": words}) for words in (wish.not_drawn if wish else ())]
    found += [Finding("text", Verdict.WARN, UNREAD, {"words": words}) for words in (wish.not_read if wish else ())]
    return CheckResult(READ, tuple(found))


def variants_differ(designs: Sequence[Design], looks: Sequence[Look] = ()) -> CheckResult:
    """Pairs that an eye can hardly tell apart: measured on the pictures where these are given, else on the recipes."""
    if looks:
        found = [
            Finding(
                "designs",
                Verdict.WARN,
                LOOKS_SAME,
                {"one": pair.one, "other": pair.other, "colour": round(pair.colour, 1)},
            )
            for pair in apart(looks)
            if pair.alike
        ]
        return CheckResult(DIFFERENT, tuple(found))
    found = [
        Finding("designs", Verdict.WARN, SAME, {"one": one + 1, "other": other + 1})
        for (one, first), (other, second) in combinations(enumerate(designs), 2)
        if alike(first, second) and first.options == second.options
    ]
    return CheckResult(DIFFERENT, tuple(found))


def colours_told_apart(designs: Sequence[Design]) -> CheckResult:
    """Patterns whose first two colours are one to a person with deuteranopia (about 1% of men)."""
    found = []
    for number, design in enumerate(designs, 1):
        if not design.pattern or len(design.shown) < 2:
            continue
        for one, other in confused(Palette(design.shown[:2]), "deuteranopia"):
            values = {"number": number, "one": one.label(), "other": other.label()}
            found.append(Finding("designs", Verdict.NOTE, CONFUSED, values))
    return CheckResult(TOLD_APART, tuple(found))


@dataclass(frozen=True)
class Judged:
    """What the checks look at: a grid, the brief that it answers, the words as they were read, the pictures."""

    brief: Brief
    designs: Sequence[Design]
    wish: Wish | None = None
    looks: Sequence[Look] = ()  # of the drawn pictures, in the designs' order


CHECKS: tuple[Check, ...] = (
    Check(
        ASKED, N_("What was asked for is drawn"), lambda _in, grid, _language: asked_is_drawn(grid.brief, grid.designs)
    ),
    Check(READ, N_("Every word was read"), lambda _in, grid, _language: all_was_read(grid.wish)),
    Check(DIFFERENT, N_("The variants differ"), lambda _in, grid, _language: variants_differ(grid.designs, grid.looks)),
    Check(TOLD_APART, N_("Colours can be told apart"), lambda _in, grid, _language: colours_told_apart(grid.designs)),
)


def judge(grid: Judged) -> list[CheckResult]:
    """All checks of a grid."""
    return [check.run(None, grid, "") for check in CHECKS]
