"""Below the page: which offer and why, the review of the words, and the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lib.commerce.personalised_storefront import exports
from lib.commerce.personalised_storefront.learned import Learned
from lib.commerce.personalised_storefront.offers import Offer, Outlook
from lib.commerce.personalised_storefront.telling import offer_said
from lib.commerce.personalised_storefront.words import CHECKS
from lib.figures import Figure, Mark
from lib.files.provenance import Provenance, SourceType
from lib.i18n import _, money, percent
from lib.shell import charts, html
from lib.shell.exports import CSV, JSON, XLSX, Export, csv_kinds, downloads
from lib.shell.html import element
from lib.shell.page import engine_mark, review, section
from lib.shell.personalised_storefront.asking import Asked
from lib.shell.personalised_storefront.making import Made
from lib.shell.pictures import picture_downloads

PDF = "application/pdf"


def offers(made: Made, asked: Asked) -> None:
    """Every offer's expected margin, and the lift at which each would pay."""
    section(_("Which offer"), _("Open to everybody on the same conditions. The floor of each piece’s margin is kept."))
    if nothing_known(made.outlooks):
        st.markdown(
            _("What an offer would bring can’t be said yet: it takes logged visits and costs. Add both under Data.")
        )
        return
    marks = tuple(
        Mark(
            offer_said(one.offer),
            round(one.margin),
            round(one.low),
            round(one.high),
            "ours" if number == 0 else "baseline",
        )
        for number, one in enumerate(made.outlooks)
    )
    best = made.outlooks[0]
    title = _(
        "Shown first: {offer}, {margin} of margin expected on 1,000 visits",
        offer=offer_said(best.offer),
        margin=money(best.margin, "EUR", 0),
    )
    source = _(
        "Chance of an order from the log, margins from the cost file; the lift of orders is assumed, and the bars span "
        "its range"
    )
    charts.draw(Figure(title, marks, "EUR", source=source))
    html.draw(element("p", _how_sure(made.outlooks), class_="front-assumed"))
    html.draw(html.table(_table(made.outlooks)))


def nothing_known(found: tuple[Outlook, ...]) -> bool:
    """Whether no visits or no costs are there to weigh an offer by: then every margin is zero."""
    return not any(one.margin or one.high for one in found)


def in_force(made: Made, asked: Asked) -> tuple[Offer, ...]:
    """The offers whose conditions stand under the pages: none while nothing is known that one could be weighed by."""
    return () if nothing_known(made.outlooks) else asked.offers


def _how_sure(found: tuple[Outlook, ...]) -> str:
    """Whether the choice stands at the low end of what is assumed."""
    best, none = found[0], next((one for one in found if one.offer.kind == "none"), None)
    if none is None or best.offer.kind == "none":
        return _(
            "Assumption: no offer’s lift, as assumed, pays for what it costs. Change a range below to see when one "
            "would."
        )
    low = percent(best.offer.lifts[0])
    if abs(best.at_low_lift - none.margin) < 0.5:
        return _(
            "Assumption: the lift is not measured. At the low end of its range, {low}, the offer brings as much as "
            "none.",
            low=low,
        )
    if best.at_low_lift > none.margin:
        return _(
            "Assumption: the lift is not measured. At the low end of its range, {low}, the offer still pays.", low=low
        )
    return _(
        "Assumption: the lift is not measured. At the low end of its range, {low}, no offer would bring more: test it "
        "before you rely on it.",
        low=low,
    )


def _table(found: tuple[Outlook, ...]) -> pd.DataFrame:
    def blank(one: Outlook, said: str) -> str:
        return said if one.offer.kind != "none" else "–"

    return pd.DataFrame(
        {
            _("Offer"): [offer_said(one.offer) for one in found],
            _("Assumed lift"): [blank(one, _range(one)) for one in found],
            _("Source of the range"): [blank(one, one.offer.source or _("Assumption, not tested")) for one in found],
            _("Pays from a lift of"): [percent(one.even, 1) if one.even is not None else "–" for one in found],
            _("Pieces it applies to"): [blank(one, str(len(one.applies))) for one in found],
            _("Held back by the floor"): [blank(one, str(len(one.blocked))) for one in found],
        }
    )


def _range(one: Outlook) -> str:
    low, high = one.offer.lifts
    return _("{low} to {high}", low=percent(low), high=percent(high))


def written(run: dict[str, Any]) -> None:
    """Which engine wrote the words, and their review."""
    section(_("Review"))
    engine_mark(str(run["engine"] or "built-in"), str(run["model"] or ""))
    review(str(run["id"]), CHECKS)


def files(
    learned: Learned, made: Made, asked: Asked, words: Mapping[str, str], run: dict[str, Any] | None, house_name: str
) -> None:
    """The ranking, the page, the rules."""
    section(_("Take away"))
    mine, generic, house = made.mine, made.generic, learned.house
    stem = f"page-{asked.customer or 'generic'}"
    identifier = str(run["id"]) if run else None
    tables = [
        Export(label, name, lambda mark=separator: exports.ranking_csv(mine, generic, house, mark), CSV, identifier)  # type: ignore[misc]
        for label, name, separator in csv_kinds(stem)
    ]

    downloads(
        [
            Export("XLSX", f"{stem}.xlsx", lambda: exports.ranking_xlsx(mine, generic, house), XLSX, identifier),
            *tables,
            Export(
                _("Rules (JSON)"),
                f"{stem}-rules.json",
                lambda: exports.rules_json(asked.rules, made.offer),
                JSON,
                identifier,
            ),
        ],
        key="storefront_take",
    )
    when = dt.datetime.fromisoformat(run["created_at"]) if run and run.get("created_at") else dt.datetime.now(dt.UTC)
    provenance = Provenance("atelier", "", identifier or "", when, SourceType.ALGORITHMIC)

    def drawn(kind: str) -> bytes:
        return exports.page_picture(mine, house_name, words, made.offer, kind)

    pictures = [
        Export(_("The page as PNG"), f"{stem}.png", lambda: drawn("PNG"), "image/png", identifier),
        Export(_("The page as PDF"), f"{stem}.pdf", lambda: drawn("PDF"), PDF, identifier),
    ]
    picture_downloads(pictures, provenance, key="storefront_pictures")


def method_said(learned: Learned) -> None:
    """Which way of learning was chosen, in small."""
    from lib.commerce.personalised_storefront.ranker import METHOD_TITLES
    from lib.i18n import translate

    choice = learned.choice
    if choice.purchases:
        st.caption(
            _(
                "{method} was chosen: it was least surprised by the last {n} purchases. Attributes and popularity "
                "count beside it.",
                method=translate(METHOD_TITLES[choice.method]),
                n=choice.purchases,
            )
        )
    elif not learned.ranker.choices:
        st.caption(_("Too few purchases to learn weights from: similarity, attributes and popularity count alike."))
