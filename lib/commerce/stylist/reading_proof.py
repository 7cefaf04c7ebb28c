"""The Proof's first part: the reading against a word list, on the half of the labelled sentences kept for reporting."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lib.commerce.stylist.model import ASPECTS, Opinion
from lib.commerce.stylist.reading import read_sentence
from lib.commerce.stylist.word_list import read_by_list
from lib.i18n import N_
from lib.proofs import FalseFindings, Measure
from lib.settings import ROOT

SENTENCES = ROOT / "sample_data" / "comment_sentences.jsonl"
SIGNS = {"positive": 1, "neutral": 0, "negative": -1}
WORD_LIST = N_("a word list")
SAME = N_("the same sentences")
Pairs = frozenset[tuple[str, int]]
Reader = Callable[[str, str], Sequence[Opinion]]


@dataclass(frozen=True)
class Labelled:
    """A sentence with what its label says: aspects with their sentiment."""

    text: str
    language: str
    gold: Pairs


@lru_cache(maxsize=2)
def labelled(half: str) -> tuple[Labelled, ...]:
    """The sentences of one half: 'tune' or 'report'."""
    found = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["half"] == half:
            gold = frozenset((label["aspect"], SIGNS[label["sentiment"]]) for label in row["labels"])
            found.append(Labelled(row["text"], row["language"], gold))
    return tuple(found)


def pairs(read: Reader, sentence: Labelled) -> Pairs:
    """What a reader finds in a sentence, in the form of the labels."""
    return frozenset(
        (one.aspect, one.polarity) for one in read(sentence.text, sentence.language) if one.aspect in ASPECTS
    )


def counts(found: Sequence[Pairs], gold: Sequence[Pairs]) -> NDArray[np.float64]:
    """(sentences, 4): pairs found rightly, found, labelled; and whether the whole sentence is right."""
    return np.array(
        [[len(f & g), len(f), len(g), float(f == g)] for f, g in zip(found, gold, strict=True)], dtype=float
    )


def f1(rows: NDArray[np.float64]) -> float:
    """Micro-averaged F1 of (aspect, sentiment) pairs, as SemEval 2014's aspect task counts them (Pontiki et al.)."""
    right, found, there, _whole = rows.sum(axis=0)
    return float(2 * right / (found + there)) if found + there else 0.0


def whole(rows: NDArray[np.float64]) -> float:
    """The share of sentences of which everything is read rightly."""
    return float(rows[:, 3].mean()) if len(rows) else 0.0


def reading_measures(seed: int, draws: int) -> list[Measure]:
    """F1 and whole sentences, for both languages together and apart."""
    sentences = labelled("report")
    gold = [one.gold for one in sentences]
    ours = counts([pairs(read_sentence, one) for one in sentences], gold)
    theirs = counts([pairs(read_by_list, one) for one in sentences], gold)
    languages = np.array([one.language for one in sentences])
    found = []
    for language, keep in (("", languages != ""), ("fr", languages == "fr"), ("en", languages == "en")):
        rows = np.flatnonzero(keep)
        found += [_measure(name, ours[rows], theirs[rows], seed, draws, language) for name in ("f1", "whole")]
    return found


#: (statistic, language) -> what is measured.
METRICS = {
    ("f1", ""): N_("Aspects with their sentiment, read in sentences that were kept apart (F1)"),
    ("f1", "fr"): N_("The same in French (F1)"),
    ("f1", "en"): N_("The same in English (F1)"),
    ("whole", ""): N_("Sentences of which every aspect and sentiment is read rightly"),
    ("whole", "fr"): N_("The same in French (whole sentences)"),
    ("whole", "en"): N_("The same in English (whole sentences)"),
}
NOTE = N_(
    "200 sentences that were labelled before the reader was written, and not looked at while it was. The word list has "
    "the reader’s own words, without its rules."
)
HEADLINE = N_(
    "In sentences kept apart, aspects with their sentiment are read with an F1 of {ours} (1 is without a fault); a "
    "word list reaches {theirs}."
)


def _measure(
    name: str, ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int, draws: int, language: str
) -> Measure:
    """One statistic with percentile intervals over sentences, the difference paired (Efron and Tibshirani 1993)."""
    of = f1 if name == "f1" else whole
    generator = np.random.default_rng((seed, 11, len(ours)))
    rows = [generator.integers(0, len(ours), len(ours)) for _draw in range(draws)]
    mine, list_ = np.array([of(ours[at]) for at in rows]), np.array([of(theirs[at]) for at in rows])
    low, high = np.quantile(mine, (0.025, 0.975))
    apart = np.quantile(mine - list_, (0.025, 0.975))
    ends = np.quantile(list_, (0.025, 0.975))
    return Measure(
        metric=METRICS[name, language],
        unit=N_("F1") if name == "f1" else N_("share of sentences"),
        n=len(ours),
        ours=of(ours),
        low=float(low),
        high=float(high),
        baselines={WORD_LIST: of(theirs)},
        better="higher",
        baseline_intervals={WORD_LIST: (float(ends[0]), float(ends[1]))},
        note=NOTE if (name, language) == ("f1", "") else "",
        differences={WORD_LIST: (of(ours) - of(theirs), float(apart[0]), float(apart[1]))},
        paired_by=SAME,
        headline=HEADLINE if (name, language) == ("f1", "") else "",
    )


def null_reading(seed: int, shuffles: int, draws: int) -> FalseFindings:
    """Labels dealt out anew among the sentences: how often the reading then seems better than the word list."""
    sentences = labelled("report")
    ours = [pairs(read_sentence, one) for one in sentences]
    theirs = [pairs(read_by_list, one) for one in sentences]
    # Whoever finds as many pairs of each kind as there are gets more of them right by chance; both get the same number.
    false = 0
    for index in range(shuffles):
        generator = np.random.default_rng((seed, 12, index))
        order = generator.permutation(len(sentences))
        gold = [sentences[int(at)].gold for at in order]
        coin = generator.random(len(sentences)) < 0.5  # which of the two readers is called ours, sentence by sentence
        one = counts([a if c else b for a, b, c in zip(ours, theirs, coin, strict=True)], gold)
        two = counts([b if c else a for a, b, c in zip(ours, theirs, coin, strict=True)], gold)
        rows = [generator.integers(0, len(one), len(one)) for _draw in range(draws)]
        gain = [f1(one[at]) - f1(two[at]) for at in rows]
        false += float(np.quantile(gain, 0.025)) > 0
    return FalseFindings(false, shuffles, 0.025)
