"""What the checks say of a text as a person edits it: by field, for marks, findings and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from lib.checks import CheckResult, Finding, Verdict
from lib.commerce.product_descriptions.checks import near_copies, trace
from lib.commerce.product_descriptions.desk import Desk
from lib.commerce.product_descriptions.model import Description, Descriptions, Post
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.shell import session
from lib.tasks.checking import all_checks, run_checks

WHOLE = "options.0."  # how the checks name the one text that they are given


@dataclass(frozen=True)
class Read:
    """Every finding on one text, those that support it too; fields are the text's own ('body', 'bullets.2')."""

    results: tuple[CheckResult, ...]
    findings: tuple[Finding, ...]

    def of(self, field: str) -> list[Finding]:
        """The findings on one field; those on single points belong to 'bullets'."""
        return [found for found in self.findings if found.field.split(".")[0] == field]

    def objections(self, field: str) -> list[Finding]:
        """The findings on one field that ask for something or inform, the gravest first."""
        order = (Verdict.FAIL, Verdict.WARN, Verdict.NOTE)
        return sorted((f for f in self.of(field) if f.verdict in order), key=lambda f: order.index(f.verdict))

    def check_of(self, finding: Finding) -> str:
        """The name of the check that said it."""
        return next((one.check for one in self.results if any(found is finding for found in one.findings)), "")

    def count(self, verdict: Verdict) -> int:
        """How many findings have this verdict."""
        return sum(found.verdict is verdict for found in self.findings)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The checks' verdicts as the database keeps them."""
        return [
            {
                "check_name": one.check,
                "verdict": one.verdict.value,
                "findings": [asdict(found) for found in one.findings],
            }
            for one in self.results
        ]


def read_text(desk: Desk, number: int, text: Description, posts: Sequence[Post]) -> Read:
    """The checks on an option as it was edited; kept for the session while text and posts stay the same."""
    place = f"read_{number}"
    kept = st.session_state.get(place)
    if kept is None or kept[0] != desk.run or kept[1] != text or kept[2] is not posts:
        kept = (desk.run, text, posts, _read(desk, text, posts))
        st.session_state[place] = kept
    found: Read = kept[3]
    return found


def _read(desk: Desk, text: Description, posts: Sequence[Post]) -> Read:
    given = desk.brief
    checks = all_checks(DESCRIBE_PRODUCT, session.actor())
    checked = run_checks(checks, given, Descriptions(options=[text]), desk.language)
    own = tuple(CheckResult(one.check, tuple(_own(found) for found in one.findings)) for one in checked)
    # The page knows all earlier posts, the writer was given the nearest; and it shows what is supported, too.
    fuller = {
        "claims": trace(text, given.product, desk.language, note=given.note, house=given.voice.house),
        "near_copy": near_copies(text, posts, given.product) if posts else None,
    }
    results = tuple(
        one if (more := fuller.get(one.check)) is None else CheckResult(one.check, tuple(more)) for one in own
    )
    return Read(results, tuple(found for one in results for found in one.findings))


def _own(found: Finding) -> Finding:
    return replace(found, field=found.field.removeprefix(WHOLE))
