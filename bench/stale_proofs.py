"""The Proofs whose code or sample has changed since docs/evidence.json was made; the others stay as they are."""

from __future__ import annotations

from typing import Any

from bench import proofs


def run() -> list[dict[str, Any]]:
    """Every ready use case's measures, see ``bench.proofs.run``."""
    return proofs.run(stale_only=True)
