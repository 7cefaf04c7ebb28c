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
)
