"""Trying an engine out, and what could be added."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lib.engines.embedded.engine import SMOLLM2, smollm2_file
from lib.engines.health import ADDITIONS, missing, probe
from lib.engines.registry import BUILT_IN
from lib.i18n import translate
from lib.settings import settings
from tests.loopback import server as s
from tests.loopback.engine import KEY, configure
from tests.loopback.server import LoopbackServer


def test_a_good_engine_is_measured(tmp_path: Path) -> None:
    with LoopbackServer(s.answer("A dress. " * 20, written=60)) as server:
        configure(tmp_path, server.url)
        found = probe("loop")
    assert found.ok and found.error is None and found.model == "loop-1"
    assert found.seconds and found.first_token and found.tokens_per_second
    assert probe(BUILT_IN).ok


def test_the_cut_by_our_own_limit_is_no_fault(tmp_path: Path) -> None:
    with LoopbackServer(s.answer("A dress. " * 20, finish="length")) as server:
        configure(tmp_path, server.url)
        assert probe("loop").ok


@pytest.mark.parametrize(
    "behaviour, part", [(s.error(401), "key"), (s.raw("<html></html>"), "base_url"), (s.error(404), "loop-1")]
)
def test_a_bad_one_says_what_to_do(tmp_path: Path, behaviour: s.Behaviour, part: str) -> None:
    with LoopbackServer(behaviour) as server:
        configure(tmp_path, server.url)
        found = probe("loop")
    assert not found.ok and found.error is not None and part in found.error.text()
    assert found.tokens_per_second is None and KEY not in repr(found)


def test_an_engine_that_is_not_there_is_explained() -> None:
    found = probe("nowhere")
    assert not found.ok and found.error is not None and "nowhere" in found.error.text()


def test_what_is_missing_is_named_with_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"openai", "anthropic", "server", "gguf"}
    assert {found.kind for found in missing()} == wanted | (set() if smollm2_file() else {SMOLLM2})
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    settings.cache_clear()
    assert "openai" not in {found.kind for found in missing()}
    for found in ADDITIONS:
        tomllib.loads(found.lines)
        assert translate(found.how, "fr") != found.how
