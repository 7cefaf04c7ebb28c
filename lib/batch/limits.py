"""How often each engine may be called, from the settings; these are read again when their file changes."""

from __future__ import annotations

import os
from pathlib import Path

from lib.database.engine_slots import EngineLimit
from lib.engines.registry import BUILT_IN, pace
from lib.settings import ROOT, settings

_seen: list[float] = []


def limit_of(engine: str) -> EngineLimit:
    """The limit of the engine called ``engine``. The built-in one writes with one row per processor core.

    Raises:
        EngineNotConfigured: there is none (any more).
        SettingsError: its settings make no sense.
    """
    if engine == BUILT_IN:
        return EngineLimit(os.cpu_count() or 1)
    found = pace(engine)
    return EngineLimit(found.concurrency, found.per_minute)


def reread_settings() -> None:
    """Read the settings again if their file has changed: an engine may have been added, corrected or taken out."""
    path = Path(os.environ.get("TOILE_SECRETS", ROOT / ".streamlit" / "secrets.toml"))
    changed = path.stat().st_mtime if path.is_file() else 0.0
    if _seen and _seen[0] != changed:
        settings.cache_clear()
    _seen[:] = [changed]
