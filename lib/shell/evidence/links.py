"""Links into the Evidence page: one run, or two held side by side."""

from __future__ import annotations

from markupsafe import Markup

from lib.navigation import address_of
from lib.shell.html import element

SLUG = "evidence"
RUN, FIRST, SECOND = "run", "compare", "with"  # parameters of the address


def evidence_link(label: str, language: str, **parameters: str) -> Markup:
    """A link that opens the page without loading the app again; it is the permalink when it is copied."""
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return element(
        "a",
        label,
        href=f"{address_of(SLUG, language)}&{query}",
        data_page=f"{SLUG}?{query}",
        class_="toile-link",
    )


def run_evidence(label: str, run_id: str, language: str) -> Markup:
    """The evidence of one run."""
    return evidence_link(label, language, **{RUN: run_id})
