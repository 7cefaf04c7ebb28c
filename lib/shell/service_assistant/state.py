"""What a person chose on the page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.commerce.service_assistant.knowledge import OWN_COLLECTION, SAMPLE_COLLECTION, Place, with_sample
from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.i18n import _
from lib.shell import session

USE_CASE = "service_assistant"
SAMPLE, OWN = "sample", "own"


def state() -> dict[str, Any]:
    """What this person last chose on the page."""
    with connect() as database:
        return remembered(database, session.actor(), USE_CASE)


def keep(**changes: Any) -> None:
    """Remember choices beyond this session."""
    with connect() as database:
        remember(database, session.actor(), USE_CASE, changes)


def widget(name: str) -> str:
    """A widget's key, apart for each workspace, person and language."""
    actor = session.actor()
    return f"{USE_CASE}_{actor.workspace}_{actor.person}_{session.language()}_{name}"


def place() -> Place:
    """Where answers come from: the demo house's policies, or the person's own documents."""
    actor = session.actor()
    if state().get("source", SAMPLE) == OWN:
        return Place(actor, OWN_COLLECTION)
    with st.spinner(_("Reading the house’s documents")):
        return with_sample(Place(actor, SAMPLE_COLLECTION))
