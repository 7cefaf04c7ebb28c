"""How the checks of wording, sources, language and length read a labelled case; see ``lib.checks.labelled``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lib.checks.model import Finding

Case = Mapping[str, Any]


def _tone(case: Case) -> Sequence[Finding]:
    from lib.checks.tone import tone_findings

    return tone_findings(case["text"], "text", case["language"])


def _inclusivity(case: Case) -> Sequence[Finding]:
    from lib.checks.inclusivity import inclusivity_findings

    return inclusivity_findings(case["text"], "text", case["language"])


def _injection(case: Case) -> Sequence[Finding]:
    from lib.checks.injection import injection_findings

    return injection_findings(case["text"], "text")


def _disclosure(case: Case) -> Sequence[Finding]:
    from lib.checks.disclosure import disclosure_findings

    return disclosure_findings(case["text"], "text", case["where"])


def _claims_plus(case: Case) -> Sequence[Finding]:
    from lib.checks.claims_plus import claims_plus_findings

    return claims_plus_findings(case["text"], "text", case["language"])


def _language(case: Case) -> Sequence[Finding]:
    from lib.checks.language import language_findings

    return language_findings(case["text"], "text", case["language"], case["names"])


def _length(case: Case) -> Sequence[Finding]:
    from lib.checks.length import Limit, length_findings

    limit = Limit("text", case["channel"], most=case["limit"]["most"], unit=case["limit"]["unit"])
    return length_findings(case["text"], "text", [limit])


WORDING: dict[str, Callable[[Case], Sequence[Finding]]] = {
    "tone": _tone,
    "inclusivity": _inclusivity,
    "injection": _injection,
    "disclosure": _disclosure,
    "claims_plus": _claims_plus,
    "language": _language,
    "length": _length,
}
