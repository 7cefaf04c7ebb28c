"""A candidate text and how long it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from lib.vocabulary.matching import bare

if TYPE_CHECKING:
    from lib.commerce.product_descriptions.writer.slots import Told


@dataclass
class Text:
    """One candidate: its sentences and what they told."""

    angle: str
    opener: str
    told: Told
    sentences: list[str] = field(default_factory=list)

    @property
    def prose(self) -> str:
        return " ".join((self.opener, *self.sentences))


def words(text: str) -> int:
    """Words as a reader counts them: 'l’ensemble' is two."""
    return len(re.findall(r"\w+(?:-\w+)*", text))


_STEM = 6  # letters that two forms of one word share: 'intérieure' and 'intérieur', 'boutonné' and 'boutons'
_SHORTEST = 5  # letters of a word that counts; shorter ones are mostly articles and prepositions
# Words that a good sentence may hold twice: shares of a fibre, halves of a pair.
_MAY_REPEAT = frozenset(bare(word)[:_STEM] for word in ("autre", "double", "other"))


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    found = (word for word in re.findall(r"[^\W\d_]+", bare(text)) if len(word) >= _SHORTEST)
    return tuple(stem for word in found if (stem := word[:_STEM].rstrip("s")) not in _MAY_REPEAT)


def content(text: str) -> frozenset[str]:
    """The beginnings of a text's content words: 'chemise en popeline' and 'popeline de coton' share one."""
    return frozenset(_stems(text))


def echo(left: str, right: str) -> bool:
    """Whether two phrases share a word: 'chemise en lin' and 'lin lavé'."""
    small = {"les", "des", "une", "the", "and"}
    words = [set(re.findall(r"[^\W\d_]{3,}", bare(text))) - small for text in (left, right)]
    return bool(words[0] & words[1] or content(left) & content(right))


def stutters(sentence: str) -> bool:
    """Whether a sentence says one word twice: 'une pochette intérieure à l’intérieur'.

    A composition may: '80% cotton and 20% recycled cotton'.
    """
    said = _stems(re.sub(r"\d+\s*%[^,.;]*?(?=\d+\s*%|[,.;]|$)", " ", sentence))
    return len(said) != len(set(said))
