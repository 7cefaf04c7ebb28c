"""What all selections of a house stand on: what its clients think on the whole, what they choose by, what was read.

The demo house's comes with the product (``make analyses``), and holds only where it was made by exactly this code from
exactly these files; else it is worked out, which takes some seconds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from lib.commerce.stylist.held_out import choices_of, window_of
from lib.commerce.stylist.learning import Weights, learned, start
from lib.commerce.stylist.model import Comment, Said
from lib.commerce.stylist.profile import Prior, prior_of
from lib.commerce.stylist.reading_all import Read, by_client, sample_read
from lib.commerce.stylist.samples import SAMPLE_FILES, STORES, House, sample_house
from lib.evidence import shipped_analysis
from lib.settings import ROOT

USE_CASE = "stylist"
LEARN_DAYS = 184
#: Everything that the result depends on, beside the reading, the vocabulary and the files.
LEARNING = (
    "columns", "data", "features", "groundwork", "held_out", "learning", "looks", "model", "pieces", "profile",
    "reading_all", "samples",
)  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What all profiles of a house share: the prior over clients and the weights learned from purchases."""

    prior: Prior
    weights: Weights
    today: dt.date


@dataclass(frozen=True)
class Told:
    """What the page says of a reading: how much was read, in which languages, how much stayed closed.

    ``agreement``: see ``agreement``.
    """

    comments: int
    languages: Mapping[str, int]
    closed: int
    agreement: tuple[float, int] | None = None


def told_of(house: House, read: Read) -> Told:
    """What is said of a house's reading."""
    return Told(len(read.said), read.languages, read.closed, agreement(house, read))


def ground_of(house: House, read: Read) -> Ground:
    """The prior and the weights of a house; without purchases the weights are those of the start."""
    said = by_client(house, read)
    rows: Mapping[str, Sequence[Said]] = said or {
        sku: [one for comment in comments for one in read.said.get(comment.id, ())]
        for sku, comments in _by_product(house.comments).items()
    }
    days = [one.written_on for one in house.comments if one.written_on] + [one.day for one in house.purchases]
    today = max(days) if days else dt.date.today()
    return Ground(prior_of(rows), _weights(house, said, today), today)


def _by_product(comments: Sequence[Comment]) -> dict[str, list[Comment]]:
    found: dict[str, list[Comment]] = {}
    for one in comments:
        found.setdefault(one.sku or one.group or one.id, []).append(one)
    return found


def _weights(house: House, said: Mapping[str, Sequence[Said]], today: dt.date) -> Weights:
    """Learned from the last two spans of purchases, each from what was known before it."""
    if not house.purchases:
        return start()
    every = {one.client: said.get(one.client, ()) for one in house.purchases}
    half = LEARN_DAYS // 2
    windows = [window_of(house, every, today - dt.timedelta(half * n), half, 0) for n in (1, 2)]
    return learned([choice for window in windows for choice in choices_of(window)])


def agreement(house: House, read: Read) -> tuple[float, int] | None:
    """How well the reading agrees with the stars: the chance that a comment of 4 or 5 stars reads friendlier than one
    of 1 or 2 (area under the curve; Hanley and McNeil 1982), and on how many; None below 30 of each.
    """
    high, low = [], []
    for comment in house.comments:
        said = read.said.get(comment.id, ())
        if comment.rating is None or not said:
            continue
        mood = float(np.mean([one.opinion.polarity for one in said]))
        if comment.rating >= 4:
            high.append(mood)
        elif comment.rating <= 2:
            low.append(mood)
    if min(len(high), len(low)) < 30:
        return None
    order = np.sort(low)
    below, above = (np.searchsorted(order, high, side).sum() for side in ("left", "right"))  # equal ones count half
    return float(below + above) / 2 / (len(high) * len(low)), len(high) + len(low)


@cache
def method_version() -> str:
    """The hash of the code that reads and learns, so that a change of it makes the shipped result void."""
    folder = Path(__file__).parent
    files = [folder / f"{name}.py" for name in LEARNING]
    for place in (folder / "reading", ROOT / "lib" / "vocabulary"):
        files += sorted(path for path in place.rglob("*") if path.suffix in (".py", ".toml"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def fingerprint() -> str:
    """The hash of the demo house's files."""
    return _fingerprint(tuple(path.stat().st_mtime_ns for path in (*SAMPLE_FILES, STORES)))


@lru_cache(maxsize=1)
def _fingerprint(modified: tuple[int, ...]) -> str:
    digest = hashlib.sha256()
    for path in (*SAMPLE_FILES, STORES):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def of_sample() -> dict[str, Any]:
    """The demo house's, worked out, in the form in which it comes with the product."""
    house, read = sample_house(), sample_read()
    ground, told = ground_of(house, read), told_of(house, read)
    prior = ground.prior
    output = {
        "strength": dict(prior.strength),
        "of_aspect": dict(prior.of_aspect),
        "of_value": [[aspect, value, mean] for (aspect, value), mean in prior.of_value.items()],
        "weights": asdict(ground.weights),
        "today": ground.today.isoformat(),
        "told": asdict(told),
    }
    made_on = dt.datetime.now(dt.UTC).date().isoformat()
    return {
        "method_version": method_version(), "fingerprint": fingerprint(), "made_on": made_on, "output": output,
    }  # fmt: skip


def from_output(output: Mapping[str, Any]) -> tuple[Ground, Told]:
    """What ``of_sample`` wrote, read back."""
    of_value = {(str(aspect), str(value)): float(mean) for aspect, value, mean in output["of_value"]}
    weights = output["weights"]
    ground = Ground(
        Prior(output["strength"], output["of_aspect"], of_value),
        Weights(tuple(weights["mean"]), tuple(weights["variance"]), int(weights["learned_from"])),
        dt.date.fromisoformat(output["today"]),
    )
    told = output["told"]
    found = told["agreement"]
    agreed = (float(found[0]), int(found[1])) if found else None
    return ground, Told(int(told["comments"]), told["languages"], int(told["closed"]), agreed)


def shipped_ground() -> tuple[Ground, Told] | None:
    """The demo house's as it comes with the product; None where code or files have changed since."""
    came = shipped_analysis(USE_CASE, method_version(), fingerprint())
    return from_output(came.output) if came else None


@lru_cache(maxsize=1)
def _sample_ground(house: int) -> tuple[Ground, Told]:
    came = shipped_ground()
    if came is not None:
        return came
    read = sample_read()
    return ground_of(sample_house(), read), told_of(sample_house(), read)


def sample_ground() -> Ground:
    """The demo house's, once per process."""
    return _sample_ground(id(sample_house()))[0]


def sample_told() -> Told:
    """What is said of the demo house's reading."""
    return _sample_ground(id(sample_house()))[1]
