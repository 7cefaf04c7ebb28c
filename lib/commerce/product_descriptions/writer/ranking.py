"""Ranking the candidates (Langkilde and Knight 1998: generate more than is needed, keep what scores best).

The score is a sum of penalties, all in the same unit, 'words that an editor would change': 0 is a text that nobody
touches. It weighs length against the target, sentence length against the voice, repeated words, facts that were left
unsaid, forbidden and preferred words, and the advice learned from posts that sold, each by its effect.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

from lib.commerce.product_descriptions.model import Advice, Channel
from lib.commerce.product_descriptions.writer.facts import Facts
from lib.commerce.product_descriptions.writer.text import Text, words
from lib.vocabulary.matching import bare

# Words for the opener and the body together.
TARGET = {Channel.SITE: 75, Channel.MARKETPLACE: 45, Channel.SOCIAL: 28, Channel.EMAIL: 58}
_LENGTH_RANGE = {
    Channel.SITE: (40, 130),
    Channel.MARKETPLACE: (30, 80),
    Channel.SOCIAL: (14, 45),
    Channel.EMAIL: (35, 100),
}
SMALL = frozenset(
    re.findall(
        r"\w+",
        """the a an and of in with to its it they their is are has have on for at as from by that which one
        le la les l un une des de du d en et à au aux avec par pour sur que qui il elle ils elles est sont son sa
        ses leur se s y""",
    )
)


def target_words(channel: Channel, advice: tuple[Advice, ...], note_factor: float = 1.0) -> int:
    """Words to write: the channel's, moved towards the advice, within the channel's range."""
    aim = TARGET[channel] * note_factor
    asked = aimed(advice, "words")
    if asked is not None:
        aim = asked * 0.75  # the advice counts bullets and the fit note too, about a quarter of a text
    low, high = _LENGTH_RANGE[channel]
    return round(min(max(aim, low), high))


def aimed(advice: tuple[Advice, ...], feature: str) -> float | None:
    """The value that the advice aims for, or None."""
    return next((item.aim for item in advice if item.feature == feature), None)


def penalty(text: Text, facts: Facts, target: int, advice: tuple[Advice, ...]) -> float:
    """How much an editor would change; lower is better."""
    prose = text.prose
    count = words(prose)
    lengths = [words(sentence) for sentence in (text.opener, *text.sentences)] or [0]
    average = sum(lengths) / len(lengths)
    score = abs(count - target) * 0.4
    score += abs(average - facts.voice.sentence_words) * 1.0
    score += sum(3.0 for length in lengths if length < 5 or length > 34)
    score += _repetition(prose) + _wishes(prose, facts) + _starts(text)
    return score + _advised(text, facts, advice)


def _repetition(prose: str) -> float:
    counts = Counter(word for word in re.findall(r"[^\W\d_]{3,}", bare(prose)) if word not in SMALL)
    return sum(1.5 * (n - 1) for n in counts.values() if n > 1)


def _starts(text: Text) -> float:
    """Sentences that begin alike."""
    first = [" ".join(sentence.split()[:1]).casefold() for sentence in text.sentences]
    return sum(2.0 for left, right in itertools.pairwise(first) if left == right)


def _wishes(prose: str, facts: Facts) -> float:
    folded = bare(prose)
    forbidden = sum(40.0 for word in facts.voice.forbidden if word and re.search(rf"\b{re.escape(bare(word))}", folded))
    preferred = sum(2.0 for word in facts.voice.preferred if word and bare(word) in folded)
    return forbidden - preferred


def _advised(text: Text, facts: Facts, advice: tuple[Advice, ...]) -> float:
    """Distance from what posts that sold did, weighted by the effect that was measured."""
    told = text.told.facts
    there = {
        "opening_words": float(words(text.opener)),
        "numbers": float(len(re.findall(r"\d+", text.prose))),
        "numbers_in_opening": float(len(re.findall(r"\d+", text.opener))),
        "question_opening": float("?" in text.opener),
        "material_named": float("fabric" in told or "composition" in told),
        "origin_named": float("origin" in told),
        "attribute_mentions": float(len(told)),
        "second_person": float(bool(re.search(r"(?i)\b(?:you|your|vous|votre|tu|ton)\b", text.prose))),
        "words_per_sentence": words(text.prose) / (1 + len(text.sentences)),
        "sentences": float(1 + len(text.sentences)),
    }
    score = 0.0
    for item in advice:
        if item.feature in there:
            scale = max(abs(item.aim), 1.0)
            score += min(abs(there[item.feature] - item.aim) / scale, 2.0) * min(abs(item.effect) * 40, 12)
    return score
