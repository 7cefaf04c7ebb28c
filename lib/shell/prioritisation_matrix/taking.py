"""All scores as a workbook, kept with the recorded run that holds the ranking as it stood."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.catalogue import Criterion
from lib.database import connect
from lib.decide.model import Ranking
from lib.decide.prioritisation_matrix.pack import sheets
from lib.decide.ranking import Standing
from lib.files.writers import Sheet, write_xlsx
from lib.i18n import _
from lib.shell import session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.prioritisation_matrix.state import PAGE, SLUG
from lib.tasks.recorded import read_back, recorded

METHOD, VERSION = "ranking", "1"


def draw(stand: Standing, ranking: Ranking) -> None:
    """Record the ranking as it stands, then take it away."""
    actor = session.actor()
    inputs = said_inputs(stand, ranking)
    last = read_back(actor, SLUG, METHOD)
    if last is None or last["inputs"] != inputs:
        st.markdown(_("Before the numbers leave this page, the ranking is recorded as it stands now, as a run."))
        if actor.may(Right.RUN) and st.button(_("Record the ranking"), type="primary", key=PAGE.widget("record")):
            record(stand, ranking)
            st.rerun()
        return
    st.markdown(_("The ranking is recorded as it stands. The workbook holds all scores with what each rests on."))
    downloads(
        [Export(_("All scores as XLSX"), "matrix.xlsx", lambda: workbook(stand, ranking), XLSX, last["id"])], "matrix"
    )


def workbook(stand: Standing, ranking: Ranking) -> bytes:
    """All sheets that the matrix hands out."""
    with connect() as database:
        found = sheets(database, session.actor(), stand, ranking)
    return write_xlsx([Sheet(one.name, one.columns, one.rows) for one in found])


def said_inputs(stand: Standing, ranking: Ranking) -> dict[str, object]:
    """What the ranking stands on, as a run keeps it."""
    return {
        "weights": {one.value: stand.weights.points[one] for one in Criterion},
        "value_share": stand.weights.value_share,
        "draws": ranking.draws,
        "scores": {
            slug: {
                criterion.value: [one.low, one.likeliest, one.high, one.basis.value]
                for criterion, one in judged.items()
            }
            for slug, judged in stand.scores().items()
        },
    }


def record(stand: Standing, ranking: Ranking) -> str:
    """The ranking as a run; its id."""
    with recorded(
        session.actor(),
        use_case=SLUG,
        kind="simulation",
        method=METHOD,
        method_version=VERSION,
        inputs=said_inputs(stand, ranking),
        seed=ranking.seed,
        language=session.language(),
    ) as run:
        run.output = {
            "rows": [
                {
                    "slug": row.candidate.slug,
                    "value": [row.value.low, row.value.value, row.value.high],
                    "feasibility": [row.feasibility.low, row.feasibility.value, row.feasibility.high],
                    "place": [row.rank.low, row.rank.value, row.rank.high],
                    "first_five": row.top,
                    "quarter": row.quadrant,
                    "evidence": row.evidence,
                }
                for row in ranking.rows
            ]
        }
    return run.id
