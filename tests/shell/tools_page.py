"""A page with nothing but a task that has tools; ``tests/shell/test_tool_steps.py`` runs it."""

from dataclasses import replace

import streamlit as st

from lib.shell import errors, session, tool_steps
from lib.tasks import Call, Context, ToolAsked
from lib.tasks.run import stream_task
from tests.tasks.test_tools import ADVISE, Greet


def plan(inputs, context):
    """Look at the stock, then ask to cancel the order, then draft."""
    steps = [Call("stock_of", {"sku": "C-1"}), Call("cancel_order", {"sku": "C-1"})]
    return steps[len(context.results)] if len(context.results) < len(steps) else None


TASK = replace(ADVISE, plan=plan)
session.begin()
session.meet()
run = st.query_params.get("run")
with errors.shown():
    if st.button("Begin", key="begin"):
        events = stream_task(TASK, Greet(name="Ada"), Context(actor=session.actor()))
        end = tool_steps.follow(events, TASK)
        if isinstance(end, ToolAsked):
            st.query_params["run"] = end.run
            st.rerun()
    elif run:
        end = tool_steps.go_on(TASK, run)
        if end is not None and not isinstance(end, ToolAsked):
            st.text(f"done: {end.output.text}")
