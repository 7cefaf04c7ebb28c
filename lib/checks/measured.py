"""What was measured of a check on labelled cases, from docs/checks.json, which ``python -m bench checks`` writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lib.i18n import N_, _
from lib.settings import ROOT

RESULTS = ROOT / "docs" / "checks.json"
BAR = 0.8  # a check with a lower F1 on the unseen half is called weak where it is shown

WORKS = N_(
    "Finds {found} of 10; {false} of 10 of its warnings are false (measured on {cases} cases it had never seen)."
)
WEAK = N_(
    "A weak check: it finds {found} of 10, and {false} of 10 of its warnings are false (measured on {cases} cases it "
    "had never seen). Read the text yourself."
)
SILENT = N_("A weak check: it gave no warning on the {cases} cases it was measured on. Read the text yourself.")
UNMEASURED = N_("How many faults this check finds and misses was not measured on labelled cases. Look yourself, too.")


@dataclass(frozen=True)
class Share:
    """A share between 0 and 1 with the ends of its 95% interval; ``value`` None where nothing was there to divide."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Measured:
    """A check on the unseen half of its cases, in one language or in all ('all')."""

    check: str
    language: str
    cases: int
    precision: Share
    recall: Share
    f1: Share
    per_second: float

    @property
    def weak(self) -> bool:
        """Whether the F1 stays under the stated bar."""
        return self.f1.value is None or self.f1.value < BAR


def measured(check: str, language: str = "all", path: Path = RESULTS) -> Measured | None:
    """The result of ``check`` on the unseen half; None where it was never measured."""
    entry = _results(path, path.stat().st_mtime_ns if path.is_file() else 0).get(check)
    row = entry and entry["report"].get(language)
    if not entry or not row:
        return None
    shares = {name: Share(*row[name]) for name in ("precision", "recall", "f1")}
    return Measured(check, language, row["cases"], per_second=entry["per_second"], **shares)


@lru_cache(maxsize=4)
def _results(path: Path, _changed: int) -> dict[str, Any]:
    if not path.is_file():
        return {}
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored


def sentence(check: str, path: Path = RESULTS) -> str:
    """What to tell a reader about the check, in the language of the page; that it was never measured, too."""
    result = measured(check, path=path)
    if result is None:
        return _(UNMEASURED)
    if result.precision.value is None:
        return _(SILENT, cases=result.cases)
    found, false = round(10 * (result.recall.value or 0)), round(10 * (1 - result.precision.value))
    return _(WEAK if result.weak else WORKS, found=found, false=false, cases=result.cases)
