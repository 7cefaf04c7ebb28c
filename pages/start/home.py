"""Home: what the workbench is, the value chain at a glance, each group's next step, what was done last."""

import streamlit as st

from lib.database import connect
from lib.database.runs import recent
from lib.i18n import _
from lib.shell import home_parts, home_plate, html, session

LAST_RUNS = 8

language = session.language()
html.draw(home_parts.opening(language))
html.draw(home_plate.plate(language))
st.header(_("Your next step"), anchor=False)
with connect() as database:
    runs = recent(database, session.actor(), LAST_RUNS)
html.draw(home_parts.steps(language, home_parts.worked_on(runs)))
st.header(_("Last runs"), anchor=False)
html.draw(home_parts.last_runs(runs, language))
