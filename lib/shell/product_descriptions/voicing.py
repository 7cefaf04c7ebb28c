"""The house's voice where the brief is: its name, tone, and words. Each change is kept at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
LISTS = ("preferred", "forbidden")


@dataclass(frozen=True)
class Shown:
    """What the fields began with in this session, and as which version of themselves.

    A popover's fields are built in the browser when it is opened, from their beginning values: setting them from the
    script is lost until then. So another's change makes new fields, and one's own keeps them.
    """

    stamp: str  # of the voice in the database
    version: int
    voice: BrandVoice


def ask_voice() -> BrandVoice:
    """The voice to write in, in a popover."""
    actor = session.actor()
    with connect() as database:
        voice, stamp = voice_of(database, actor)
    shown = _shown(voice, stamp)
    began = shown.voice.model_dump(by_alias=True)
    shut = not actor.may(Right.RUN)
    with st.popover(_("Voice"), icon=":material/record_voice_over:", width="stretch"):
        if actor.workspace == DEMO_WORKSPACE:
            st.caption(_("In the demo house, what you change here is yours alone."))
        else:
            st.caption(_("The same for everybody in this workspace."))
        st.text_input(_("House"), began["house"], max_chars=80, disabled=shut, **_kept("house", shown))
        _choice(_("Register"), REGISTERS, "register", shown, shut)
        _choice(_("Address"), ADDRESSES, "address", shown, shut)
        for name, label in (
            ("preferred", _("Words to prefer, one a line")),
            ("forbidden", _("Words never to use, one a line")),
        ):
            words = "\n".join(began[name])
            st.text_area(label, words, height=110, max_chars=2000, disabled=shut, **_kept(name, shown))
        words_said = _("Words a sentence, on average")
        st.slider(words_said, 8, 30, began["sentence_words"], disabled=shut, **_kept("sentence_words", shown))
    return voice


def _choice(label: str, names: dict[str, str], name: str, shown: Shown, shut: bool) -> None:
    said = {value: translate(title) for value, title in names.items()}
    at = list(names).index(shown.voice.model_dump(by_alias=True)[name])
    st.selectbox(label, list(names), at, format_func=said.__getitem__, disabled=shut, **_kept(name, shown))


def _place(name: str) -> str:
    return f"voice_{session.workspace()}_{name}"


def _key(name: str, version: int) -> str:
    return _place(f"{version}_{name}")


def _kept(name: str, shown: Shown) -> dict[str, Any]:
    """A widget's key, and what it does when it changes."""
    return {"key": _key(name, shown.version), "on_change": _keep, "args": (name, shown.version)}


def _shown(voice: BrandVoice, stamp: str) -> Shown:
    """The fields of this session, or new ones where a colleague or another tab has changed the voice since."""
    state = st.session_state
    shown: Shown | None = state.get(_place("shown"))
    if shown is None or shown.stamp != stamp or _key("house", shown.version) not in state:
        shown = state[_place("shown")] = Shown(stamp, shown.version + 1 if shown else 1, voice)
    return shown


def _keep(name: str, version: int) -> None:
    """Keep the one field that changed; what a colleague changed meanwhile in the others stays."""
    value = st.session_state[_key(name, version)]
    if name in LISTS:
        value = [line.strip() for line in value.splitlines() if line.strip()]
    shown: Shown = st.session_state[_place("shown")]
    with connect() as database:
        actor = session.actor()
        voice, before = voice_of(database, actor)
        changed = {**voice.model_dump(mode="json", by_alias=True), name: value}
        keep_voice(database, actor, BrandVoice.model_validate(changed))
        _voice, stamp = voice_of(database, actor)
    if shown.stamp == before:  # nobody else's change lies in between: the fields show what is kept
        st.session_state[_place("shown")] = replace(shown, stamp=stamp)
