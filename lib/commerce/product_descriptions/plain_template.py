"""The plain template that many houses use today: fixed sentences with slots. The baseline of the writing proof.

It is meant to be a fair one: it names colour, composition, cut, origin and care in correct sentences and claims nothing
else. What it can't do is vary, or say what the slots don't hold.
"""

from __future__ import annotations

from lib.commerce.product_descriptions.model import SNIPPET_CHARACTERS, Description, Product
from lib.i18n import list_of
from lib.vocabulary import phrase, recognise, say

CUT = ("fit", "length", "neckline", "collar", "sleeve", "rise", "leg", "closure", "strap", "toe", "heel_height")


def from_template(product: Product, language: str) -> Description:
    """The template filled for one product, in French or in English."""
    materials = list_of([_said(material.name, language) for material in product.materials], language)
    cut = list_of([_said(value, language) for name in CUT if (value := product.attributes.get(name, ""))], language)
    colour, origin = _said(product.colour, language), _said(product.origin, language)
    care = list_of([_said(item, language) for item in product.care], language)
    french = language == "fr"
    opener = _sentence(f"{product.name}, {'coloris' if french else 'in'} ", colour) or f"{product.name}."
    body = (
        _sentence("Composition : " if french else "It is made of ", materials),
        _sentence("Caractéristiques : " if french else "It has the following features: ", cut),
        _sentence("Pays de fabrication : " if french else "It is made in ", origin),
    )
    return Description(
        angle="",
        title=product.name,
        opener=opener,
        body=" ".join(sentence for sentence in body if sentence),
        bullets=[],
        fit_and_care=_sentence("Entretien : " if french else "Care: ", care),
        snippet=opener[:SNIPPET_CHARACTERS],
    )


def _sentence(before: str, slot: str) -> str:
    """The fixed words with the slot filled; nothing where there is nothing to fill in."""
    return f"{before}{slot}." if slot else ""


def _said(value: str, language: str) -> str:
    """A value in ``language`` where the vocabulary knows it, else as the house gave it."""
    if translated := phrase(value, language):
        return translated
    known = recognise(value) if value else None
    return say(known, language) if known else value
