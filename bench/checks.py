"""How well each check reads: precision, recall and F1 on labelled cases, with 95% intervals, and checks per second.

The cases are in ``sample_data/checks``; how they were made is said there. A check was adjusted on the half 'tune'
alone; the half 'report' was kept unseen and is what counts. A case with labelled passages is *found* when an objection
(a warning or worse) lies over one of them, or speaks of the whole text. An objection to a case without labels, or
beside the labelled passages, makes the case a *false* warning. So recall is found / labelled, precision is found /
(found + false).

Intervals of shares are Wilson's (1927). F1 = 2 J / (1 + J) with J = found / (found + false + missed), which is a share
(Hand, Christen and Kirielle, 2021, F*: an interpretable transformation of the F-measure): its interval carries over.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import check_pictures
from lib.checks.labelled import LABELLED, Case, Judge, objected
from lib.checks.measured import BAR, RESULTS
from lib.checks.model import Finding

SETS = Path(__file__).parent.parent / "sample_data" / "checks"
REPORT = RESULTS.with_suffix(".md")
HALVES = ("report", "tune")
GROUPS = ("all", "en", "fr")
Z = 1.959964  # the normal distribution's 97.5% point
INTRODUCTION = (
    "Made by `python -m bench checks --write`; never edited by hand. The cases and how they were labelled:",
    "[sample_data/checks](../sample_data/checks/README.md). A check was adjusted on the half *tune* alone; the half",
    "*report* was kept unseen. A share is followed by its 95% interval (Wilson, 1927; that of F1 by way of its share",
    f"form, Hand and others, 2021). A check with an F1 under {BAR} on the unseen half is weak, and says so where it",
    "is shown. *Per second*: cases on one core.",
)
# The sets of pictures have no language, and their pictures are made with what no check may import.
PICTURES: dict[str, Judge] = {
    "near_copy_images": check_pictures.near_copy_images,
    "provenance": check_pictures.provenance,
}
HEADINGS = "| check | language | cases | precision | recall | F1 | per second | |"


@dataclass
class Counts:
    """Cases of one group: labelled ones found and missed, and cases with a false warning."""

    cases: int = 0
    found: int = 0
    missed: int = 0
    false: int = 0

    def add(self, case: Case, findings: Sequence[Finding]) -> None:
        """Count one case by what the check said of it."""
        objections = [finding for finding in findings if objected(finding)]
        hit = bool(case["spans"]) and any(_over(finding, case["spans"]) for finding in objections)
        self.cases += 1
        self.found += hit
        self.missed += bool(case["spans"]) and not hit
        self.false += bool(objections) and not hit

    def row(self) -> dict[str, Any]:
        """Shares as [value, low, high], [None, None, None] where there is nothing to divide by."""
        joint = share(self.found, self.found + self.false + self.missed)
        return {
            "cases": self.cases,
            "found": self.found,
            "missed": self.missed,
            "false": self.false,
            "precision": share(self.found, self.found + self.false),
            "recall": share(self.found, self.found + self.missed),
            "f1": [None if end is None else round(2 * end / (1 + end), 3) for end in joint],
        }


def _over(finding: Finding, spans: Iterable[dict[str, Any]]) -> bool:
    if finding.start is None or finding.end is None:
        return True
    return any(finding.start < span["end"] and span["start"] < finding.end for span in spans)


def share(part: int, whole: int) -> list[float | None]:
    """The share with its 95% interval (Wilson, 1927)."""
    if not whole:
        return [None, None, None]
    value = part / whole
    middle = (value + Z * Z / (2 * whole)) / (1 + Z * Z / whole)
    half = Z / (1 + Z * Z / whole) * math.sqrt(value * (1 - value) / whole + Z * Z / (4 * whole * whole))
    return [round(end, 3) for end in (value, max(0.0, middle - half), min(1.0, middle + half))]


def cases(name: str, folder: Path = SETS) -> list[dict[str, Any]]:
    """The labelled cases of one check."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def measure(judge: Judge, rows: Sequence[Case]) -> dict[str, Any]:
    """Both halves by language, the kinds missed, and cases judged per second of processor time on one core."""
    if rows:
        judge(rows[0])  # lists and indexes are built once, before the clock runs
    began = time.process_time()
    judged = [(case, judge(case)) for case in rows]
    spent = time.process_time() - began
    counts = {half: {group: Counts() for group in GROUPS} for half in HALVES}
    kinds: dict[str, list[int]] = {}
    for case, findings in judged:
        for group in {"all", case["language"]} & set(GROUPS):
            counts[case["half"]][group].add(case, findings)
        if case["half"] == "report":
            _by_kind(case, findings, kinds)
    halves = {half: {group: count.row() for group, count in groups.items()} for half, groups in counts.items()}
    return {**halves, "kinds": dict(sorted(kinds.items())), "per_second": round(len(rows) / max(spent, 1e-6), 1)}


def _by_kind(case: Case, findings: Sequence[Finding], kinds: dict[str, list[int]]) -> None:
    """Of the labelled passages of each kind: how many an objection lies over, and how many there are."""
    objections = [finding for finding in findings if objected(finding)]
    for span in case["spans"]:
        tally = kinds.setdefault(span["kind"], [0, 0])
        tally[0] += any(_over(finding, [span]) for finding in objections)
        tally[1] += 1


def run() -> dict[str, Any]:
    """Measure every check of the registry and print the table."""
    results = {name: measure(judge, cases(name)) for name, judge in {**LABELLED, **PICTURES}.items()}
    for half in HALVES:
        print(f"\n{half}\n" + "\n".join(_lines(results, half)))
    return results


def _lines(results: dict[str, Any], half: str) -> list[str]:
    head = f"{'check':<20}{'':<5}{'cases':>6}  {'precision':<19}{'recall':<19}{'F1':<19}{'per s':>9}"
    lines = [head]
    for name, result in results.items():
        for group in (group for group in GROUPS if result[half][group]["cases"]):
            row = result[half][group]
            shares = "".join(f"{_ends(row[key]):<19}" for key in ("precision", "recall", "f1"))
            pace = f"{result['per_second']:>9,.0f}" if group == "all" else ""
            mark = "  weak" if half == "report" and group == "all" and (row["f1"][0] or 0) < BAR else ""
            lines.append(f"{name if group == 'all' else '':<20}{group:<5}{row['cases']:>6}  {shares}{pace}{mark}")
    return lines


def _ends(ends: Sequence[float | None]) -> str:
    value, low, high = ends
    return "-" if value is None else f"{value:.2f} ({low:.2f}-{high:.2f})"


def write(results: dict[str, Any], target: Path = RESULTS, report: Path = REPORT) -> None:
    """docs/checks.json for the pages and docs/checks.md for people."""
    target.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    report.write_text("\n".join(_document(results)) + "\n", encoding="utf-8")


def _document(results: dict[str, Any]) -> list[str]:
    lines = ["# How well the checks read", "", *INTRODUCTION]
    for half in HALVES:
        lines += ["", f"## The half {half}", "", HEADINGS]
        lines.append("|---|---|---:|---|---|---|---:|---|")
        lines += [line for name, result in results.items() for line in _rows(name, result, half)]
    lines += ["", "## Labelled passages of the unseen half that were found, by kind", ""]
    lines += ["| check | kind | found | of |", "|---|---|---:|---:|"]
    for name, result in results.items():
        lines += [f"| {name} | {kind} | {found} | {wanted} |" for kind, (found, wanted) in result["kinds"].items()]
    return lines


def _rows(name: str, result: dict[str, Any], half: str) -> list[str]:
    rows = []
    for group in (group for group in GROUPS if result[half][group]["cases"]):
        row = result[half][group]
        weak = "weak" if group == "all" and (row["f1"][0] or 0) < BAR else ""
        shares = " | ".join(_ends(row[key]) for key in ("precision", "recall", "f1"))
        pace = f"{result['per_second']:,.0f}" if group == "all" else ""
        rows.append(f"| {name if group == 'all' else ''} | {group} | {row['cases']} | {shares} | {pace} | {weak} |")
    return rows
