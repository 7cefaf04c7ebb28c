"""The nearest winners: past posts of pieces like the one in hand that sold better than their like."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.winners import Shelf, Winner
from lib.i18n import _, ngettext, percent
from lib.shell import html
from lib.shell.html import element

SHOWN = 3


def shelf(posts: Sequence[Post], products: Sequence[Product]) -> Shelf:
    """The posts prepared for the search, once per session for the same lists."""
    kept = st.session_state.get("winners_shelf")
    if kept is None or kept[0] is not posts or kept[1] is not products:
        kept = (posts, products, Shelf(tuple(posts), tuple(products)))
        st.session_state["winners_shelf"] = kept
    made: Shelf = kept[2]
    return made


def nearest(product: Product, posts: Sequence[Post], products: Sequence[Product]) -> tuple[Winner, ...]:
    """The nearest winners for ``product``, at most three."""
    return tuple(shelf(posts, products).nearest(product, n=SHOWN))


def draw(winners: Sequence[Winner], source: str) -> None:
    """The winners under one line, each with its rate and the reasons it is near; ``source`` says whose they are."""
    if not winners:
        return
    with st.expander(ngettext("{n} nearest post that sold", "{n} nearest posts that sold", len(winners))):
        html.draw(element("p", source, class_="toile-source"))
        html.draw(element("ul", *(element("li", *_said(winner)) for winner in winners), class_="toile-reviews"))


def _said(winner: Winner) -> tuple[str | Markup, ...]:
    post = winner.post
    rate = _(
        "{rate} orders per view ({low} to {high}); usual here: {usual}",
        rate=percent(winner.rate, 2),
        low=percent(winner.low, 2),
        high=percent(winner.high, 2),
        usual=percent(winner.usual, 2),
    )
    return (
        element("strong", post.title or post.post_id),
        " ",
        element("span", " · ".join((rate, *winner.reasons()))),
        element("p", post.text),
    )
