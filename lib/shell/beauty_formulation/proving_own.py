"""The Proof on a surface like the house's own: what the newest plan's model expects, taken as if it were true."""

from __future__ import annotations

from lib.catalogue import UseCase
from lib.i18n import _
from lib.merchandising.beauty_formulation.jobs import PROVE
from lib.merchandising.beauty_formulation.rounds import Round
from lib.shell.beauty_formulation.tables import Project
from lib.shell.proving import OwnData, offer_own_data


def offer(case: UseCase, project: Project, newest: Round | None) -> None:
    """Offer it where something of the person's own was learned; the demo house's tables have the known surfaces."""
    if newest is None or not newest.plan.learned or project.sample:
        offer_own_data(case, None)
        return
    title = _("the surface that your trials suggest")
    offer_own_data(case, OwnData(newest.run, title, PROVE, {"table": project.table}, project.data_set))
