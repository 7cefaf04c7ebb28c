"""The picture of what sold: learned by the worker, recorded, and read back at every later visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.access import Right
from lib.catalogue import UseCase
from lib.commerce.product_descriptions import analysis, picture
from lib.commerce.product_descriptions.jobs import LEARN_WHAT_SOLD
from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.what_sold import WhatSold
from lib.database import connect
from lib.database.jobs import Job
from lib.errors import TooFewRows
from lib.i18n import N_, _, date, ngettext
from lib.shell import background, charts, errors, html, session
from lib.shell.text import plain
from lib.shell.upload_slot import UploadResult

MADE = "what_sold_made"  # of the session: the day on which the picture in view was worked out
SHOWN = 8  # marks at first; the rest opens below


def what_sold(case: UseCase, posts: UploadResult[Post], products: UploadResult[Product]) -> WhatSold | None:
    """What sold, from the database where it was learned before; None while it is being learned or can't be.

    The demo house's posts are about its own products, whatever is written about now: with them nobody waits for what
    somebody else has learned already, or what came with the product.
    """
    actor, sample = session.actor(), posts.data_set is None
    told = analysis.sample()[0] if sample else products.items
    data = _fingerprint(posts.items, told)
    with connect() as database:
        run = analysis.known(database, actor, data)
        if run is None and sample and actor.may(Right.RUN):
            run = analysis.adopt(database, actor, data)
    if run is not None:
        st.session_state[MADE] = analysis.made_on(run)
        return analysis.what_sold_of(run)
    asked = {
        "products": None if sample else products.data_set,
        "posts": posts.data_set,
        "fingerprint": data,
        "method": analysis.method_version(),
    }
    job = background.last(LEARN_WHAT_SOLD, asked, analysis.SEED)
    if job is not None and not job.ended:
        _stop_another(job.id)
    elif background.others(LEARN_WHAT_SOLD, asked, analysis.SEED):
        background.watch_others(LEARN_WHAT_SOLD, asked, analysis.SEED)
    elif job is None or job.status == "done":  # done, yet not known: the run was taken away since
        begun = _begin(case, asked)
        if begun:
            _stop_another(begun)
        else:  # somebody else was faster by a moment
            background.watch_others(LEARN_WHAT_SOLD, asked, analysis.SEED)
    else:
        _why_not(case, asked, job)
    return None


def _begin(case: UseCase, asked: dict[str, Any]) -> str:
    return background.begin(
        case, LEARN_WHAT_SOLD, N_("What sold"), asked, analysis.SEED, asked["posts"] or asked["products"], alone=True
    )


def _stop_another(job_id: str) -> None:
    """Show how far it is. The learning from files that are no longer chosen is ended: nobody waits for it."""
    before = st.session_state.get("what_sold_job")
    if before is not None and before != job_id:
        background.stop(before)
    st.session_state["what_sold_job"] = job_id
    background.watch(job_id)


def _why_not(case: UseCase, asked: dict[str, Any], job: Job) -> None:
    """Why there is no picture: too little data stays said; what was stopped or failed can be begun again."""
    error = background.why(job)
    if error is not None and (job.reason or {}).get("error") == TooFewRows.__name__:
        st.warning(plain(error.text()))
        st.caption(_("Texts can be written all the same, from the product’s data alone."))
        return
    if error is not None and job.status == "failed":
        errors.show(error)
    if st.button(_("Learn what sold"), key=f"again_{job.id}"):
        _begin(case, asked)
        st.rerun()


def _fingerprint(posts: tuple[Post, ...], products: tuple[Product, ...]) -> str:
    """The fingerprint of the posts and the products that they name, since nothing else is learned from.

    Kept per session. Without this choice, a person who brings another product list would wait for the same result.
    """
    kept = st.session_state.get("what_sold_data")
    if kept is None or kept[0] is not posts or kept[1] is not products:
        kept = (posts, products, analysis.fingerprint(posts, analysis.named_in(posts, products)))
        st.session_state["what_sold_data"] = kept
    return str(kept[2])


def _when() -> str:
    """When the picture was worked out. It holds for exactly these data and this method, else it isn't shown."""
    day, shipped = st.session_state.get(MADE, ("", False))
    if not day:
        return ""
    said = date(dt.date.fromisoformat(day))
    if shipped:
        return _("Worked out on {day}, with this version of the product, from exactly these posts.", day=said)
    return _("Worked out on {day} from exactly these posts.", day=said)


def draw(learned: WhatSold) -> None:
    """The finding as a picture, its cautions, and everything else that was looked at below."""
    figure = picture.figure(learned)
    claimed = sum(mark.role == "ours" for mark in figure.marks)
    shown = max(SHOWN, claimed)
    charts.draw(replace(figure, marks=figure.marks[:shown]))
    html.draw(html.element("p", _when(), class_="toile-source"))
    if why := picture.unclear(learned):
        st.caption(plain(why))
    for returns in picture.on_returns(learned):
        html.draw(html.element("p", returns, class_="toile-finding toile-second"))
    for caution in picture.cautions(learned):
        st.caption(plain(caution))
    rest = figure.marks[shown:]
    if rest:
        with st.expander(ngettext("{n} more that was looked at", "{n} more that were looked at", len(rest))):
            charts.draw(replace(figure, title=_("No clear association"), marks=rest, source=""))
