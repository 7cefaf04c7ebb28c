"""Service assistant: a conversation answered from the house's documents and tools, a bench and a queue for the team."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib.catalogue import UseCase
from lib.i18n import _
from lib.shell import errors, session
from lib.shell.page import open_page
from lib.shell.service_assistant import bench_tab, documents, queue_tab, talk

SLUG = "service_assistant"


def try_it(case: UseCase) -> None:
    """Conversation, documents, test bench, queue; only what is open runs."""
    names = (_("Conversation"), _("Documents and records"), _("Test bench"), _("Queue"))
    tabs = st.tabs(names, key=f"inner_{SLUG}_{session.language()}", on_change="rerun")
    drawn: tuple[Callable[[], None], ...] = (
        talk.show,
        documents.show,
        partial(bench_tab.show, case),
        partial(queue_tab.show, case),
    )
    for tab, draw in zip(tabs, drawn, strict=True):
        if tab.open:
            with tab, errors.shown():
                draw()


open_page(SLUG, try_it)
