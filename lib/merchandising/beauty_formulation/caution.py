"""One thing that somebody must look at before a formula goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lib.verdicts import Verdict


@dataclass(frozen=True)
class Caution:
    """An English message id with its values, and how grave it is."""

    verdict: Verdict
    message: str
    values: dict[str, Any] = field(default_factory=dict)
