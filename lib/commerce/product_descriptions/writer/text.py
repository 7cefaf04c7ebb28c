"""A candidate text and how long it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lib.commerce.product_descriptions.writer.slots import Told


@dataclass
class Text:
    """One candidate: its sentences and what they told."""

    angle: str
    opener: str
    sentences: list[str] = field(default_factory=list)
    told: Told = field(default_factory=Told)

    @property
    def prose(self) -> str:
        return " ".join((self.opener, *self.sentences))


def words(text: str) -> int:
    """Words as a reader counts them: 'l’ensemble' is two."""
    return len(re.findall(r"\w+(?:-\w+)*", text))
