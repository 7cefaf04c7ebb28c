"""The shop page as it would look, beside the generic one; marks on it are numbered like the reasons below."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from lib.commerce.personalised_storefront.drawing import colour_hex
from lib.commerce.personalised_storefront.offers import Offer
from lib.commerce.personalised_storefront.pictures import picture
from lib.commerce.personalised_storefront.storefront import Card, Front
from lib.commerce.personalised_storefront.telling import (
    Difference,
    category_name,
    conditions_said,
    offer_said,
    price_said,
    product_name,
    size_said,
)
from lib.i18n import _
from lib.shell import html
from lib.shell.html import element, joined

STYLE = Path(__file__).with_name("front.css")


def style() -> None:
    """What dresses the preview and its reasons."""
    html.draw(html.stylesheet(STYLE.read_text(encoding="utf-8")))


@lru_cache(maxsize=600)
def _source(content: bytes) -> str:
    return "data:image/webp;base64," + base64.b64encode(content).decode()


@dataclass(frozen=True)
class Version:
    """One version of the page with everything that it shows. ``marks`` are the numbers of differences by place.

    ``open_offers`` are those that each piece may be had with, whichever offer is shown first.
    """

    front: Front
    words: Mapping[str, str]
    offer: Offer
    caption: tuple[str, str]
    marks: Mapping[str, int] = field(default_factory=dict)
    open_offers: Mapping[str, Sequence[Offer]] = field(default_factory=dict)


def pair(mine: Version, generic: Version, house: str, device: str, offers: Sequence[Offer]) -> Markup:
    """Both pages side by side; on a narrow screen one below the other, the generic one in small."""
    figures = [
        element(
            "figure",
            element("figcaption", one.caption[0], element("span", one.caption[1])),
            page(one, house, offers),
            class_=name,
        )
        for name, one in (("front-mine", mine), ("front-generic", generic))
    ]
    return element("div", *figures, class_=f"front-pair front-{device}")


def page(version: Version, house: str, offers: Sequence[Offer]) -> Markup:
    """One version of the shop page."""
    front, marks = version.front, version.marks
    menu = [element("b" if name == front.page else "span", category_name(name)) for name in front.categories]
    cards = [
        _card(
            card,
            version.words.get(card.product.sku, ""),
            marks.get(card.product.sku),
            version.open_offers.get(card.product.sku, ()),
        )
        for card in front.cards[1:]
    ]
    empty = "" if front.cards else element("p", _("Nothing is in stock on this page."), class_="front-foot")
    return element(
        "div",
        _bar(version.offer, version.words.get("offer", ""), marks.get("offer")),
        _masthead(house),
        element("p", _mark(marks.get("menu")), *menu, class_="front-menu"),
        _hero(version) if front.cards else empty,
        _sizes(marks["sizes"]) if "sizes" in marks else "",
        element("div", *cards, class_="front-grid") if cards else "",
        _foot(offers),
        class_="front-page",
    )


def _masthead(house: str) -> Markup:
    """The shop's head, as a shop has it; what stands beside the name can't be clicked in a preview."""
    return element(
        "div",
        element("span", _("Search"), aria_hidden="true"),
        element("p", house or _("Your shop"), class_="front-name"),
        element("span", _("Basket"), aria_hidden="true"),
        class_="front-top",
    )


def _sizes(number: int) -> Markup:
    return element("p", _mark(number), _("In this profile’s sizes first"), class_="front-sizes")


def _mark(number: int | None) -> Markup:
    if number is None:
        return Markup("")
    return element("span", str(number), class_="front-mark", aria_label=_("Difference {n}", n=number))


def _bar(offer: Offer, words: str, number: int | None) -> Markup:
    told = f"{offer_said(offer)}. {conditions_said(offer)}" if offer.kind != "none" else ""
    return element(
        "div", _mark(number), words or told or _("Delivery and returns as for everybody."), class_="front-bar"
    )


def _hero(version: Version) -> Markup:
    """The opening piece, on a ground tinted with its own colour."""
    card, words = version.front.cards[0], version.words
    name = product_name(card.product)
    said = element(
        "div",
        element("h4", _mark(version.marks.get("hero")), words.get("title") or name),
        element("p", words.get("line", ""), class_="front-line"),
        element("p", words.get("description", "")),
        _price(card, version.open_offers.get(card.product.sku, ())),
        _size(card),
        class_="front-said",
    )
    drawn = element("img", src=_source(picture(card.product)), alt=name)
    tint = f"--tint:{colour_hex(card.product.colour)}" if card.product.colour else ""
    return element("div", said, element("div", drawn, class_="front-look"), class_="front-hero", style=tint)


def _price(card: Card, offers: Sequence[Offer]) -> Markup:
    """The price, and the offers that the piece may be had with."""
    said = price_said(card)
    if not said:
        return Markup("")
    marks = [element("span", offer_said(one), class_="front-off") for one in sorted(offers, key=lambda one: one.kind)]
    return element("p", said, *marks, class_="front-price")


def _size(card: Card) -> Markup:
    return element("p", size_said(card), class_="front-size") if size_said(card) else Markup("")


def _card(card: Card, line: str, number: int | None, offers: Sequence[Offer]) -> Markup:
    rules = {"editorial": _("Editorial"), "pinned": _("Pinned")}
    name = product_name(card.product)
    return element(
        "div",
        element("img", src=_source(picture(card.product)), alt=name),
        _mark(number),
        element("span", rules[card.rule], class_="front-rule") if card.rule else "",
        element("h5", name),
        element("p", line, class_="front-line") if line else "",
        _price(card, offers),
        _size(card),
        class_="front-card",
    )


def _foot(offers: Sequence[Offer]) -> Markup:
    """All open offers with their conditions, on every page alike: no price is personal."""
    lines = [
        element("p", element("b", offer_said(one)), ". ", conditions_said(one)) for one in offers if one.kind != "none"
    ]
    said = _("Prices and offers are the same for everybody; a profile only chooses which offer is shown first.")
    return element("div", element("p", said), *lines, class_="front-foot")


def reasons(differences: Sequence[Difference]) -> Markup:
    """The reasons, numbered as on the page; each opens."""
    rows = [
        element(
            "li",
            element(
                "details",
                element("summary", _mark(one.number), one.title),
                *(element("p", why) for why in one.why),
            ),
        )
        for one in differences
    ]
    return joined(element("ol", *rows, class_="front-why"))


def used(rows: Sequence[tuple[str, str]]) -> Markup:
    """What is used of a profile, by purpose."""
    return element(
        "dl", *(element("div", element("dt", name), element("dd", said)) for name, said in rows), class_="front-used"
    )
