"""Prompts: what a model is told for each task; edit, preview, compare versions, go back."""

import streamlit as st

from lib.database import connect
from lib.i18n import _, translate
from lib.shell import errors, house_names, html, session
from lib.shell.html import element
from lib.shell.prompts import editing, history, names, values
from lib.shell.text import plain
from lib.workbench.prompt_desk import open_desk
from lib.workbench.task_list import all_tasks, task_called, use_case_of

html.draw(
    element(
        "header",
        element("h1", _("Prompts")),
        element(
            "p",
            _("What a model is told for each task. Change it, see at once what the model would get, and go back."),
            class_="toile-lead",
        ),
        class_="toile-opening",
    )
)
actor = session.actor()
titles = {task.name: translate(task.title) for task in all_tasks()}
chosen = st.selectbox(_("Task"), list(titles), format_func=titles.__getitem__, key="prompt_task")
task = task_called(str(chosen))
with connect() as database:
    desk = open_desk(database, actor, task)
case = use_case_of(task)
said = [translate(case.title)] if case else []
said.append(_("In use: {version}", version=names.in_full(desk.active, begins=False)))
st.caption(plain(" · ".join(said)))
sections = (_("Text and preview"), _("Versions"), _("Values"))
tabs = st.tabs(sections, key=f"prompt_tabs_{session.language()}", on_change="rerun")
for tab, part in zip(tabs, ("edit", "history", "values"), strict=True):
    if not tab.open:
        continue
    with tab, errors.shown():
        if part == "edit":
            editing.edit(desk, actor)
        elif part == "history":
            history.history(desk, actor)
        else:
            values.values(desk, editing.sample(desk))
with st.expander(_("Names of other houses"), icon=":material/rule:"), errors.shown():
    house_names.edit()
