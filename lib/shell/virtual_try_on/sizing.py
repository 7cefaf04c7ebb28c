"""Which size, how sure, and why."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.atelier.figures import Person
from lib.atelier.sizes import girths
from lib.commerce.virtual_try_on.advice import BOUNDS, GIRTHS, NAMES, RULES, Advice, advise
from lib.commerce.virtual_try_on.outfits import Wearable
from lib.commerce.virtual_try_on.pieces import Piece
from lib.i18n import _, list_of, number, percent, translate
from lib.shell import errors
from lib.shell.piece_names import piece_name
from lib.shell.text import plain
from lib.shell.virtual_try_on.state import keep, state, widget


def draw(who: Person | None, pieces: Sequence[Wearable]) -> None:
    """Measurements above, a size for each piece with its reasons below."""
    measures = _measures(who)
    for piece in pieces:
        if not isinstance(piece, Piece) or not piece.is_worn:
            continue
        st.markdown(f"**{plain(piece_name(piece.name))}**")
        with errors.shown():
            _piece(piece, advise(piece, measures))
    st.caption(
        _(
            "By the house’s size guide. A tape on one’s own body is off by about 1.5 cm (our assumption): the chances "
            "come from that. Nobody has compared them with returns yet."
        )
    )


def _measures(who: Person | None) -> dict[str, float]:
    """Bust, waist and hips in cm: the figure's at first."""
    size = who.size if isinstance(who, Person) else 40
    begun = girths(size)
    kept = state().get("measures", {})
    found = {}
    for column, girth in zip(st.columns(3), GIRTHS, strict=True):
        low, high = BOUNDS[girth]
        key = widget(f"measure_{girth}_{size}")
        if key not in st.session_state:
            st.session_state[key] = float(kept.get(f"{girth}_{size}", getattr(begun, girth)))
        with column:
            found[girth] = float(
                st.number_input(
                    _("{girth} (cm)", girth=translate(NAMES[girth])), low, high, step=0.5, format="%g", key=key
                )
            )
    keep(measures={**kept, **{f"{girth}_{size}": value for girth, value in found.items()}})
    return found


def _piece(piece: Piece, advice: Advice) -> None:
    sure = advice.chances.get(advice.size, 0.0)
    others = [
        _("{size} ({share})", size=size, share=percent(share))
        for size, share in sorted(advice.chances.items())
        if size != advice.size
    ]
    line = _("Size {label}, {share} likely", label=advice.label, share=percent(sure))
    if others:
        line += " · " + _("else {sizes}", sizes=list_of(others))
    st.markdown(plain(line))
    asked = _("{girth} {size}", girth=translate(NAMES[advice.decides]), size=advice.per_girth[advice.decides])
    reasons = [_("Decided by: {what}.", what=asked), translate(RULES[advice.rule])]
    if advice.ease:
        rooms = [
            _("{girth} {cm} cm", girth=translate(NAMES[girth]).lower(), cm=number(value, 0))
            for girth, value in advice.ease.items()
        ]
        reasons.append(_("Room in the drawn piece: {rooms}.", rooms=list_of(rooms)))
    if advice.beyond:
        reasons.append(_("This lies outside the house’s own guide: ask a store to measure."))
    if not advice.offered:
        reasons.append(_("The piece doesn’t come in this size."))
    st.caption(plain(" ".join(reasons)))
