"""The picture of what sold: learned off the script's thread, recorded, and read back at every later visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lib.access import Actor
from lib.commerce.product_descriptions import analysis, picture
from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.what_sold import WhatSold
from lib.database import connect
from lib.errors import Cancelled, ToileError, TooFewRows
from lib.i18n import _, ngettext, translate
from lib.shell import charts, errors, html, session, work
from lib.shell.text import plain

SHOWN = 8  # marks at first; the rest opens below


def what_sold(posts: Sequence[Post], products: Sequence[Product], data_set: str | None) -> WhatSold | None:
    """What sold, from the database where it was learned before; None while it is being learned or can't be."""
    actor = session.actor()
    named, data = _data(posts, products)
    with connect() as database:
        run = analysis.known(database, actor, data)
    if run is not None:
        return analysis.what_sold_of(run)
    key = f"what_sold_{actor.workspace}_{data}"
    _stop_another(key)
    # Tried once: what stood in the way stays on the page and isn't tried again at each rerun.
    if f"tried_{key}" not in st.session_state:
        st.session_state[f"tried_{key}"] = None
        work.start(key, _learn, actor, tuple(posts), named, data_set)
    if work.running(key):
        work.watch(key)
        return None
    try:
        if work.outcome(key) is not None:
            st.session_state.pop(f"tried_{key}")
            st.rerun()
    except ToileError as error:
        st.session_state[f"tried_{key}"] = error
    _why_not(key)
    return None


def _stop_another(key: str) -> None:
    """End the learning from files that are no longer chosen: nobody waits for it."""
    before = st.session_state.get("what_sold_key")
    if before is not None and before != key and work.running(before):
        work.stop(before)
        st.session_state.pop(f"tried_{before}", None)
    st.session_state["what_sold_key"] = key


def _why_not(key: str) -> None:
    """Why there is no picture: too little data stays said; what was stopped or failed can be begun again."""
    error = st.session_state.get(f"tried_{key}")
    if isinstance(error, TooFewRows):
        st.warning(plain(error.text()))
        st.caption(_("Texts can be written all the same, from the product’s data alone."))
        return
    if error is not None and not isinstance(error, Cancelled):
        errors.show(error)
    if st.button(_("Learn what sold"), key=f"again_{key}"):
        st.session_state.pop(f"tried_{key}", None)
        st.rerun()


def _data(posts: Sequence[Post], products: Sequence[Product]) -> tuple[tuple[Product, ...], str]:
    """The products that posts name, since nothing else is learned from, and the data's fingerprint; kept per session.

    Without this, a person who brings another product list would wait for the same result again.
    """
    kept = st.session_state.get("what_sold_data")
    if kept is None or kept[0] is not posts or kept[1] is not products:
        skus = {post.sku for post in posts}
        named = tuple(product for product in products if product.sku in skus)
        kept = (posts, products, named, analysis.fingerprint(posts, named))
        st.session_state["what_sold_data"] = kept
    return kept[2], str(kept[3])


def _learn(
    job: work.Work, actor: Actor, posts: tuple[Post, ...], products: tuple[Product, ...], data_set: str | None
) -> str:
    def progress(share: float, message: str = "") -> None:
        job.progress(share, translate(message) if message else "")

    return analysis.analyse(actor, posts, products, data_set, progress, job.stop.is_set)


def draw(learned: WhatSold) -> None:
    """The finding as a picture, its cautions, and everything else that was looked at below."""
    figure = picture.figure(learned)
    claimed = sum(mark.role == "ours" for mark in figure.marks)
    shown = max(SHOWN, claimed)
    charts.draw(replace(figure, marks=figure.marks[:shown]))
    for returns in picture.on_returns(learned):
        html.draw(html.element("p", returns, class_="toile-finding toile-second"))
    for caution in picture.cautions(learned):
        st.caption(plain(caution))
    rest = figure.marks[shown:]
    if rest:
        with st.expander(ngettext("{n} more that was looked at", "{n} more that were looked at", len(rest))):
            charts.draw(replace(figure, title=_("No clear association"), marks=rest, source=""))
