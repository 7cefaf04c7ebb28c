"""The exchange of a round, to be read or replayed line by line."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.engines.registry import BUILT_IN
from lib.i18n import _, list_of, ngettext, translate
from lib.merchandising.product_ideation.agents import TITLES
from lib.merchandising.product_ideation.model import Event
from lib.merchandising.product_ideation.telling import ACTS, change_said, reason_said
from lib.shell import html
from lib.shell.html import element
from lib.shell.marks import engine_mark
from lib.shell.page import section
from lib.shell.product_ideation.held import Held
from lib.shell.text import plain


def show(held: Held) -> None:
    """All lines at first; the slider takes the reader back to any of them."""
    round_ = held.round
    section(_("The exchange"), _said(held))
    engine_mark(round_.engine)
    for role, said in round_.openings.items():
        st.markdown(f"**{plain(translate(TITLES[role]))}** {plain(said)}")
    if not round_.events:
        return
    upto = st.slider(
        _("Replay: up to line"), 1, len(round_.events), len(round_.events), key=f"replay_{held.run}"
    ) if len(round_.events) > 1 else 1  # fmt: skip
    shown = round_.events[:upto]
    html.draw(
        element("ol", *(_line(event, place == upto) for place, event in enumerate(shown, 1)), class_="ideas-exchange")
    )
    dropped = sorted({event.idea for event in round_.events} - {idea.id for idea in round_.ideas})
    if dropped:
        st.caption(plain(_("Not on the shortlist, since they stood lowest: {ideas}.", ideas=list_of(dropped))))
    if round_.withdrawn and round_.engine != BUILT_IN:
        st.caption(
            ngettext(
                "{n} remark changed neither an idea nor its standing and isn’t shown.",
                "{n} remarks changed neither an idea nor its standing and aren’t shown.",
                round_.withdrawn,
            )
        )
    if round_.unusable:
        names = list_of([translate(TITLES[role]) for role in round_.unusable])
        st.caption(plain(_("The model’s answer could not be used for: {names}.", names=names)))


def _said(held: Held) -> str:
    changed = sum(event.act == "revise" for event in held.round.events)
    stand = sum(event.act == "reserve" for event in held.round.events)
    return _(
        "{changes}, {reservations}. Seed {seed}: the same data, wishes and seed give the same exchange.",
        changes=ngettext("{n} change carried out", "{n} changes carried out", changed),
        reservations=ngettext("{n} reservation stands", "{n} reservations stand", stand),
        seed=held.round.seed,
    ) if held.round.engine == BUILT_IN else _(
        "{changes}, {reservations}. As it was recorded.",
        changes=ngettext("{n} change carried out", "{n} changes carried out", changed),
        reservations=ngettext("{n} reservation stands", "{n} reservations stand", stand),
    )  # fmt: skip


def _line(event: Event, now: bool) -> Markup:
    who = element(
        "div",
        translate(TITLES[event.agent]),
        element("span", _("{act} {idea}", act=translate(ACTS[event.act]), idea=event.idea)),
        class_="ideas-who",
    )
    said = element("div", element("p", reason_said(event)), element("p", change_said(event), class_="ideas-came"))
    return element("li", who, said, class_="ideas-now" if now else "")
