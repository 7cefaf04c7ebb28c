"""What Compare measured, handed to *decide*: areas don't know each other, so the page brings the figures over."""

from __future__ import annotations

from typing import Final

from lib.database import connect
from lib.database.comparisons import listing
from lib.decide.partners.criteria import Compared
from lib.shell import session
from lib.shell.compare.naming import side_titles
from lib.workbench.outcome import Outcome, outcome
from lib.workbench.tasks import contender

LOOKED_THROUGH: Final = 20  # closed comparisons, newest first


def compared(engine: str) -> list[Compared]:
    """The figures of an engine in the workspace's closed comparisons, newest first."""
    actor = session.actor()
    with connect() as database:
        closed = [one for one in listing(database, actor) if one.closed][:LOOKED_THROUGH]
        found = [outcome(database, actor, one.id) for one in closed]
    return [side for one in found for side in sides(one) if side.engine == engine]


def sides(found: Outcome) -> list[Compared]:
    """Each side of a closed comparison as figures."""
    titles = side_titles(found.sides, contender(found.comparison.task).how)
    made = []
    for side, share, facts, title in zip(found.sides, found.preference.shares, found.facts, titles, strict=True):
        made.append(
            Compared(
                comparison=found.comparison.id,
                question=found.comparison.question,
                dated=(found.comparison.closed_at or "")[:10],
                engine=side.engine,
                title=title,
                preferred=share.value if share else None,
                low=share.low if share else None,
                high=share.high if share else None,
                inputs=share.inputs if share else 0,
                cost=facts.cost,
                currency=facts.currency,
                seconds=facts.seconds,
                blind=found.comparison.blind,
            )
        )
    return made
