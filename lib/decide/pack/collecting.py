"""What all pages of *decide* hand in, and the pack's slides in their order.

A page hands in by a module ``lib.decide.<page>.pack`` with ``handed(database, actor, language) -> Handed``; pages that
aren't there are left out by themselves. What no page has to say of portfolio, risks and request comes from the ranking.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final, get_args

from sqlite_utils import Database

import lib.decide
from lib.access import Actor, Right, require
from lib.decide import portfolio_pack
from lib.decide.model import Reference
from lib.decide.pack.house import House
from lib.decide.pack.model import Handed, PackSheet, PackSlide, Part
from lib.i18n import _, use_language

PARTS: Final[tuple[Part, ...]] = get_args(Part)
MOST: Final = 12  # slides, with the title's and the references'
REFERENCES: Final = 36  # on one slide


@dataclass(frozen=True)
class Deck:
    """A pack that can be written. ``references`` are numbered from 1 by their place; texts are in ``language``."""

    house: House
    language: str
    title: str
    subtitle: str
    slides: tuple[PackSlide, ...]
    references: tuple[Reference, ...]
    sheets: tuple[PackSheet, ...]
    left_out: tuple[str, ...]  # titles of slides that found no room; their rows are in the sheets

    def number(self, reference: Reference) -> int:
        """A reference's number."""
        return self.references.index(reference) + 1


def modules() -> tuple[str, ...]:
    """The dotted names of what hands in."""
    pages = [found.name for found in pkgutil.iter_modules(lib.decide.__path__) if found.ispkg]
    return tuple(name for page in pages if find_spec(name := f"lib.decide.{page}.pack") is not None)


def handed(database: Database, actor: Actor, language: str) -> tuple[Handed, ...]:
    """The parts of all pages, then the ranking's own for what they leave open."""
    require(actor, Right.READ)
    with use_language(language):
        parts = [importlib.import_module(name).handed(database, actor, language) for name in modules()]
        said = {slide.part for part in parts for slide in part.slides}
        return (*parts, portfolio_pack.handed(database, actor, language, frozenset(said)))


def composed(parts: Sequence[Handed], house: House, language: str, dated: str) -> Deck:
    """The slides in their order, first one of each part, then second ones while there is room.

    Raises:
        InputError: the house's name or a colour won't do.
    """
    house.require_sound()
    with use_language(language):
        found = [slide for part in parts for slide in part.slides]
        chosen = _chosen(found)
        references = tuple(dict.fromkeys(one for slide in chosen for one in slide.references))
        sheets = tuple(sheet for part in parts for sheet in part.sheets)
        return Deck(
            house,
            language,
            _("Generative AI: where we stand and what we ask for"),
            _("For the board, {date}", date=dated),
            tuple(chosen),
            references,
            sheets,
            tuple(slide.title for slide in found if slide not in chosen),
        )


def _chosen(found: Sequence[PackSlide]) -> list[PackSlide]:
    room = MOST - 1 - (2 if sum(len(slide.references) for slide in found) > REFERENCES else 1)
    by_part = {part: [slide for slide in found if slide.part == part] for part in PARTS}
    rounds = max((len(slides) for slides in by_part.values()), default=0)
    order = [by_part[part][at] for at in range(rounds) for part in PARTS if at < len(by_part[part])]
    kept = order[:room]
    return [slide for part in PARTS for slide in by_part[part] if slide in kept]
