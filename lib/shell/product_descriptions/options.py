"""The three options: side by side with their claims marked, the chosen one to edit, review and take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.checks import Verdict
from lib.commerce.product_descriptions.desk import Desk, desk_of
from lib.commerce.product_descriptions.model import Channel, Description, Post
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.commerce.product_descriptions.what_sold import WhatSold, score
from lib.database import connect
from lib.database.runs import get_run, recent
from lib.errors import NotFound
from lib.i18n import _, date_time, language_name, ngettext, percent, translate
from lib.shell import html, session, spans
from lib.shell.html import element
from lib.shell.page import engine_mark, review, section
from lib.shell.product_descriptions import brief, editing
from lib.shell.product_descriptions.arrival import arrive
from lib.shell.product_descriptions.posts_wanted import Whose
from lib.shell.product_descriptions.reading import Read, read_text
from lib.shell.product_descriptions.taking import take_away
from lib.shell.text import plain

WANTED = 3
EARLIER = 12


def show(posts: Sequence[Post], learned: WhatSold | None, whose: Whose) -> None:
    """The last run of this person on this page: options, editor, review, take-away. Nothing before the first run."""
    desk = _desk()
    if desk is None:
        return
    with st.container(key="options"):
        _heading(desk)
    arrive(desk.run, "options")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        engine_mark(desk.engine, desk.model)
        _earlier(desk)
    texts = [editing.as_edited(desk, number) for number in range(len(desk.options))]
    read = [read_text(desk, number, text, posts) for number, text in enumerate(texts)]
    chosen = _choice(desk)
    with st.container(key="option_pick"):
        _compact(desk, texts, chosen)
        _said_of(desk, texts[chosen], read[chosen], learned, whose)
    with st.container(key="option_cards"):
        for number, column in enumerate(st.columns(len(texts), gap="large")):
            with column:
                _option(desk, number, texts[number], read[number])
                _said_of(desk, texts[number], read[number], learned, whose)
                _choose(desk, number, number == chosen)
    section(
        _("Option {number}, to edit", number=chosen + 1),
        _("Each passage stands beside its field. Edits are kept as you make them, and checked again."),
    )
    spans.key()
    editing.editor(desk, chosen, texts[chosen], read[chosen])
    section(_("Review"))
    approved = {"option": chosen, "description": texts[chosen].model_dump()}
    review(desk.run, DESCRIBE_PRODUCT.checks, approved, read[chosen].rows, told_above=True)
    section(_("Take away"))
    take_away(desk, texts[chosen], chosen)


def _heading(desk: Desk) -> None:
    """How many options there are, and why fewer than three where a product's data gives no more."""
    product = desk.brief.product.name
    if len(desk.options) >= WANTED:
        section(_("Three options for {product}", product=product))
    else:
        section(
            _("What can be written for {product}", product=product),
            _("The product’s data hold too few facts for three different texts. Complete them, then write again."),
        )


def _desk() -> Desk | None:
    run = brief.state().get("run")
    if not run:
        return None
    try:
        with connect() as database:
            row = get_run(database, session.actor(), str(run))
    except NotFound:
        return None
    return desk_of(row) if row["output"] else None


def _compact(desk: Desk, texts: Sequence[Description], chosen: int) -> None:
    """The choice as it is offered on a phone, where three whole texts below one another would be too long a way."""
    key = f"pick_{desk.run}"
    st.session_state[key] = chosen
    names = [f"{number + 1} · {text.angle}" for number, text in enumerate(texts)]
    st.radio(
        _("Options"),
        range(len(texts)),
        format_func=lambda number: plain(names[number]),
        key=key,
        on_change=lambda: brief.keep(choice=st.session_state[key]),
    )


def _option(desk: Desk, number: int, text: Description, read: Read) -> None:
    """One option's title, text and points with their marks; the rest of it stands in the editor."""
    html.draw(element("p", _("Option {number}", number=number + 1), " · ", text.angle, class_="toile-overline"))
    for field in ("title", "opener", "body", "bullets"):
        html.draw(editing.passage(desk, text, read, field))


def _choose(desk: Desk, number: int, chosen: bool) -> None:
    """The button that chooses an option, or the word that says that it is chosen."""
    with st.container(key=f"choose_{desk.run}_{number}"):
        if chosen:
            html.draw(element("p", element("span", "✓ ", aria_hidden="true"), _("Chosen"), class_="toile-chosen"))
        elif st.button(
            _("Choose option {number}", number=number + 1), key=f"take_{desk.run}_{number}", width="stretch"
        ):
            brief.keep(choice=number)
            st.rerun()


def _earlier(desk: Desk) -> None:
    """The texts that were written before, to open again."""
    with connect() as database:
        runs = recent(
            database, session.actor(), EARLIER, use_case=brief.USE_CASE, kind="generation", status="done", mine=True
        )
    names = {run["id"]: _run_name(run) for run in runs}
    if len(names) < 2 or desk.run not in names:
        return
    with st.popover(_("Earlier texts"), icon=":material/history:"):
        chosen = st.radio(
            _("Earlier texts"),
            list(names),
            index=list(names).index(desk.run),
            format_func=names.__getitem__,
            label_visibility="collapsed",
            key=f"earlier_{desk.run}",
        )
    if chosen != desk.run:
        brief.keep(run=chosen, choice=0)
        st.rerun()


def _run_name(run: dict[str, Any]) -> str:
    """A run as it is listed: the product, the channel, the language, and when."""
    given = run["inputs"]
    channel = translate(brief.CHANNEL_NAMES[Channel(given["channel"])])
    when = date_time(dt.datetime.fromisoformat(run["started_at"]).astimezone())
    return plain(" · ".join((given["product"]["name"], channel, language_name(run["language"]), when)))


def _said_of(desk: Desk, text: Description, read: Read, learned: WhatSold | None, whose: Whose) -> None:
    """Quiet lines: how many claims are supported, what needs a look, and what went with such texts in the past."""
    supported, fix, check = (read.count(verdict) for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.WARN))
    parts = [ngettext("{n} claim supported", "{n} claims supported", supported)]
    if fix:
        parts.append(ngettext("{n} to fix", "{n} to fix", fix))
    if check:
        parts.append(ngettext("{n} to check", "{n} to check", check))
    if not fix and not check:
        parts.append(_("nothing to fix"))
    st.caption(plain(" · ".join(parts)))
    if learned is None or not learned.claims:
        return
    if fix:
        st.caption(_("No comparison with past posts while there is something to fix."))
        return
    whole = " ".join((text.title, text.opener, text.body, *text.bullets, text.fit_and_care))
    ratio, (low, high) = score(learned, whole, desk.brief.product, desk.brief.channel, desk.language)
    said = _(
        "In {posts}, texts like this go with {ratio} orders per view against a typical post of this channel "
        "({low} to {high}). An association, not a forecast.",
        posts=whose.posts,
        ratio=_signed(ratio),
        low=_signed(low),
        high=_signed(high),
    )
    st.caption(plain(said))


def _signed(ratio: float) -> str:
    change = ratio - 1
    return ("+" if change >= 0 else "−") + percent(abs(change))


def _choice(desk: Desk) -> int:
    number = int(str(brief.state().get("choice", 0)))
    return number if 0 <= number < len(desk.options) else 0
