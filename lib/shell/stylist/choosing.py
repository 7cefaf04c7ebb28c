"""Whose comments: a client with consent, a product, a class of products, or everybody."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from lib.access import Right
from lib.commerce.stylist.samples import House
from lib.commerce.stylist.selection import ALL, CLIENT, GROUP, PRODUCT, Who
from lib.i18n import _, current_language, language_name, list_of, ngettext
from lib.shell import html, session
from lib.shell.html import element
from lib.shell.piece_names import piece_name
from lib.shell.stylist.state import keep, recall, state
from lib.shell.stylist.tables import Given
from lib.shell.text import plain

MOST = 400  # offered in one list


def choose(house: House, given: Given) -> tuple[Who, bool]:
    """Whose profile is wanted, and whether it was asked for: by the button, or as the page's first picture."""
    may = session.actor().may(Right.RUN)
    left, middle, right = st.columns([1.1, 2.2, 1], vertical_alignment="bottom")
    with left:
        kind = _kind(house, given)
    with middle:
        who = Who(kind) if kind == ALL else Who(kind, _which(kind, house, given))
    pressed = right.button(_("Prepare a selection"), type="primary", key="run", disabled=not may, width="stretch")
    _told(who, house)
    if not may:
        st.caption(_("Your role in this workspace reads and reviews; it doesn’t run."))
    client = house.clients.get(who.key)
    first = may and given.demo and client is not None and client.agreed and not state().get("whose")
    return who, pressed or first


def _kind(house: House, given: Given) -> str:
    kinds = _kinds(house)
    names = {CLIENT: _("A client"), PRODUCT: _("A product"), GROUP: _("A class"), ALL: _("All comments")}
    key = f"{recall(f'kind_{given.source}', kinds[0])}_{session.language()}"
    before = state().get(f"kind_{given.source}")
    if st.session_state.get(key) not in kinds:
        st.session_state[key] = before if before in kinds else kinds[0]
    return str(
        st.segmented_control(
            _("Whose comments"), kinds, format_func=names.__getitem__, key=key, required=True,
            label_visibility="collapsed",
            on_change=lambda: keep(**{f"kind_{given.source}": st.session_state[key]}),
        )
    )  # fmt: skip


def _kinds(house: House) -> list[str]:
    found = [
        kind
        for kind, there in (
            (CLIENT, any(one.client for one in house.comments)),
            (PRODUCT, any(one.sku for one in house.comments)),
            (GROUP, any(one.group for one in house.comments)),
        )
        if there
    ]
    return [*found, ALL] if not any(one.client for one in house.comments) else found


def _which(kind: str, house: House, given: Given) -> str:
    """The one that is chosen: those with the most comments first, who agreed before who didn't."""
    field = {CLIENT: "client", PRODUCT: "sku", GROUP: "group"}[kind]
    counts = Counter(str(getattr(one, field)) for one in house.comments if getattr(one, field))

    def order(key: str) -> tuple[bool, int, str]:
        client = house.clients.get(key)
        closed = kind == CLIENT and bool(house.clients) and (client is None or not client.agreed)
        return closed, -counts[key], key

    keys = sorted(counts, key=order)
    shown = keys[:MOST]
    if kind == CLIENT and house.clients and len(keys) > MOST:
        shown = keys[: MOST - 20] + keys[-20:]
    # A browser keeps a list's labels by its key: with the language in it they are said anew.
    widget = f"{recall(f'{kind}_{given.source}', shown[0])}_{session.language()}"
    before = state().get(f"{kind}_{given.source}")
    if st.session_state.get(widget) not in shown:
        st.session_state[widget] = before if before in shown else shown[0]
    label = {CLIENT: _("Client"), PRODUCT: _("Product"), GROUP: _("Class of products")}[kind]
    names = {one: name_of(Who(kind, one), house, counts[one]) for one in shown}
    chosen = st.selectbox(
        label, shown, format_func=names.__getitem__, key=widget,
        on_change=lambda: keep(**{f"{kind}_{given.source}": st.session_state[widget]}),
    )  # fmt: skip
    return str(chosen)


def name_of(who: Who, house: House, count: int | None = None) -> str:
    """'Claire Morel · 42 comments', or the product's name."""
    said = who.key or _("All comments")
    if who.kind == CLIENT and who.key in house.clients:
        client = house.clients[who.key]
        said = f"{client.first_name} {client.last_name}".strip() or who.key
        if not client.agreed:
            said += " · " + _("no consent")
    elif who.kind == PRODUCT:
        named = next((piece_name(piece.name) for piece in house.pieces if piece.sku == who.key), "")
        said = f"{who.key} {named}".strip()
    if count is not None:
        said += " · " + ngettext("{n} comment", "{n} comments", count)
    return plain(said)


def _told(who: Who, house: House) -> None:
    """What is known of them: consent, language, sizes."""
    client = house.clients.get(who.key) if who.kind == CLIENT else None
    if client is None:
        return
    facts = [_("agreed to the use of comments") if client.agreed else _("did not agree to the use of comments")]
    if client.language in ("fr", "en", "de", "it", "es"):
        facts.append(
            language_name(client.language).lower() if current_language() == "fr" else language_name(client.language)
        )
    if client.agreed and client.sizes:
        names = {"top": _("tops"), "trouser": _("trousers"), "shoe": _("shoes")}
        sizes = list_of([f"{names[kind]} {size}" for kind, size in client.sizes.items()])
        facts.append(_("sizes: {sizes}", sizes=sizes))
    html.draw(element("p", " · ".join(facts), class_="stylist-facts"))
