"""Whom a set of pictures shows: noted by a person, counted against what was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from lib.checks.inclusivity_images import ENOUGH, Depicted
from lib.govern.checks_desk.naming import KNOWN
from lib.govern.checks_desk.pictures import SIZES, TONES, Seen, people_findings, shares
from lib.i18n import _, number
from lib.shell import html
from lib.shell.checks_desk.findings import title, trust
from lib.shell.checks_desk.holding import field, hold
from lib.shell.html import element
from lib.shell.marks import findings_markup
from lib.shell.page import section
from lib.shell.text import plain

NOT_NOTED = 0
WIDTH = 160
ASKED = [f"{size}/{tone}" for size in SIZES for tone in TONES]


def note(people: Mapping[str, Depicted]) -> None:
    """Note whom the pictures with these digests show."""
    for digest, one in people.items():
        hold(f"size_{digest}", one.size)
        hold(f"tone_{digest}", one.tone)


def draw(found: Sequence[Seen]) -> None:
    """Size and skin tone of each picture, whom was asked for, the count and what it objects to."""
    section(
        title("inclusivity_images"),
        _(
            "Nobody is recognised in a picture: note whom each one shows. Skin tones follow the Monk scale, from 1 "
            "(the lightest) to 10."
        ),
    )
    noted = _noted(found)
    asked = _asked()
    if not noted:
        html.draw(element("p", _("Note at least one person to count the set."), class_="toile-empty"))
    else:
        html.draw(_counted(noted))
        objections = people_findings(noted, asked, found)
        html.draw(findings_markup(objections, lambda _one: "") if objections else _nothing(noted, asked))
        html.draw(_care(found, noted))
    html.draw(trust(KNOWN["inclusivity_images"]))


def _noted(found: Sequence[Seen]) -> dict[int, Depicted]:
    noted = {}
    with st.container(horizontal=True, gap="small", key="checks_people"):
        for place, one in enumerate(found):
            with st.container(width=WIDTH, gap="small"):
                st.image(one.thumbnail, width=WIDTH, caption=plain(one.name))
                size = _choice(f"size_{one.digest}", _("Size"), SIZES)
                tone = _choice(f"tone_{one.digest}", _("Skin tone"), TONES)
            if size and tone:
                noted[place] = Depicted(size, tone)
    return noted


def _choice(name: str, label: str, offered: Sequence[int]) -> int:
    chosen = st.selectbox(
        label,
        [NOT_NOTED, *offered],
        format_func=lambda value: str(value) if value else _("not noted"),
        key=field(name, NOT_NOTED),
    )
    hold(name, chosen)
    return int(chosen)


def _asked() -> list[Depicted]:
    chosen = st.multiselect(
        _("Whom you asked for (size/tone), if you did"), ASKED, key=field("asked", []), placeholder=_("Choose")
    )
    hold("asked", chosen)
    return [Depicted(*map(int, one.split("/"))) for one in chosen]


def _counted(noted: Mapping[int, Depicted]) -> Markup:
    """How many of each band, a zero in words."""
    sizes, tones = shares(noted)
    told = [(_("Sizes {band}", band=band), count) for band, count in sizes.items()]
    told += [(_("Skin tones {band}", band=band), count) for band, count in tones.items()]
    facts = [element("div", element("dt", name), element("dd", _said(count))) for name, count in told]
    return element("dl", *facts, class_="toile-facts")


def _said(count: int) -> str:
    return number(count) if count else _("none")


def _nothing(noted: Mapping[int, Depicted], asked: Sequence[Depicted]) -> Markup:
    if len(noted) < ENOUGH and not asked:
        said = _("From {n} people on, the sizes and skin tones that the set leaves out are named.", n=ENOUGH)
    else:
        said = _("Each band of sizes and skin tones is shown. How people are shown, no count can tell.")
    return element("p", said, class_="toile-desk-small")


def _care(found: Sequence[Seen], noted: Mapping[int, Depicted]) -> Markup:
    """On how many pictures the care of drawing could be measured."""
    measured = sum(found[place].care is not None for place in noted)
    if measured == len(noted):
        said = _("How clearly the figures are drawn was compared between groups of skin tones, on all of them.")
    else:
        said = _(
            "How clearly figures are drawn is compared on a plain ground alone: {measured} of {n} pictures have one.",
            measured=measured,
            n=len(noted),
        )
    return element("p", said, class_="toile-desk-small")
