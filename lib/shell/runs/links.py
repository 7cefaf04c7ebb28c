"""Links to one run's page, in the tables of any page."""

from __future__ import annotations

from markupsafe import Markup

from lib.i18n import _
from lib.navigation import address_of
from lib.shell.html import element

SLUG, PARAMETER, QUEUE = "runs", "run", "review_queue"


def run_link(label: str, run_id: str, language: str) -> Markup:
    """A link that opens the run without loading the app again."""
    query = f"{PARAMETER}={run_id}"
    return element(
        "a", label, href=f"{address_of(SLUG, language)}&{query}", data_page=f"{SLUG}?{query}", class_="toile-link"
    )


def verdicts_link(run_id: str, language: str) -> Markup:
    """A link that opens a run's output in the review queue, where others can be asked for their verdicts."""
    query = f"item={run_id}"
    label = _("Ask for verdicts in the review queue")
    return element("a", label, href=f"{address_of(QUEUE, language)}&{query}", data_page=f"{QUEUE}?{query}",
                   class_="toile-link")  # fmt: skip
