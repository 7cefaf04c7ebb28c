"""Workspace: who you are, the workspaces you are in, and who works with you."""

import streamlit as st

from lib.i18n import _
from lib.shell import errors, html, session
from lib.shell import workspace_parts as parts
from lib.shell.html import element

html.draw(
    element(
        "header",
        element("h1", _("Workspace")),
        element(
            "p",
            _("Your data, your runs and your colleagues, apart from everybody else's."),
            class_="toile-lead",
        ),
        class_="toile-opening",
    )
)
actor = session.actor()
left, right = st.columns(2, gap="large")
with left:
    st.header(_("Your workspaces"), anchor=False)
    parts.your_workspaces(actor)
    st.header(_("Join"), anchor=False)
    with errors.shown():
        parts.join_with_code()
    st.header(_("A workspace of your own"), anchor=False)
    with errors.shown():
        parts.new_workspace()
with right:
    st.header(_("Who is here"), anchor=False)
    with errors.shown():
        parts.people(actor)
        parts.remove(actor)
    st.header(_("Invite"), anchor=False)
    with errors.shown():
        parts.invite(actor)
    st.header(_("You"), anchor=False)
    with errors.shown():
        parts.who_you_are(actor)
