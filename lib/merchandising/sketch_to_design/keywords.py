"""The baseline of reading words: keyword search, as a search box does it.

Two forms. The plain one looks for the name of each value as the list of options has it. The full one looks for every
word that our own reader knows. Both compare small letters and whole words, and know no grammar: no plural, no accent
left out, no negation, no piece that a word belongs to.
"""

from __future__ import annotations

import re
from functools import cache

from lib.atelier.colours import colour_list
from lib.merchandising.sketch_to_design.lexicon import LANGUAGES, lexicon
from lib.merchandising.sketch_to_design.names import value_name
from lib.merchandising.sketch_to_design.pieces import KINDS, offered
from lib.merchandising.sketch_to_design.wish import PieceWish

Claims = frozenset[tuple[str, str, str]]
_SKIPPED = ("beyond", "fibre")


@cache
def _full(language: str) -> tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]:
    """(pattern, attribute, values) of every surface of a language."""
    return tuple(
        (_whole(surface), term.attribute, term.values)
        for surface, terms in lexicon(language).surfaces.items()
        for term in terms
        if term.attribute not in _SKIPPED and not term.near
    )


@cache
def _plain(language: str) -> tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]:
    """The same of the options' own names."""
    from lib.i18n import use_language
    from lib.merchandising.sketch_to_design.names import piece_name

    with use_language(language):
        rows = [(piece_name(kind), "kind", (kind,)) for kind in KINDS]
        named = {
            (value_name(value), attribute, (value,))
            for kind in KINDS
            for attribute, values in offered(kind).items()
            for value in values
            if value not in ("none", "single", "double", "3", "4")
        }
    rows += sorted(named)
    rows += [(one.french if language == "fr" else one.english, "colour", (one.english,)) for one in colour_list()]
    return tuple((_whole(name), attribute, values) for name, attribute, values in rows)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words.casefold().replace('’', chr(39)))}(?!\w)")


def search(text: str, full: bool = True) -> Claims:
    """What keyword search reads from a text, in the form of ``PieceWish.claims``."""
    said = text.casefold().replace("’", "'")
    best: Claims = frozenset()
    for language in LANGUAGES:
        hits = [row[1:] for row in (_full if full else _plain)(language) if row[0].search(said)]
        found = _claims(hits)
        best = max(best, found, key=len)
    return best


def _claims(hits: list[tuple[str, tuple[str, ...]]]) -> Claims:
    """Every attribute found, for every piece found that can have it."""
    kinds = list(dict.fromkeys(values[0].partition("+")[0] for attribute, values in hits if attribute == "kind"))
    found: set[tuple[str, str, str]] = {(kind, "kind", kind) for kind in kinds}
    for kind in kinds:
        known = offered(kind)
        for attribute, values in hits:
            if attribute == "colour" and "fabric" in known:
                found.add((kind, "colour", values[0]))
            value = next((one for one in values if one in known.get(attribute, ()) or one == "some"), "")
            if attribute in known and value:
                found.add((kind, attribute, value))
    return frozenset(found)


def claims_of(pieces: tuple[PieceWish, ...]) -> Claims:
    """Everything that was read of all pieces."""
    return frozenset().union(*(piece.claims() for piece in pieces))
