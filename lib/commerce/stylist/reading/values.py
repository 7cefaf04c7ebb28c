"""Named values in a sentence: colours, fabrics, patterns and kinds of piece by the house's vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lib.vocabulary import find
from lib.vocabulary.matching import bare

#: Shades that pieces are sold in and the vocabulary has no name for: id -> (English, French, sRGB).
SHADES = {
    "bone": ("bone", "blanc os", "#E3DAC9"),
    "washed_blue": ("washed blue", "bleu délavé", "#9DB4C8"),
    "raw_indigo": ("raw indigo", "indigo brut", "#2B3050"),
    "lacquer_red": ("lacquer red", "rouge laque", "#A3161F"),
    "yellow_ochre": ("yellow ochre", "ocre jaune", "#C8963E"),
    "sea_blue": ("sea blue", "bleu mer", "#2C6E8F"),
    "dusty_blue": ("dusty blue", "bleu poudré", "#8FA3B8"),
    "ink_blue": ("ink blue", "bleu encre", "#22304F"),
    "wine_red": ("wine", "lie de vin", "#5B1A2B"),
    "plum_shade": ("aubergine", "aubergine", "#4B2840"),
    "sky_blue": ("sky", "ciel", "#A9CBE3"),
}
KINDS = ("colour", "material", "pattern", "product")
ASPECT_OF = {"colour": "colour", "material": "fabric", "pattern": "pattern", "product": "kind"}
#: Words of the vocabulary that mean something else in what people write: 'slides down', 'or', 'on the square'.
MISLEADING = {"en": {"down", "top", "square", "cap", "tie", "rubber", "gold"}, "fr": {"or", "haut", "carre", "bonnet"}}


#: No target piece is drawn of these, and their words often mean something else ('carreaux', 'à dos').
ACCESSORIES = {
    "square", "backpack", "belt", "scarf", "hat", "beanie", "cap", "gloves", "tie", "earrings", "necklace", "bracelet",
    "sunglasses", "wallet",
}  # fmt: skip


@dataclass(frozen=True)
class Value:
    """A named value with its place in the sentence."""

    aspect: str
    value: str
    start: int
    end: int


def values_in(sentence: str, language: str) -> list[Value]:
    """Colours, fabrics, patterns and kinds of piece that a sentence names; one value for one place."""
    found: dict[tuple[int, int], Value] = {}
    for mention in find(sentence, language, KINDS):
        if bare(mention.surface) in MISLEADING[language] or mention.concept in ACCESSORIES:
            continue
        found.setdefault(
            (mention.start, mention.end),
            Value(ASPECT_OF[mention.kind], mention.concept, mention.start, mention.end),
        )
    values = list(found.values())
    for shade in _shades(bare(sentence), language):
        if len(bare(sentence)) == len(sentence):  # else places would not agree
            values = [one for one in values if one.end <= shade.start or one.start >= shade.end] + [shade]
    return sorted(values, key=lambda one: one.start)


@lru_cache(maxsize=4)
def _names(language: str) -> tuple[tuple[str, str], ...]:
    at = 0 if language == "en" else 1
    named = [(bare(names[at]), shade) for shade, names in SHADES.items()]
    return tuple(sorted(named, key=lambda pair: -len(pair[0])))


def _shades(sentence: str, language: str) -> list[Value]:
    found: list[Value] = []
    for name, shade in _names(language):
        at = sentence.find(name)
        while at >= 0:
            end = at + len(name)
            whole = (at == 0 or not sentence[at - 1].isalnum()) and (
                end == len(sentence) or not sentence[end].isalnum()
            )
            if whole and all(end <= one.start or at >= one.end for one in found):
                found.append(Value("colour", shade, at, end))
            at = sentence.find(name, end)
    return found
