"""The profile: a row for each value with what speaks for and against it; its sentences open on a click."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.commerce.stylist.exports import like_said
from lib.commerce.stylist.looks import hex_of
from lib.commerce.stylist.model import ASPECTS, EXTRA, Said
from lib.commerce.stylist.naming import CONFIDENCE_TITLES, LEFT_OUT_TITLES, aspect_name, value_name
from lib.commerce.stylist.profile import Preference
from lib.commerce.stylist.selection import Selection
from lib.i18n import _, date, ngettext, translate
from lib.shell import html
from lib.shell.html import element
from lib.shell.page import section

AT_FIRST = 5  # values shown of an aspect; the rest are folded
MOST_SENTENCES = 12
SHOWN_LEFT_OUT = 8


def show(selection: Selection, name: str) -> None:
    """All aspects, then what was left out of the profile."""
    profile = selection.profile
    said = ngettext("{n} comment", "{n} comments", profile.comments)
    read = ngettext("{n} statement on taste", "{n} statements on taste", profile.read)
    section(
        _("Profile of {name}", name=name), f"{said}, {read}. " + _("A click on a row opens the sentences behind it.")
    )
    columns = st.columns(2, gap="large")
    for at, aspect in enumerate(one for one in (*ASPECTS, *EXTRA) if profile.of(one)):
        with columns[at % 2]:
            if at < 2:
                html.draw(_scale(first=at == 0))
            html.draw(aspect_markup(aspect, profile.of(aspect)))
    _left_out(selection)


def _scale(first: bool) -> Markup:
    """What left and right of the tracks mean; above each column, and once where they stand below each other."""
    ends = element("div", element("span", _("against")), element("span", _("for")))
    dressed = "stylist-scale" if first else "stylist-scale stylist-second"
    return element("div", element("span", ""), ends, element("span", ""), class_=dressed)


def aspect_markup(aspect: str, preferences: tuple[Preference, ...]) -> Markup:
    """One aspect with its values, the rarer ones folded."""
    rows = [_row(one) for one in preferences]
    parts = rows[:AT_FIRST]
    if len(rows) > AT_FIRST:
        more = ngettext("{n} more value", "{n} more values", len(rows) - AT_FIRST)
        parts.append(element("details", element("summary", element("span", more)), *rows[AT_FIRST:]))
    return element("section", element("h3", aspect_name(aspect)), *parts, class_="stylist-aspect")


def _row(one: Preference) -> Markup:
    confidence = translate(CONFIDENCE_TITLES[one.confidence])
    count = ngettext("{n} sentence", "{n} sentences", len(one.said))
    if not one.said:
        count = _("from pieces kept or sent back") if one.from_stylist else _("by its opposite")
    name: list[str | Markup] = [value_name(one.aspect, one.value)]
    if one.aspect == "colour" and one.value and one.value not in ("as_shown", "not_as_shown"):
        name.insert(0, element("span", "", class_="stylist-dot", style=f"background:{hex_of(one.value)}"))
    if one.pinned:
        name.append(
            element(
                "span", " · " + (_("pinned: likes") if one.pinned > 0 else _("pinned: dislikes")), class_="stylist-pin"
            )
        )
    track = element(
        "span",
        element("span", "", class_="stylist-middle"),
        element(
            "span",
            "",
            class_="stylist-reach",
            style=f"left:{100 * one.low:.1f}%;width:{100 * max(one.high - one.low, 0):.1f}%",
        ),
        element("span", "", class_="stylist-point", style=f"left:{100 * one.mean:.1f}%"),
        class_="stylist-track",
        title=like_said(one),
    )
    summary = element(
        "summary",
        element("span", *name, class_="stylist-value"),
        track,
        element("span", f"{confidence} · {count}", class_="stylist-count"),
    )
    taught = one.from_stylist and not one.said
    behind = element("p", _("from pieces kept or sent back"), class_="stylist-facts") if taught else sentences(one.said)
    return element("details", summary, behind, class_="stylist-thin" if one.confidence == "thin" else "")


def sentences(said: tuple[Said, ...], most: int = MOST_SENTENCES) -> Markup:
    """Sentences as they were written, with what was read in them."""
    if not said:
        return element("p", _("Follows from what is said of its opposite."), class_="stylist-facts")
    signs = {1: _("for"), 0: _("mentioned"), -1: _("against")}
    items = [
        element(
            "li",
            element("span", signs[one.opinion.polarity], class_="stylist-sign"),
            _marked(one),
            element("span", _when(one), class_="stylist-when"),
        )
        for one in said[:most]
    ]
    if len(said) > most:
        items.append(element("li", ngettext("{n} older one", "{n} older ones", len(said) - most)))
    return element("ul", *items, class_="stylist-sentences")


def _marked(one: Said) -> Markup:
    """A sentence with the words that were read set off."""
    start, end = one.opinion.start, one.opinion.end
    text = one.sentence
    if text[start:end] != one.opinion.words:
        return element("span", text)
    return element("span", text[:start], element("mark", text[start:end]), text[end:])


def _when(one: Said) -> str:
    told = [one.source, date(one.written_on) if one.written_on else ""]
    said = ", ".join(part for part in told if part)
    return f" ({said})" if said else ""


def _left_out(selection: Selection) -> None:
    """What doesn't count, told as such: presents, delivery, other people, other languages."""
    if not selection.left_out:
        return
    label = ngettext(
        "{n} sentence left out of the profile", "{n} sentences left out of the profile", len(selection.left_out)
    )
    with st.expander(label, icon=":material/filter_alt_off:"):
        for why, title in LEFT_OUT_TITLES.items():
            rows = [one for one in selection.left_out if one.why == why]
            if not rows:
                continue
            items = [element("li", one.sentence) for one in rows[:SHOWN_LEFT_OUT] if one.sentence]
            if len(rows) > SHOWN_LEFT_OUT:
                items.append(element("li", ngettext("{n} more", "{n} more", len(rows) - SHOWN_LEFT_OUT)))
            heading = f"{translate(title)} ({len(rows)})"
            html.draw(element("div", element("strong", heading), element("ul", *items, class_="stylist-sentences")))
