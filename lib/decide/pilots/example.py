"""An invented pilot with invented figures: what the page shows once a pilot is evaluated. Nothing of it is kept."""

from __future__ import annotations

import datetime as dt

from lib.database.pilots import Plan
from lib.decide.pilots.observations import Sides
from lib.decide.pilots.outcome import Outcome, evaluate
from lib.decide.pilots.power import needed
from lib.files.writers import write_csv
from lib.i18n import N_, _, translate

WEEKS = 6
YES, ALL = (171, 236), (5_600, 5_600)  # orders and page views, without and with
NAME = N_("Example: descriptions from drafts")


def plan(today: dt.date) -> Plan:
    """An A/B test of product descriptions that is to end today, in the reader's language."""
    starts = today - dt.timedelta(weeks=WEEKS)
    made = Plan(
        "product_descriptions", translate(NAME),
        _("Pages whose text names material, cut and care sell more, because fewer questions stay open."),
        _("Orders per product page view"), _("% of page views"), "up", "share", "ab", False, 0.03, 0.04, None, 0.8,
        2, starts.isoformat(), today.isoformat(), _("Head of e-commerce"), _("Data engineer"), 4_000.0, "EUR",
    )  # fmt: skip
    return Plan(**{**made.__dict__, "sample": needed(made)})


def outcome(of: Plan) -> Outcome:
    """What the invented figures would say."""
    return evaluate(of, Sides((), (), YES, ALL))


def figures() -> bytes:
    """The invented figures as a CSV file that the page itself takes."""
    return write_csv(list(zip("AB", YES, ALL, strict=True)), ("group", "value", "out_of"))
