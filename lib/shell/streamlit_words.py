"""The few words that Streamlit writes: it knows English only, so the browser puts them into the reader's language.

``streamlit_words.js`` replaces exactly these texts, in Streamlit's own toolbars, tooltips, fields and uploaders. A word
that Streamlit changes one day stays English, and nothing else happens.
"""

from __future__ import annotations

from lib.i18n import LANGUAGES, N_, translate

WORDS = (
    N_("Fullscreen"),
    N_("Fullscreen: {what}"),
    N_("Close fullscreen"),
    N_("Close fullscreen: {what}"),
    N_("Download as PNG"),
    N_("Download as PNG: {what}"),
    N_("Show/hide columns"),
    N_("Add row"),
    N_("Delete row(s)"),
    N_("Search"),
    N_("Sidebar"),
    N_("App pages"),
    N_("Collapse sidebar"),
    N_("Expand sidebar"),
    N_("Navigate to home page"),
    N_("Scroll tabs left"),
    N_("Scroll tabs right"),
    N_("Help for {what}"),
    N_("Open"),
    N_("Increment"),
    N_("Decrement"),
    N_("Clear value"),
    N_("Clear all"),
    N_("Clear entry"),
    N_("Selected values"),
    N_("Choose an option"),
    N_("Choose options"),
    N_("No results"),
    N_("Select all"),
    N_("file upload"),
    N_("Add files"),
    N_("Remove {what}"),
    N_("Error:"),
    N_("File must be {what} or smaller."),
    N_("{what} files are not allowed."),
    N_("Only one file is allowed."),
)


def pairs(language: str) -> list[tuple[str, str]]:
    """What may stand there, in English or in the language before, and what is to stand there."""
    others = [other for other in LANGUAGES if other != language]
    return [(translate(word, other), translate(word, language)) for other in others for word in WORDS]
