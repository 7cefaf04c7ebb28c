"""Several inputs made one brief, with a word on who decided what.

A sketch decides the outline, a sentence everything that it names, a mood board the colours and the cloth that nobody
named; the fields of the page go before all of them, and the house's habit fills what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lib.atelier.colours import find_name, lch_from_lab, rgb_from_lab
from lib.atelier.colours.spaces import lab_from_lch
from lib.atelier.garments.options import OPTIONS
from lib.atelier.palettes import Colour, Palette
from lib.merchandising.sketch_to_design import house
from lib.merchandising.sketch_to_design.design import Brief, By, Decision
from lib.merchandising.sketch_to_design.wish import SOME, PieceWish

BASE = "dress"
_UNSEEN = ("seam_pockets",)  # lies within a seam: a drawing shows nothing of it
_CUT = (
    "silhouette",
    "length",
    "neckline",
    "collar",
    "sleeve",
    "closure",
    "pockets",
    "pleats",
    "belt",
    "handle",
    "heel",
)


@dataclass(frozen=True)
class BoardSays:
    """What a mood board proposes: palettes as hex values, cloths and patterns, the likeliest first."""

    palettes: tuple[tuple[str, ...], ...] = ()
    cloths: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fields:
    """What was set by hand on the page; empty where it wasn't."""

    kind: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    size: int = 0


def join(
    wish: PieceWish | None = None,
    board: BoardSays | None = None,
    sketch: str = "",
    fields: Fields | None = None,
    sketch_kind: str = "",
    sketch_cut: Mapping[str, str] | None = None,
) -> Brief:
    """One brief from what there is.

    Args:
        wish: the garment that a sentence asks for.
        board: what a mood board proposes.
        sketch: the artefact of a sketch whose lines are kept.
        fields: what was set by hand.
        sketch_kind: what the sketch seems to show, where the sentence names no garment.
        sketch_cut: its neckline or collar and its closure, by part, where they were read.
    """
    wish, fields = wish or PieceWish(), fields or Fields()
    told: list[Decision] = []
    kind, by = _first((fields.kind, "form"), (wish.kind, "words"), (sketch_kind, "sketch"), (BASE, "house"))
    told.append(Decision(attribute="kind", value=kind, by=by))
    options, overruled = _options(kind, wish, fields, (sketch_cut or {}) if sketch else None, told)
    cloths, asked_cloth = _cloths(kind, wish, board, told)
    patterns, asked_pattern = _patterns(cloths, wish, board, told)
    palettes, asked = _palettes(wish, board, told)
    return Brief(
        kind=kind,
        options=options,
        size=fields.size or wish.size or 38,
        cloths=cloths,
        patterns=patterns,
        palettes=palettes,
        asked_cloth=asked_cloth,
        asked_pattern=asked_pattern,
        asked_colours=asked,
        decided=tuple(told),
        fibres=wish.fibres,
        sketch=sketch,
        overruled=overruled,
    )


def _first(*choices: tuple[str, By]) -> tuple[str, By]:
    return next(choice for choice in choices if choice[0])


def _options(
    kind: str, wish: PieceWish, fields: Fields, sketched: Mapping[str, str] | None, told: list[Decision]
) -> tuple[dict[str, str], tuple[Decision, ...]]:
    """The cut, part by part. A sketch shows it already: what words say of it is compared with what was read of the
    sketch. Where the two differ, or nothing was read to compare with, the words are told and not drawn.
    """
    known, chosen, overruled = OPTIONS[kind], {}, []
    excluded = set(wish.excluded)
    for part, values in known.items():
        value = fields.options.get(part, "")
        by: By = "form"
        if value not in values:
            value, by = wish.drawn(part), "words"
            if value == SOME:
                value = _shown(values)
            if sketched is not None and part in _CUT:
                shown = sketched.get(part, "")
                if value and not _agree(value, shown):
                    overruled.append(Decision(attribute=part, value=value, by="words", shown=shown))
                if shown not in values and value:
                    continue
                value, by = shown, "sketch"
        if value not in values:
            value, by = next((one for one in values if f"{part}={one}" not in excluded), values[0]), "house"
        chosen[part] = value
        if by != "house":
            told.append(Decision(attribute=part, value=value, by=by))
    return chosen, tuple(overruled)


def _agree(value: str, shown: str) -> bool:
    """Whether a word and the reading of a sketch mean the same: in a drawing a front that crosses over is a wrap or
    double-breasted, by its buttons alone.
    """
    crossed = ("wrap", "double_breasted")
    return value == shown or (value in crossed and shown in crossed)


def _of_fibres(cloths: tuple[str, ...], wish: PieceWish) -> tuple[str, ...]:
    """Those of ``cloths`` that can be of the fibres that the brief names; all where it names none."""
    wanted = {cloth for fibre in wish.fibres for cloth in house.OF_FIBRE.get(fibre, ())}
    return tuple(cloth for cloth in cloths if cloth in wanted) if wanted else cloths


def _shown(values: Sequence[str]) -> str:
    """Of the kinds of a part, the first that can be seen: who asks for 'pockets' wants to see them."""
    there = [value for value in values if value != "none"]
    return next((value for value in there if value not in _UNSEEN), there[0])


def _cloths(kind: str, wish: PieceWish, board: BoardSays | None, told: list[Decision]) -> tuple[tuple[str, ...], bool]:
    if cloth := wish.drawn("fabric"):
        told.append(Decision(attribute="fabric", value=cloth, by="words"))
        return _distinct((cloth, *house.NEAR[cloth])), True
    seen = tuple(one for one in (board.cloths if board else ()) if f"fabric={one}" not in wish.excluded)
    seen = tuple(one for one in seen if not wish.fibres or one in _of_fibres(seen, wish))
    if seen:
        told.append(Decision(attribute="fabric", value=seen[0], by="board"))
    usual = tuple(one for one in house.CLOTHS[kind] if f"fabric={one}" not in wish.excluded)
    usual = _of_fibres(usual, wish) or _of_fibres(tuple(house.NEAR), wish) or usual
    if wish.print:  # a tartan is woven in twill before it is printed on satin
        usual = tuple(sorted(usual, key=lambda cloth: wish.print not in house.PATTERNS.get(cloth, ())))
    return _distinct((*seen[:3], *usual)), False


def _patterns(
    cloths: Sequence[str], wish: PieceWish, board: BoardSays | None, told: list[Decision]
) -> tuple[tuple[str, ...], bool]:
    if wish.print == "none":
        return ("",), True
    if wish.print:
        told.append(Decision(attribute="print", value=wish.print, by="words"))
        return (wish.print,), True
    seen = board.patterns if board else ()
    if seen:
        told.append(Decision(attribute="print", value=seen[0], by="board"))
    usual = house.PATTERNS.get(cloths[0], ())
    return _distinct(("", *seen, *usual)), False


def _palettes(
    wish: PieceWish, board: BoardSays | None, told: list[Decision]
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Palettes to try: the asked colours first, then what harmonises with them, the board's, the house's."""
    asked = tuple(named.hex for name in wish.colours if (named := find_name(name)))
    boards = board.palettes if board else ()
    found: list[tuple[str, ...]] = []
    if asked:
        told.append(Decision(attribute="colour", value=", ".join(wish.colours), by="words"))
        found += [_distinct((*asked, *boards[0]))] if boards else []
        if wish.print:  # a print shows all colours that it is given: those asked for alone come first
            found += [_alone(asked), _alone(asked)[::-1]]
        found += _companions(asked)
        found += [_distinct((*asked[turn:], *asked[:turn], *found[0])) for turn in range(1, len(asked))]
        found += [_distinct((*palette[:1], *asked, *palette[1:])) for palette in boards]
    elif boards:
        told.append(Decision(attribute="colour", value=", ".join(_names(boards[0])), by="board"))
    found += list(boards)
    if not asked and not boards:
        found += list(house.PALETTES)
    return tuple(dict.fromkeys(palette[:6] for palette in found)), asked


def _alone(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The colours of a print as they were asked for: one colour is printed on a pale ground."""
    if len(asked) > 1:
        return _distinct(asked)
    light = float(lch_from_lab(Palette.of(asked[0]).colours[0].lab)[0])
    return ("#FAF9F6" if light < 80 else "#1C2126", asked[0])


def _companions(asked: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What goes with colours that were asked for: a light neutral, a deep tone of the same hue, an accent of a
    harmony; in another order each time, and once on a dark and once on a pale ground.
    """
    first = Palette.of(asked[0]).colours[0]
    lightness, chroma, hue = (float(value) for value in lch_from_lab(first.lab))
    pale, ink = ("#FAF9F6", "#EFE6D5")[lightness > 80], "#1C2126" if lightness > 30 else "#D8C3A5"
    deep = _tone(max(lightness - 38, 14) if lightness > 45 else min(lightness + 40, 82), chroma * 0.8, hue)
    light = _tone(min(lightness + 22, 93), chroma * 0.5, hue)
    near, across = (_tone(lightness, max(chroma, 28), hue + turn) for turn in (-40, 165))
    return [
        # Tone on tone first, so that a cloth woven of several colours still reads as the one that was asked for.
        _distinct((*asked, light, deep, pale)),
        _distinct((*asked, pale, deep, near)),
        _distinct((*asked, deep, pale, across)),
        _distinct((pale, *asked, deep, across)),
        _distinct((deep, *asked, pale, light)),
        _distinct((*asked, ink, pale, near)),
        _distinct((light, *asked, deep, pale)),
        _distinct((near, *asked, pale, deep)),
        _distinct((across, *asked, pale, deep)),
    ]


def _tone(lightness: float, chroma: float, hue: float) -> str:
    """The hex value of a colour in CIELAB's LCh; what no screen shows is brought to the nearest that one does."""
    return Colour.of(rgb_from_lab(lab_from_lch([lightness, chroma, hue]))).hex


def _names(palette: Sequence[str]) -> list[str]:
    return [colour.name for colour in Palette.of(*palette)]


def _distinct(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
