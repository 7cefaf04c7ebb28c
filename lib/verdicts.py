"""What a check takes and gives."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """In order of gravity."""

    PASS = "pass"  # noqa: S105, no password
    NOTE = "note"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One thing a check found, at a place in the output.

    ``field`` is a dotted path in the output ('options.0.body'); ``start`` and ``end`` are character offsets in that
    field's text (end exclusive), or None when the finding is about the whole field. ``message`` is an English message
    id, filled with ``values``. ``evidence`` names the input that supports the passage ('product.materials.0') or is
    empty.
    """

    field: str
    verdict: Verdict
    message: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    start: int | None = None
    end: int | None = None
    evidence: str = ""
    kind: str = ""


@dataclass(frozen=True)
class CheckResult:
    """A check's verdict on one output: the gravest of its findings, PASS where there are none."""

    check: str
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        order = list(Verdict)
        return max((finding.verdict for finding in self.findings), key=order.index, default=Verdict.PASS)


@dataclass(frozen=True)
class Check:
    """A named test of an output. ``run(inputs, output, language)`` is pure and offline.

    ``title`` and ``limits`` (what the check can't see) are English message ids.
    """

    name: str
    title: str
    run: Callable[[Any, Any, str], CheckResult]
    limits: str = ""
