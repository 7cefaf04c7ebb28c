"""The house's voice where the brief is: its name, tone, and words. Each change is kept at once."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.access import DEMO_WORKSPACE, Right
from lib.commerce.product_descriptions.model import BrandVoice
from lib.commerce.product_descriptions.voice import keep_voice, voice_of
from lib.database import connect
from lib.i18n import N_, _, translate
from lib.shell import session

REGISTERS = {"restrained": N_("Restrained"), "warm": N_("Warm"), "expert": N_("Expert")}
ADDRESSES = {
    "none": N_("The reader isn’t addressed"),
    "formal": N_("Formal (vous)"),
    "familiar": N_("Familiar (tu)"),
}
FIELDS = ("house", "register", "address", "preferred", "forbidden", "sentence_words")
LISTS = ("preferred", "forbidden")


def ask_voice() -> BrandVoice:
    """The voice to write in, in a popover."""
    actor = session.actor()
    with connect() as database:
        voice, stamp = voice_of(database, actor)
    _follow(voice, f"{actor.workspace} {stamp}")
    shut = not actor.may(Right.RUN)
    with st.popover(_("Voice"), icon=":material/record_voice_over:", width="stretch"):
        if actor.workspace == DEMO_WORKSPACE:
            st.caption(_("In the demo house, what you change here is yours alone."))
        else:
            st.caption(_("The same for everybody in this workspace."))
        st.text_input(
            _("House"),
            max_chars=80,
            help=_("The name that the texts and the product feed carry."),
            disabled=shut,
            **_kept("house"),
        )
        _choice(_("Register"), REGISTERS, "register", shut)
        _choice(_("Address"), ADDRESSES, "address", shut)
        for name, label in (
            ("preferred", _("Words to prefer, one a line")),
            ("forbidden", _("Words never to use, one a line")),
        ):
            st.text_area(label, height=110, max_chars=2000, disabled=shut, **_kept(name))
        st.slider(_("Words a sentence, on average"), 8, 30, disabled=shut, **_kept("sentence_words"))
    return voice


def _choice(label: str, names: dict[str, str], name: str, shut: bool) -> None:
    said = {value: translate(title) for value, title in names.items()}
    st.selectbox(label, list(names), format_func=said.__getitem__, disabled=shut, **_kept(name))


def _key(name: str) -> str:
    return f"voice_{session.workspace()}_{name}"


def _kept(name: str) -> dict[str, Any]:
    """A widget's key, and what it does when it changes."""
    return {"key": _key(name), "on_change": _keep, "args": (name,)}


def _follow(voice: BrandVoice, stamp: str) -> None:
    """Show what the database holds where a colleague, or another tab, has changed it since."""
    state = st.session_state
    if state.get(_key("stamp")) == stamp and _key("house") in state:
        return
    state[_key("stamp")] = stamp
    values = voice.model_dump(by_alias=True)
    for name in FIELDS:
        state[_key(name)] = "\n".join(values[name]) if name in LISTS else values[name]


def _keep(name: str) -> None:
    """Keep the one field that changed; what a colleague changed meanwhile in the others stays."""
    value = st.session_state[_key(name)]
    if name in LISTS:
        value = [line.strip() for line in value.splitlines() if line.strip()]
    with connect() as database:
        actor = session.actor()
        voice, _stamp = voice_of(database, actor)
        changed = {**voice.model_dump(mode="json", by_alias=True), name: value}
        keep_voice(database, actor, BrandVoice.model_validate(changed))
