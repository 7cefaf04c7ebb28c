"""What a person chose on the page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

import streamlit as st

from lib.commerce.service_assistant.knowledge import SAMPLE_COLLECTION, Place, with_sample
from lib.i18n import _
from lib.shell import session
from lib.shell.page_state import PageState

USE_CASE = "service_assistant"
SAMPLE, OWN = "sample", "own"
_PAGE = PageState(USE_CASE)
state, keep, widget, recall = _PAGE.state, _PAGE.keep, _PAGE.widget, _PAGE.recall


def place() -> Place:
    """Where answers come from: the demo house's policies, or the person's own documents."""
    actor = session.actor()
    if state().get("source", SAMPLE) == OWN:
        from lib.shell.service_assistant.embedding_choice import own_place  # it needs this module

        return own_place()
    with st.spinner(_("Reading the house’s documents")):
        return with_sample(Place(actor, SAMPLE_COLLECTION))
