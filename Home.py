"""The frame around every page: language, person, menu, settings. Start it with ``make run``."""

import streamlit as st

from lib import navigation
from lib.shell import errors, frame, html, session, worker

st.set_page_config(page_title="Toile", page_icon=frame.SIGN, layout="wide")
html.style()
session.begin()
page = st.navigation(navigation.sections(), expanded=True)
with errors.shown():
    session.meet(page.url_path)
st.set_page_config(page_title=f"{page.title} · Toile", page_icon=frame.SIGN, layout="wide")
frame.logo()
with errors.shown():
    frame.sidebar()
frame.notices()
worker.ensure()
with errors.page():
    page.run()
frame.told()
