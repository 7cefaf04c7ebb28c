"""The search snippet: complete sentences within 155 characters, what the angle leads with first."""

from __future__ import annotations

import re
from random import Random

from lib.commerce.product_descriptions.model import SNIPPET_CHARACTERS
from lib.commerce.product_descriptions.writer.facts import Facts
from lib.commerce.product_descriptions.writer.slots import Told, offer
from lib.commerce.product_descriptions.writer.templates import needed, realised
from lib.commerce.product_descriptions.writer.text import echo, stutters

# The first sentence names the product; those that follow speak of it, in whole sentences, while there is room.
_FIRST = {
    "en": (
        "{full} in {FC}, with {cut}.",
        "{full} in {FC}, with {details}.",
        "{full} in {FC}, with {fit}.",
        "{full} with {cut}, in {F}.",
        "{full} in {FC}.",
        "{full} in {C}, with {details}.",
        "{full}, with {closure}.",
        "{full}, by {house}.",
        "{full}.",
    ),
    "fr": (
        "{full} en {FC}, avec {cut}.",
        "{full} en {FC}, avec {details}.",
        "{full} en {FC}, avec {fit}.",
        "{full} avec {cut}, en {F}.",
        "{full} en {FC}.",
        "{full} {Cin}, avec {details}.",
        "{full}, avec {closure}.",
        "{full}, par {house}.",
        "{full}.",
    ),
}
_NEXT = {
    "en": (
        "{p} [is|are] made {origin} and lined in {lining}.",
        "{p} [has|have] {fit} and {reach}.",
        "With {details}, {p} {closes}.",
        "{p} [is|are] made {origin}.",
        "{p} [has|have] {fit}, with {details}.",
        "{p} [has|have] {details} and {reach}.",
        "{p} [is|are] made {origin}.",
        "{p} [is|are] lined in {lining}.",
        "{p} {closes}.",
        "{p} [comes|come] in sizes {sizes}.",
    ),
    "fr": (
        "{p} [est|sont] {fabriqué} {origin} et {doublé} de~{lining}.",
        "{p} [adopte|adoptent] {fit} et {reach}.",
        "Avec {details}, {p} {closes}.",
        "{p} [est|sont] {fabriqué} {origin}.",
        "{p} [adopte|adoptent] {fit}, avec {details}.",
        "{p} [a|ont] {details} et {reach}.",
        "{p} [est|sont] {fabriqué} {origin}.",
        "{p} [est|sont] {doublé} de~{lining}.",
        "{p} {closes}.",
        "{p} [existe|existent] du {sizes}.",
    ),
}
_FULL = 6  # of the following sentences: those that tell two things, tried in any order before the others
_MOST = 3  # sentences


def snippet(facts: Facts, dice: Random) -> str:
    """At most 155 characters, sentences whole, no fact twice."""
    told = Told(named=True)
    first = list(_FIRST[facts.language][:4])
    dice.shuffle(first)
    sentences = [_fitting([*first, *_FIRST[facts.language][4:]], facts, told, dice, SNIPPET_CHARACTERS)]
    following = list(_NEXT[facts.language])
    head, tail = following[:_FULL], following[_FULL:]
    dice.shuffle(head)
    for plan in (*head, *tail):
        room = SNIPPET_CHARACTERS - len(" ".join(sentences)) - 1
        if len(sentences) < _MOST and room > 0 and (more := _fitting([plan], facts, told, dice, room)):
            sentences.append(more)
    return " ".join(sentences)


def _pronoun(facts: Facts) -> str:
    if facts.language == "en":
        return "they" if facts.plural else "it"
    return ("elle" if facts.feminine else "il") + "s" * facts.plural


def _fitting(plans: list[str], facts: Facts, told: Told, dice: Random, room: int) -> str:
    """The first plan whose slots are there and whose sentence fits."""
    made = offer(facts, told, dice)
    naming = facts.naming
    full = naming.title(facts.language)
    for plan in plans:
        text = plan.replace("{full}", re.sub(r"[{}<>\[\]|]", "", full)).replace("{p}", _pronoun(facts))
        slots = needed(text)
        if any(slot not in made.slots for slot in slots):
            continue
        if "{full}" in plan and {"F", "FC"} & set(slots) and facts.fabric and echo(naming.kind.text, facts.fabric.text):
            continue  # 'chemise en lin Solstice en lin lavé'
        tells = [made.tells[slot] for slot in slots]
        if sum(map(len, tells)) > len(frozenset().union(*tells)):
            continue
        sentence = realised(text, made.slots, facts.plural, facts.feminine, facts.language)
        if len(sentence) <= room and (not stutters(sentence) or plan == "{full}."):
            told.facts |= frozenset().union(*tells)
            return sentence
    return ""
