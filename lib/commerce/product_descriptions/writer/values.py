"""Attribute values in the language of the output: recognised, translated, or left out and said so."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lib.commerce.product_descriptions.writer.phrases import KEPT, Phrase, PhraseList, sentence_case, unarticled
from lib.vocabulary import Concept, grammar, phrase, recognise
from lib.vocabulary.matching import bare
from lib.vocabulary.speech import joined

# Which kinds of concept an attribute may name.
KINDS: dict[str, tuple[str, ...]] = {
    "neckline": ("neckline",),
    "collar": ("neckline",),
    "sleeve": ("sleeve",),
    "length": ("length",),
    "fit": ("fit", "leg"),
    "rise": ("rise",),
    "leg": ("leg",),
    "closure": ("closure", "finish"),
    "pattern": ("pattern",),
    "pockets": ("pocket",),
    "strap": ("bag_part",),
    "toe": ("toe",),
    "heel": ("heel",),
    "sole": ("sole",),
    "fabric": ("material",),
    "colour": ("colour",),
    "details": ("finish", "closure", "pocket", "bag_part", "hem", "back", "pattern", "sole", "heel", "toe", "neckline"),
    "care": ("care",),
    "fibre": ("material",),
    "season": ("season",),
}
_TBC = re.compile(
    r"(?i)^(?:tbc|tbd|n/?a|none|see .*|voir .*|à (?:confirmer|définir|préciser)|néant|aucune?|-+|\?+|x+)$"
)
# Begins like a noun phrase and is none: 'reversible front to back', 'open top' as a closure.
_NO_NOUN = re.compile(
    r"(?i)(?:reversible|unlined|(?:half-)?lined|garment-|open\b|ouvert|se |non |réversible|contient|sans )"
)
# Closures given as participles, as the things they are.
_AS_NOUN = {
    "boutonnée devant": "boutonnage sur le devant",
    "boutonné devant": "boutonnage sur le devant",
    "bord-côte bas et poignets": "bord-côte en bas et aux poignets",
}
_UNFINISHED = re.compile(r"(?i)unfinished|to tailor|à faire\b")
_MARKUP = re.compile(r"[<>{}\[\]]|https?://|www\.")


@dataclass(frozen=True)
class Value:
    """One attribute's value in the output's language. ``spoken`` is None where it stands in labels and bullets only."""

    text: str
    spoken: Phrase | PhraseList | None = None
    concept: Concept | None = None


def usable(value: str) -> bool:
    """Whether a cell holds a value at all: not a placeholder, no markup, no essay."""
    text = value.strip()
    return bool(text) and not _TBC.match(text) and not _MARKUP.search(text) and len(text) <= 120


def read(value: str, attribute: str, source: str, target: str, owners: bool = False) -> Value | None:
    """``value`` (written in ``source``) in ``target``, or None where the vocabulary can't say it there."""
    if not usable(value):
        return None
    value = sentence_case(re.sub(r"\s+", " ", value).strip(" .;"))
    if attribute == "fit" and (cut := _fit(value, target)):
        return Value(cut, _phrase(cut, target, owners))
    concept = _recognised(value, attribute, source)
    if concept and attribute == "colour":
        same = source == target
        return Value(_lowered(value) if same else concept.forms[target].noun, None, concept)
    if concept:
        return _from_concept(concept, value, source, target, owners)
    text = phrase(value, target, attribute)
    if text is None and source == target:
        text = value
    if text is None:
        text = _parts(value, attribute, source, target)
    if text is None:
        return None
    text = _own_wording(value, text, source, target)
    if attribute == "pockets" and target == "en" and not re.search(r"(?i)pocket|pouch|compartment|slot", text):
        text += " pocket"  # 'two slanted, one back'
    if _UNFINISHED.search(text):
        return Value(text, None, concept)  # something to do, nothing to praise
    if attribute == "sole":
        text = _sole(text, target)
    return Value(text, _phrase(text, target, owners), concept)


def _lowered(colour: str) -> str:
    """A colour in running text: 'Ink Blue' is 'ink blue', 'Breton red' keeps its name."""
    return " ".join(word if word in KEPT else word.lower() for word in colour.split())


def _sole(text: str, target: str) -> str:
    """'leather with rubber insert' is a sole: the word is said."""
    known = grammar(text, target)
    first = text.split()[0]
    if target == "en" and known and known.number == "m":
        return f"sole in {text}"
    if target == "fr" and recognise(first, {"material"}, "fr"):
        return f"semelle de {text}"
    return text


def _recognised(value: str, attribute: str, source: str) -> Concept | None:
    kinds: Collection[str] | None = KINDS.get(attribute)
    return recognise(value, kinds, source)


def _own_wording(value: str, text: str, source: str, target: str) -> str:
    """The house's own words where they are already in the output's language."""
    return value if source == target and not value.isupper() else text


def _from_concept(item: Concept, value: str, source: str, target: str, owners: bool) -> Value:
    form = item.forms[target]
    if item.kind == "material":
        value = next(
            (one for one in form.all if bare(one) == bare(value)), value if source != target else value.lower()
        )
    own = sentence_case(value) if source == target else phrase(value, target, item.kind) or form.noun
    spoken = None
    if own in _AS_NOUN:
        return Value(own, _phrase(own, target, owners), item)
    if form.noun_phrase:
        built = _phrase(own, target, owners)
        spoken = built or Phrase(form.noun, target, form.number, form.gender or "m", owners=owners)
    return Value(own, spoken, item)


def _phrase(text: str, language: str, owners: bool) -> Phrase | PhraseList | None:
    """A phrase with its grammar; 'a hook and a zip' where both parts of a pair are nouns of their own."""
    if text in _AS_NOUN:
        return _single(_AS_NOUN[text], language, owners)
    if ":" not in text and (pieces := re.split(r",\s+(?=(?:one|two|three|une?|deux|trois)\b)", text))[1:]:
        # 'two slanted, one back pocket', 'deux poches latérales, une au dos': running text counts with a conjunction
        first, second = pieces[0], f"{' and ' if language == 'en' else ' et '}".join(pieces[1:])
        whole = f"{first}{' and ' if language == 'en' else ' et '}{second}"
        known = grammar(text, language)
        return Phrase(whole, language, "p", known.gender or "f", counted=True, owners=owners) if known else None
    first, _, second = text.partition(" and " if language == "en" else " et ")
    if second and "," not in text and _a_pair(first, second, language):
        parts = [_single(part, language, owners) for part in (first, second)]
        if parts[0] and parts[1]:
            return PhraseList((parts[0], parts[1]))
    return _single(text, language, owners)


def _a_pair(first: str, second: str, language: str) -> bool:
    """No shared head ('chain and leather strap'), no second material ('chaîne et cuir'), no bare adjective."""
    if recognise(second, {"material"}, language):
        return False
    if language == "fr":
        return len(second.split()) > 1 or len(first.split()) == 1 or not second.endswith("s")
    if first in ("zip", "hook", "buckle", "button"):
        return True
    return len(first.split()) > 1 or first.endswith("s") or len(second.split()) == 1


def _single(text: str, language: str, owners: bool) -> Phrase | None:
    short = unarticled(text, language)
    known = grammar(short, language) or grammar(text, language)
    if known is None or ":" in text or _NO_NOUN.match(text):
        return None
    counted = known.counted and known.number == "p"
    return Phrase(
        text if counted else short,
        language,
        known.number,
        known.gender or "m",
        counted=counted,
        owners=owners,
    )


def _parts(value: str, attribute: str, source: str, target: str) -> str | None:
    """A list of values, each of which is known: 'piping and horn buttons'."""
    pieces = re.split(r",\s*|\s+(?:and|et|&|\+)\s+", value)
    if len(pieces) < 2:
        return None
    found = [read(piece, attribute, source, target) for piece in pieces]
    if any(item is None for item in found):
        return None
    return joined([item.text for item in found if item], target)


def _fit(value: str, target: str) -> str | None:
    """A cut as a noun phrase: 'straight, belted cut', 'coupe droite et ceinturée'."""
    whole = phrase(value, target, "fit")
    known = None if recognise(value, KINDS["fit"]) else whole
    if known:
        return known
    pieces = [recognise(piece, KINDS["fit"]) for piece in re.split(r",\s*|\s+(?:and|et)\s+", value)]
    if any(piece is None for piece in pieces):
        return None
    forms = [piece.forms[target] for piece in pieces if piece]
    if len(forms) == 1:
        return forms[0].noun
    if target == "fr":
        words = [re.sub(r"^(?:coupe|ligne|taille) ", "", form.noun) for form in forms]
        return f"coupe {joined(words, 'fr')}"
    words = [form.adjective or re.sub(r" (?:cut|fit|line|shape)$", "", form.noun) for form in forms]
    return f"{', '.join(dict.fromkeys(word.removesuffix('-cut') for word in words))} cut"
