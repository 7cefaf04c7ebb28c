"""A product's name taken apart: the kind of thing it is, and the proper name that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lib.commerce.product_descriptions.model import Product
from lib.commerce.product_descriptions.writer.phrases import Phrase
from lib.vocabulary import Concept, find, phrase, recognise

_SMALL = {"de", "du", "des", "la", "le", "les", "d", "l", "of", "the", "et", "and"}
_CATEGORY = {"dresses": "dress", "coats": "coat", "shirts": "shirt", "skirts": "skirt", "bags": "bag", "shoes": "shoes"}
_GENERIC = {"en": ("piece", "s", ""), "fr": ("pièce", "s", "f")}


@dataclass(frozen=True)
class Naming:
    """``kind`` is the type's phrase in the output's language, ``head`` its short form, ``name`` the proper name."""

    kind: Phrase
    head: Phrase
    name: str
    category: str  # dresses, coats, knitwear, shirts, trousers, skirts, bags, shoes, ... or ''
    translated: bool  # False where the type isn't known and only a general word could be said

    def title(self, language: str) -> str:
        """Type and name in the order of the language; the name alone where the type isn't known."""
        if not self.name:
            return self.kind.text
        if not self.translated:
            return self.name
        return f"{self.name} {self.kind.text}" if language == "en" else f"{self.kind.text} {self.name}"


def naming(product: Product, language: str) -> Naming:
    """The type and the proper name of ``product`` in ``language``."""
    words = product.name.split()
    for source in dict.fromkeys((product.language, "en", "fr")):
        for start, end in _spans(len(words), source):
            text = " ".join(words[start:end])
            head = _head(text, source)
            if head and (known := _type_text(text, head, source, language)):
                rest = " ".join(words[:start] + words[end:])
                return _named(known, head, rest, language)
    return _unnamed(product, language)


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


def _named(text: str, head: Concept, rest: str, language: str) -> Naming:
    form = head.forms[language]
    first = text.split()[0] if language == "fr" else text.split()[-1]
    own = recognise(first, {"product"}, language)
    grammar = own.forms[language] if own else form
    kind = Phrase(text, language, grammar.number, grammar.gender or "m")
    short = Phrase(first if own else form.noun, language, grammar.number, grammar.gender or "m")
    return Naming(kind, short, rest if _proper(rest, language) else "", str(head.facts.get("category", "")), True)


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
    plain = len(product.name) <= 60 and not re.search(r"[<>{}]", product.name)
    name = product.name.strip() if (plain and product.language == language) or _proper(product.name, language) else ""
    return Naming(kind, kind, name if plain else "", key, False)
