"""The drawn target pieces with their reasons, and beside each the nearest pieces in stock."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from lib.commerce.stylist.drawing import SMALL, draw
from lib.commerce.stylist.exports import piece_said, price_said, reason_said, target_title
from lib.commerce.stylist.model import Piece
from lib.commerce.stylist.naming import ASPECT_TITLES, aspect_name
from lib.commerce.stylist.nearest import Near
from lib.commerce.stylist.samples import House
from lib.commerce.stylist.selection import NOTHING_SAID, Selection
from lib.commerce.stylist.targets import THEMES, Target
from lib.i18n import _, list_of, ngettext, percent, translate
from lib.shell import html
from lib.shell.html import element
from lib.shell.page import engine_mark, section
from lib.shell.piece_names import piece_name
from lib.shell.stylist.profile_part import sentences

THUMB = 92  # pixels


def show(selection: Selection, house: House, chosen: list[str]) -> list[str]:
    """Drawings side by side, each with its nearest pieces; the references that are ticked for the note."""
    count = ngettext(
        "{n} piece that would please, drawn", "{n} pieces that would please, drawn", len(selection.targets)
    )
    if not selection.targets:
        section(_("Pieces that would please"))
        st.info(translate(NOTHING_SAID), icon=":material/edit_off:")
        return []
    section(count, _("Put together from what was said; no such piece may exist. Below each: the nearest in stock."))
    engine_mark("built-in", drawn=True)
    ticked: list[str] = []
    for column, target in zip(st.columns(max(len(selection.targets), 2), gap="large"), selection.targets, strict=False):
        with column:
            _target(selection, target)
            ticked += _nearest(selection, target, house, chosen)
    return ticked


def _target(selection: Selection, target: Target) -> None:
    if target.id in selection.drawings:
        st.image(selection.drawings[target.id], width="stretch")
    reasons = [
        element("details", element("summary", reason_said(one)), sentences(one.said, 4))
        if one.said
        else element("p", reason_said(one), class_="stylist-facts")
        for one in target.reasons
    ]
    html.draw(
        element(
            "div",
            element("h3", translate(THEMES[target.theme])),
            element("p", target_title(target), class_="stylist-what"),
            *reasons,
            class_="stylist-card",
        )
    )


def _nearest(selection: Selection, target: Target, house: House, chosen: list[str]) -> list[str]:
    found = selection.near[target.id]
    if not found:
        st.caption(_("In stock and in this size, nothing of the kind comes near."))
        return []
    st.markdown(f"**{_('Nearest in stock')}**")
    added = []
    for near in found:
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            picture = thumbnail(near.piece)
            if picture is not None:
                st.image(picture, width=THUMB)
            with st.container():
                html.draw(_piece(near, house))
                key = f"pick_{selection.who.id}_{near.piece.sku}"
                if st.checkbox(_("For the note"), value=near.piece.sku in chosen, key=key):
                    added.append(near.piece.sku)
    return added


def _piece(near: Near, house: House) -> Any:
    agree = list_of([aspect_name(one).casefold() for one in near.agree if one in ASPECT_TITLES])
    differ = list_of([aspect_name(one).casefold() for one in near.differ if one in ASPECT_TITLES])
    told = [
        _("agrees in {aspects}", aspects=agree) if near.agree else "",
        _("differs in {aspects}", aspects=differ) if near.differ else "",
    ]
    there = house.places.get(near.piece.sku, {}).get(near.own, ()) if near.own else ()
    where = [_("the online shop") if one == "online" else one for one in there]
    sizes = _("in stock: {sizes}", sizes=", ".join(near.sizes))
    own = _("their size {size}: {places}", size=near.own, places=list_of(where)) if where else ""
    shares = _(
        "attributes {attributes}, drawing {drawing}, what this client chooses {client}",
        attributes=percent(near.attributes),
        drawing=percent(near.drawing),
        client=percent(near.client),
    )
    said = " · ".join(part for part in (piece_said(near), price_said(near)) if part)
    lines = [element("p", one, class_="stylist-quiet") for one in (*told, own or sizes) if one]
    more = [element("p", one, class_="stylist-quiet") for one in (sizes if own else "", shares) if one]
    return element(
        "div",
        element("p", element("strong", piece_name(near.piece.name))),
        element("p", said),
        *lines,
        element("details", element("summary", _("Near by {total}", total=percent(near.total))), *more),
        class_="stylist-piece",
    )


def thumbnail(piece: Piece) -> bytes | None:
    """A piece drawn from its attributes, once per process."""
    return _drawn(piece)


@lru_cache(maxsize=600)
def _drawn(piece: Piece) -> bytes | None:
    return draw(piece, page=SMALL)
