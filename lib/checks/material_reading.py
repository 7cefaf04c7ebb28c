"""What a text says of a material: its share, pure or mixed, in the lining or a part, denied or compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lib.checks.figures_in_text import Figure
from lib.checks.lexicon import context
from lib.checks.reading import Reading
from lib.checks.words import fold
from lib.vocabulary import Mention

INSTEAD = {"en": ("instead of", "rather than", "alternative to"), "fr": ("plutot que", "au lieu", "alternative")}
LINKS = frozenset(["of", "the", "a", "an", "de", "du", "d", "la", "le", "l", "des", "en", "a"])
# Words right before a material that leave no room for another one; folded, apostrophes gone.
_ONLY = {
    "en": re.compile(
        r"\b(?:nothing but|none other than|no more than|entirely (?:of|in|from)|all in|only (?:of|in|from))(?: the)?$"
    ),
    "fr": re.compile(
        r"\b(?:rien (?:d autre )?que|(?:ne|n) \w+ que|uniquement|exclusivement|entierement)"
        r"(?: (?:en|de|du|des|d|la|le|les|l))*$"
    ),
}
SHARE_REACH = 14  # characters between a percentage and its material
SHARE_WORDS = frozenset({"pure", "pur", "fine", "extra"})
LINING_REACH = 5  # words between 'lining' and its material
LINING_LINKS = frozenset({"for", "the", "as", "pour", "la", "en"})
BLEND_BEFORE = frozenset(["melange", "blend", "mix"])


@dataclass(frozen=True)
class Said:
    """What the text says of a material.

    Words from ``first`` to ``last`` with its qualifiers, in characters ``start`` to ``end``.
    """

    concept: str
    first: int
    last: int
    start: int
    end: int
    share: float | None = None
    pure: bool = False
    blend: bool = False
    lining: bool = False
    part: str = ""
    denied: bool = False


def is_bare(reading: Reading, mention: Mention, first: int, last: int) -> bool:
    """A word that is a material only beside others: 'down' (a direction), 'chèvre' (the animal)."""
    near = [*reading.before(first, 2), *reading.after(last, 1)]
    if any(word in context("care_tools") for word in near):  # 'wool cycle', 'brosse caoutchouc'
        return True
    if last - first > 1 or reading.word(first) not in context("bare_materials"):
        return False
    before = reading.before(first, 2)
    introduced = before and before[0] in context("material_links")
    return not (introduced or reading.word(last) in context("filling"))


def is_comparison(reading: Reading, mention: Mention) -> bool:
    """'silk-like', 'effet soie': the text names a material to compare with it."""
    first, last = reading.span(mention.start, mention.end)
    return compared(reading, first, last)


def compared(reading: Reading, first: int, last: int) -> bool:
    """Whether the material at these words is only compared with: \'like silk\', \'plutôt que du cuir\'."""
    if reading.word(last) in context("like_after") and reading.same_clause(last, first):
        return True
    before = reading.before(first, 4)
    bare = next((word for word in before if word not in LINKS), "")
    if bare in context("like_before", reading.language):
        return True
    told = " ".join(reversed(before))
    if any(phrase in told for phrase in INSTEAD[reading.language]):
        return True
    return reading.language == "en" and len(before) >= 2 and before[0] == "as" and "as" in before[1:]


def said_of(reading: Reading, mention: Mention, first: int, last: int, numbers: list[Figure]) -> Said:
    """What the text says of the material from word ``first`` to ``last``."""
    words = reading.words
    start, end = mention.start, mention.end
    share = _share(reading, first, last, numbers)
    if share:
        start, end = min(start, share.start), max(end, share.end)
    before, after = reading.before(first, 2), reading.after(last, 1)
    pure_words = context("pure_before", reading.language)
    pure = mention.surface.split()[0].lower() in pure_words or bool(before and before[0] in pure_words)
    near = reading.before(first, 5)
    pure = pure or bool(_ONLY[reading.language].search(" ".join(reversed(near))))
    pure = pure or (len(before) == 2 and before[0] in ("en", "of", "d", "de") and before[1] in pure_words)
    if before and before[0] in pure_words:
        start = min(start, words[first - 1].start)
    blend = bool(after and after[0] in context("blend_after"))
    if blend:
        end = max(end, words[last].end)
    blend = blend or any(word in BLEND_BEFORE for word in reading.before(first, 2))
    return Said(
        mention.concept, first, last, start, end, share.value / 100 if share else None, pure, blend,
        _lining(reading, first, last), _part(reading, first, last), reading.denied(first, last),
    )  # fmt: skip


def _share(reading: Reading, first: int, last: int, numbers: list[Figure]) -> Figure | None:
    """The percentage that stands with the material: '92% (de) laine', 'laine à 92 %', 'wool (92%)'."""
    start, end = reading.words[first].start, reading.words[last - 1].end
    for figure in numbers:
        if figure.unit != "%" or figure.end < start - SHARE_REACH or figure.start > end + SHARE_REACH:
            continue
        follows = figure.start >= end
        between = fold(reading.text[end : figure.start] if follows else reading.text[figure.end : start])
        told = re.findall(r"[a-z]+", between)
        if set(between) & set(",;.%") or not all(word in LINKS or word in SHARE_WORDS for word in told):
            continue
        if not follows or "(" in between or "a" in told:
            return figure
    return None


def _lining(reading: Reading, first: int, last: int) -> bool:
    """Whether it is the lining's: 'silk lining', 'doublé de soie', 'lining: 100% silk', 'silk for the lining'."""
    place = last
    while reading.word(place) in LINING_LINKS:
        place += 1
    if reading.same_clause(place, first) and reading.word(place) in context("lining"):
        return not reading.comma_between(last - 1, place)
    before = range(first - 1, max(first - LINING_REACH, -1), -1)
    near = next((p for p in before if reading.word(p) in context("lining")), None)
    if near is None or reading.comma_between(near, first):
        return False
    return reading.same_clause(near, first) or _announced(reading, near, first)


def _announced(reading: Reading, head: int, first: int) -> bool:
    """Whether a colon right after ``head`` leads to the word at ``first``: 'Lining: 100% silk'."""
    between = reading.text[reading.words[head].end : reading.words[first].start]
    return between.lstrip().startswith(":") and not set(between.lstrip()[1:]) & set(".;:\n")


def _part(reading: Reading, first: int, last: int) -> str:
    """The part that the material makes: 'leather buttons', 'boutons en cuir'; '' for the garment itself."""
    after = next((word for word in reading.after(last, 2) if word in context("part_nouns")), "")
    if after and reading.language == "en":
        return after
    before = reading.before(first, 3)
    linked = before and before[0] in ("en", "de", "of", "in", "d")
    return next((word for word in before[1:] if word in context("part_nouns")), "") if linked else ""
