"""The run that evaluated a pilot, as its page shows it: picture and words in place of the record's names."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from lib.database.pilots import Plan
from lib.decide.pilots.evaluating import METHOD
from lib.decide.pilots.evidence import PAGE
from lib.decide.pilots.outcome import Outcome
from lib.decide.pilots.picture import pilot_figure
from lib.navigation import address_of
from lib.shell import charts, session
from lib.shell.html import element
from lib.shell.pilots.one import result_in_words


def is_evaluation(row: dict[str, Any]) -> bool:
    """Whether a run is the evaluation of a pilot, with what it takes to show it."""
    return row["method"] == METHOD and "plan" in (row["inputs"] or {})


def draw(row: dict[str, Any]) -> None:
    """The result of an evaluation that is done."""
    plan, outcome = Plan(**row["inputs"]["plan"]), Outcome.from_json(row["output"]["outcome"])
    charts.draw(pilot_figure(plan, outcome))
    result_in_words(plan, outcome)


def pilot_link(row: dict[str, Any]) -> Markup:
    """The pilot that a run evaluated."""
    query = f"pilot={row['inputs']['pilot']}"
    address = f"{address_of(PAGE, session.language())}&{query}"
    title = str(row["inputs"]["plan"]["title"])
    return element("a", title, href=address, data_page=f"{PAGE}?{query}", class_="toile-link")
