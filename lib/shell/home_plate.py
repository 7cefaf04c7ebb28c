"""The value chain as a lay plan: six pattern pieces, in order, with the use cases marked on them.

The outlines are masks over flat colour, so that they follow the theme, and stretch with the text inside: a long French
title makes its piece taller and never runs over its line. Everything that is read is HTML text in reading order.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from markupsafe import Markup

from lib.catalogue import AREA_TITLES, VALUE_CHAIN, Area, UseCase, in_area
from lib.i18n import _, ngettext, translate
from lib.navigation import address_of
from lib.shell.html import element, joined, stylesheet

# Cutting lines in a box of 100 x 100. Shaping stays in the upper 14 and the lower 15 units, clear of the text.
OUTLINES: dict[Area, str] = {
    Area.MERCHANDISING: "M1 13C11 13 19 9 21 2L64 1C68 10 80 14 99 14L97 58L99 98C70 95 30 98 1 98Z",
    Area.SUPPLY_CHAIN: "M1 14C22 12 30 1 50 1C70 1 78 12 99 14L95 98C66 95 34 95 5 98Z",
    Area.MARKETING: "M7 2C30 8 70 8 93 2L99 93C68 100 32 100 1 93Z",
    Area.COMMERCE: "M1 12C28 -2 72 -2 99 12L97 98L3 98Z",
    Area.STORE_OPERATIONS: "M3 2L78 2C80 10 88 14 99 14L95 98L5 98Z",
    Area.SUPPORT: "M1 2L99 2L99 86L50 99L1 86Z",
}
GRAIN = "M5 1V99M5 1L1.5 4M5 1L8.5 4M5 99L1.5 96M5 99L8.5 96"
NUMERALS = ("I", "II", "III", "IV", "V", "VI")


def _picture(path: str, box: str, paint: str) -> str:
    """An SVG as the value of a CSS mask."""
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{box}' preserveAspectRatio='none'>"
        f"<path d='{path}' vector-effect='non-scaling-stroke' {paint}/></svg>"
    )
    return f'url("data:image/svg+xml,{quote(svg)}")'


@cache
def pattern_style() -> Markup:
    """The pieces' outlines as CSS variables: cut line, seam line, ground and grain line."""
    line, seam = "fill='none' stroke='#000' stroke-width='1.4'", "fill='none' stroke='#000' stroke-dasharray='5 4'"
    rules = [f".toile-plate{{--grain:{_picture(GRAIN, '0 0 10 100', line)}}}"]
    for area, path in OUTLINES.items():
        rules.append(
            f".toile-piece-{area.value.replace('_', '-')}{{--cut:{_picture(path, '0 0 100 100', line)};"
            f"--seam:{_picture(path, '0 0 100 100', seam)};--ground:{_picture(path, '0 0 100 100', '')}}}"
        )
    return stylesheet("".join(rules))


def mark(use_case: UseCase, language: str) -> Markup:
    """One use case on its piece: a link where it is ready, grey with the word where it is planned."""
    title = translate(use_case.title)
    if use_case.status == "ready":
        link = element("a", title, href=address_of(use_case.slug, language), data_page=use_case.slug)
        return element("li", link, class_="toile-ready")
    return element("li", title, " ", element("span", _("planned"), class_="toile-word"), class_="toile-planned")


def piece(area: Area, number: int, language: str) -> Markup:
    """One area as a pattern piece."""
    name = area.value.replace("_", "-")
    head = element(
        "h3", element("span", NUMERALS[number], class_="toile-numeral"), translate(AREA_TITLES[area]), id=f"area-{name}"
    )
    marks = element("ul", *(mark(use_case, language) for use_case in in_area(area)))
    thread = element("i", class_="toile-thread", aria_hidden="true")
    return element(
        "section", thread, head, marks, class_=f"toile-piece toile-piece-{name}", aria_labelledby=f"area-{name}"
    )


def plate(language: str) -> Markup:
    """The whole picture, with the key to its marks."""
    pieces = element("div", *(piece(area, number, language) for number, area in enumerate(VALUE_CHAIN)))
    return joined(
        pattern_style(), element("nav", pieces, class_="toile-plate", aria_label=_("The value chain")), legend()
    )


def legend() -> Markup:
    """What the marks mean, with how many there are of each."""
    cases = [use_case for area in VALUE_CHAIN for use_case in in_area(area)]
    ready = sum(use_case.status == "ready" for use_case in cases)
    said = (
        element("span", ngettext("{n} ready to try", "{n} ready to try", ready), class_="toile-ready"),
        element("span", ngettext("{n} planned", "{n} planned", len(cases) - ready), class_="toile-planned"),
        element("span", _("The thread gives the order of the chain."), class_="toile-order"),
    )
    return element("p", *said, class_="toile-legend")
