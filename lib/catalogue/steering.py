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
        slug="prioritisation_matrix",
        area=Area.DECIDE,
        title=N_("Prioritisation matrix"),
        summary=N_("Which use cases to do first: their value, how feasible they are, and how sure that is."),
        icon=":material/grid_view:",
    ),
    SteeringPage(
        slug="roadmap",
        area=Area.DECIDE,
        title=N_("Roadmap"),
        summary=N_("What to begin in which quarter: the ranking, under what the team can really do."),
        icon=":material/view_timeline:",
    ),
    SteeringPage(
        slug="pilots",
        area=Area.DECIDE,
        title=N_("Pilots"),
        summary=N_("What each trial is to show, on how many figures, what it showed, and what is decided on it."),
        icon=":material/flag:",
    ),
    SteeringPage(
        slug="partners",
        area=Area.DECIDE,
        title=N_("Partners"),
        summary=N_(
            "Build, buy or partner: who could do it, judged by what counts for you, and what would change that."
        ),
        icon=":material/join_inner:",
    ),
    SteeringPage(
        slug="weekly_table",
        area=Area.DECIDE,
        title=N_("Weekly table"),
        summary=N_("What design asks for, what engineering offers, and who answers for what by when."),
        icon=":material/groups:",
    ),
    SteeringPage(
        slug="risk_review",
        area=Area.GOVERN,
        title=N_("Risk review"),
        summary=N_("What can go wrong with each use case, what stands against it, and who has signed for it."),
        icon=":material/verified_user:",
    ),
    SteeringPage(
        slug="review_queue",
        area=Area.GOVERN,
        title=N_("Review queue"),
        summary=N_(
            "What waits for a person’s verdict, what a sample says of the rest, and how well flaws are spotted."
        ),
        icon=":material/rate_review:",
    ),
    SteeringPage(
        slug="checks",
        area=Area.GOVERN,
        title=N_("Automatic checks"),
        summary=N_(
            "Read a text, documents or pictures by every check, and see what each finds and how much it misses."
        ),
        icon=":material/spellcheck:",
    ),
    SteeringPage(
        slug="evidence",
        area=Area.GOVERN,
        title=N_("Evidence log"),
        summary=N_("Every run with its checks and verdicts, whether the log is whole, and what is kept for how long."),
        icon=":material/verified:",
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
