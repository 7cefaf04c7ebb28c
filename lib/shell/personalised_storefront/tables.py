"""The tables that pages are made from: the demo house's, or files of one's own with mapped columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.catalogue import UseCase
from lib.commerce.personalised_storefront.cleaning import Cleaned
from lib.commerce.personalised_storefront.jobs import NONE, PROVE, SAMPLE
from lib.commerce.personalised_storefront.learned import Learned
from lib.commerce.personalised_storefront.model import Tables
from lib.commerce.personalised_storefront.samples import FILES, FOLDER, READERS
from lib.i18n import N_, _, list_of, ngettext, translate
from lib.shell import errors, session
from lib.shell.personalised_storefront import learning
from lib.shell.personalised_storefront.state import USE_CASE
from lib.shell.proving import OwnData, offer_own_data
from lib.shell.text import plain
from lib.shell.upload_slot import OWN, UploadResult
from lib.shell.upload_slot import SAMPLE as FROM_SAMPLE
from lib.shell.uploads import upload_table

TITLES = {
    "products": N_("Products"),
    "shoppers": N_("Profiles and what they agreed to"),
    "lines": N_("Order lines"),
    "returns": N_("Returns (optional)"),
    "visits": N_("Logged visits (optional)"),
    "stock": N_("Stock by size (optional)"),
    "costs": N_("Costs and margin floors (optional)"),
    "comments": N_("Ratings in comments (optional)"),
}


@dataclass(frozen=True)
class Given:
    """What was chosen for each table, and what was learned from all of them; None while something is missing."""

    results: dict[str, UploadResult[Any]]
    learned: Learned | None
    own: bool  # whether a table is the house's own

    @property
    def waits(self) -> bool:
        """Whether all is there, and only the learning is missing."""
        return self.results["products"].ready


def ask(case: UseCase, above: DeltaGenerator) -> Given:
    """The tables, folded: the page opens with its picture. How far reading and learning are stands ``above``."""
    results: dict[str, UploadResult[Any]] = {}
    with above:
        learning.read_sample()
    with st.expander(_("Data: products, profiles, orders, visits, stock, costs"), icon=":material/table_rows:"):
        begin = FROM_SAMPLE
        for slot, title in TITLES.items():
            columns, parse = READERS[slot]
            name = slot if begin == FROM_SAMPLE else f"own_{slot}"
            results[slot] = upload_table(
                name, USE_CASE, name, columns, FOLDER / FILES[slot], parse, translate(title), begin
            )
            # A house's own products go with its own profiles and orders: the demo house's are another choice.
            if slot == "products" and results[slot].origin == OWN:
                begin = OWN
    key = "|".join(f"{slot}={_source(result)}" for slot, result in results.items())
    own = any(result.data_set for result in results.values())
    offer_own_data(case, _own_data(results) if own else None)
    if not results["products"].ready:
        return Given(results, None, own)
    tables = Tables(**{slot: result.items for slot, result in results.items()})
    own_data = _own_data(results) if own else None
    with above, errors.shown():
        kept_as = f"{session.workspace() if own else ''}|{key}"
        arguments = {slot: _source(result) for slot, result in results.items()}
        found = learning.learned(case, tables, arguments, kept_as, own_data.data_set if own_data else None)
        return Given(results, found, own)
    return Given(results, None, own)


def _source(result: UploadResult[Any]) -> str:
    return result.data_set or (SAMPLE if result.origin == FROM_SAMPLE else NONE)


def _own_data(results: dict[str, UploadResult[Any]]) -> OwnData:
    """What the Proof tab may measure on, when a table is the person's own."""
    arguments = {slot: _source(result) for slot, result in results.items()}
    own = [result for result in results.values() if result.data_set]
    key = "+".join(str(result.data_set) for result in own)
    return OwnData(key, own[0].name, PROVE, arguments, own[0].data_set)


def cleaned_said(told: Cleaned) -> str:
    """What was taken out of the tables, in a sentence; '' where nothing was."""
    parts = []
    if told.robots:
        parts.append(ngettext("{n} visit of a robot", "{n} visits of robots", told.robots))
    if told.visits_twice:
        parts.append(ngettext("{n} visit recorded twice", "{n} visits recorded twice", told.visits_twice))
    if told.visits_unknown:
        parts.append(ngettext("{n} visit to an unknown product", "{n} visits to unknown products", told.visits_unknown))
    if told.lines_twice:
        parts.append(ngettext("{n} order line sent twice", "{n} order lines sent twice", told.lines_twice))
    if told.lines_unknown:
        parts.append(
            ngettext("{n} order line of an unknown product", "{n} order lines of unknown products", told.lines_unknown)
        )
    said = [_("Left out: {parts}.", parts=list_of(parts))] if parts else []
    lost = told.chances_lost + told.chances_impossible
    if lost:
        said.append(
            ngettext(
                "{n} place has no usable chance; the replay restores it from the others where it can.",
                "{n} places have no usable chance; the replay restores them from the others where it can.",
                lost,
            )
        )
    return " ".join(said)


def show_cleaned(learned: Learned) -> None:
    """What was left out, in small."""
    said = cleaned_said(learned.house.cleaned)
    if said:
        st.caption(plain(said))
