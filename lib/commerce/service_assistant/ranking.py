"""Which of the sections that were found answers: by meaning, by words in both languages, and by what each is about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.commerce.service_assistant.glossary import concepts, other_words
from lib.commerce.service_assistant.intents import HIT, MOST_HITS, Guess, trained, vector_of
from lib.commerce.service_assistant.keywords import hits
from lib.commerce.service_assistant.knowledge import Section
from lib.commerce.service_assistant.knowledge import vector_of as passage_vector
from lib.commerce.service_assistant.splitting import sentences_of as sentences_in
from lib.retrieval.words import query_stems

# A conditional logit over questions of the half to tune and over others written from the pages alone; each was left out
# in turn to choose its penalty.
MEANING: Final = 8.2
WORDS: Final = 0.55
SENTENCE: Final = 0.6
CONCEPTS: Final = 0.3
HEADING: Final = 0.36
ABOUT: Final = 0.29
SAME_LANGUAGE: Final = -0.19  # texts in one language lie nearer by themselves: this takes it back
REPLACED: Final = -0.2
TWIN: Final = 0.9  # cosine of two sections in different languages from which they say the same
TWIN_WITHIN: Final = 0.6  # score by which the section in the client's language may be behind its twin
TWINS_AMONG: Final = 6
FEWEST_SCALED: Final = 3  # sections below which a mean and a spread say nothing


def ranked(
    question: str, guess: Guess, sections: Sequence[Section], language: str, own: float = SAME_LANGUAGE
) -> list[tuple[float, Section]]:
    """The sections with their scores, best first; of two that say the same, the one in ``language`` leads."""
    if not sections:
        return []
    stems = frozenset(query_stems(question))
    twins = frozenset(query_stems(other_words(question))) - stems
    held = [_stems(section.text) | _stems(section.heading) for section in sections]
    weights = {stem: math.log(1 + len(held) / (0.5 + sum(stem in one for one in held))) for stem in stems | twins}
    spoken = [concepts(f"{section.heading}. {section.text}") for section in sections]
    rare = {one: math.log(1 + len(spoken) / (0.5 + sum(one in each for each in spoken))) for one in concepts(question)}
    asked = vector_of(question)
    meanings = _meanings(asked, sections)
    newest = any(section.replaces for section in sections)
    scored = []
    for section, words, told, meant in zip(sections, held, spoken, meanings, strict=True):
        score = MEANING * meant
        score += WORDS * _share(stems, twins, words, weights)
        score += SENTENCE * max(_share(stems, twins, _stems(one), weights) for one in _parts(section.text))
        score += CONCEPTS * _spoken_of(rare, told) + HEADING * _spoken_of(rare, concepts(section.heading))
        score += ABOUT * _about(section, guess)
        score += own * (section.language == language)
        score += REPLACED * (newest and not section.replaces and superseded(section, sections))
        scored.append((score, section))
    return _own_first(sorted(scored, key=lambda pair: (-pair[0], pair[1].id)), language)


def _meanings(asked: NDArray[np.float32], sections: Sequence[Section]) -> list[float]:
    """How near each section is in meaning. A connected engine's cosines are brought to the mean and spread that the
    model on this machine gives the same sections: the weights were learned on its scale.
    """
    own = np.asarray([float(asked @ passage_vector(_indexed(section))) for section in sections])
    at = [place for place, section in enumerate(sections) if section.meant is not None]
    theirs = np.asarray([sections[place].meant for place in at], dtype=float)
    if len(at) >= FEWEST_SCALED and theirs.std() > 0:
        own[at] = own[at].mean() + (theirs - theirs.mean()) / theirs.std() * own[at].std()
    return [float(value) for value in own]


def _own_first(scored: list[tuple[float, Section]], language: str) -> list[tuple[float, Section]]:
    """A page in the client's language before the one in another that it stands beside."""
    best, first = scored[0]
    if first.language == language:
        return scored
    meant = passage_vector(_indexed(first))
    for at, (score, section) in enumerate(scored[1:TWINS_AMONG], start=1):
        same = section.language == language and float(meant @ passage_vector(_indexed(section))) >= TWIN
        if same and score >= best - TWIN_WITHIN and superseded(section, [first, section]) is False:
            return [(best, section), *scored[:at], *scored[at + 1 :]]
    return scored


def _parts(text: str) -> Sequence[str]:
    return sentences_in(text) or [text]


def _spoken_of(rare: dict[int, float], concepts_of: frozenset[int]) -> float:
    """The share of the question's concepts that a text speaks of, the rare ones counting more."""
    whole = sum(rare.values()) or 1.0
    return sum(weight for one, weight in rare.items() if one in concepts_of) / whole


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
