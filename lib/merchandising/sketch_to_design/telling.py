"""Designs and briefs in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from lib.i18n import N_, _, translate
from lib.merchandising.sketch_to_design.design import Brief, Decision, Design
from lib.merchandising.sketch_to_design.names import FIBRES, part_name, piece_name, value_name
from lib.merchandising.sketch_to_design.wish import SOME, Nearest, PieceWish

BY: dict[str, str] = {
    "words": N_("from the sentence"),
    "board": N_("from the mood board"),
    "sketch": N_("from the sketch"),
    "form": N_("set by hand"),
    "house": N_("the house’s habit"),
}


def made_of(design: Design) -> str:
    """Pattern and cloth: 'stripe on linen', or the cloth alone."""
    if not design.pattern:
        return value_name(design.cloth)
    return _("{pattern} on {cloth}", pattern=value_name(design.pattern), cloth=value_name(design.cloth))


def colours_of(design: Design) -> str:
    """The names of the colours that are seen."""
    return ", ".join(colour.label() for colour in design.shown)


def title_of(design: Design) -> str:
    """One line: piece, what it is made of, its first colour."""
    return f"{piece_name(design.kind)} · {made_of(design)} · {design.shown[0].label()}"


def kept_of(design: Design, brief: Brief) -> tuple[list[str], list[str]]:
    """What a design keeps of what was asked, and what it proposes instead."""
    kept: list[str] = []
    proposed: list[str] = []
    if brief.asked_cloth:
        (kept if design.cloth == brief.cloths[0] else proposed).append(value_name(design.cloth))
    if brief.asked_pattern and brief.patterns[0]:
        (kept if design.pattern == brief.patterns[0] else proposed).append(
            value_name(design.pattern) if design.pattern else _("plain")
        )
    elif design.pattern:
        proposed.append(value_name(design.pattern))
    if brief.asked_colours:
        shown = {colour.hex for colour in design.shown}
        for colour in design.palette.colours:
            if colour.hex in brief.asked_colours and colour.hex in shown:
                kept.append(colour.label())
        if design.colours[0] not in brief.asked_colours:
            proposed.append(_("a ground in {colour}", colour=design.shown[0].label()))
    return kept, proposed


def decision(one: Decision) -> tuple[str, str, str]:
    """A decision as part, value and who decided it."""
    names = piece_name(one.value) if one.attribute == "kind" else _values(one)
    return part_name(one.attribute), names, translate(BY[one.by])


def _values(one: Decision) -> str:
    if one.attribute != "colour":
        return value_name(one.value)
    return ", ".join(colour_name(name) for name in one.value.split(", "))


def colour_name(english: str) -> str:
    """A listed colour in the reader's language."""
    from lib.atelier.colours import find_name
    from lib.i18n import current_language

    found = find_name(english)
    return english if found is None else found.french if current_language() == "fr" else found.english


def wished(piece: PieceWish) -> list[str]:
    """What was read of one piece, as short words."""
    said = [piece_name(piece.kind)] if piece.kind else []
    for part, value in piece.said().items():
        plain = value_name(value)
        if value == SOME:
            said.append(part_name(part).lower())
        else:
            said.append(f"{part_name(part)}: {plain}" if value in ("none", "single", "double") else plain)
    said += [translate(FIBRES[name]) for name in piece.fibres if name in FIBRES]
    said += [colour_name(name) for name in piece.colours]
    if piece.size:
        said.append(_("size {size}", size=piece.size))
    return said


def nearest(pieces: Sequence[PieceWish]) -> list[str]:
    """Words that are drawn by the nearest there is: '“mousseline”: toile'."""
    return [_("“{said}” as {drawn}", said=one.said, drawn=_near_name(one)) for piece in pieces for one in piece.nearest]


def _near_name(one: Nearest) -> str:
    return (piece_name(one.value) if one.attribute == "kind" else value_name(one.value)).lower()


def excluded(pieces: Sequence[PieceWish]) -> list[str]:
    """What was ruled out, in words."""
    found = []
    for piece in pieces:
        for one in piece.excluded:
            attribute, _sign, value = one.partition("=")
            found.append(colour_name(value) if attribute == "colour" else value_name(value))
    return list(dict.fromkeys(found))
