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
from lib.i18n import _, ngettext, translate
from lib.shell import charts, html, session, work
from lib.shell.text import plain

SHOWN = 8  # marks at first; the rest opens below


def what_sold(posts: Sequence[Post], products: Sequence[Product], data_set: str | None) -> WhatSold | None:
    """What sold, from the database where it was learned before; None while it is being learned or can't be."""
    actor = session.actor()
    data = _fingerprint(posts, products)
    with connect() as database:
        run = analysis.known(database, actor, data)
    if run is not None:
        return analysis.what_sold_of(run)
    key = f"what_sold_{actor.workspace}_{data}"
    failed = f"failed_{key}"
    if failed not in st.session_state:
        st.session_state[failed] = True  # tried once: an error is shown and not tried again at each rerun
        work.start(key, _learn, actor, tuple(posts), tuple(products), data_set)
    if work.watch(key) is not None:
        st.session_state.pop(failed, None)
        st.rerun()
    return None


def _fingerprint(posts: Sequence[Post], products: Sequence[Product]) -> str:
    """The data's fingerprint, computed once per session for the same lists."""
    kept = st.session_state.get("what_sold_data")
    if kept is None or kept[0] is not posts or kept[1] is not products:
        kept = (posts, products, analysis.fingerprint(posts, products))
        st.session_state["what_sold_data"] = kept
    return str(kept[2])


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
