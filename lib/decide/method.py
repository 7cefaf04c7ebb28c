"""How the ranking and the roadmap were checked: numbers that come with the product and hold for exactly this code.

``python -m bench method`` measures them and writes docs/method.json; what was measured on other code isn't shown.
"""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lib.catalogue import Area, Criterion
from lib.decide.acceptability import exact, over_all_weights
from lib.decide.model import Basis, Candidate
from lib.decide.ranking import Judged
from lib.decide.roadmap.proof import Gain, gains
from lib.settings import ROOT

SHIPPED = ROOT / "docs" / "method.json"
PORTFOLIOS, PARTS, DRAWS = 1_000, 3, 2_000
RANKING = ("acceptability.py", "drawing.py")  # what each number was measured on, below lib/decide
ROADMAP = ("roadmap/model.py", "roadmap/proof.py", "roadmap/searching.py", "roadmap/solving.py")


@dataclass(frozen=True)
class Agreement:
    """How many exact chances lay in the draws' own 95% intervals, and the largest distance between the two."""

    portfolios: int
    chances: int
    inside: int
    furthest: float

    @property
    def share(self) -> float:
        """Of the exact chances, those within the interval; 95% is promised."""
        return self.inside / self.chances


def agreement(portfolios: int = PORTFOLIOS, seed: int = 7) -> Agreement:
    """Draws over all weights beside every weighting enumerated, on random portfolios of sure scores."""
    chance = random.Random(seed)
    inside = total = 0
    furthest = 0.0
    for number in range(portfolios):
        candidates, levels, share, top = _portfolio(chance)
        sure = {
            slug: {criterion: Judged(level, level, level, Basis.OPINION) for criterion, level in row.items()}
            for slug, row in levels.items()
        }
        truth = exact(levels, share, parts=PARTS, top=top)
        for one in over_all_weights(candidates, sure, share, draws=DRAWS, seed=number, parts=PARTS, top=top):
            known = truth[one.candidate.slug]
            inside += one.low - 1e-9 <= known <= one.high + 1e-9
            total += 1
            furthest = max(furthest, abs(one.top - known))
    return Agreement(portfolios, total, inside, furthest)


def _portfolio(chance: random.Random) -> tuple[list[Candidate], dict[str, dict[Criterion, float]], float, int]:
    count = chance.randint(3, 9)
    candidates = [Candidate(f"c{at}", f"C{at}", Area.COMMERCE, own=False, has_page=False) for at in range(count)]
    levels = {one.slug: {criterion: chance.uniform(1, 5) for criterion in Criterion} for one in candidates}
    return candidates, levels, chance.random(), chance.randint(1, count - 1)


@cache
def version(files: tuple[str, ...]) -> str:
    """A hash over the code that was measured."""
    digest = hashlib.sha256()
    for name in files:
        digest.update(name.encode() + (ROOT / "lib" / "decide" / name).read_bytes())
    return digest.hexdigest()[:16]


def measured(portfolios: int = PORTFOLIOS) -> dict[str, Any]:
    """All numbers with the code that they are of, as docs/method.json keeps them."""
    value, weeks = gains(portfolios)
    return {
        "ranking": {"code": version(RANKING), "agreement": asdict(agreement(portfolios))},
        "roadmap": {"code": version(ROADMAP), "value": asdict(value), "weeks": asdict(weeks)},
    }


def shipped_agreement(path: Path = SHIPPED) -> Agreement | None:
    """What the ranking's draws were measured at, where that was exactly this code."""
    entry = _entry(path, "ranking", RANKING)
    return Agreement(**entry["agreement"]) if entry else None


def shipped_gains(path: Path = SHIPPED) -> tuple[Gain, Gain] | None:
    """What the plans were measured at beside greedy by value and by the value of a person-week."""
    entry = _entry(path, "roadmap", ROADMAP)
    return (Gain(**entry["value"]), Gain(**entry["weeks"])) if entry else None


def _entry(path: Path, part: str, files: tuple[str, ...]) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    entry: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")).get(part, {})
    return entry if entry.get("code") == version(files) else None
