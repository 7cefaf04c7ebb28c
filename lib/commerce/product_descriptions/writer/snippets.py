"""The search snippet: complete sentences within 155 characters, what the angle leads with first."""

from __future__ import annotations

from random import Random

from lib.commerce.product_descriptions.model import SNIPPET_CHARACTERS
from lib.commerce.product_descriptions.writer.facts import Facts
from lib.commerce.product_descriptions.writer.slots import Told, offer
from lib.commerce.product_descriptions.writer.templates import needed, realised

# First sentences, then what may follow while there is room.
_FIRST = {
    "en": (
        "{full} in {FC}, with {cut}.",
        "{full}: {F}, {cut}.",
        "{full} with {cut}, in {F}.",
        "{full} in {FC}.",
        "{full} with {details}.",
        "{full} in {C}, with {d1}.",
        "{full}, with {closure}.",
        "{full}, by {house}.",
        "{full}.",
    ),
    "fr": (
        "{full} en {FC}, avec {cut}.",
        "{full} : {F:bare}, {cut}.",
        "{full} avec {cut}, en {F}.",
        "{full} en {FC}.",
        "{full}, avec {details}.",
        "{full} {Cin}, avec {d1}.",
        "{full}, avec {closure}.",
        "{full}, par {house}.",
        "{full}.",
    ),
}
_NEXT = {
    "en": (
        *("Made {origin}.", "{fit:cap}.", "{details:cap}."),
        *("Lined in {lining}.", "{closure:cap}.", "Sizes {sizes}.", "By {house}."),
    ),
    "fr": (
        *("{Fabriqué} {origin}.", "{fit:Indef}.", "{details:Indef}."),
        *("Doublure en {lining}.", "{closure:Indef}.", "{sizes_long:cap}.", "Par {house}."),
    ),
}


def snippet(facts: Facts, dice: Random) -> str:
    """At most 155 characters, sentences whole, no fact twice."""
    told = Told(named=True)
    first = list(_FIRST[facts.language][:-2])
    dice.shuffle(first)
    text = _fitting([*first, *_FIRST[facts.language][-2:]], facts, told, dice, SNIPPET_CHARACTERS)
    following = list(_NEXT[facts.language])
    head, tail = following[:3], following[3:]
    dice.shuffle(head)
    for plan in (*head, *tail):
        more = _fitting([plan], facts, told, dice, SNIPPET_CHARACTERS - len(text) - 1)
        text = f"{text} {more}" if text and more else text or more
    return text


def _fitting(plans: list[str], facts: Facts, told: Told, dice: Random, room: int) -> str:
    """The first plan whose slots are there and whose sentence fits."""
    made = offer(facts, told, dice)
    naming = facts.naming
    full = naming.title(facts.language)
    for plan in plans:
        text = plan.replace("{full}", full.replace("{", "").replace("}", ""))
        slots = needed(text)
        if any(slot not in made.slots for slot in slots):
            continue
        tells = [made.tells[slot] for slot in slots]
        if sum(map(len, tells)) > len(frozenset().union(*tells)):
            continue
        sentence = realised(text, made.slots, facts.plural, facts.feminine, facts.language)
        if len(sentence) <= room:
            told.facts |= frozenset().union(*tells)
            return sentence
    return ""
