"""A product's name taken apart: the kind of thing it is, and the proper name that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lib.checks.words import Word, words
from lib.commerce.product_descriptions.model import Product
from lib.commerce.product_descriptions.writer.phrases import Phrase
from lib.vocabulary import Concept, find, phrase, recognise
from lib.vocabulary.matching import bare

_SMALL = {"de", "du", "des", "la", "le", "les", "d", "l", "of", "the", "et", "and"}
_CATEGORY = {"dresses": "dress", "coats": "coat", "shirts": "shirt", "skirts": "skirt", "bags": "bag", "shoes": "shoes"}
_DESCRIBING = ("fit", "length", "sleeve", "neckline", "rise", "leg")
_LONGEST = 100  # characters of a name that a sentence can hold
_GENERIC = {"en": ("piece", "s", ""), "fr": ("pièce", "s", "f")}


@dataclass(frozen=True)
class Naming:
    """``kind`` is the type's phrase in the output's language, ``head`` its short form, ``name`` the proper name."""

    kind: Phrase
    head: Phrase
    name: str
    category: str  # dresses, coats, knitwear, shirts, trousers, skirts, bags, shoes, ... or ''
    translated: bool  # False where the type isn't known and only a general word could be said
    whole: bool = True  # False where a word of the name that describes has no wording in the output's language

    def title(self, language: str) -> str:
        """Type and name in the order of the language; the name alone where the type isn't known."""
        if not self.name:
            return self.kind.text
        if not self.translated:
            return self.name
        return f"{self.name} {self.kind.text}" if language == "en" else f"{self.kind.text} {self.name}"


def naming(product: Product, language: str) -> Naming:
    """The type and the proper name of ``product`` in ``language``."""
    unquoted = re.sub(r"[«»“”\"]", " ", product.name)
    words = _cased(unquoted.strip(), product.language).split()
    for source in dict.fromkeys((product.language, "en", "fr")):
        for start, end in _spans(len(words), source):
            text = " ".join(words[start:end])
            head = _head(text, source)
            if head and (known := _type_text(text, head, source, language)):
                rest = _Rest(tuple(words[:start] + words[end:]), source)
                return _named(known, head, rest, language)
    return _unnamed(product, language)


def name_words(product: Product, language: str) -> tuple[Word, ...]:
    """The words by which a text names ``product``: its proper name's, else its type's in ``language``.

    The type of a product that has no other name counts in French and English only; no words for what is no name.
    """
    read = naming(product, language if language in ("en", "fr") else "en")
    if read.name:
        return tuple(word for word in words(read.name) if len(word.text) > 2) or words(read.name)
    return words(read.head.text) if read.translated and language in ("en", "fr") else ()


def _cased(name: str, source: str) -> str:
    """A name in capitals throughout as one writes it: known words small, what is left with a capital."""
    words = name.split()
    if not name.isupper() or (len(words) == 1 and len(name) < 5 and not _describes(name, source)):
        return name
    return " ".join(_small(word, source) if _describes(word, source) else word.capitalize() for word in words)


def _small(word: str, source: str) -> str:
    return word.lower().replace("'", "’")


def _describes(word: str, source: str) -> bool:
    """Whether a word is the trade's or grammar's own: 'croisé', 'wool', 'de'."""
    low = word.casefold().replace("'", "’")
    if low in _SMALL or low in ("en", "à", "in", "with", "avec", "sans") or low.startswith(("d’", "l’")):
        return True
    found = recognise(low, None, source)
    if found is None:
        return False
    forms = [bare(form) for form in found.forms[source].all]
    return any(bare(low).rstrip("es") == form.rstrip("es") or bare(low) in form.split() for form in forms)


@dataclass(frozen=True)
class _Rest:
    """What a name holds beside its type."""

    words: tuple[str, ...]
    source: str

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def split(self, language: str) -> tuple[str, str, bool]:
        """(description, proper name, whether all could be said).

        In the output's language the description is kept as it stands ('croisé'); in another one what the vocabulary
        can say of it.
        """
        if not self.words:
            return "", "", True
        if _proper(self.text, self.source):
            return "", self.text, True
        small = any(word[0].islower() and word.casefold() not in _SMALL for word in self.words)
        capitals = [word for word in self.words if word[0].isupper()]
        # beside words in small letters, a capital makes a name; where all have one, the trade's words describe
        own = capitals if small else [word for word in capitals if not _describes(word, self.source)]
        told = " ".join(word for word in self.words if word not in own)
        told = told[:1].lower() + told[1:] if told[1:2].islower() else told
        if not own and all(word[0].isupper() or word[0].isdigit() for word in self.words) and len(self.words) > 1:
            return "", self.text, True  # a name made of the trade's words: 'Jardin Clos'
        name = " ".join(own)
        if language == self.source:
            return told, name, True
        known = recognise(told, _DESCRIBING, self.source) if told else None
        said = phrase(told, language, "type") or (known.forms[language].adjective if known else "")
        return said or "", name, bool(said) or not told


def _spans(count: int, source: str) -> list[tuple[int, int]]:
    """English names end with the type, French ones begin with it; longest first, then anywhere."""
    near = [(i, count) for i in range(count)] if source == "en" else [(0, i) for i in range(count, 0, -1)]
    other = [(0, i) for i in range(count, 0, -1)] if source == "en" else [(i, count) for i in range(count)]
    return [*near, *other]


def _head(text: str, source: str) -> Concept | None:
    """The product concept at the head of a type ('jumper' in 'crew-neck jumper', 'pull' in 'pull col rond')."""
    whole = recognise(text, {"product"}, source)
    if whole and any(_same(text, form) for form in whole.forms[source].all):
        return whole
    if phrase(text, source, "type") is None:
        return None
    mentions = find(text, source, {"product"})
    if mentions:
        return recognise(mentions[-1 if source == "en" else 0].surface, {"product"}, source)
    # 'sundress' is no word of its own here; its French twin 'robe d’été' says that it is a dress
    other = "fr" if source == "en" else "en"
    twin = phrase(text, other, "type") or ""
    mentions = find(twin, other, {"product"})
    return recognise(mentions[0 if other == "fr" else -1].surface, {"product"}, other) if mentions else None


def _same(left: str, right: str) -> bool:
    return left.casefold().replace("'", "’") == right.casefold()


def _type_text(text: str, head: Concept, source: str, target: str) -> str:
    if source == target:
        return text[:1].lower() + text[1:] if not text[:2].isupper() and text[1:2] != "-" else text
    return phrase(text, target, "type") or head.forms[target].noun


def _named(text: str, head: Concept, rest: _Rest, language: str) -> Naming:
    told, name, whole = rest.split(language)
    form = head.forms[language]
    first = text.split()[0] if language == "fr" else text.split()[-1]
    own = recognise(first, {"product"}, language)
    grammar = own.forms[language] if own else form
    described = f"{told} {text}" if language == "en" else f"{text} {told}"
    kind = Phrase(described.strip(), language, grammar.number, grammar.gender or "m")
    short = Phrase(first if own else form.noun, language, grammar.number, grammar.gender or "m")
    return Naming(kind, short, name, str(head.facts.get("category", "")), True, whole)


def _proper(rest: str, language: str) -> bool:
    """Whether what is left is a name and no description: capitals, no word that describes."""
    words = [word for word in re.split(r"[\s’'-]+", rest) if word and word.casefold() not in _SMALL]
    capitals = bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)
    described = {"material", "sleeve", "length", "fit", "product", "pocket"}
    return capitals and (len(words) == 1 or not find(rest, language, described))


def _unnamed(product: Product, language: str) -> Naming:
    category = recognise(product.category, {"product"}, product.language)
    key = str(category.facts.get("category", "")) if category else ""
    if category and category.id != "cat_knitwear":
        form = category.forms[language]
        kind = Phrase(form.noun, language, form.number, form.gender or "m")
    elif product.category.casefold() in _CATEGORY:
        return _unnamed(product.model_copy(update={"category": _CATEGORY[product.category.casefold()]}), language)
    else:
        noun, number, gender = _GENERIC[language]
        kind = Phrase(noun, language, number, gender)
    plain = len(product.name) <= _LONGEST and not re.search(r"[<>{}]", product.name)
    return Naming(kind, kind, product.name.strip() if plain else "", key, False)  # a name is kept in any language
