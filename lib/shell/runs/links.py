"""Links to one run's page, in the tables of any page."""

from __future__ import annotations

from markupsafe import Markup

from lib.navigation import address_of
from lib.shell.html import element

SLUG, PARAMETER = "runs", "run"


def run_link(label: str, run_id: str, language: str) -> Markup:
    """A link that opens the run without loading the app again."""
    query = f"{PARAMETER}={run_id}"
    return element(
        "a", label, href=f"{address_of(SLUG, language)}&{query}", data_page=f"{SLUG}?{query}", class_="toile-link"
    )
