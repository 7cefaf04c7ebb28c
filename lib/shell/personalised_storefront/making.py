"""The page that was made: both versions, their words, the offer; recorded when the person asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.access import DEMO_WORKSPACE
from lib.commerce.personalised_storefront.learned import Learned
from lib.commerce.personalised_storefront.offers import Offer, Outlook, Till, newest_season, outlooks
from lib.commerce.personalised_storefront.storefront import Front, chances_of, front_of
from lib.commerce.personalised_storefront.telling import conditions_said, offer_said
from lib.commerce.personalised_storefront.words import WRITE_SHOP_WORDS, Piece, ShopWords, WriteShopWords
from lib.database import connect
from lib.database.people import workspace
from lib.database.runs import get_run
from lib.errors import NotFound
from lib.i18n import _
from lib.proofs import share_interval
from lib.shell import session
from lib.shell.personalised_storefront.asking import Asked
from lib.shell.personalised_storefront.state import USE_CASE, keep, state
from lib.tasks import Context
from lib.tasks.recorded import recorded
from lib.tasks.run import run_task

METHOD, VERSION = "storefront", "2"
HOUSE = "Maison Solène"  # the demo house, on its own tables alone


@dataclass(frozen=True)
class Made:
    """Both pages with their offers."""

    mine: Front
    generic: Front
    outlooks: tuple[Outlook, ...]
    plain_outlooks: tuple[Outlook, ...]

    @property
    def open_offers(self) -> dict[str, tuple[Offer, ...]]:
        """Which offers each piece of both pages may be had with: the same on each page, whoever sees it."""
        found: dict[str, tuple[Offer, ...]] = {}
        for outlook in (*self.outlooks, *self.plain_outlooks):
            for sku in outlook.applies if outlook.offer.kind in ("percent", "alteration") else ():
                found[sku] = tuple(dict.fromkeys((*found.get(sku, ()), outlook.offer)))
        return found

    @property
    def offer(self) -> Offer:
        return self.outlooks[0].offer

    @property
    def plain_offer(self) -> Offer:
        return self.plain_outlooks[0].offer


def make(learned: Learned, asked: Asked) -> Made:
    """Both versions of the page."""
    house, ranker = learned.house, learned.ranker
    mine = front_of(house, ranker, asked.customer, asked.allowed, asked.page, asked.rules)
    generic = front_of(house, ranker, "", frozenset(), asked.page, asked.rules)
    till = till_of(learned, asked)
    found = []
    for front, customer, allowed in ((mine, asked.customer, asked.allowed), (generic, "", frozenset())):
        chances = chances_of(house, ranker, front, customer, allowed)
        found.append(outlooks([card.product for card in front.cards], chances, till, asked.offers))
    return Made(mine, generic, found[0], found[1])


def till_of(learned: Learned, asked: Asked) -> Till:
    """Costs and the chance of an order a visit, counted in the log; a usual one where there is no log."""
    house = learned.house
    costs = {cost.sku: cost for cost in house.tables.costs}
    season = newest_season(house.line.products)
    ordered = {place.visit_id: False for place in house.tables.visits}
    for place in house.tables.visits:
        ordered[place.visit_id] = ordered[place.visit_id] or place.ordered
    if not ordered:
        return Till(costs, asked.tax, 0.03, 0.01, 0.05, season)
    n = len(ordered)
    low, high = share_interval(sum(ordered.values()), n)
    return Till(costs, asked.tax, sum(ordered.values()) / n, low, high, season)


def house_name(own: bool) -> str:
    """Whose shop it is: the demo house's on its own tables, else the workspace's house, or nobody's in particular."""
    if not own:
        return HOUSE
    if session.workspace() == DEMO_WORKSPACE:
        return ""
    with connect() as database:
        return str(workspace(database, session.actor())["house"] or "")


def inputs_of(front: Front, offer: Offer, house: str) -> WriteShopWords:
    """What the writer is told: products, which of their attributes leads, and the offer. Nothing of the shopper."""
    told = offer.kind != "none"
    pieces = tuple(Piece(product=card.product, lead=_lead(card.reasons)) for card in front.cards)
    return WriteShopWords(
        house=house,
        hero=pieces[0],
        cards=pieces,
        offer=offer_said(offer) if told else "",
        conditions=conditions_said(offer) if told else "",
    )


def _lead(reasons: tuple[Any, ...]) -> str:
    groups = ("colour", "tone", "fabric", "material", "fit", "length", "neck", "sleeve", "pattern", "closure")
    return next((one.group for one in reasons if one.kind == "liking" and one.group in groups), "")


@st.cache_data(show_spinner=False, max_entries=200)
def _drafted(content: str, language: str) -> dict[str, Any]:
    """The built-in engine's words; they hold products alone, so they may be shared."""
    inputs = WriteShopWords.model_validate_json(content)
    return WRITE_SHOP_WORDS.draft(inputs, Context(session.actor(), language=language)).model_dump()


def words_of(front: Front, offer: Offer, house: str) -> dict[str, str]:
    """A page's words by the built-in engine: 'title', 'line', 'description', 'offer' and a line by reference."""
    if not front.cards:
        return {}
    inputs = inputs_of(front, offer, house)
    found = ShopWords.model_validate(_drafted(inputs.model_dump_json(), session.language()))
    return as_words(found)


def as_words(found: ShopWords) -> dict[str, str]:
    """Words by where they stand."""
    lines = {line.sku: line.text for line in found.lines}
    return {
        **lines,
        "title": found.hero_title,
        "line": found.hero_line,
        "description": found.description,
        "offer": found.offer_line,
    }


def record(learned: Learned, asked: Asked, made: Made, house: str) -> None:
    """Write the page's words with the chosen engine and write down page, reasons and offer; keeps the runs' ids."""
    with recorded(
        session.actor(),
        use_case=USE_CASE,
        kind="analysis",
        method=METHOD,
        method_version=VERSION,
        inputs={
            "customer": asked.customer,
            "allowed": sorted(asked.allowed),
            "page": asked.page,
            "made_up": list(asked.made_up),
            "method": learned.choice.method,
        },
        language=session.language(),
    ) as run:
        run.output = {
            "places": list(made.mine.skus),
            "generic": list(made.generic.skus),
            "categories": list(made.mine.categories),
            "personal": made.mine.personal,
            "offer": made.offer.kind,
            "expected_margin_per_1000_visits": made.outlooks[0].margin,
        }
    words = ""
    if made.mine.cards:
        context = Context(session.actor(), language=session.language(), use_case=USE_CASE, parent=run.id)
        words = run_task(WRITE_SHOP_WORDS, inputs_of(made.mine, made.offer, house), context, session.engine_name()).id
    keep(made={"asked": key_of(asked), "page": run.id, "words": words, "language": session.language()})


def key_of(asked: Asked) -> str:
    """Which page this is: the recorded words belong to it alone."""
    rules = asked.rules
    return "|".join(
        (
            asked.customer,
            ",".join(sorted(asked.allowed)),
            asked.page,
            repr(rules),
            repr(asked.offers),
            str(asked.tax),
            *asked.made_up,
        )
    )


def last(asked: Asked) -> tuple[dict[str, str], dict[str, Any]] | None:
    """The recorded words of this very page in this language with their run; None where there are none."""
    made = state().get("made") or {}
    if made.get("asked") != key_of(asked) or made.get("language") != session.language() or not made.get("words"):
        return None
    try:
        with connect() as database:
            run = get_run(database, session.actor(), made["words"])
    except NotFound:
        return None
    return (as_words(ShopWords.model_validate(run["output"])), run) if run["output"] else None


def run_label() -> str:
    return _("Write and record this page")
