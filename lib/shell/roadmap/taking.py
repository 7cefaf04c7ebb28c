"""The plan as files: a workbook with every 'why not then?', and a calendar."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lib.database.roadmaps import PlanRow
from lib.decide.roadmap.model import Plan
from lib.decide.roadmap.planning import Sketch, stale
from lib.decide.roadmap.taking import calendar, workbook
from lib.i18n import _
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.page import section

CALENDAR = "text/calendar"


def draw(found: Sketch, row: PlanRow, plan: Plan, currency: str) -> None:
    """Two files of the plan that stands."""
    section(
        _("Take away"),
        _("The workbook asks the model about each step in each quarter, so it takes some seconds to make."),
    )
    if stale(row, found) == "steps":
        st.markdown(_("The steps or the team have changed since this plan. Plan again, then take it away."))
        return
    exports = (
        Export(
            _("Plan, capacity and reasons as XLSX"),
            "roadmap.xlsx",
            partial(workbook, found, row, plan, currency),
            XLSX,
            row.run_id,
        ),
        Export(_("Dates for a calendar"), "roadmap.ics", partial(calendar, found, row, plan), CALENDAR, row.run_id),
    )
    downloads(exports, "roadmap")
