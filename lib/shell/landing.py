"""Where a link led somebody who has to log in first.

The provider sends everybody back to the app's root. So the browser holds the place for this tab alone meanwhile
(``browser.js``), and hands it back after the log-in. Only a page of our own navigation is followed: what was held is
a slug and its query, never an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from lib.i18n import LANGUAGES
from lib.navigation import has_page, path_of
from lib.shell import identity

OF_THE_FRAME = ("lang", "me")
"""What the frame itself reads from an address. The language is held beside the place, a personal link nowhere."""
LONGEST = 2_000  # characters of a place; a link of ours is far shorter


def place(slug: str, query: Mapping[str, str]) -> str:
    """The page and its query, 'runs?run=abc'; an empty text for the root itself. ``slug`` is empty for Home."""
    asked = {name: value for name, value in query.items() if name not in OF_THE_FRAME}
    made = f"{slug}?{urlencode(asked)}" if asked else slug
    return made if len(made) <= LONGEST else slug


def for_browser(slug: str, language: str) -> dict[str, Any]:
    """What the browser needs: where the reader is, and whether it has to hold that until they have logged in."""
    out = bool(identity.rules().providers) and identity.claims() is None
    return {
        "place": place(slug, st.query_params.to_dict()), "language": language, "hold": out, "shut": identity.shut(),
    }  # fmt: skip


def held(said: object) -> tuple[str, str, dict[str, str]]:
    """What the browser held, as (language, slug, query); a part that makes no sense is empty."""
    known = said if isinstance(said, Mapping) else {}
    language, where = known.get("language"), known.get("place")
    slug, _mark, query = where.partition("?") if isinstance(where, str) and len(where) <= LONGEST else ("", "", "")
    if slug and not has_page(slug):
        slug, query = "", ""
    asked = {name: value for name, value in parse_qsl(query) if name not in OF_THE_FRAME}
    return str(language) if language in LANGUAGES else "", slug, asked


def follow(said: object) -> None:
    """Go where the link led, in the language that was read there."""
    language, slug, query = held(said)
    state = st.session_state
    before = state["language"]
    state["language"] = language or before
    if slug:
        st.switch_page(path_of(slug), query_params={**query, "lang": state["language"]})
    if state["language"] != before:
        st.rerun()
