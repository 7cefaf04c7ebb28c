"""A house with what was learned from it: the fit, which takes seconds, and what is derived from it, which doesn't.

The fit of the demo house's tables comes with the product (docs/analyses.json) and holds for exactly this method and
these tables. A house's own is learned by the worker and kept as a run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from lib.commerce.personalised_storefront.choosing import Choice, choose
from lib.commerce.personalised_storefront.house import House, house_of
from lib.commerce.personalised_storefront.model import Tables
from lib.commerce.personalised_storefront.ranker import Ranker, learn, learned
from lib.commerce.personalised_storefront.samples import FILES, FOLDER, sample_tables
from lib.evidence import shipped_analysis
from lib.i18n import N_

USE_CASE = "personalised_storefront"
FIT = "storefront_fit"  # the method's name in a run
COMPARING, WEIGHING = N_("Comparing ways of learning"), N_("Learning weights from the latest purchases")
MOST = 3
# What the fit depends on, beside the tables.
LEARNING = (
    "attributes", "choice", "choosing", "cleaning", "factors", "history", "house", "learned", "ranker", "sales",
    "similarity", "taste",
)  # fmt: skip
_lock = Lock()


@dataclass(frozen=True)
class Fit:
    """What takes long to learn: the chosen method and the weights of ``ranker.FEATURES``."""

    choice: Choice
    weights: tuple[float, ...]
    choices: int  # purchases that the weights were learned from

    def as_json(self) -> dict[str, Any]:
        """JSON-able; ``fit_from`` reads it back."""
        return asdict(self)


def fit_from(stored: dict[str, Any]) -> Fit:
    """A fit from its JSON form."""
    told = tuple((str(name), float(value)) for name, value in stored["choice"]["told"])
    return Fit(Choice(**{**stored["choice"], "told": told}), tuple(stored["weights"]), int(stored["choices"]))


@dataclass(frozen=True)
class Learned:
    """Everything that pages are made from."""

    house: House
    ranker: Ranker
    choice: Choice


_kept: dict[str, Learned] = {}


def fit_of(
    house: House,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Fit:
    """Choose the method and learn the weights.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    progress(0.05, COMPARING)
    place = (house.agreed, len(house.who), house.line, house.sales, house.today)
    choice = choose(*place, cancelled, lambda share: progress(0.05 + 0.8 * share, COMPARING))
    progress(0.85, WEIGHING)
    ranker = learn(*place, choice.method, choice.penalty, cancelled)
    return Fit(choice, tuple(float(one) for one in ranker.weights), ranker.choices)


def learned_from(house: House, fit: Fit) -> Learned:
    """The ranker of a fit: similarity and habits learned from everything, with its weights."""
    method = fit.choice.method
    late = learned(house.agreed.before(house.today), len(house.who), house.line, house.sales, house.today, method)
    weights = np.array(fit.weights)
    ranker = Ranker(
        house.line, house.sales, late.crowd, late.similar, method, weights, late.scale, house.today, fit.choices
    )
    return Learned(house, ranker, fit.choice)


def kept(key: str) -> Learned | None:
    """What this process learned from the tables that ``key`` names."""
    return _kept.get(key)


def learned_of(
    tables: Tables,
    key: str,
    fit: Fit | None = None,
    progress: Callable[..., None] = lambda share, message="": None,
) -> Learned:
    """Clean, learn where no ``fit`` is given, and keep it. The same key gives what was learned before.

    Raises:
        InputError: see ``cleaning.clean``.
    """
    with _lock:
        found = _kept.get(key)
        if found is not None:
            return found
        house = house_of(tables)
        made = learned_from(house, fit or fit_of(house, progress))
        while len(_kept) >= MOST:
            _kept.pop(next(iter(_kept)))
        _kept[key] = made
        return made


@cache
def method_version() -> str:
    """The hash of the code that learns: a change of it is another method."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / f"{name}.py").read_bytes() for name in LEARNING)).hexdigest()[:12]


def sample_fingerprint() -> str:
    """The hash of the demo house's tables."""
    digest = hashlib.sha256()
    for name in FILES.values():
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()


def shipped_fit() -> Fit | None:
    """The fit of the demo house's tables that comes with the product; None where the method or they have changed."""
    found = shipped_analysis(USE_CASE, method_version(), sample_fingerprint())
    return fit_from(found.output) if found is not None else None


def of_sample() -> dict[str, Any]:
    """The fit of the demo house's tables, in the form in which it comes with the product."""
    return {
        "method_version": method_version(),
        "fingerprint": sample_fingerprint(),
        "made_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "output": fit_of(house_of(sample_tables())).as_json(),
    }
