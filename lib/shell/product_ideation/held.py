"""A round as the page shows it: what its run recorded, its drawings, and where it stands among the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from lib.access import Actor
from lib.database import artefacts, connect
from lib.merchandising.product_ideation.jobs import picture_name
from lib.merchandising.product_ideation.model import Round


@dataclass(frozen=True)
class Held:
    """``files``: artefacts of the run by name; ``inputs``: what it was held on; ``rounds``: all runs of the meeting."""

    run: str
    round: Round
    files: dict[str, str]
    inputs: dict[str, Any]
    rounds: tuple[str, ...]
    source: str
    made_at: dt.datetime
    actor: Actor  # who looks: files are made in threads that know no session

    @property
    def is_last(self) -> bool:
        """Whether the next round goes on from this one."""
        return self.run == self.rounds[-1]

    def picture(self, idea: str) -> bytes | None:
        """An idea's drawing."""
        identifier = self.files.get(picture_name(idea))
        if identifier is None:
            return None
        with connect() as database:
            return artefacts.load(database, self.actor, identifier)

    def pictures(self) -> dict[str, bytes]:
        """All drawings, by idea."""
        found = {idea.id: self.picture(idea.id) for idea in self.round.ideas}
        return {idea: content for idea, content in found.items() if content is not None}
