"""Virtual try-on: garments on a figure or on one's own photo, a size with its reason, movement, what goes with it."""

import streamlit as st

from lib.atelier.figures import Person
from lib.catalogue import UseCase
from lib.commerce.virtual_try_on.outfits import Ways, Wearable
from lib.commerce.virtual_try_on.pieces import Piece
from lib.i18n import _
from lib.shell import errors, session
from lib.shell.page import open_page, section
from lib.shell.virtual_try_on import (
    demonstrations,
    garments,
    going_with,
    house,
    modelled,
    reviewing,
    sizing,
    wearer,
    worn,
)

SLUG = "virtual_try_on"


def try_it(case: UseCase) -> None:
    """Who and what on the left, the picture on the right, and below it what follows from both."""
    left, right = st.columns([4, 7], gap="large")
    who, pieces = None, None
    with left, errors.shown():
        who = wearer.choose()
    modelled.tidy(who)
    with left, errors.shown():
        catalogue = house.choose()
        pieces, ways = garments.choose(catalogue)
    with right, errors.shown():
        if who is not None and pieces is not None:
            worn.draw(who, pieces, ways)
        elif who is None:
            st.caption(_("Once there is a photo, the garments are shown on it here."))
    if pieces:
        person = who if isinstance(who, Person) else None
        _below(person, pieces, ways, catalogue)
    reviewing.draw()


def _below(person: Person | None, pieces: tuple[Wearable, ...], ways: Ways, catalogue: tuple[Piece, ...]) -> None:
    """One part at a time: only the open one is computed."""
    names = {"size": _("Size"), "with": _("Goes with it"), "beside": _("Side by side")}
    if person is not None:
        names |= {"three": _("Three ways"), "opens": _("Open and closed"), "moves": _("In movement")}
    section(_("For this body"))
    chosen = st.segmented_control(
        _("What to look at"), list(names), format_func=names.__getitem__, default="size",
        key=f"tryon_part_{session.language()}_{len(names)}", required=True, label_visibility="collapsed",
    )  # fmt: skip
    with errors.shown():
        if chosen == "size":
            sizing.draw(person, pieces)
        elif chosen == "with":
            going_with.draw(person, pieces, ways, catalogue)
        elif chosen == "beside":
            going_with.beside()
        elif person is not None:
            parts = {"three": demonstrations.ways, "opens": demonstrations.opening}
            if chosen in parts:
                parts[chosen](person, pieces)
            else:
                demonstrations.movement(person, pieces, ways)


open_page(SLUG, try_it)
