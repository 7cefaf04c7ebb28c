"""Engines: what is connected, how fast and at what price, how to add another, what was spent."""

import streamlit as st

from lib.access import Right
from lib.database import connect
from lib.database.people import workspace
from lib.engines.images.registry import image_engines
from lib.i18n import _, translate
from lib.shell import errors, html, session
from lib.shell.engines_page import adding, image_rows, rows, speed_chart, spending
from lib.shell.html import element
from lib.shell.page import section
from lib.workbench.engine_list import connected
from lib.workbench.engine_test import last_tests
from lib.workbench.image_engine_test import last_image_tests
from lib.workbench.speed import points

html.draw(
    element(
        "header",
        element("h1", _("Engines")),
        element(
            "p",
            _("What writes the texts and draws the pictures. Test one to see how soon it is done, and at what price."),
            class_="toile-lead",
        ),
        class_="toile-opening",
    )
)
actor, engines, drawing = session.actor(), connected(), image_engines()
with connect() as database:
    tests, currency = last_tests(database, actor), workspace(database, actor)["currency"]
    pictures = last_image_tests(database, actor)
rows.collect(engines, tests)
rows.rows(engines, tests, actor)
if not actor.may(Right.RUN):
    st.caption(_("Your role here does not run engines. Ask an administrator of the workspace to change it."))
found = points(engines, tests, currency)
section(_("Speed against price"))
if found:
    speed_chart.draw(found, currency)
else:
    st.markdown(_("Once a model has answered a test, it stands here: how fast it writes, against what it costs."))
section(_("Engines for pictures"))
image_rows.collect(drawing, pictures)
image_rows.rows(drawing, pictures, actor)
section(_("Add an engine"))
adding.add()
section(_("Spent so far, and the budget"))
with errors.shown():
    titles = {engine.info.name: translate(engine.info.title) for engine in engines}
    spending.spending(actor, titles | {engine.name: translate(engine.title) for engine in drawing})
