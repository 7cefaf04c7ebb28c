"""The page in the client's own language beside one in another that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lib.commerce.service_assistant.knowledge import Section, vector_of
from lib.commerce.service_assistant.ranking import superseded
from lib.commerce.service_assistant.sentences import contradicted, same_heading

TWIN_FROM: Final = 0.86  # cosine of two sections from which they may speak of one rule, as in sentences.py


def in_own_words(sections: Sequence[Section], among: Sequence[Section], language: str) -> list[Section]:
    """Each section of another language gives way to its twin in ``language``; without a twin it stays as it is."""
    found = [twin_of(section, among, language) or section for section in sections]
    return list({section.id: section for section in found}.values())


def twin_of(section: Section, among: Sequence[Section], language: str) -> Section | None:
    """The section under a heading on the same matter that says the same in ``language``; None where there is none.

    A page that gives other figures is no twin: both are then shown.
    """
    if section.language == language or section.row is not None:
        return None
    own = vector_of(_whole(section))
    near = [
        (float(own @ vector_of(_whole(one))), one)
        for one in among
        if one.language == language
        and one.document != section.document
        and one.row is None
        and same_heading(one.heading, section.heading)
        and not superseded(one, [section, *among])
    ]
    score, best = max(near, key=lambda pair: (pair[0], -pair[1].id), default=(0.0, None))
    if best is None or score < TWIN_FROM or contradicted(section, [best]) is not None:
        return None
    return best


def _whole(section: Section) -> str:
    return f"{section.heading}. {section.text[:900]}"
