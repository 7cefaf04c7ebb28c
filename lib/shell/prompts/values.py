"""The values that a prompt may use, explained on an example."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup
from pydantic import BaseModel

from lib.i18n import _
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.workbench.prompt_desk import PART_NAMES, Desk
from lib.workbench.variables import Variable, explained

STYLE = """
.toile-value { font-family: "Source Code Pro", monospace; font-size: 0.86rem; overflow-wrap: anywhere; }
.toile-value-name { white-space: nowrap; }
"""


def values(desk: Desk, inputs: BaseModel) -> None:
    """Each value with its meaning, whether it is needed, and what it holds for the example."""
    html.draw(html.stylesheet(STYLE))
    st.markdown(
        _(
            "Between double braces a prompt takes these values. A list or a group of values needs a loop, or"
            " `| tojson` behind it."
        )
    )
    with errors.shown():
        parts: dict[str, str] = {part: getattr(desk.active.parts, part) for part in PART_NAMES}
        found = explained(desk.task, parts, inputs, session.language())
        html.draw(table(found))
        for variable in found:
            if variable.fields:
                with st.expander(_("What stands in {name}", name=variable.name)):
                    html.draw(_fields(variable))


def table(found: tuple[Variable, ...]) -> Markup:
    """One row a value."""
    heads = (_("Value"), _("Meaning"), _("In this prompt"), _("For example"))
    body = [
        element("tr", *(element("td", cell, data_name=head) for head, cell in zip(heads, _cells(row), strict=True)))
        for row in found
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *body), class_="toile-runs")


def _cells(row: Variable) -> tuple[Markup, str, str, Markup]:
    use = _("used") if row.used else _("not used")
    need = _("required") if row.required else ""
    return (
        element("span", "{{ " + row.name + " }}", class_="toile-value toile-value-name"),
        row.meaning,
        ", ".join(part for part in (need, use) if part),
        element("span", row.example or _("empty"), class_="toile-value"),
    )


def _fields(row: Variable) -> Markup:
    heads = (_("Value"), _("For example"))
    body = [
        element(
            "tr",
            *(
                element("td", element("span", cell, class_="toile-value"), data_name=head)
                for head, cell in zip(heads, (name, text or _("empty")), strict=True)
            ),
        )
        for name, text in row.fields
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *body), class_="toile-runs")
