"""Results that hold for exactly this code: how one is told from an older one, and those that come with the product."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lib.catalogue import UseCase
from lib.proofs import Measure, Proof
from lib.settings import ROOT

SHIPPED = ROOT / "docs" / "evidence.json"  # made by `make proofs`, beside docs/evidence.md
ANALYSES = ROOT / "docs" / "analyses.json"  # what the use cases find in their samples; made by `make analyses`
SHARED = ("checks", "vocabulary")  # what use cases measure with
SUFFIXES = {".py", ".toml", ".json", ".md"}


def code_version(use_case: UseCase) -> str:
    """A hash over the use case's code, what it stands on and measures with, and its sample: a proof holds for these."""
    return _version(f"{use_case.area}/{use_case.slug}", use_case.stands_on, use_case.sample_data)


@cache
def _version(place: str, stands_on: tuple[str, ...], sample_data: tuple[str, ...]) -> str:
    home = ROOT / "lib" / place
    files = _code(home) if home.is_dir() else [home.with_suffix(".py")]
    for folder in (*SHARED, *stands_on):
        files += _code(ROOT / "lib" / folder)
    files += [ROOT / "sample_data" / name for name in sample_data]
    digest = hashlib.sha256()
    for path in files:
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _code(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)


def read_proof(stored: dict[str, Any]) -> Proof:
    """A Proof from its JSON form."""
    measures = tuple(read_measure(measure) for measure in stored["measures"])
    return Proof(**{**stored, "measures": measures})


def read_measure(stored: dict[str, Any]) -> Measure:
    """A Measure from its JSON form, which knows no tuples: the intervals come back as lists."""
    pairs = ("baseline_intervals", "differences")
    tuples = {key: {name: tuple(ends) for name, ends in stored[key].items()} for key in pairs if stored.get(key)}
    return Measure(**{**stored, **tuples})


def shipped(use_case: UseCase, seed: int, path: Path = SHIPPED) -> Proof | None:
    """The sample's proof that comes with the product, if it was made with exactly this code; else None."""
    if not path.is_file():
        return None
    entry = json.loads(path.read_text(encoding="utf-8")).get(use_case.slug)
    if entry is None or entry["code"] != code_version(use_case) or entry["proof"]["seed"] != seed:
        return None
    return read_proof(entry["proof"])


@dataclass(frozen=True)
class ShippedAnalysis:
    """What a use case's analysis finds in its sample, worked out before: ``output`` is that of a run."""

    method_version: str
    fingerprint: str  # of the data
    made_on: str  # ISO date
    output: dict[str, Any]


def shipped_analysis(
    slug: str, method_version: str, fingerprint: str, path: Path | None = None
) -> ShippedAnalysis | None:
    """The analysis that comes with the product, if it was made by exactly this method from exactly these data."""
    path = path or ANALYSES
    if not path.is_file():
        return None
    entry = _read_analyses(path, path.stat().st_mtime_ns).get(slug)
    if entry is None or (entry["method_version"], entry["fingerprint"]) != (method_version, fingerprint):
        return None
    return ShippedAnalysis(**entry)


@lru_cache(maxsize=4)
def _read_analyses(path: Path, modified: int) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored
