"""Which of the sections that were found answers: by meaning, by words in both languages, and by what each is about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from lib.commerce.service_assistant.glossary import other_words
from lib.commerce.service_assistant.intents import HIT, MOST_HITS, Guess, trained, vector_of
from lib.commerce.service_assistant.keywords import hits
from lib.commerce.service_assistant.knowledge import Section
from lib.commerce.service_assistant.knowledge import vector_of as passage_vector
from lib.retrieval.words import query_stems

# Weights chosen on the half to tune.
MEANING: Final = 6.0
WORDS: Final = 1.0
HEADING: Final = 0.5
ABOUT: Final = 0.6
SAME_LANGUAGE: Final = 0.08
REPLACED: Final = -0.5
ROW: Final = -0.3


def ranked(
    question: str, guess: Guess, sections: Sequence[Section], language: str, own: float = SAME_LANGUAGE
) -> list[tuple[float, Section]]:
    """The sections with their scores, best first."""
    if not sections:
        return []
    stems = frozenset(query_stems(question))
    twins = frozenset(query_stems(other_words(question))) - stems
    held = [_stems(section.text) | _stems(section.heading) for section in sections]
    weights = {stem: math.log(1 + len(held) / (0.5 + sum(stem in one for one in held))) for stem in stems | twins}
    asked = vector_of(question)
    newest = any(section.replaces for section in sections)
    scored = []
    for section, words in zip(sections, held, strict=True):
        score = MEANING * float(asked @ passage_vector(_indexed(section)))
        score += WORDS * _share(stems, twins, words, weights)
        score += HEADING * _share(stems, twins, _stems(section.heading), weights)
        score += ABOUT * _about(section, guess)
        score += own * (section.language == language) + ROW * (section.row is not None)
        score += REPLACED * (newest and not section.replaces and superseded(section, sections))
        scored.append((score, section))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].id))


def superseded(section: Section, sections: Sequence[Section]) -> bool:
    """Whether an undated or older page stands beside one on the same matter that replaces earlier versions."""
    year = section.dated[-4:] if section.dated else ""
    return bool(year) and any(other.replaces and other.dated[-4:] > year for other in sections)


def _share(stems: frozenset[str], twins: frozenset[str], words: frozenset[str], weights: dict[str, float]) -> float:
    """How much of the question's words stands in a text; a translated word counts a little less."""
    whole = sum(weights[stem] for stem in stems) or 1.0
    met = sum(weights[stem] for stem in stems & words) + 0.8 * sum(weights[stem] for stem in twins & words)
    return min(met / whole, 1.0)


def _indexed(section: Section) -> str:
    return section.heading + ". " + section.text[:900]


@lru_cache(maxsize=4_096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(query_stems(text))


def _about(section: Section, guess: Guess) -> float:
    """How likely the section is about what the client wants: the classifier's word on both."""
    shares = _shares(_indexed(section))
    names = trained().intents
    return float(sum(probability * shares[names.index(intent)] for intent, probability in guess.ranked))


@lru_cache(maxsize=4_096)
def _shares(text: str) -> tuple[float, ...]:
    model = trained()
    counted = np.asarray([min(count, MOST_HITS) for _name, count in sorted(hits(text).items())], dtype=np.float32)
    logits = model.weights @ np.concatenate([passage_vector(text) - model.centre, HIT * counted]) + model.bias
    shares = np.exp(logits - logits.max())
    return tuple(float(share) for share in shares / shares.sum())
