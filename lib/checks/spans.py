"""From findings to the pieces of text that a page marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lib.checks.model import Finding, Verdict
from lib.i18n import N_

GRAVITY = {verdict: rank for rank, verdict in enumerate(Verdict)}

VERDICT_TITLES: dict[Verdict, str] = {
    Verdict.PASS: N_("Supported"),
    Verdict.NOTE: N_("For your information"),
    Verdict.WARN: N_("Please check"),
    Verdict.FAIL: N_("Must be changed"),
}

# A check as a whole isn't 'supported': nothing was found.
CHECK_TITLES: dict[Verdict, str] = {**VERDICT_TITLES, Verdict.PASS: N_("Nothing to object")}


@dataclass(frozen=True)
class Segment:
    """A piece of the text: ``verdict`` is None where nothing was found.

    ``evidence_label`` is the finding's evidence path; ``finding`` is the gravest finding that covers the
    piece, for its message.
    """

    text: str
    verdict: Verdict | None
    evidence_label: str = ""
    finding: Finding | None = None


def segments(text: str, findings: Iterable[Finding]) -> list[Segment]:
    """``text`` cut into pieces, each under at most one finding; where findings overlap the gravest wins.

    Findings without a place, with an empty one or outside the text mark nothing. The pieces joined are the text.
    """
    covered: list[Finding | None] = [None] * len(text)
    # The gravest is written last; of two alike, the shorter, which says more precisely where to look.
    for finding in sorted(_placed(findings, len(text)), key=_weight):
        start, end = finding.start or 0, finding.end or 0
        covered[start:end] = [finding] * (end - start)
    return _pieces(text, covered)


def _placed(findings: Iterable[Finding], length: int) -> list[Finding]:
    return [f for f in findings if f.start is not None and f.end is not None and 0 <= f.start < f.end <= length]


def _weight(finding: Finding) -> tuple[int, int]:
    return GRAVITY[finding.verdict], -((finding.end or 0) - (finding.start or 0))


def _pieces(text: str, covered: list[Finding | None]) -> list[Segment]:
    pieces: list[Segment] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or covered[place] is not covered[start]:
            found = covered[start]
            label = found.evidence if found else ""
            pieces.append(Segment(text[start:place], found.verdict if found else None, label, found))
            start = place
    return pieces


def gravest(findings: Iterable[Finding]) -> Verdict | None:
    """The gravest verdict among ``findings``, None where there are none."""
    return max((finding.verdict for finding in findings), key=GRAVITY.__getitem__, default=None)
