"""Stylist: all that a client wrote as a profile, drawn target pieces, the nearest in stock, a note; it learns."""

from __future__ import annotations

import streamlit as st

from lib.catalogue import UseCase
from lib.commerce.stylist.selection import CLIENT, Selection
from lib.i18n import _
from lib.shell import errors
from lib.shell.page import open_page, section
from lib.shell.proving import offer_own_data
from lib.shell.stylist import (
    choosing,
    correcting,
    look,
    note_part,
    pieces_part,
    preparing,
    profile_part,
    reading_part,
    tables,
    taking,
)
from lib.shell.stylist.state import keep_who, of_who

SLUG = "stylist"


def try_it(case: UseCase) -> None:
    """Whose comments, then pictures first: the drawn pieces with the nearest in stock, the profile, the note."""
    look.style()
    section(_("Whose comments"))
    wanted = st.container()
    given = tables.ask()
    if not (given.comments.ready and given.pieces.ready):
        wanted.info(_("Choose the demo house’s comments, or upload yours, to begin."), icon=":material/arrow_downward:")
        return
    offer_own_data(case, tables.own_data(given))
    with errors.shown():
        with wanted:
            ready = tables.read_of(case, given)
        if ready is None:
            return
        house = given.house()
        with wanted:
            who, asked = choosing.choose(house, given)
        again = st.session_state.pop("stylist_again", False) and bool(of_who(given.source, who.id)["run"])
        selection = preparing.selection_of(case, given, house, ready, who, asked or again)
        if selection is None:
            reading_part.show(ready.told)
            return
        name = choosing.name_of(who, house)
        kept = of_who(given.source, who.id)
        before = kept["chosen"] if kept["chosen"] is not None else first_of(selection)
        ticked = pieces_part.show(selection, house, before)
        if ticked != before:
            keep_who(given.source, who.id, chosen=ticked)
        profile_part.show(selection, name)
        correcting.show(case, given, house, selection)
        if who.kind == CLIENT:
            note_part.show(case, given, house, selection, ticked)
        taking.show(given, selection, name)
        reading_part.show(ready.told)


def first_of(selection: Selection) -> list[str]:
    """The nearest piece of each drawing, ticked at first."""
    return list(dict.fromkeys(found[0].piece.sku for found in selection.near.values() if found))


open_page(SLUG, try_it)
