"""What can be measured in a post's text, in French and in English: its length, its opening, what it speaks of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lib.commerce.product_descriptions.lexicon import LANGUAGES
from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.prose import Prose, guess_language, words_of
from lib.commerce.product_descriptions.traits import (
    Reading,
    attribute_mentions,
    benefit_share,
    numbers_in,
    question_opening,
    readability,
    words_per_sentence,
)
from lib.i18n import N_


@dataclass(frozen=True)
class Feature:
    """One measurable trait of a text. ``title``, ``unit`` and ``phrase`` are English message ids.

    ``step`` is the smallest change worth speaking of, in the feature's unit; ``phrase`` names it as the subject of a
    sentence ('Naming the fit' goes with ...), in the singular. Where the phrase has {step} in it, the step grows with
    how much the house's posts vary. ``learned`` is False for what other features imply.
    """

    name: str
    title: str
    unit: str
    step: float
    phrase: str
    measure: Callable[[Reading], float | None]
    kind: Literal["flag", "count", "share", "score"] = "count"
    learned: bool = True


_ALL = (
    Feature(
        "words",
        N_("Length of the text"),
        N_("words"),
        5,
        N_("A text longer by {step} words"),
        lambda r: len(r.prose.words),
    ),
    Feature(
        "sentences",
        N_("Sentences"),
        N_("sentences"),
        1,
        N_("One more sentence"),
        lambda r: len(r.prose.sentences),
        learned=False,
    ),
    Feature(
        "opening_words",
        N_("Length of the opening"),
        N_("words"),
        2,
        N_("An opening sentence longer by {step} words"),
        lambda r: len(words_of(r.opening)),
    ),
    Feature(
        "words_per_sentence",
        N_("Length of the sentences"),
        N_("words per sentence"),
        2,
        N_("An average sentence longer by {step} words"),
        words_per_sentence,
    ),
    Feature(
        "benefit_share",
        N_("Benefits against attributes"),
        N_("share of sentences"),
        0.05,
        N_("Giving benefits {step} points more of the sentences"),
        benefit_share,
        kind="share",
    ),
    Feature(
        "sensory_share",
        N_("Sensory words"),
        N_("per 100 words"),
        1,
        N_("One more sensory word in 100"),
        lambda r: r.per_100_words("sensory"),
    ),
    Feature(
        "fit_information",
        N_("Fit"),
        N_("yes or no"),
        1,
        N_("Naming the fit"),
        lambda r: r.has("fit", "fit"),
        kind="flag",
    ),
    Feature(
        "care_information",
        N_("Care"),
        N_("yes or no"),
        1,
        N_("Naming the care"),
        lambda r: r.has("care", "care"),
        kind="flag",
    ),
    Feature(
        "numbers",
        N_("Numbers"),
        N_("numbers"),
        1,
        N_("One more number"),
        lambda r: sum(word[0].isdigit() for word in r.prose.words),
    ),
    Feature(
        "numbers_in_opening",
        N_("Number in the opening"),
        N_("yes or no"),
        1,
        N_("A number in the opening"),
        lambda r: float(numbers_in(r.opening) > 0),
        kind="flag",
    ),
    Feature(
        "question_opening",
        N_("Question as opening"),
        N_("yes or no"),
        1,
        N_("Opening with a question"),
        question_opening,
        kind="flag",
    ),
    Feature("bullets", N_("Bullets"), N_("bullets"), 1, N_("One more bullet"), lambda r: len(r.prose.bullets)),
    Feature(
        "paragraphs",
        N_("Paragraphs"),
        N_("paragraphs"),
        1,
        N_("One more paragraph"),
        lambda r: len(r.prose.lines) - len(r.prose.bullets),
    ),
    Feature(
        "superlatives",
        N_("Superlatives"),
        N_("superlatives"),
        1,
        N_("One more superlative"),
        lambda r: r.total["superlative"],
    ),
    Feature(
        "second_person",
        N_("Address of the reader"),
        N_("per 100 words"),
        1,
        N_("Addressing the reader once more in 100 words"),
        lambda r: r.per_100_words("second_person"),
    ),
    Feature(
        "readability",
        N_("Readability"),
        N_("points of reading ease"),
        2,
        N_("A text easier to read by {step} points"),
        readability,
        kind="score",
    ),
    Feature(
        "material_named",
        N_("Material"),
        N_("yes or no"),
        1,
        N_("Naming the material"),
        lambda r: r.has("material", "material"),
        kind="flag",
    ),
    Feature(
        "origin_named",
        N_("Origin"),
        N_("yes or no"),
        1,
        N_("Naming the origin"),
        lambda r: r.has("origin", "country"),
        kind="flag",
    ),
    Feature(
        "styling",
        N_("Styling advice"),
        N_("yes or no"),
        1,
        N_("Saying what to wear it with, or when"),
        lambda r: r.has("styling"),
        kind="flag",
    ),
    Feature(
        "call_to_action",
        N_("Call to action"),
        N_("yes or no"),
        1,
        N_("A call to action"),
        lambda r: r.has("action"),
        kind="flag",
    ),
    Feature(
        "urgency",
        N_("Scarcity or novelty"),
        N_("yes or no"),
        1,
        N_("Speaking of scarcity or novelty"),
        lambda r: r.has("urgency"),
        kind="flag",
    ),
    Feature(
        "exclamations",
        N_("Exclamation marks"),
        N_("marks"),
        1,
        N_("One more exclamation mark"),
        lambda r: r.prose.clean.count("!"),
    ),
    Feature(
        "attribute_mentions",
        N_("Attributes mentioned"),
        N_("share of the product’s attributes"),
        0.05,
        N_("Mentioning {step} points more of the product’s attributes"),
        attribute_mentions,
        kind="share",
    ),
)


def step_of(feature: Feature, deviation: float) -> float:
    """The step in which to speak of a feature whose posts vary by ``deviation``: 1, 2 or 5 times a power of ten."""
    if "{step}" not in feature.phrase or deviation <= feature.step:
        return feature.step
    power = 10.0 ** math.floor(math.log10(deviation))
    return max(feature.step, *(times * power for times in (1, 2, 5) if times * power <= deviation))


FEATURES: dict[str, Feature] = {feature.name: feature for feature in _ALL}
LEARNED = tuple(feature.name for feature in _ALL if feature.learned)


def features_of(post: Post | str, product: Product | None = None, language: str = "") -> dict[str, float]:
    """All features that can be measured in one text, by name, each in its own unit.

    A feature that cannot be measured is left out: ``attribute_mentions`` without a product, what is counted per
    sentence without a sentence. The language is ``language``, else the post's, else guessed; one that is neither French
    nor English is read with the English lists.
    """
    text = post if isinstance(post, str) else post.text
    code = language or (post.language if isinstance(post, Post) else "")
    code = code[:2].casefold() or guess_language(text)
    reading = Reading(Prose(text, code if code in LANGUAGES else "en"), product)
    measured = {name: feature.measure(reading) for name, feature in FEATURES.items()}
    return {name: float(value) for name, value in measured.items() if value is not None}
