"""From inputs to three options."""

from __future__ import annotations

import hashlib
from random import Random

from lib.commerce.product_descriptions.model import (
    DescribeProduct,
    Description,
    Descriptions,
)
from lib.commerce.product_descriptions.writer import labels
from lib.commerce.product_descriptions.writer.facts import Facts
from lib.commerce.product_descriptions.writer.notes import wishes
from lib.commerce.product_descriptions.writer.planning import angles, compose
from lib.commerce.product_descriptions.writer.ranking import aimed, penalty, target_words
from lib.commerce.product_descriptions.writer.snippets import snippet
from lib.commerce.product_descriptions.writer.text import Text
from lib.tasks.model import Context

DRAFTER_VERSION = "2"
OPTIONS = 3
CANDIDATES = 6  # texts written for each option, of which the best is kept
_ANGLE_NAMES = {
    "en": {
        "material": "Material first",
        "cut": "Cut first",
        "detail": "Details first",
        "colour": "Colour first",
        "making": "Making first",
        "use": "Use first",
        "": "The product",
    },
    "fr": {
        "material": "La matière d’abord",
        "cut": "La coupe d’abord",
        "detail": "Les détails d’abord",
        "colour": "La couleur d’abord",
        "making": "La fabrication d’abord",
        "use": "L’usage d’abord",
        "": "Le produit",
    },
}


def draft(inputs: DescribeProduct, context: Context) -> Descriptions:
    """Three descriptions of one product, each leading with something else; fewer where the facts support fewer.

    The same inputs, language and seed give the same texts. Any language but French is written in English.
    """
    language = context.language if context.language in ("en", "fr") else "en"
    facts = Facts(inputs.product, inputs.voice, language)
    wanted = wishes(inputs.note)
    target = target_words(inputs.channel, inputs.advice, wanted.length)
    options: list[Description] = []
    used: set[str] = set()  # sentence plans of the options before: three options share none
    for angle in _chosen_angles(facts, inputs, wanted.lead, context.seed):
        options.append(_option(facts, inputs, angle, target, context.seed, used))
    return Descriptions(options=options)


def _dice(inputs: DescribeProduct, language: str, seed: int, *more: object) -> Random:
    """Chance that depends on nothing but the inputs: a run on another machine or day gives the same."""
    key = "|".join(map(str, (inputs.product.sku, inputs.product.name, inputs.channel, language, seed, *more)))
    return Random(int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big"))


def _chosen_angles(facts: Facts, inputs: DescribeProduct, lead: str, seed: int) -> list[str]:
    """Three angles: the one asked for, what the advice rewards, then by chance, the telling ones before the others."""
    there = angles(facts)
    dice = _dice(inputs, facts.language, seed, "angles")
    first, later = there[:3], there[3:]
    dice.shuffle(first)
    dice.shuffle(later)
    if later and dice.random() < 0.7:  # not always the same three
        first[-1], later[0] = later[0], first[-1]
    order = [*first, *later]
    for feature, angle in (("origin_named", "making"), ("material_named", "material")):
        if (aimed(inputs.advice, feature) or 0) >= 1 and angle in order:
            order.remove(angle)
            order.insert(0, angle)
    if lead in order:
        order.remove(lead)
        order.insert(0, lead)
    return order[:OPTIONS] or [""]


def _option(facts: Facts, inputs: DescribeProduct, angle: str, target: int, seed: int, used: set[str]) -> Description:
    dice = _dice(inputs, facts.language, seed, angle)
    candidates = [compose(facts, angle, inputs.channel, target, dice, used) for _ in range(CANDIDATES)]
    best = min(candidates, key=lambda text: penalty(text, facts, target, inputs.advice))
    used |= best.told.plans
    return _finished(facts, inputs, best, dice)


def _finished(facts: Facts, inputs: DescribeProduct, text: Text, dice: Random) -> Description:
    channel, advice = inputs.channel, inputs.advice
    return Description(
        angle=_ANGLE_NAMES[facts.language][text.angle],
        title=labels.title(facts, text.angle, channel),
        opener=text.opener,
        body=" ".join(text.sentences),
        bullets=labels.bullets(facts, text.angle, channel, aimed(advice, "bullets")),
        fit_and_care=labels.fit_and_care(facts, channel, dice),
        snippet=snippet(facts, dice),
    )
