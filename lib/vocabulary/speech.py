"""Concepts put into words: articles, elision, agreement, lists and typography of French and English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lib.vocabulary.concepts import Concept

THIN = "\u202f"
_VOWELS = "aeiouyàâäæéèêëîïôöœùûüh"
# Words that begin with a vowel or an h and take no elision.
_NO_ELISION = (
    "haut",
    "hiboux",
    "hobo",
    "houndstooth",
    "hanche",
    "oui",
    "onze",
    "yak",
    "yaourt",
    "halter",
    "henley",
    "huit",
    "harn",
)
# English words whose first sound isn't their first letter's.
_AN = re.compile(r"^(?:[Hh]our|[Hh]onest|[Hh]eir|[AEFHILMNORSX]-|8|11\b|18\b|[FHLMNRSX][A-Z])")
_NOT_AN = re.compile(r"(?i)^(?:uni|use|euro|one\b|once|u-|ut)")


def elides(word: str) -> bool:
    """Whether 'le', 'de', 'que' lose their vowel before ``word``."""
    low = word.casefold()
    return low[:1] in _VOWELS and bool(low) and not low.startswith(_NO_ELISION) and low[:1] != "y"


def de(phrase: str) -> str:
    """'de laine', 'd’alpaga'."""
    return f"d’{phrase}" if elides(phrase) else f"de {phrase}"


# Adjectives that stand before their noun: a plural takes 'de' there, not 'des' ('de larges revers').
_PREPOSED = re.compile(
    r"(?:petit|grand|large|fin|haut|double|triple|gros|grosse|long|longue|simple|profond|beau|belle|bas|basse)"
    r"(?:e?s|x)? (?!(?:de|d’|à|au|en|et)\b)[^\W\d]"
)


def french(form_noun: str, gender: str, number: str, article: str) -> str:
    """A French noun phrase with its article: 'definite', 'indefinite', 'partitive', 'to', 'of', 'demonstrative'."""
    plural, feminine, vowel = number == "p", gender == "f", elides(form_noun)
    singular = {
        "definite": "l’" if vowel else ("la " if feminine else "le "),
        "indefinite": "une " if feminine else "un ",
        "partitive": "de l’" if vowel else ("de la " if feminine else "du "),
        "to": "à l’" if vowel else ("à la " if feminine else "au "),
        "of": "de l’" if vowel else ("de la " if feminine else "du "),
        "demonstrative": "cette " if feminine else ("cet " if vowel else "ce "),
    }
    many = {"definite": "les ", "indefinite": "des ", "partitive": "des ", "to": "aux ", "of": "des "}
    many["demonstrative"] = "ces "
    if plural and article == "indefinite" and _PREPOSED.match(form_noun.casefold()):
        return ("d’" if vowel else "de ") + form_noun
    return (many if plural else singular)[article] + form_noun


def english(noun: str, number: str, article: str) -> str:
    """An English noun phrase with its article: 'definite', 'indefinite' or 'demonstrative'."""
    if article == "definite":
        return f"the {noun}"
    if article == "demonstrative":
        return f"{'these' if number == 'p' else 'this'} {noun}"
    return noun if number in ("p", "m") else f"{an(noun)} {noun}"


def an(word: str) -> str:
    """'a' or 'an', by the first sound."""
    if _AN.match(word):
        return "an"
    if _NOT_AN.match(word):
        return "a"
    return "an" if word[:1].casefold() in "aeiouéèêàâîïôœ" else "a"


def say(item: Concept, language: str, way: str = "bare") -> str:
    """A concept in words.

    ``way``: 'bare' (V-neck), 'indefinite' (a V-neck, un col en V), 'definite' (the V-neck, le col en V), 'with' (with a
    V-neck, à col en V), 'of' (of wool, de laine), 'in' (in wool, en laine), 'made_in' for a country (en Italie).
    """
    form = item.forms[language]
    if way == "made_in":
        prefix = "the " if item.facts.get("en_the") else ""
        return str(item.facts["fr_in"]) if language == "fr" else f"in {prefix}{form.noun}"
    if way == "in":
        return f"en {form.noun}" if language == "fr" else f"in {form.noun}"
    if way == "of":
        return de(form.noun) if language == "fr" else f"of {form.noun}"
    if way == "with":
        if language == "fr":
            return form.post or f"à {form.noun}"
        return f"with {english(form.noun, form.number, 'indefinite')}"
    if way == "bare":
        return form.noun
    if language == "fr":
        return french(form.noun, form.gender, form.number, way)
    return english(form.noun, form.number, way)


def agreeing(item: Concept, gender: str, number: str) -> str:
    """A French colour beside a noun: 'noire', 'blancs', 'bleu marine'. Nouns and compounds stay as they are."""
    form = item.fr
    if not form.adjective:
        return form.noun
    word = form.adjective if gender == "f" else form.noun
    return word + "s" if number == "p" and not word.endswith(("s", "x")) else word


def joined(items: Sequence[str], language: str) -> str:
    """A list in running text: 'a, b and c' ('a, b et c'); no comma before the conjunction."""
    conjunction = " et " if language == "fr" else " and "
    if len(items) < 3:
        return conjunction.join(items)
    return ", ".join(items[:-1]) + conjunction + items[-1]


def joined_with_de(items: Sequence[str]) -> str:
    """'de laine et d’alpaga': French repeats the preposition."""
    return joined([de(item) for item in items], "fr")


def capital(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def typeset(text: str, language: str) -> str:
    """Typography: curly apostrophes, French narrow spaces before ; : ! ? % and units, no doubled spaces."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r"[ \t]+", " ", text)).strip()
    if language == "fr":
        text = re.sub(r"\s*([;:!?])(?=\s|$|»)", THIN + r"\1", text)
        text = re.sub(r"(\d)\s*%", rf"\1{THIN}%", text)
        text = re.sub(r"«\s*", f"«{THIN}", re.sub(r"\s*»", f"{THIN}»", text))
    text = re.sub(r"(\d)\s*(°C|cm|mm|g|kg)\b", "\\1\u00a0\\2", text)
    return re.sub(r"\s+([.,])", r"\1", text)
