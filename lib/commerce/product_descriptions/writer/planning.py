"""Document planning and sentence planning (Reiter and Dale 2000): what is said in which order, in which sentences."""

from __future__ import annotations

import re
from collections.abc import Collection
from random import Random

from lib.commerce.product_descriptions.model import Channel
from lib.commerce.product_descriptions.writer.facts import Facts
from lib.commerce.product_descriptions.writer.frames import commonness, frame
from lib.commerce.product_descriptions.writer.slots import Offer, Told, offer
from lib.commerce.product_descriptions.writer.templates import Plan, chosen, needed, plans, realised
from lib.commerce.product_descriptions.writer.text import Text, stutters, words

ANGLES = ("material", "cut", "detail", "colour", "making", "use")
_ENOUGH = 0.7  # of the target: from here on, a sentence that tells one thing only isn't worth adding
_CHOICES = 6  # plans weighed against each other for the voice's sentence length
_TRIES = 5  # ways in which one plan's alternations are tried before the next plan
_VOICE_FLAGS = {"you", "vous", "tu", "wear"}
# The order in which the body speaks of things, before the angle's own group moves to the end.
_ORDER = {
    "material": ("cut", "detail", "use", "making", "colour", "material"),
    "cut": ("material", "detail", "use", "making", "colour", "cut"),
    "detail": ("cut", "material", "use", "making", "detail", "colour"),
    "colour": ("cut", "material", "detail", "use", "making"),
    "making": ("cut", "detail", "material", "use", "colour"),
    "use": ("material", "cut", "detail", "making", "use", "colour"),
}

# The slots that an opening for this angle uses at least one of, where its role serves all angles.
_LEADS = {
    "material": frozenset({"F", "FC", "comp"}),
    "cut": frozenset({"cut", "fit", "cuts", "toe", "reach"}),
    "detail": frozenset({"details", "d1", "closure", "closes"}),
    "colour": frozenset({"C", "C0", "Cin", "FC"}),
    "making": frozenset({"origin", "origin_bare", "origin_from"}),
    "use": frozenset({"pockets", "strap", "heel", "dims"}),
}


def angles(facts: Facts) -> list[str]:
    """The angles that the product's facts support, the most telling first."""
    there = []
    made = offer(facts, Told(), Random(0)).slots
    for angle, asks in (
        ("material", ("F",)),
        ("cut", ("cut", "fit", "toe", "adj")),
        ("detail", ("d1", "closure")),
        ("use", ("pockets", "strap", "heel", "removable_belt", "reversible", "machine", "dims")),
        ("colour", ("C",)),
        ("making", ("origin",)),
    ):
        if any(slot in made for slot in asks):
            there.append(angle)
    return there


def compose(facts: Facts, angle: str, channel: Channel, target: int, dice: Random, avoid: Collection[str] = ()) -> Text:
    """One candidate text of about ``target`` words, without the sentence plans in ``avoid``."""
    told = Told(plans=set(avoid))
    opener = _opening(facts, angle, channel, told, dice)
    text = Text(angle, opener, told)
    order = list(_ORDER.get(angle, _ORDER["cut"]))
    if dice.random() < 0.5 and len(order) > 3:
        at = dice.randrange(1, 3)
        order[at], order[at + 1] = order[at + 1], order[at]
    if channel is Channel.SOCIAL:
        order = ["social", *order]
    for group in (*order, *order):
        if words(text.prose) >= target:
            break
        role = ("social", "any") if group == "social" else ("body", group)
        least = 2 if words(text.prose) >= _ENOUGH * target else 1
        sentence = write(facts, role, told, dice, least=least)
        if sentence:
            text.sentences.append(sentence)
    if not text.sentences:
        text.sentences += _again(facts, order, told, dice)
    return text


def _again(facts: Facts, order: list[str], told: Told, dice: Random) -> list[str]:
    """One sentence for a body where the opening has told all there is: it tells some of it in other words."""
    told.facts.clear()
    for group in order:
        sentence = write(facts, ("body", group), told, dice, least=1) if group != "social" else ""
        if sentence:
            return [sentence]
    return []


def _opening(facts: Facts, angle: str, channel: Channel, told: Told, dice: Random) -> str:
    roles = [("openers", angle), ("openers", "material"), ("openers", "cut"), ("openers", "colour"), ("bare", "any")]
    if channel is Channel.SOCIAL:
        roles.insert(0, ("hooks", "any"))
    elif channel is Channel.EMAIL and facts.voice.address != "none":
        roles.insert(0, ("address", "any"))
    for role in roles:
        lead = _LEADS.get(angle, frozenset()) if role[0] in ("hooks", "address") else frozenset()
        sentence = write(facts, role, told, dice, lead)
        if sentence:
            return sentence
    return ""


def write(
    facts: Facts, role: tuple[str, str], told: Told, dice: Random, lead: frozenset[str] = frozenset(), least: int = 0
) -> str:
    """One sentence of a role, with facts that haven't been told; '' where no plan fits.

    Where ``lead`` is given, the sentence uses one of these slots; it tells ``least`` facts or more.
    """
    made = offer(facts, told, dice)
    shelf = list(plans(facts.language, *role))
    dice.shuffle(shelf)
    found: list[tuple[Plan, str, tuple[str, ...]]] = []
    for plan in shelf:
        if plan.key in told.plans or not _holds(plan, facts, made):
            continue
        for _attempt in range(_TRIES):
            text = chosen(plan.text, dice)
            slots = needed(text)
            if lead and not lead.intersection(slots):
                continue
            if _facts(slots, made) < least:
                continue
            if all(slot in made.slots for slot in slots) and not _twice(slots, made) and _new(slots, made, role):
                found.append((plan, text, slots))
                break
        if len(found) == _CHOICES:
            break
    while found:
        pick = dice.choices(found, [_weight(text, slots, made, facts) for _plan, text, slots in found])[0]
        sentence = realised(pick[1], made.slots, facts.plural, facts.feminine, facts.language)
        if not stutters(sentence):
            _told(*pick, made, told)
            return sentence
        found.remove(pick)
    return ""


def _weight(text: str, slots: tuple[str, ...], made: Offer, facts: Facts) -> float:
    """The chance of a sentence: fuller ones, near the voice's length, of a frame that few plans share."""
    off = abs(_length(text, slots, made) - facts.voice.sentence_words)
    telling = 1 + _facts(slots, made)
    shared: float = max(commonness(facts.language)[frame(text)], 1) ** 0.75
    return float(telling**2.5) / (4 + off) / shared


def _length(text: str, slots: tuple[str, ...], made: Offer) -> int:
    """About how many words the sentence will have."""
    return words(re.sub(r"{[^}]*}", " ", text)) + sum(words(format(made.slots[slot], "")) for slot in slots)


def _holds(plan: Plan, facts: Facts, made: Offer) -> bool:
    return all(flag in facts.flags if flag in _VOICE_FLAGS else flag in made.slots for flag in plan.flags)


def _facts(slots: tuple[str, ...], made: Offer) -> int:
    """How many facts of the product a sentence would tell; the house's name is none."""
    return len({fact for slot in slots for fact in made.tells.get(slot, ())} - {"house"})


def _twice(slots: tuple[str, ...], made: Offer) -> bool:
    """Whether two slots of one sentence tell the same fact ('cut' and 'neck')."""
    seen: set[str] = set()
    for slot in slots:
        if seen & made.tells[slot]:
            return True
        seen |= made.tells[slot]
    return False


def _new(slots: tuple[str, ...], made: Offer, role: tuple[str, str]) -> bool:
    """A body sentence tells something, an opening names the piece or tells two things; a hook may do without."""
    if role[0] in ("openers", "address"):
        return bool({"S", "T"} & set(slots))
    return (
        role[0] != "body" or any(made.tells[slot] for slot in slots) or not slots or slots in (("s",), ("S",), ("o",))
    )


def _told(plan: Plan, _text: str, slots: tuple[str, ...], made: Offer, told: Told) -> None:
    for slot in (*slots, *(flag for flag in plan.flags if flag in made.tells)):
        told.facts |= made.tells[slot]
    told.plans.add(plan.key)
    told.sentences += 1
    told.named = told.named or bool({"S", "T", "s"} & set(slots))
    told.in_focus = bool({"S", "s", "T"} & set(slots))
