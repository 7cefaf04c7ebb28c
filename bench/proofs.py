"""Every Proof in one table. ``make proofs`` writes it to docs/evidence.md, which is never edited by hand."""

from __future__ import annotations

import json
from typing import Any

from lib.catalogue import UseCase, ready
from lib.evidence import SHIPPED, code_version, shipped
from lib.i18n import number
from lib.proofs import Measure, Proof, proof_function

SEED = 0
EVIDENCE = SHIPPED.with_suffix(".md")
HEAD = """# Evidence

What each use case's Proof measures on the demo house's sample, against the baselines that a house or the
field would use. Made by `make proofs`; never edited by hand. A loss is shown like a win. Intervals are 95%.
"""
COLUMNS = (
    "| measure | engine | n | ours | interval | baseline | its value | outcome |\n|---|---|---|---|---|---|---|---|"
)
OUTCOME = {True: "better", False: "worse", None: "open"}


def row(measure: Measure, baseline: str) -> str:
    """One measure against one baseline, as a line of the table."""
    interval = "" if measure.low is None or measure.high is None else f"{number(measure.low)} to {number(measure.high)}"
    cells = (
        f"{measure.metric}{_language(measure)} ({measure.unit})",
        measure.engine,
        str(measure.n),
        number(measure.ours),
        interval,
        baseline,
        number(measure.baselines[baseline]),
        OUTCOME[measure.wins(baseline)],
    )
    return "| " + " | ".join(cells) + " |"


def _language(measure: Measure) -> str:
    """', French' where the metric's own words don't say it."""
    name = {"fr": "French", "en": "English"}.get(measure.language, "")
    return f", {name}" if name and name not in measure.metric else ""


def section(case: UseCase, proof: Proof) -> str:
    """One use case's heading and table."""
    rows = [row(measure, baseline) for measure in proof.measures for baseline in measure.baselines]
    control = "claims a win where there is nothing to find" if proof.null_win else "reports no win"
    return "\n".join([f"\n## {case.title}\n", COLUMNS, *rows, f"\nNull control (outcomes shuffled): {control}."])


def run(stale_only: bool = False) -> list[dict[str, Any]]:
    """Run each ready use case's Proof on the sample, write docs/evidence.md, print it, and return the measures.

    With ``stale_only`` a Proof that was made with exactly this code and sample is taken as it stands.
    """
    proofs = [(case, _proof(case, stale_only)) for case in ready()]
    text = "\n".join([HEAD, *(section(case, proof) for case, proof in proofs)]) + "\n"
    EVIDENCE.write_text(text, encoding="utf-8")
    stored = {case.slug: {"code": code_version(case), "proof": proof.as_json()} for case, proof in proofs}
    SHIPPED.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(text)
    return [proof.as_json() for _case, proof in proofs]


def _proof(case: UseCase, stale_only: bool) -> Proof:
    known = shipped(case, SEED) if stale_only else None
    return known or proof_function(case.proof)(None, SEED)
