"""The pages that are no use case."""

from __future__ import annotations

from lib.catalogue.model import Area, SteeringPage
from lib.i18n import N_

STEERING_PAGES: tuple[SteeringPage, ...] = (
    SteeringPage(
        slug="home",
        area=Area.START,
        title=N_("Home"),
        summary=N_("The value chain at a glance, your next step, and what was done last."),
        icon=":material/home:",
        default=True,
    ),
    SteeringPage(
        slug="workspace",
        area=Area.START,
        title=N_("Workspace"),
        summary=N_("Who you are, who works with you, the code to join, and your personal link."),
        icon=":material/group:",
    ),
    SteeringPage(
        slug="engines",
        area=Area.WORKBENCH,
        title=N_("Engines"),
        summary=N_("What writes the texts: what is connected, how fast, at what price, and how to add another."),
        icon=":material/memory:",
    ),
    SteeringPage(
        slug="prompts",
        area=Area.WORKBENCH,
        title=N_("Prompts"),
        summary=N_("What a model is told for each task: read it, change it, preview it, go back."),
        icon=":material/edit_document:",
    ),
    SteeringPage(
        slug="compare",
        area=Area.WORKBENCH,
        title=N_("Compare"),
        summary=N_("Which engine or prompt do people prefer, how sure is that, and what does each cost?"),
        icon=":material/balance:",
    ),
    SteeringPage(
        slug="jobs",
        area=Area.WORKBENCH,
        title=N_("Jobs"),
        summary=N_("What runs over many rows: how far it is, when it will be done, what failed, and its results."),
        icon=":material/dynamic_feed:",
    ),
    SteeringPage(
        slug="runs",
        area=Area.WORKBENCH,
        title=N_("Runs"),
        summary=N_("Everything that was executed: on which engine and prompt, at what cost, with what result."),
        icon=":material/history:",
    ),
)
