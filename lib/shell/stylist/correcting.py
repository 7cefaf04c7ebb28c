"""The stylist corrects: pins, takes out what was misread, weighs, tells what was kept or sent back. And it learns."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.access import Right
from lib.catalogue import UseCase
from lib.commerce.stylist.features import values_of
from lib.commerce.stylist.model import ASPECTS
from lib.commerce.stylist.naming import aspect_name, value_name
from lib.commerce.stylist.samples import House
from lib.commerce.stylist.selection import Selection, answer_of
from lib.i18n import _, list_of
from lib.shell import session
from lib.shell.page import section
from lib.shell.piece_names import piece_name
from lib.shell.stylist.preparing import correct
from lib.shell.stylist.state import of_who
from lib.shell.stylist.tables import Given
from lib.shell.text import plain

WEIGHTS = (0.0, 0.5, 1.0, 2.0)
PINNABLE = ("colour", "fit", "fabric", "length", "occasion", "pattern", "kind")
MOST_SENTENCES = 300


def show(case: UseCase, given: Given, house: House, selection: Selection) -> None:
    """Four ways to correct; each is a recorded run, and the selection is made again with it."""
    section(
        _("Correct it, and it learns"),
        _("Each correction counts at once for this client and is kept with who made it."),
    )
    if not session.actor().may(Right.RUN):
        st.caption(_("Your role in this workspace reads and reviews; it doesn’t correct."))
        return
    names = (_("Kept or sent back"), _("Pin"), _("Misread sentence"), _("Weights"))
    tabs = st.tabs(names, key=f"stylist_correct_{session.language()}")
    for tab, part in zip(tabs, (_answers, _pin, _misread, _weights), strict=True):
        with tab:
            part(case, given, house, selection)
    _done(case, given, house, selection)


def _key(name: str) -> str:
    """A browser keeps a list's labels by its key: with the language in it they are said anew."""
    return f"{name}_{session.language()}"


def _answers(case: UseCase, given: Given, house: House, selection: Selection) -> None:
    pieces = {one.piece.sku: plain(piece_name(one.piece.name)) for one in selection.pieces()}
    if not pieces:
        st.caption(_("No piece was proposed."))
        return
    left, middle, right = st.columns(3)
    who = selection.who.id
    sku = str(left.selectbox(_("Piece"), list(pieces), format_func=pieces.__getitem__, key=_key(f"answer_{who}")))
    kept = {1: _("kept"), -1: _("sent back")}
    sign = middle.radio(
        _("What became of it"), list(kept), format_func=kept.__getitem__, horizontal=True, key=_key(f"sign_{who}")
    )
    reasons = ("", "colour", "fit", "fabric", "length", "pattern", "price")
    blamed = {one: aspect_name(one) if one else _("not said") for one in reasons}
    why = ""
    if sign == -1:
        why = right.selectbox(
            _("Because of"),
            reasons,
            format_func=blamed.__getitem__,
            key=_key(f"why_{who}"),
        )
    if st.button(_("Let it learn"), key=f"learn_{who}"):
        answer = answer_of(selection, sku, int(sign or 1), str(why or ""))
        row = {
            "sku": sku, "sign": answer.sign, "why": answer.why, "values": [list(pair) for pair in answer.values],
            "features": [round(value, 6) for value in answer.features],
        }  # fmt: skip
        before = of_who(given.source, who)["answers"]
        correct(case, given, selection, {"what": "answer", **row}, answers=[*before, row])
        st.rerun()


def _pin(case: UseCase, given: Given, house: House, selection: Selection) -> None:
    left, middle, right = st.columns(3)
    who = selection.who.id
    aspects = {one: aspect_name(one) for one in PINNABLE}
    aspect = str(
        left.selectbox(_("Attribute"), PINNABLE, format_func=aspects.__getitem__, key=_key(f"pin_aspect_{who}"))
    )
    known = {one.value for one in selection.profile.of(aspect) if one.value}
    known |= {value for piece in house.pieces for value in values_of(piece, aspect)} - {"plain"}
    values = sorted(known, key=lambda value: value_name(aspect, value))
    if not values:
        return
    said_ = {value: value_name(aspect, value) for value in values}
    value = str(middle.selectbox(_("Value"), values, format_func=said_.__getitem__, key=_key(f"pin_{aspect}_{who}")))
    names = {1: _("likes"), -1: _("dislikes")}
    sign = right.radio(
        _("The client"), list(names), format_func=names.__getitem__, horizontal=True, key=_key(f"pin_sign_{who}")
    )
    if st.button(_("Pin it"), key=f"pin_do_{who}"):
        before = [row for row in of_who(given.source, who)["pinned"] if row[:2] != [aspect, value]]
        said = {"what": "pin", "aspect": aspect, "value": value, "sign": sign}
        correct(case, given, selection, said, pinned=[*before, [aspect, value, sign]])
        st.rerun()


def _misread(case: UseCase, given: Given, house: House, selection: Selection) -> None:
    rows = {}
    for one in selection.profile.preferences:
        for said in one.said:
            key = (said.comment, said.opinion.aspect, said.opinion.value)
            name = f"{aspect_name(said.opinion.aspect)}, {value_name(said.opinion.aspect, said.opinion.value)}"
            rows[key] = f"{name} · {said.sentence}"
    if not rows:
        st.caption(_("No sentence stands behind this profile."))
        return
    who = selection.who.id
    keys = list(rows)[:MOST_SENTENCES]
    shown = {key: plain(rows[key]) for key in keys}
    chosen = st.selectbox(_("Sentence"), keys, format_func=shown.__getitem__, key=_key(f"misread_{who}"))
    if chosen and st.button(_("Take it out"), key=f"misread_do_{who}"):
        before = of_who(given.source, who)["removed"]
        said_ = {"what": "misread", "comment": chosen[0], "aspect": chosen[1], "value": chosen[2]}
        correct(case, given, selection, said_, removed=[*before, list(chosen)])
        st.rerun()


def _weights(case: UseCase, given: Given, house: House, selection: Selection) -> None:
    who = selection.who.id
    before = of_who(given.source, who)["weights"]
    names = {0.0: _("not at all"), 0.5: _("half"), 1.0: _("normal"), 2.0: _("double")}
    wanted: dict[str, float] = {}
    columns = st.columns(3)
    for at, aspect in enumerate(ASPECTS):
        with columns[at % 3]:
            wanted[aspect] = float(
                st.selectbox(
                    aspect_name(aspect), WEIGHTS, index=WEIGHTS.index(float(before.get(aspect, 1.0))),
                    format_func=names.__getitem__, key=_key(f"weight_{aspect}_{who}"),
                )
            )  # fmt: skip
    changed = {aspect: weight for aspect, weight in wanted.items() if weight != 1.0}
    if changed != before and st.button(_("Weigh anew"), key=f"weigh_{who}"):
        correct(case, given, selection, {"what": "weights", **changed}, weights=changed)
        st.rerun()


def _changed(before: list[str], house: House, selection: Selection) -> None:
    """What the last correction did to the proposals: which came, which went."""
    names = {piece.sku: piece_name(piece.name) for piece in house.pieces}
    now = [one.piece.sku for one in selection.pieces()]
    came = [names.get(sku, sku) for sku in now if sku not in before]
    went = [names.get(sku, sku) for sku in before if sku not in now]
    told = [
        _("proposed since the last correction: {what}", what=list_of(came)) if came else "",
        _("no longer proposed: {what}", what=list_of(went)) if went else "",
    ]
    said = " · ".join(one for one in told if one)
    st.caption(plain(said or _("The last correction changed no proposal: the pieces are the same, in this order.")))


def _done(case: UseCase, given: Given, house: House, selection: Selection) -> None:
    """What was corrected so far, and the way back."""
    kept = of_who(given.source, selection.who.id)
    pieces = {piece.sku: piece_name(piece.name) for piece in house.pieces}
    pinned = [f"{aspect_name(a)}: {value_name(a, v)}" for a, v, _sign in kept["pinned"]]
    answers = [
        f"{pieces.get(row['sku'], row['sku'])} ({_('kept') if row['sign'] > 0 else _('sent back')})"
        for row in kept["answers"]
    ]
    told = [
        _("pinned: {what}", what=list_of(pinned)) if pinned else "",
        _("taken out: {n}", n=len(kept["removed"])) if kept["removed"] else "",
        _("learned from: {what}", what=list_of(answers)) if answers else "",
        _("weights: {what}", what=list_of([aspect_name(one) for one in kept["weights"]])) if kept["weights"] else "",
    ]
    if not any(told):
        return
    st.caption(plain(" · ".join(one for one in told if one)))
    _changed(kept.get("before") or [], house, selection)
    if st.button(_("Undo all corrections"), key=f"undo_{selection.who.id}", type="tertiary", icon=":material/undo:"):
        empty: dict[str, Any] = {"pinned": [], "removed": [], "weights": {}, "answers": []}
        correct(case, given, selection, {"what": "undo"}, **empty)
        for aspect in ASPECTS:
            st.session_state.pop(_key(f"weight_{aspect}_{selection.who.id}"), None)
        st.rerun()
