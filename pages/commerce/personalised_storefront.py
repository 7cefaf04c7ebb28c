"""Personalised storefront: the shop page as one shopper would see it, beside the generic one, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.catalogue import UseCase
from lib.commerce.personalised_storefront.learned import Learned
from lib.commerce.personalised_storefront.telling import differences, generic_why
from lib.i18n import _, ngettext
from lib.shell import errors, html
from lib.shell.html import element
from lib.shell.page import engine_mark, open_page, section
from lib.shell.personalised_storefront import asking, learning, making, preview, tables, taking

SLUG = "personalised_storefront"


def try_it(case: UseCase) -> None:
    """Whose page and what may be used; both pages side by side; the reasons, the offer, review and files."""
    preview.style()
    asked_here = st.container()
    drawn_here = st.container()
    folded = st.container()
    given = tables.ask(case, asked_here)
    if given.learned is None:
        if not given.waits:
            asked_here.info(
                _("Choose the demo house’s products, or upload yours, to begin."), icon=":material/arrow_downward:"
            )
        return
    house = making.house_name(given.own)
    with errors.shown():
        with asked_here:
            asked, learned = asking.ask(given.learned, folded)
            made = making.make(learned, asked)
            learning.drawn([card.product for front in (made.mine, made.generic) for card in front.cards])
            if st.button(making.run_label(), type="primary", key="run", icon=":material/draw:"):
                with st.spinner(_("Writing the page’s words")):
                    making.record(learned, asked, made, house)
        before = making.last(asked)
        words = before[0] if before else making.words_of(made.mine, made.offer, house)
        with drawn_here:
            _show(learned, asked, made, words, house)
            taking.offers(made, asked)
            if before:
                taking.written(before[1])
            taking.files(learned, made, asked, words, before[1] if before else None, house)
        tables.show_cleaned(learned)
        taking.method_said(learned)


def _show(learned: Learned, asked: asking.Asked, made: making.Made, words: Mapping[str, str], house: str) -> None:
    """Both versions, what is used of the profile, and the reasons."""
    known = bool(asked.customer)
    why = generic_why(made.mine, asked.allowed, known, asked.page in asked.rules.fixed)
    found = (
        differences(made.mine, made.generic, learned.house, made.offer, made.plain_offer) if made.mine.personal else ()
    )
    title = ngettext("{n} difference from the generic page", "{n} differences from the generic page", len(found))
    html.draw(element("p", why or title, class_="toile-finding"))
    html.draw(preview.used(asking.said_of_consent(asked, made.mine, learned)))
    changed = asking.changed_said(asked, made.mine, learned)
    if changed:
        st.markdown(changed)
    mine = preview.Version(
        made.mine, words, made.offer, (_("For this profile"), why or _("Numbers lead to the reasons below.")),
        {one.place: one.number for one in found}, made.open_offers,
    )  # fmt: skip
    generic = preview.Version(
        made.generic, making.words_of(made.generic, made.plain_offer, house), made.plain_offer,
        (_("Generic page"), _("By popularity: what sells, the same for everybody.")), {}, made.open_offers,
    )  # fmt: skip
    html.draw(preview.pair(mine, generic, house, asked.device, taking.in_force(made, asked)))
    engine_mark("built-in", drawn=True)
    if found:
        section(_("Why it differs"))
        html.draw(preview.reasons(found))


open_page(SLUG, try_it)
