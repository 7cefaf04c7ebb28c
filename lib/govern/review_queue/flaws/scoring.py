"""How well flaws were found: precision and recall by reader and kind, with intervals, beside the automatic checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.govern.review_queue.flaws.model import Flaw, Item, Mark
from lib.proofs import share_interval


@dataclass(frozen=True)
class Share:
    """``hits`` of ``n`` with Wilson's 95% interval; None where there was nothing to count."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return share_interval(self.hits, self.n) if self.n else None


@dataclass(frozen=True)
class Found:
    """One flaw after the round: whether it was marked, whether under its own name, whether a check objects to it."""

    item: int
    flaw: Flaw
    marked: bool
    named: bool
    checked: bool


@dataclass(frozen=True)
class Score:
    """``precision``: of the marks, how many hit a flaw; ``recall``: of the flaws, how many were marked; ``named``: of
    the flaws marked, how many under their own kind. ``clean``: of the texts without a flaw, how many stayed unmarked.
    """

    precision: Share
    recall: Share
    named: Share
    clean: Share


def hits(mark: Mark, flaw: Flaw) -> bool:
    """Whether a mark overlaps a flaw. What is missing has its whole field for a place, but only under its own name: a
    mark of another kind in that field objects to something else."""
    if mark.path != flaw.path or not (mark.start < flaw.end and flaw.start < mark.end):
        return False
    return flaw.kind != "missing_care" or mark.kind in ("missing_care", "")


def found_in(items: Sequence[Item], marks: Sequence[Sequence[Mark]]) -> list[Found]:
    """What became of each flaw; ``marks`` are the reader's, by item."""
    return [
        Found(
            at,
            flaw,
            any(hits(mark, flaw) for mark in given),
            any(hits(mark, flaw) and mark.kind == flaw.kind for mark in given),
            any(hits(finding, flaw) for finding in item.findings),
        )
        for at, (item, given) in enumerate(zip(items, marks, strict=True))
        for flaw in item.flaws
    ]


def score(items: Sequence[Item], marks: Sequence[Sequence[Mark]]) -> Score:
    """A reader's marks against the key. Two marks on one flaw are two hits for precision and one for recall."""
    found = found_in(items, marks)
    pairs = [(mark, item.flaws) for item, given in zip(items, marks, strict=True) for mark in given]
    clean = [not given for item, given in zip(items, marks, strict=True) if not item.flaws]
    return Score(
        Share(sum(any(hits(mark, flaw) for flaw in flaws) for mark, flaws in pairs), len(pairs)),
        Share(sum(one.marked for one in found), len(found)),
        Share(sum(one.named for one in found), sum(one.marked for one in found)),
        Share(sum(clean), len(clean)),
    )


def of_checks(items: Sequence[Item]) -> Score:
    """The automatic checks on the same texts; they name no kind, so nothing is 'named'."""
    made = score(items, [item.findings for item in items])
    return Score(made.precision, made.recall, Share(0, 0), made.clean)


def merged(shares: Iterable[Share]) -> Share:
    """Several shares counted together."""
    together = list(shares)
    return Share(sum(one.hits for one in together), sum(one.n for one in together))


def merge(scores: Sequence[Score]) -> Score:
    """Several rounds, or several readers, counted together."""
    return Score(
        merged(one.precision for one in scores),
        merged(one.recall for one in scores),
        merged(one.named for one in scores),
        merged(one.clean for one in scores),
    )


def by_kind(found: Sequence[Found]) -> dict[str, tuple[Share, Share]]:
    """For each kind of flaw the recall of the reader and that of the checks, the kinds in alphabetical order."""
    kinds = sorted({one.flaw.kind for one in found})
    made = {}
    for kind in kinds:
        of_it = [one for one in found if one.flaw.kind == kind]
        made[kind] = (
            Share(sum(one.marked for one in of_it), len(of_it)),
            Share(sum(one.checked for one in of_it), len(of_it)),
        )
    return made


def precision_by_kind(items: Sequence[Item], marks: Sequence[Sequence[Mark]]) -> dict[str, Share]:
    """For each kind that the reader named: of the marks under this name, how many lie on a flaw of this kind."""
    made: dict[str, tuple[int, int]] = {}
    for item, given in zip(items, marks, strict=True):
        for mark in given:
            right, n = made.get(mark.kind, (0, 0))
            hit = any(hits(mark, flaw) and flaw.kind == mark.kind for flaw in item.flaws)
            made[mark.kind] = (right + hit, n + 1)
    return {kind: Share(*counted) for kind, counted in sorted(made.items())}
