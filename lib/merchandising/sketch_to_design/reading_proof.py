"""How well briefs in words are read: on labelled sentences, against keyword search, with a null control.

The sentences in ``sample_data/design_sentences.jsonl`` were written and labelled before the reader, and frozen; the
reader was tuned on one half, and the other half is what is reported. Both are by the same hand as the word lists, so a
house's own sentences will be read less well: the gap to keyword search is what carries over, not the height.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.i18n import N_
from lib.merchandising.sketch_to_design.keywords import Claims, claims_of, search
from lib.merchandising.sketch_to_design.words import read_words
from lib.proofs import Measure
from lib.settings import ROOT

FILE = ROOT / "sample_data" / "design_sentences.jsonl"
UNIT = N_("F1, share of attributes")
KEYWORDS, PLAIN = N_("keyword search with the same words"), N_("keyword search with the options’ names")
PAIRED = N_("the same sentences")
Read = Callable[[str], Claims]


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence; ``claims`` are (piece, attribute, value)."""

    text: str
    language: str
    half: str
    claims: Claims


def sentences(half: str = "report") -> list[Sentence]:
    """The frozen sentences of one half: 'tune' or 'report'."""
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    return [Sentence(row["text"], row["language"], row["half"], _labelled(row)) for row in rows if row["half"] == half]


def _labelled(row: Mapping[str, object]) -> Claims:
    found: set[tuple[str, str, str]] = set()
    pieces = row["pieces"]
    for piece in pieces if isinstance(pieces, list) else []:
        for name, value in piece.items():
            if name == "colour":
                found |= {(piece["kind"], "colour", colour) for colour in value}
            else:
                found.add((piece["kind"], name, str(value)))
    return frozenset(found)


def ours(text: str) -> Claims:
    """What the built-in reader reads."""
    return claims_of(read_words(text).pieces)


def counts(read: Sequence[Claims], wanted: Sequence[Claims]) -> NDArray[np.float64]:
    """Right, read and wanted attributes of each sentence, shape (n, 3)."""
    rows = [(len(one & other), len(one), len(other)) for one, other in zip(read, wanted, strict=True)]
    return np.array(rows, dtype=float)


def f1(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 over all attributes of the sentences together; the last axes are (n, 3)."""
    right, read, wanted = np.moveaxis(rows.sum(axis=-2), -1, 0)
    return np.asarray(2 * right / np.maximum(read + wanted, 1e-9))


def measures(found: Sequence[Sentence], seed: int, draws: int) -> list[Measure]:
    """F1 of our reader against keyword search, and the share of sentences that are read without any fault."""
    wanted = [one.claims for one in found]
    texts = [one.text for one in found]
    readers: dict[str, Read] = {KEYWORDS: search, PLAIN: lambda text: search(text, full=False)}
    own = counts([ours(text) for text in texts], wanted)
    others = {name: counts([read(text) for text in texts], wanted) for name, read in readers.items()}
    drawn = np.random.default_rng((seed, 11)).integers(0, len(texts), (draws, len(texts)))
    return [_f1_measure(own, others, drawn), _whole_measure(own, others, drawn)]


def _f1_measure(
    own: NDArray[np.float64], others: Mapping[str, NDArray[np.float64]], drawn: NDArray[np.int64]
) -> Measure:
    low, high = _interval(f1(own[drawn]))
    return Measure(
        N_("Attributes of a brief read correctly"),
        UNIT,
        len(own),
        float(f1(own)),
        low,
        high,
        {name: float(f1(rows)) for name, rows in others.items()},
        "higher",
        baseline_intervals={name: _interval(f1(rows[drawn])) for name, rows in others.items()},
        differences={
            name: (float(f1(own) - f1(rows)), *_interval(f1(own[drawn]) - f1(rows[drawn])))
            for name, rows in others.items()
        },
        paired_by=PAIRED,
        note=N_("The sentences and the word lists are by the same hand: expect less on sentences of your own."),
        headline=N_("{ours} of a brief’s attributes are read correctly, {theirs} by keyword search"),
    )


def _whole_measure(
    own: NDArray[np.float64], others: Mapping[str, NDArray[np.float64]], drawn: NDArray[np.int64]
) -> Measure:
    """A sentence counts where everything in it was read and nothing else."""
    right = (own[:, 0] == own[:, 1]) & (own[:, 0] == own[:, 2])
    theirs = {name: (rows[:, 0] == rows[:, 1]) & (rows[:, 0] == rows[:, 2]) for name, rows in others.items()}
    low, high = _interval(right[drawn].mean(axis=1))
    return Measure(
        N_("Briefs read without a fault"),
        N_("share of sentences"),
        len(own),
        float(right.mean()),
        low,
        high,
        {name: float(rows.mean()) for name, rows in theirs.items()},
        "higher",
        differences={
            name: (
                float(right.mean() - rows.mean()),
                *_interval(right[drawn].mean(axis=1) - rows[drawn].mean(axis=1)),
            )
            for name, rows in theirs.items()
        },
        paired_by=PAIRED,
    )


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95% of bootstrap draws (Efron and Tibshirani, 1993)."""
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def null_wins(found: Sequence[Sentence], seed: int, shuffles: int, draws: int) -> int:
    """On how many of ``shuffles`` shuffled labellings our reader 'beats' keyword search beyond doubt.

    Labels are exchanged between sentences, so no word speaks of its label any more: what one reader gets right by
    chance the other does too.
    """
    generator = np.random.default_rng((seed, 12))
    read, theirs = [ours(one.text) for one in found], [search(one.text) for one in found]
    wins = 0
    for _turn in range(shuffles):
        order = generator.permutation(len(found))
        wanted = [found[int(at)].claims for at in order]
        own, other = _right(read, wanted), _right(theirs, wanted)
        drawn = generator.integers(0, len(found), (draws, len(found)))
        wins += _interval(own[drawn].mean(axis=1) - other[drawn].mean(axis=1))[0] > 0
    return wins


def _right(read: Sequence[Claims], wanted: Sequence[Claims]) -> NDArray[np.float64]:
    """Share of the wanted attributes that were read, of each sentence."""
    return np.array([len(one & other) / max(len(other), 1) for one, other in zip(read, wanted, strict=True)])
