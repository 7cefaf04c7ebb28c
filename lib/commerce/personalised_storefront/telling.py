"""Why a page differs from the generic one, told in the reader's language, numbered as on the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lib.commerce.personalised_storefront.attributes import GROUP_TITLES
from lib.commerce.personalised_storefront.model import Product, Purpose
from lib.commerce.personalised_storefront.offers import CONDITIONS, TITLES, Offer
from lib.commerce.personalised_storefront.storefront import HOME, Card, Front, House, Reason
from lib.commerce.personalised_storefront.words import said_value
from lib.i18n import N_, _, current_language, list_of, money, ngettext, percent, translate
from lib.vocabulary import recognise

PURPOSE_TITLES = {
    Purpose.ORDERS: N_("Orders and returns"),
    Purpose.BROWSING: N_("Visits and clicks"),
    Purpose.COMMENTS: N_("Ratings in comments"),
}
KIND_OF = {
    "colour": "colour", "fabric": "material", "material": "material", "pattern": "pattern", "fit": "fit",
    "length": "length", "sleeve": "sleeve", "neck": "neckline", "closure": "closure",
}  # fmt: skip
DEPARTMENTS = {"women": N_("women’s"), "men": N_("men’s"), "unisex": N_("for everybody")}


@dataclass(frozen=True)
class Difference:
    """One thing that differs. ``place`` is what it is about: 'hero', 'menu', 'offer', 'sizes', or a reference."""

    number: int
    place: str
    title: str
    why: tuple[str, ...]


def product_name(product: Product) -> str:
    """A product's name in the reader's language: its type is said, its own name stays; else as it is given."""
    language = current_language()
    if product.language == language or not product.name:
        return product.name
    return _name(product.name, product.category, product.language, language)


@lru_cache(maxsize=4_000)
def _name(name: str, category: str, source: str, language: str) -> str:
    from lib.commerce.product_descriptions.writer.naming import naming

    product = Product(sku="-", name=name, category=category, language=source)
    said = naming(product, language).title(language) or name
    return said[:1].upper() + said[1:]


def category_name(category: str) -> str:
    """A category in the reader's language, where the vocabulary knows it."""
    from lib.vocabulary import say

    found = recognise(category, {"product"})
    said = say(found, current_language()) if found is not None and current_language() in found.forms else category
    return _CATEGORIES.get(current_language(), {}).get(category, said).capitalize()


#: Plurals as a shop's menu writes them; other houses' categories are said as they are.
_CATEGORIES = {
    "fr": {
        "dresses": "robes", "coats": "manteaux", "knitwear": "maille", "shirts": "chemises", "trousers": "pantalons",
        "skirts": "jupes", "bags": "sacs", "shoes": "chaussures",
    },
    "en": {name: name for name in ("dresses", "coats", "knitwear", "shirts", "trousers", "skirts", "bags", "shoes")},
}  # fmt: skip


def value_said(group: str, value: str) -> str:
    """An attribute's value in the reader's language; as it is given where the vocabulary can't say it."""
    if group == "category":
        return category_name(value).casefold()
    if group == "department":
        return translate(DEPARTMENTS[value]) if value in DEPARTMENTS else value
    if group == "tone":
        return translate(TONES[value]) if value in TONES else value
    return said_value(value, current_language(), KIND_OF.get(group, "")) or value


TONES = {
    "neutral": N_("neutral tones"), "black": N_("black tones"), "grey": N_("greys"), "brown": N_("browns"),
    "red": N_("reds"), "pink": N_("pinks"), "orange": N_("oranges"), "yellow": N_("yellows"), "green": N_("greens"),
    "blue": N_("blues"), "purple": N_("purples"), "violet": N_("violets"), "metallic": N_("metallics"),
}  # fmt: skip


def reason_said(reason: Reason, house: House) -> str:
    """One reason as a sentence."""
    if reason.kind == "liking":
        return _(
            "{group}: {value}. In {count} of the {of} pieces that this profile chose, more often than with others.",
            group=translate(GROUP_TITLES[reason.group]),
            value=value_said(reason.group, reason.value),
            count=reason.count,
            of=reason.of,
        )
    if reason.kind == "similar":
        number = house.line.index.get(reason.sku)
        name = product_name(house.line.products[number]) if number is not None else reason.sku
        return _("Chosen by the same people as “{name}”, which this profile knows.", name=name)
    if reason.kind == "price":
        return _("Its price lies where this profile usually buys in its category.")
    return _("This profile bought it before.")


def differences(mine: Front, generic: Front, house: House, offer: Offer, plain: Offer) -> tuple[Difference, ...]:
    """Everything that differs, from the top of the page down."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    if mine.cards and generic.cards and mine.skus[0] != generic.skus[0]:
        first = mine.cards[0]
        found.append(("hero", _("The opening piece: {name}", name=product_name(first.product)), _why(first, house)))
    if mine.page == HOME and mine.categories != generic.categories:
        order = list_of([category_name(name) for name in mine.categories[:3]])
        found.append(("menu", _("The menu begins with {names}", names=order), (_menu_why(),)))
    if any(card.size for card in mine.cards):
        sized = sum(1 for card in mine.cards if card.size and (card.units is None or card.units > 0))
        title = ngettext("{n} piece in this profile’s size", "{n} pieces in this profile’s size", sized)
        why = _(
            "Pieces whose size is in stock online come first. The size is the one kept most often, else the profile’s."
        )
        found.append(("sizes", title, (why,)))
    found += _moved(mine, generic, house)
    if offer != plain:
        found.append(("offer", _("The offer shown first: {offer}", offer=offer_said(offer)), (offer_why(),)))
    return tuple(Difference(number, *one) for number, one in enumerate(found, 1))


def _moved(mine: Front, generic: Front, house: House) -> list[tuple[str, str, tuple[str, ...]]]:
    """Pieces that stand higher than on the generic page, or only here; the grid's places are counted from 1."""
    found = []
    for place, card in enumerate(mine.cards[1:], 1):
        sku, name = card.product.sku, product_name(card.product)
        before = generic.skus.index(sku) if sku in generic.skus else None
        if before is not None and before <= place:
            continue
        if before is None:
            title = _("{name}: place {place}, not among the first on the generic page", name=name, place=place)
        else:
            title = _("{name}: place {place} instead of {before}", name=name, place=place, before=before)
        found.append((sku, title, _why(card, house)))
    return found


def _why(card: Card, house: House) -> tuple[str, ...]:
    told = tuple(reason_said(reason, house) for reason in card.reasons)
    if card.rule:
        return (_("The merchandiser put it there."), *told)
    if card.size and card.units:
        told = (*told, size_said(card))
    return told or (_("It moved up since others that stand first on the generic page moved down."),)


def size_said(card: Card) -> str:
    """The size note under a product."""
    if not card.size:
        sizes = card.product.sizes
        if len(sizes) > 1:
            return _("Sizes {first} to {last}", first=sizes[0], last=sizes[-1])
        return _("One size") if sizes else ""
    if card.units is None:
        return _("Your size: {size}", size=card.size)
    if card.units == 0:
        return _("Your size {size} is sold out", size=card.size)
    if card.units <= 3:
        return _("Your size {size}: last {n}", size=card.size, n=card.units)
    return _("Your size {size} is in stock", size=card.size)


def _menu_why() -> str:
    return _("Categories stand in the order of their three best pieces for this profile; elsewhere by what sells.")


def offer_why() -> str:
    return _(
        "Of the offers open to everybody it has the highest expected margin with this page’s pieces, every floor kept. "
        "Prices are the same on both pages."
    )


def offer_said(offer: Offer) -> str:
    """An offer's name."""
    return _filled(TITLES[offer.kind], offer)


def conditions_said(offer: Offer) -> str:
    """An offer's conditions, as they stand on every page."""
    return _filled(CONDITIONS[offer.kind], offer) if CONDITIONS[offer.kind] else ""


def _filled(message: str, offer: Offer) -> str:
    if "{percent}" in message:
        return translate(message, None, percent=percent(offer.percent))
    return translate(message)


def price_said(card: Card) -> str:
    """A price as the shop shows it; '' where none is given."""
    product = card.product
    return money(product.price, product.currency or "EUR", 0) if product.price is not None else ""


def generic_why(front: Front, allowed: frozenset[Purpose], known: bool, fixed: bool) -> str:
    """Why a page is the generic one; '' where it isn't."""
    if front.personal:
        return ""
    if fixed:
        return _("The merchandiser keeps this page the same for everybody.")
    if not known:
        return _("Nobody is signed in: this is the generic page.")
    if not allowed:
        return _("This profile agreed to nothing, so nothing of it is used: this is the generic page.")
    return _("Nothing that may be used is known of this profile yet: this is the generic page.")
