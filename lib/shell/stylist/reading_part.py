"""What was read of a file: how much, in which languages, what stayed closed; and whether it agrees with the stars."""

from __future__ import annotations

import streamlit as st

from lib.commerce.stylist.groundwork import Told
from lib.i18n import _, current_language, language_name, list_of, ngettext, percent
from lib.shell.text import plain

KNOWN = ("fr", "en", "de", "it", "es", "pt", "nl")


def show(read: Told) -> None:
    """A line or two."""
    count = ngettext("{n} comment read", "{n} comments read", read.comments)
    names = [language_name(code) for code in KNOWN if read.languages.get(code) and code in ("fr", "en")]
    if current_language() == "fr":
        names = [name.lower() for name in names]
    other = sum(n for code, n in read.languages.items() if code not in ("fr", "en"))
    told = [count + (f" ({list_of(names)})" if names else "")]
    if other:
        told.append(
            ngettext(
                "{n} holds another language, which isn’t read", "{n} hold another language, which isn’t read", other
            )
        )
    if read.closed:
        told.append(
            ngettext(
                "{n} not read, since its writer didn’t agree",
                "{n} not read, since their writers didn’t agree",
                read.closed,
            )
        )
    if read.agreement is not None:
        said = _(
            "check against the stars: a good review reads friendlier than a bad one in {share} of pairs (50% is "
            "chance)",
            share=percent(read.agreement[0]),
        )
        told.append(said)
    st.caption(plain(" · ".join(told)))
