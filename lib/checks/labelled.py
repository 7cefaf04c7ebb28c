"""The checks that are measured on labelled cases: for each set in ``sample_data/checks``, how its check reads a case.

The bench measures with these and the product runs the same functions, so what is measured is what people get.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lib.checks.labelled_wording import WORDING
from lib.checks.model import Finding, Verdict

Case = Mapping[str, Any]
Judge = Callable[[Case], Sequence[Finding]]


def objected(finding: Finding) -> bool:
    """Whether the reader is asked to change something; a note for information is no objection."""
    return finding.verdict in (Verdict.WARN, Verdict.FAIL)


def _pii(case: Case) -> Sequence[Finding]:
    from lib.checks.pii import pii_findings

    return pii_findings(case["text"], "text")


def _brands(case: Case) -> Sequence[Finding]:
    from lib.checks.brands import brand_findings

    return brand_findings(case["text"], "text")


def _near_copy(case: Case) -> Sequence[Finding]:
    from lib.checks.near_copy import Earlier, copy_findings, index_of

    posts = [Earlier(str(number), text) for number, text in enumerate(case["given"])]
    return copy_findings(case["text"], "text", index_of(posts))


def _unsupported_numbers(case: Case) -> Sequence[Finding]:
    from lib.checks.unsupported_numbers import number_findings

    return number_findings(case["output"], "output", case["inputs"])


# Name of the set, which is the check's name too, to the function that judges one case of it. A judge imports its check
# inside: the list is read by pages that only want the names.
LABELLED: dict[str, Judge] = {
    **WORDING,
    "pii": _pii,
    "brands": _brands,
    "near_copy": _near_copy,
    "unsupported_numbers": _unsupported_numbers,
}
