"""An engine that points at a loopback server, with waits short enough for a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lib.engines.prices import capabilities_of
from lib.engines.text.model import Message, TextRequest
from lib.engines.text.openai_compatible import OpenAICompatible
from lib.engines.text.retry import RetryPolicy
from lib.settings import EngineSettings, settings
from tests.loopback.server import LoopbackServer

KEY = "sk-sentinel-5f3a9c"
QUICK = RetryPolicy(tries=3, first_wait=0.01, longest_wait=0.5)


def engine(server: LoopbackServer | str, policy: RetryPolicy = QUICK, **changes: Any) -> OpenAICompatible:
    """The real client, at ``server``."""
    url = server if isinstance(server, str) else server.url
    fields: dict[str, Any] = {"name": "loop", "kind": "openai", "model": "loop-1", "key": KEY, "local": True}
    found = EngineSettings(**{**fields, "base_url": url, **changes})
    return OpenAICompatible(
        found, model=found.model, base_url=url, capabilities=capabilities_of(found, found.model), policy=policy
    )


def request(**changes: Any) -> TextRequest:
    return TextRequest(**{"messages": (Message("user", "Hello"),), "timeout": 5.0, **changes})


def configure(folder: Path, url: str, name: str = "loop", **fields: Any) -> None:
    """Write the engine into the installation's secrets file, as its owner would."""
    row = {"kind": "openai", "model": "loop-1", "key": KEY, "local": True, "base_url": url, **fields}
    lines = [f"[engines.{name}]", *(f"{key} = {_toml(value)}" for key, value in row.items())]
    path = folder / "secrets.toml"
    path.write_text((path.read_text() if path.exists() else "") + "\n".join(lines) + "\n")
    settings.cache_clear()


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return str(value).lower() if isinstance(value, bool) else repr(value)
