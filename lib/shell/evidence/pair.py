"""Two runs side by side: what they were, and where their prompt, inputs and output differ."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.database import connect
from lib.database.chain_check import check_run
from lib.database.evidence_log import one_run
from lib.errors import InputError
from lib.govern.evidence import document
from lib.govern.evidence.files import as_object, checks_said, verdict_said
from lib.govern.evidence.reading import text
from lib.i18n import N_, _
from lib.shell import html, session
from lib.shell.evidence.links import run_evidence
from lib.shell.evidence.listing import moment
from lib.shell.html import element
from lib.shell.opening import opening
from lib.shell.page import section
from lib.shell.prompts.changes import changes
from lib.shell.runs.listing import title_of
from lib.workbench.run_view import run_view

THE_SAME = N_("These are one and the same run. Choose another one to hold beside it.")


CHANGED = N_(
    "One of these runs isn’t as it was recorded, so there is nothing to compare. Open each by itself to see which."
)


def draw(first: str, second: str) -> None:
    """Both runs.

    Raises:
        NotFound: one of them isn't in the person's workspace.
        InputError: they are one run, or one of them was changed outside the app.
    """
    if first == second:
        raise InputError(THE_SAME)
    actor, language = session.actor(), session.language()
    with connect() as database:
        for run in (first, second):
            if check_run(database, actor, run) is not None:
                raise InputError(CHANGED)
        runs = [one_run(database, actor, run) for run in (first, second)]
        prompts = [run_view(database, actor, run).prompt for run in (first, second)]
    opening(_("Two runs side by side"), _("What differs between them is marked."))
    names = [dict(document.facts(run)) for run in runs]
    rows = [(name, *(facts.get(name, "–") for facts in names)) for name in {**names[0], **names[1]}]
    rows += [(_("Checks"), *(checks_said(run["checks"]) or "–" for run in runs))]
    rows += [(_("Verdict"), *(verdict_said(run["verdict"]) or "–" for run in runs))]
    heads = [
        run_evidence(f"{title_of(as_object(run))}, {moment(run['started_at'])}", run["id"], language) for run in runs
    ]
    html.draw(_table(heads, rows))
    whole = [as_object(run) for run in runs]
    texts = [prompt.text if prompt else "" for prompt in prompts]
    for title, old, new in (
        (_("The prompt"), *texts),
        (_("What went in"), *(text(run["inputs"]) for run in whole)),
        (_("What came out"), *(text(run["output"]) for run in whole)),
    ):
        section(title)
        if old or new:
            changes(old, new)
        else:
            st.caption(_("Neither of the two has any."))


def _table(heads: list[Markup], rows: list[tuple[str, ...]]) -> Markup:
    columns = (_("First"), _("Second"))
    head = element("tr", element("th", ""), *(element("th", one, scope="col") for one in heads))
    body = [
        element(
            "tr",
            element("td", name, data_name=""),
            *(
                element("td", element("strong", said) if one != other else said, data_name=column)
                for said, column in zip((one, other), columns, strict=True)
            ),
        )
        for name, one, other in rows
    ]
    return element("table", element("thead", head), element("tbody", *body), class_="toile-runs")
