"""Aspects and values in the reader's language."""

from __future__ import annotations

from lib.commerce.stylist.pieces import KINDS, colour_name, concept_name
from lib.i18n import N_, _, current_language, translate
from lib.vocabulary import phrase

ASPECT_TITLES = {
    "fit": N_("Fit"),
    "colour": N_("Colour"),
    "fabric": N_("Fabric"),
    "occasion": N_("Occasion"),
    "length": N_("Length"),
    "price": N_("Price"),
    "kind": N_("Kind of piece"),
    "pattern": N_("Pattern"),
}
VALUE_TITLES = {
    ("fit", "tight"): N_("close to the body"),
    ("fit", "loose"): N_("roomy"),
    ("fit", "straight"): N_("straight"),
    ("fit", "right_size"): N_("fits well"),
    ("fit", "comfortable"): N_("comfortable"),
    ("fit", "uncomfortable"): N_("uncomfortable"),
    ("fit", "shapeless"): N_("badly cut or unflattering"),
    ("fit", "usual_size"): N_("usual size"),
    ("length", "short"): N_("short"),
    ("length", "midi"): N_("mid-length"),
    ("length", "long"): N_("long"),
    ("length", "right_length"): N_("right length"),
    ("fabric", "scratchy"): N_("scratchy"),
    ("fabric", "poor_quality"): N_("wears or pills badly"),
    ("fabric", "see_through"): N_("see-through"),
    ("fabric", "creases"): N_("creases"),
    ("fabric", "keeps_well"): N_("keeps well"),
    ("fabric", "too_warm"): N_("too warm"),
    ("fabric", "stiff"): N_("stiff"),
    ("fabric", "marks"): N_("marks or stains"),
    ("fabric", "good_hand"): N_("pleasant to wear and touch"),
    ("fabric", "technical"): N_("technical fabric"),
    ("price", "expensive"): N_("finds prices high"),
    ("price", "good_value"): N_("finds it worth the money"),
    ("price", "paid"): N_("names a price"),
    ("colour", "as_shown"): N_("true to the picture"),
    ("colour", "not_as_shown"): N_("disappointing or not as pictured"),
    ("colour", "bright"): N_("bright colours"),
    ("occasion", "office"): N_("work"),
    ("occasion", "interview"): N_("interview"),
    ("occasion", "wedding"): N_("wedding"),
    ("occasion", "ceremony"): N_("ceremony"),
    ("occasion", "evening"): N_("evening"),
    ("occasion", "dinner"): N_("dinner or lunch out"),
    ("occasion", "party"): N_("party"),
    ("occasion", "travel"): N_("travel"),
    ("occasion", "beach"): N_("seaside"),
    ("occasion", "everyday"): N_("every day"),
    ("occasion", "weekend"): N_("weekend"),
    ("occasion", "versatile"): N_("goes anywhere"),
    ("occasion", "nowhere_to_wear"): N_("nowhere to wear it"),
}
KIND_TITLES = {
    "dress": N_("dress"),
    "coat": N_("coat"),
    "blazer": N_("jacket"),
    "knit": N_("knit"),
    "shirt": N_("shirt"),
    "t_shirt": N_("T-shirt"),
    "trousers": N_("trousers"),
    "jeans": N_("jeans"),
    "skirt": N_("skirt"),
    "jumpsuit": N_("jumpsuit"),
    "bag": N_("bag"),
    "shoe": N_("shoes"),
}
CONFIDENCE_TITLES = {"sure": N_("sure"), "leaning": N_("likely"), "thin": N_("thin evidence"), "divided": N_("divided")}
LEFT_OUT_TITLES = {
    "present": N_("A present for somebody else"),
    "service": N_("Delivery, service or fastenings, nothing on taste"),
    "other_person": N_("What somebody else thinks"),
    "language": N_("In a language that isn’t read"),
    "empty": N_("Without words"),
}
SOURCE_TITLES = {
    "taught": N_("from pieces kept or sent back"),
    "opposite": N_("by its opposite"),
    "said": N_("from comments"),
    "bought": N_("from purchases"),
    "pinned": N_("pinned by the stylist"),
    "usual": N_("not known: the range’s usual"),
}


def aspect_name(aspect: str) -> str:
    """An aspect's title."""
    return translate(ASPECT_TITLES.get(aspect, aspect))


def value_name(aspect: str, value: str, language: str | None = None) -> str:
    """A value in words; for an empty one that the aspect is judged as such."""
    language = language or current_language()
    if not value:
        return _("in general")
    if (aspect, value) in VALUE_TITLES:
        return translate(VALUE_TITLES[aspect, value])
    if aspect == "colour":
        return colour_name(value, language)
    if aspect == "kind":
        return kind_name(value) if value in KIND_TITLES else concept_name(value, language)
    return concept_name(value, language)


def kind_name(kind: str) -> str:
    """A kind of garment in words."""
    kind = KINDS.get(kind, kind)
    return translate(KIND_TITLES[kind]) if kind in KIND_TITLES else kind


def said_in(words: str, kind: str, language: str) -> str:
    """A piece's own words ('silk satin') in a language where the vocabulary holds them, else as they are."""
    return phrase(words, language, kind) or words
