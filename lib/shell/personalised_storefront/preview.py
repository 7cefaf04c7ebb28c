"""The shop page as it would look, beside the generic one; marks on it are numbered like the reasons below."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from lib.commerce.personalised_storefront.drawing import picture
from lib.commerce.personalised_storefront.offers import Offer
from lib.commerce.personalised_storefront.storefront import Card, Front
from lib.commerce.personalised_storefront.telling import (
    Difference,
    category_name,
    conditions_said,
    offer_said,
    price_said,
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


def pair(
    mine: Front,
    generic: Front,
    house: str,
    words: Mapping[str, str],
    plain_words: Mapping[str, str],
    offer: Offer,
    plain_offer: Offer,
    differences: Sequence[Difference],
    device: str,
    captions: tuple[tuple[str, str], tuple[str, str]],
    offers: Sequence[Offer],
) -> Markup:
    """Both pages side by side; on a narrow screen one below the other."""
    marks = {one.place: one.number for one in differences}
    return element(
        "div",
        _figure(page(mine, house, words, offer, marks, offers), *captions[0]),
        _figure(page(generic, house, plain_words, plain_offer, {}, offers), *captions[1]),
        class_=f"front-pair front-{device}",
    )


def _figure(drawn: Markup, title: str, note: str) -> Markup:
    return element("figure", element("figcaption", title, element("span", note)), drawn)


def page(
    front: Front, house: str, words: Mapping[str, str], offer: Offer, marks: Mapping[str, int], offers: Sequence[Offer]
) -> Markup:
    """One version of the shop page."""
    menu = [element("b" if name == front.page else "span", category_name(name)) for name in front.categories]
    cards = [_card(card, words.get(card.product.sku, ""), marks.get(card.product.sku)) for card in front.cards]
    menu_line = element("p", _mark(marks.get("menu")), *menu, class_="front-menu")
    empty = element("p", _("Nothing is in stock on this page."), class_="front-foot")
    return element(
        "div",
        _bar(offer, marks.get("offer")),
        element("div", element("p", house, class_="front-name"), menu_line, class_="front-top"),
        _hero(front, words, marks.get("hero")) if front.cards else "",
        _sizes(marks["sizes"]) if "sizes" in marks else "",
        element("div", *cards, class_="front-grid") if cards else empty,
        _foot(offers),
        class_="front-page",
    )


def _sizes(number: int) -> Markup:
    return element("p", _mark(number), _("In this profile’s sizes first"), class_="front-menu front-sizes")


def _mark(number: int | None) -> Markup:
    if number is None:
        return Markup("")
    return element("span", str(number), class_="front-mark", aria_label=_("Difference {n}", n=number))


def _bar(offer: Offer, number: int | None) -> Markup:
    said = (
        f"{offer_said(offer)}. {conditions_said(offer)}"
        if offer.kind != "none"
        else _("Delivery and returns as for everybody.")
    )
    return element("div", _mark(number), said, class_="front-bar")


def _hero(front: Front, words: Mapping[str, str], number: int | None) -> Markup:
    card = front.cards[0]
    said = element(
        "div",
        element("h4", _mark(number), words.get("title") or card.product.name),
        element("p", words.get("line", "")),
        element("p", words.get("description", "")),
        element("p", price_said(card)),
    )
    return element(
        "div", said, element("img", src=_source(picture(card.product)), alt=card.product.name), class_="front-hero"
    )


def _card(card: Card, line: str, number: int | None) -> Markup:
    rules = {"editorial": _("Editorial"), "pinned": _("Pinned")}
    return element(
        "div",
        element("img", src=_source(picture(card.product)), alt=card.product.name),
        _mark(number),
        element("span", rules[card.rule], class_="front-rule") if card.rule else "",
        element("h5", card.product.name),
        element("p", line) if line else "",
        element("p", price_said(card), class_="front-price"),
        element("p", size_said(card)),
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
