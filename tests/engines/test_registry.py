"""Which engines there are, what they can, and what they cost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from lib.engines.embedded.engine import SMOLLM2
from lib.engines.prices import MILLION, capabilities_of, estimated_tokens, known, price_of, rate
from lib.engines.registry import BUILT_IN, MAKERS, Pace, available, engine, info, pace
from lib.engines.text.faults import retry_after
from lib.engines.text.model import Capabilities
from lib.errors import EngineNotConfigured, SettingsError
from lib.i18n import translate
from lib.settings import EngineSettings, settings
from tests.loopback.engine import KEY, configure


def test_the_built_in_engine_is_always_there() -> None:
    only, *_models = available()
    assert (only.name, only.runs, only.price_class, only.languages) == (BUILT_IN, "this machine", "free", ("en", "fr"))
    with pytest.raises(EngineNotConfigured):
        engine("nowhere")


def test_a_key_alone_makes_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    settings.cache_clear()
    found = info("openai")
    assert found.model == known()["kinds"]["openai"]["model"]
    assert (found.runs, found.price_class, found.note) == ("network", "low", "")
    made = engine("openai")
    assert made.capabilities.tokens_field == "max_completion_tokens" and made.capabilities.structured == "json_schema"
    assert KEY not in repr(available()) + repr(settings())


def test_configured_engines_are_offered_with_what_is_known(tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:1/v1", name="ollama", title="Our Ollama")
    configure(tmp_path, "https://reseller.example/v1", name="reseller", model="gpt-4.1", local=False)
    configure(tmp_path, "https://x.example/v1", name="dear", local=False, price_input=10.0, price_output=90.0)
    found = {one.name: one for one in available()}
    assert list(found) == [BUILT_IN, SMOLLM2, "ollama", "reseller", "dear"]
    assert (found["ollama"].title, found["ollama"].runs, found["ollama"].price_class) == (
        "Our Ollama",
        "own network",
        "free",
    )
    assert found["reseller"].price_class == "unknown" and found["reseller"].note  # a reseller has its own prices
    assert found["dear"].price_class == "high"
    for one in found.values():
        assert translate(one.where, "fr") != one.where and translate(one.price, "fr") != one.price


def test_a_kind_that_cannot_be_served_is_not_offered(tmp_path: Path) -> None:
    configure(tmp_path, "https://x.example/v1", name="odd", kind="telepathy")
    assert [one.name for one in available()] == [BUILT_IN, SMOLLM2]


def test_a_capability_that_does_not_exist_is_named() -> None:
    with pytest.raises(SettingsError, match="telepathy"):
        capabilities_of(EngineSettings("loop", "openai", "m", capabilities={"telepathy": True}), "m")


@pytest.mark.parametrize(
    "fields", [{"capabilities": {"telepathy": True}}, {"price_input": "cheap", "price_output": -1}]
)
def test_one_engines_wrong_settings_leave_the_others_alone(tmp_path: Path, fields: dict[str, object]) -> None:
    configure(tmp_path, "http://127.0.0.1:1/v1", name="wrong", **fields)
    assert [one.name for one in available()] == [BUILT_IN, SMOLLM2, "wrong"]
    assert info("wrong").note
    with pytest.raises(SettingsError, match="wrong"):
        engine("wrong")


def test_the_table_is_sound() -> None:
    table = known()
    for kind, row in table["kinds"].items():
        models = {**table["models"], **table["images"]}
        assert all(row[name] in models for name in ("model", "embedding_model") if name in row), kind
    for name, row in table["models"].items():
        assert row["kind"] in table["kinds"] and isinstance(row["date"], dt.date), name
        price = price_of(EngineSettings("x", row["kind"], name), name)
        assert price is not None and 0 < price.input < 1000
        assert price.output > price.input or (price.output == 0 and row["capabilities"]["embeddings"])
        assert isinstance(capabilities_of(EngineSettings("x", row["kind"], name), name), Capabilities)
    assert set(MAKERS) <= set(table["kinds"])


def test_a_dated_version_costs_what_its_model_costs() -> None:
    engine = EngineSettings("x", "openai", "")
    assert price_of(engine, "gpt-4.1-2025-04-14") == price_of(engine, "gpt-4.1")
    assert price_of(engine, "gpt-4.1-audio") is None


def test_a_million_tokens_cost_the_price() -> None:
    price = price_of(EngineSettings("x", "openai", "", price_input=2, price_output=8, currency="EUR"), "any")
    assert price is not None and price.cost(MILLION, MILLION) == 10 and price.currency == "EUR"


def test_a_long_prompt_costs_its_own_price_throughout() -> None:
    price = price_of(EngineSettings("x", "anthropic", ""), "claude-haiku-5-5")
    assert price is not None and price.long_from is not None
    at, above = price.cost(price.long_from, 1000), price.cost(price.long_from + 1, 1000)
    assert at == pytest.approx((100_000 * 0.10 + 1000 * 0.50) / MILLION)
    assert above == pytest.approx((100_001 * 0.50 + 1000 * 2.50) / MILLION)
    for name, row in known()["models"].items():
        if "long" in row:
            assert row["long"]["input"] > row["input"] and row["long"]["output"] > row["output"], name


def test_rates_turn_around() -> None:
    there, back = rate("USD", "EUR"), rate("EUR", "USD")
    assert there is not None and back is not None and there * back == pytest.approx(1)
    assert there < 1 and rate("EUR", "EUR") == 1 and rate("XXX", "EUR") is None


def test_the_owner_sets_rates(tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").write_text("[exchange]\nUSD = 2.0\nXXX = 4.0\n")
    settings.cache_clear()
    assert rate("USD", "EUR") == 0.5 and rate("XXX", "USD") == 0.5


def test_estimates_do_not_fall_short() -> None:
    assert estimated_tokens("") == 0
    assert estimated_tokens("The dress falls to the knee in a soft line.") >= 10  # nine words and a full stop


@pytest.mark.parametrize(
    "headers, seconds",
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "Sun, 22 Nov 2026 10:00:30 GMT"}, 30),
        ({"retry-after": "Sun, 22 Nov 2026 09:00:00 GMT"}, 0),
    ],
)
def test_retry_after_is_read_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)) == seconds


def test_how_fast_an_engine_may_be_called_is_its_kinds_default_or_what_the_owner_wrote(tmp_path: Path) -> None:
    configure(tmp_path, "https://x.example/v1", name="plain", local=False)
    configure(tmp_path, "", name="file", kind="gguf", path="/models/x.gguf")
    configure(tmp_path, "https://x.example/v1", name="own", concurrency=64, per_minute=500)
    assert pace("plain") == Pace(16, None)
    assert pace("file") == Pace(2, None)
    assert pace("own") == Pace(64, 500)
    assert all("concurrency" in known()["kinds"][kind] for kind in MAKERS)
    for name in (BUILT_IN, "nobody"):
        with pytest.raises(EngineNotConfigured):
            pace(name)


@pytest.mark.parametrize("field", ["concurrency", "per_minute"])
@pytest.mark.parametrize("value", [0, -3, 2.5, True, "16", 10**9])
def test_a_limit_that_is_none_is_explained(tmp_path: Path, field: str, value: object) -> None:
    configure(tmp_path, "https://x.example/v1", name="wrong", **{field: value})
    with pytest.raises(SettingsError) as caught:
        pace("wrong")
    for language in ("en", "fr"):
        assert field in caught.value.text(language) and "wrong" in caught.value.text(language)
    assert "correction" in translate(info("wrong").note, "en")  # the list of engines stays, and says so
