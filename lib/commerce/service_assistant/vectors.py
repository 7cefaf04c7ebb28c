"""Embeddings of the demo house's policies, made once: ``python -m lib.commerce.service_assistant.vectors``.

They come with the product, in 8 bits, so that a visitor's first question doesn't wait for 20 seconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

KEPT: Final = Path(__file__).with_name("embedded.npz")


def key_of(text: str) -> bytes:
    """What a text is found under."""
    return hashlib.sha256(text.encode()).digest()[:8]


def kept(text: str, embedder: str) -> NDArray[np.float32] | None:
    """The text's vector of length 1, where this embedder's was made before."""
    name, places, rows = _file()
    at = places.get(key_of(text)) if name == embedder else None
    if at is None:
        return None
    vector = rows[at].astype(np.float32)
    found: NDArray[np.float32] = vector / np.linalg.norm(vector)
    return found


@cache
def _file() -> tuple[str, dict[bytes, int], NDArray[np.int8]]:
    if not KEPT.is_file():
        return "", {}, np.zeros((0, 1), dtype=np.int8)
    with np.load(KEPT, allow_pickle=False) as content:
        keys: bytes = content["keys"].tobytes()
        places = {keys[at : at + 8]: at // 8 for at in range(0, len(keys), 8)}
        return str(content["embedder"]), places, content["rows"]


def write(texts: Iterable[str]) -> int:
    """Keep the vectors of these texts; how many they are."""
    from lib.retrieval import built_in

    wanted = list(dict.fromkeys(texts))
    made = np.concatenate([built_in().passages(wanted[at : at + 32]) for at in range(0, len(wanted), 32)])
    rows = np.round(made / np.abs(made).max(axis=1, keepdims=True) * 127).astype(np.int8)
    keys = np.frombuffer(b"".join(key_of(text) for text in wanted), dtype=np.uint8)
    np.savez_compressed(KEPT, embedder=np.asarray(built_in().name), keys=keys, rows=rows)
    return len(wanted)


def sample_texts() -> Iterable[str]:
    """All that is embedded of the policies: passages, sections as they are ranked, and their sentences."""
    from lib.commerce.service_assistant.instructions import without_instructions
    from lib.commerce.service_assistant.knowledge import _closed, sample_documents
    from lib.commerce.service_assistant.splitting import sentences_of
    from lib.retrieval.indexing import with_heading
    from lib.retrieval.passages import passages_of

    for written in sample_documents():
        together: dict[tuple[object, ...], list[str]] = {}
        for passage in passages_of(_closed(written.pieces)):
            yield with_heading(passage)
            together.setdefault((passage.heading, passage.row, passage.page), []).append(passage.text)
        for (heading, _row, _page), texts in together.items():
            text, _marked = without_instructions(" ".join(texts))
            last = heading[-1] if isinstance(heading, tuple) and heading else written.name
            yield f"{last}. {text[:900]}"
            yield from sentences_of(text)


if __name__ == "__main__":
    print(write(sample_texts()))
