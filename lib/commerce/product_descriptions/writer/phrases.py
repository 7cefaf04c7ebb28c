"""Noun phrases of one product in one language: what a sentence plan inserts, with its article chosen by the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lib.vocabulary.speech import capital, elides, english, french, joined


def contracted(preposition: str, phrase: str) -> str:
    """French 'à' or 'de' before a phrase with its article: au, aux, du, des, d’; 'de' swallows an indefinite plural."""
    first, _, rest = phrase.partition(" ")
    if preposition == "à":
        return {"le": f"au {rest}", "les": f"aux {rest}"}.get(first, f"à {phrase}")
    if first in ("le", "les"):
        return f"{'du' if first == 'le' else 'des'} {rest}"
    if first in ("des", "du"):
        return f"d’{rest}" if elides(rest) else f"de {rest}"
    if preposition == "de" and re.match(r"(?:de (?!la )|d’)", phrase):
        return phrase  # 'de larges revers' takes no second 'de'
    if phrase.startswith(("de la ", "de l’")):
        return phrase if phrase.startswith("de l’") else f"de {phrase[6:]}"
    return f"d’{phrase}" if elides(phrase) else f"de {phrase}"


@dataclass(frozen=True)
class Phrase:
    """A noun phrase without its article.

    ``number`` is 's', 'p' or 'm' (a substance: no indefinite article); ``counted`` phrases begin with a numeral.
    Formats: 'indef' (default), 'def', 'bare', 'part' (partitive), 'dem', 'poss'; a capital in the format's
    name ('Def') gives the result one; 'de.x' and 'à.x' put the French preposition before format x.
    """

    text: str
    language: str
    number: str = "s"
    gender: str = "m"
    counted: bool = False
    owners: bool = False  # belongs to a plural product: 'their', 'leur'

    @property
    def plural(self) -> bool:
        return self.number == "p"

    def __format__(self, spec: str) -> str:
        preposition, _, way = spec.rpartition(".")
        way = way or "indef"
        if way.lower() == "indefcap":
            way = "Indef"
        if way.endswith("cap"):
            way = (way[:-3] or "indef").capitalize()
        text = self._articled(way.lower())
        text = contracted(preposition, text) if preposition else text
        return capital(text) if way[0].isupper() else text

    def _articled(self, way: str) -> str:
        if way == "bare" or (self.counted and way in ("indef", "part")):
            return self.text
        if way == "poss":
            return self._possessed()
        if self.language == "en":
            return self._english(way)
        if self.number == "m" and way == "indef":
            way = "bare"
        if way == "bare":
            return self.text
        name = {"def": "definite", "indef": "indefinite", "part": "partitive", "dem": "demonstrative"}[way]
        return french(self.text, self.gender, "p" if self.plural else "s", name)

    def _english(self, way: str) -> str:
        if way == "def":
            return self.text if self.number == "m" else f"the {self.text}"
        if way == "dem":
            return f"{'these' if self.plural else 'this'} {self.text}"
        return english(self.text, self.number, "indefinite")

    def _possessed(self) -> str:
        if self.language == "en":
            return f"{'their' if self.owners else 'its'} {self.text}"
        if self.owners:
            return f"{'leurs' if self.plural else 'leur'} {self.text}"
        if self.plural:
            return f"ses {self.text}"
        return f"{'sa' if self.gender == 'f' and not elides(self.text) else 'son'} {self.text}"


@dataclass(frozen=True)
class PhraseList:
    """Several noun phrases in one slot: each takes its own article and preposition."""

    items: tuple[Phrase, ...]

    @property
    def plural(self) -> bool:
        return len(self.items) > 1 or self.items[0].plural

    @property
    def gender(self) -> str:
        return "f" if all(item.gender == "f" for item in self.items) else "m"

    @property
    def language(self) -> str:
        return self.items[0].language

    def __format__(self, spec: str) -> str:
        preposition, _, way = spec.rpartition(".")
        upper = way[:1].isupper() or way.endswith("cap")
        low = way.removesuffix("cap").lower()
        inner = f"{preposition}.{low or 'indef'}" if preposition else low
        text = joined([format(item, inner) for item in self.items], self.language)
        return capital(text) if upper else text


@dataclass(frozen=True)
class Word:
    """A text that takes no article: 'in Italy', '8,5 cm'. Format 'cap' begins it with a capital."""

    text: str
    plural: bool = False
    gender: str = "m"

    def __format__(self, spec: str) -> str:
        preposition, _, way = spec.rpartition(".")
        text = contracted(preposition, self.text) if preposition else self.text
        return capital(text) if way in ("cap", "Def", "Bare", "Indef", "defcap") else text


Slot = Phrase | PhraseList | Word


def unarticled(text: str, language: str) -> str:
    """A phrase as given without a leading article or 'one'."""
    pattern = r"(?i)^(?:an?|the|one)\s+" if language == "en" else r"(?i)^(?:une?|le|la|les|des)\s+|^l[’']"
    return re.sub(pattern, "", text).strip()


def sentence_case(text: str) -> str:
    """A value written in capitals throughout ('GREY MELANGE') or with a capital first letter, as running text."""
    if text.isupper() and len(text) > 4:
        return text.lower()
    words = text.split()
    if words and words[0][:1].isupper() and not words[0].isupper() and words[0] not in KEPT:
        return text[:1].lower() + text[1:]
    return text


KEPT = (
    "French",
    "Breton",
    "Goodyear",
    "Blake",
    "Mary",
    "Peter",
    "Fair",
    "Prince",
    "Cuban",
    "Bermuda",
    "Oxford",
    "V-neck",
)


def listed(items: Sequence[Phrase | PhraseList], most: int) -> PhraseList | None:
    """The first ``most`` values as one slot, pairs taken apart; None where there are none."""
    flat = flattened(items[:most])
    return PhraseList(flat) if flat else None


def flattened(items: Sequence[Phrase | PhraseList]) -> tuple[Phrase, ...]:
    """Phrases alone."""
    return tuple(one for item in items for one in (item.items if isinstance(item, PhraseList) else (item,)))
