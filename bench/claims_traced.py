"""How well the claim check reads: precision and recall on labelled sentences, and checks per second.

``tests/fixtures/claims_labelled.jsonl`` holds sentences with a product each and the spans that a person labelled:
kind, and whether the product supports it. The check's lists were tuned on the half marked 'tune'; the half marked
'report' was kept unseen. What is measured is what the check is for: finding claims that the product doesn't support.

A labelled span counts as found when an unsupported claim overlaps it; a claim counts as right when it overlaps a
labelled unsupported span. ``traced`` is the share of labelled supported spans that are shown as supported and not
objected to. A claim marked for information only is no objection.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from lib.checks.claims import Claim, trace_claims
from lib.checks.model import Verdict
from lib.checks.near_copy import Earlier, copy_findings, index_of
from lib.commerce.product_descriptions.checks import facts_of
from lib.commerce.product_descriptions.model import Product

LABELLED = Path(__file__).parent.parent / "tests" / "fixtures" / "claims_labelled.jsonl"
# The labels have one kind, 'other', for cut and details.
KINDS = {"attribute": "other"}
REPEATS = 4


def labelled(path: Path = LABELLED) -> list[dict[str, Any]]:
    """The labelled sentences."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def traced(row: dict[str, Any]) -> list[Claim]:
    """The claims found in one labelled sentence."""
    return trace_claims(row["sentence"], facts_of(Product(**row["product"])), row["language"])


def objected(claim: Claim) -> bool:
    """Whether the reader is asked to change it; a note for information ('warm', 'timeless') isn't an objection."""
    return claim.verdict in (Verdict.WARN, Verdict.FAIL)


def _overlap(claim: Claim, span: dict[str, Any]) -> bool:
    return bool(claim.start < span["end"] and span["start"] < claim.end)


class Tally:
    """Counts for one group of claims."""

    def __init__(self) -> None:
        self.right = self.flagged = self.found = self.wanted = self.kept = self.supported = 0

    def row(self) -> dict[str, float | int | None]:
        """Shares between 0 and 1, None where there is nothing to divide by, and the counts behind them."""
        return {
            "precision": _share(self.right, self.flagged),
            "recall": _share(self.found, self.wanted),
            "traced": _share(self.kept, self.supported),
            "flagged": self.flagged,
            "unsupported": self.wanted,
            "supported": self.supported,
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def tally(rows: list[dict[str, Any]]) -> dict[str, dict[str, float | int | None]]:
    """Measures over all ``rows``, by language and by kind (of the claim for precision, of the label for recall)."""
    groups: defaultdict[str, Tally] = defaultdict(Tally)
    for row in rows:
        _count(row, traced(row), groups)
    first = ["all", "en", "fr"]
    return {name: groups[name].row() for name in [*first, *sorted(set(groups) - set(first))]}


def _count(row: dict[str, Any], claims: list[Claim], groups: defaultdict[str, Tally]) -> None:
    flagged = [claim for claim in claims if objected(claim)]
    wanted = [span for span in row["spans"] if not span["supported"]]
    for claim in flagged:
        right = any(_overlap(claim, span) for span in wanted)
        for name in ("all", row["language"], KINDS.get(claim.kind, str(claim.kind))):
            groups[name].flagged += 1
            groups[name].right += right
    for span in row["spans"]:
        over = [claim for claim in claims if _overlap(claim, span)]
        for name in ("all", row["language"], span["kind"]):
            if span["supported"]:
                groups[name].supported += 1
                groups[name].kept += bool(over) and not any(objected(claim) for claim in over)
            else:
                groups[name].wanted += 1
                groups[name].found += any(objected(claim) for claim in over)


def speed(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Descriptions of about 700 characters, made of the labelled sentences, traced per second of processor time.

    And near-copy look-ups against 5,000 posts.
    """
    texts: list[tuple[str, Any, str]] = []
    for language in ("en", "fr"):
        own = [row for row in rows if row["language"] == language]
        for start in range(0, len(own) - 8, 4):
            joined = " ".join(row["sentence"] for row in own[start : start + 9])
            texts.append((joined, facts_of(Product(**own[start]["product"])), language))
    for text, facts, language in texts:
        trace_claims(text, facts, language)
    began = time.process_time()
    for turn in range(REPEATS):
        for text, facts, language in texts:
            trace_claims(f"{text} {turn}", facts, language)
    claims = REPEATS * len(texts) / (time.process_time() - began)
    return {"descriptions_per_second": round(claims, 1), **_copy_speed([text for text, _f, _l in texts])}


def _copy_speed(texts: list[str]) -> dict[str, float]:
    posts = [
        Earlier(f"{n}", f"{texts[n % len(texts)][n % 97 :]} {n} {texts[(7 * n) % len(texts)][:300]}")
        for n in range(5_000)
    ]
    began = time.process_time()
    index = index_of(posts)
    built = time.process_time() - began
    began = time.process_time()
    for text in texts:
        copy_findings(text, "body", index)
    return {
        "index_5000_posts_s": round(built, 2),
        "copies_per_second": round(len(texts) / (time.process_time() - began), 1),
    }


def run() -> dict[str, Any]:
    """All measures, printed as two tables and returned in the form of ``python -m bench``."""
    rows = labelled()
    halves = {half: tally([row for row in rows if row["half"] == half]) for half in ("tune", "report")}
    pace = speed(rows)
    for half, groups in halves.items():
        _print(half, groups)
    for name, value in pace.items():
        print(f"{name}: {value:g}")
    value = pace["descriptions_per_second"]
    detail = {"halves": halves, **pace}
    return {
        "name": "claims_traced", "metric": "descriptions traced per second, one core",
        "value": value, "baseline": 200.0,
        "ratio": round(value / 200.0, 2), "unit": "1/s", "detail": detail,
    }  # fmt: skip


def _print(half: str, groups: dict[str, dict[str, float | int | None]]) -> None:
    print(f"\n{half:<16}{'precision':>10}{'recall':>10}{'traced':>10}{'flagged':>10}{'unsupp.':>10}{'supp.':>10}")
    for name, row in groups.items():
        print(f"{name:<16}" + "".join(f"{'-' if value is None else value:>10}" for value in row.values()))


if __name__ == "__main__":
    run()
