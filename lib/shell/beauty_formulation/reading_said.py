"""What is said beside an ingredient table of one's own as soon as it is read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.i18n import _, list_of, ngettext, number
from lib.merchandising.beauty_formulation.model import Ingredient, Product
from lib.merchandising.beauty_formulation.reading import Above, above_limits, known_count, no_names, unknown_names
from lib.merchandising.beauty_formulation.space import space_of
from lib.shell import errors
from lib.shell.text import plain

MOST_NAMED = 8


def say(ingredients: Sequence[Ingredient], left_out: int, product: Product) -> None:
    """Rows read, whether any mixture is possible, bounds above the law, names to check."""
    read = ngettext("{n} ingredient read.", "{n} ingredients read.", len(ingredients))
    if left_out:
        read += " " + ngettext("{n} row left out.", "{n} rows left out.", left_out)
    st.caption(read)
    with errors.shown():
        space_of(ingredients, product)
    for said in (_no_names(no_names(ingredients)), _above(above_limits(ingredients, product))):
        if said:
            st.warning(plain(said), icon=":material/warning:")
    if unknown := unknown_names(ingredients):
        st.info(plain(_unknown(unknown)), icon=":material/spellcheck:")


def _no_names(names: Sequence[str]) -> str:
    if not names:
        return ""
    return ngettext(
        "{names}: this is no INCI name. It is taken as plain text; correct the row.",
        "{names}: these are no INCI names. They are taken as plain text; correct the rows.",
        len(names),
        names=_some(names),
    )


def _unknown(names: Sequence[str]) -> str:
    return ngettext(
        "Check the spelling of {names}: it isn’t among the {known} names that this page knows. It is no dictionary of "
        "all INCI names; no limit and no prohibition was looked up for it.",
        "Check the spelling of {names}: they aren’t among the {known} names that this page knows. It is no dictionary "
        "of all INCI names; no limit and no prohibition was looked up for them.",
        len(names),
        names=_some(names),
        known=known_count(),
    )


def _above(found: Sequence[Above]) -> str:
    if not found:
        return ""
    said = [
        _(
            "{name} up to {high}%, but at most {most}% by {entry}",
            name=one.name,
            high=number(one.high, None),
            most=number(one.most, 3),
            entry=_("your table’s own limit") if one.own else _("Annex {entry}", entry=one.entry),
        )
        for one in found
    ]
    return _(
        "Upper bounds above a limit for this kind of product: {bounds}. Trials are planned within that limit.",
        bounds=list_of(said),
    )


def _some(names: Sequence[str]) -> str:
    """The names, or the first of them and how many more there are."""
    shown = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        shown.append(ngettext("{n} more", "{n} more", len(names) - MOST_NAMED))
    return list_of(shown)
