"""The proof: millimetres on invented heads whose measurements are known, fits, size runs, and the null control.

What measures sees pixels only. The heads are drawn by ``heads``, from surveys of adults; every head is photographed
from three sides, with a bank card. The baseline is what a shop does without measuring: the mean adult, one size for
all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lib.errors import Cancelled, InputError
from lib.i18n import N_
from lib.merchandising.made_to_measure_eyewear.customers import COLUMNS, Customer, customers_from, faces_of
from lib.merchandising.made_to_measure_eyewear.fitting import Array, Faces, Sizes, fit, misfit
from lib.merchandising.made_to_measure_eyewear.heads import Head
from lib.merchandising.made_to_measure_eyewear.measuring import Measured
from lib.merchandising.made_to_measure_eyewear.medoids import medoids
from lib.merchandising.made_to_measure_eyewear.population import ADULTS
from lib.merchandising.made_to_measure_eyewear.proof_pictures import STOPPED, Taken, photographed
from lib.merchandising.made_to_measure_eyewear.size_run import (
    TRADE,
    candidates,
    losses,
    sizes_of,
)
from lib.proofs import Measure, Proof
from lib.settings import ROOT

SLUG = "made_to_measure_eyewear"
SAMPLE = ROOT / "sample_data" / "faces.csv"
ONE_SIZE, ONE_FRAME = N_("the mean adult, for everybody"), N_("one size for all, 54-18-145")
TRADE_RUN = N_("the trade’s usual run of as many sizes")
RUNNING = N_("Choosing size runs")
ON_HEADS = N_("Invented heads, each drawn from the front, turned and tilted, with a bank card on the forehead.")
BEST_SIZE = ("54-18-145",)  # the size nearest to the mean adult by the rules


@dataclass(frozen=True)
class ProofData:
    """The table that size runs are chosen on: the sample, or a house's own customers."""

    customers: tuple[Customer, ...]
    name: str = "sample"


def sample() -> ProofData:
    """The demo house's customers."""
    import csv

    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    titles = {column.title: column.name for column in COLUMNS}
    named = [{titles.get(key, key): value for key, value in row.items()} for row in rows]
    return ProofData(customers_from(named, range(2, len(named) + 2))[0])


def proof(
    data: ProofData | None = None,
    seed: int = 0,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    people: int = 30,
    draws: int = 2_000,
    size: tuple[int, int] = (630, 750),
) -> Proof:
    """Measure the use case. On a house's own customers only the size runs differ: nobody has their photographs.

    Raises:
        Cancelled: ``cancelled()`` became true.
        InputError: no face was found on any picture.
    """
    start = time.perf_counter()
    data = data or sample()
    pictures = photographed(people, seed, size, progress, cancelled)
    measures = [*_accuracy(pictures, seed, draws), *_groups(pictures, seed, draws), *_fits(pictures, seed, draws)]
    progress(0.9, RUNNING)
    measures += _size_runs(faces_of(data.customers), seed, draws, cancelled)
    null, won = _null(pictures, seed, draws)
    measures.append(null)
    progress(1.0, "")
    return Proof(SLUG, tuple(measures), won, seed, data.name, time.perf_counter() - start)


def _interval(values: Array, groups: Array, seed: int, draws: int) -> tuple[float, float]:
    """95% bootstrap interval of the mean, whole people drawn (Efron and Tibshirani, 1993)."""
    names, index = np.unique(groups, return_inverse=True)
    sums = np.bincount(index, values)
    counts = np.bincount(index).astype(float)
    rows = np.random.default_rng((seed, 3)).integers(0, len(names), (draws, len(names)))
    means = sums[rows].sum(axis=1) / counts[rows].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def _compared(
    metric: str,
    ours: Array,
    theirs: Array,
    people: Array,
    seed: int,
    draws: int,
    name: str = ONE_SIZE,
    unit: str = N_("mm"),
    better: str = "lower",
    note: str = ON_HEADS,
    headline: str = "",
    paired_by: str = N_("the same photographs"),
) -> Measure:
    """One mean against another on the same rows, paired."""
    low, high = _interval(ours, people, seed, draws)
    other = _interval(theirs, people, seed, draws)
    difference = _interval(ours - theirs, people, seed, draws)
    return Measure(
        metric=metric, unit=unit, n=len(ours), ours=float(ours.mean()), low=low, high=high,
        baselines={name: float(theirs.mean())}, better="lower" if better == "lower" else "higher",
        baseline_intervals={name: other}, note=note, headline=headline, paired_by=paired_by,
        differences={name: (float((ours - theirs).mean()), *difference)},
    )  # fmt: skip


def _errors(pictures: Sequence[Taken], scale: str, name: str, true: str) -> tuple[Array, Array, Array]:
    """(our absolute errors, the mean adult's, people) over the pictures in which this was measured."""
    rows = []
    for one in pictures:
        found: Measured | None = getattr(one, scale)
        if found is not None:
            truth = getattr(one.head, true)
            rows.append((abs(getattr(found, name).mm - truth), abs(ADULTS[name].mean - truth), one.person))
    if not rows:
        raise InputError(NOTHING)
    ours, theirs, people = np.array(rows).T
    return ours, theirs, people


NOTHING = N_("No picture could be measured: the landmark model isn’t installed. Install it, then measure again.")


def _accuracy(pictures: Sequence[Taken], seed: int, draws: int) -> list[Measure]:
    asked = (
        (N_("Pupillary distance, scale from a bank card: mean absolute error"), "card", "pd", "pd",
         N_("With a bank card in the picture the pupillary distance is off by {ours} mm on average; taking the mean "
            "adult’s for everybody is off by {theirs} mm.")),
        (N_("Pupillary distance, scale from the iris: mean absolute error"), "iris", "pd", "pd",
         N_("Without a card, scaled by the iris, it is off by {ours} mm; people’s irises differ.")),
        (N_("Face width at the temples, scale from a bank card: mean absolute error"), "card", "width", "temples", ""),
        (N_("Face width at the temples, scale from the iris: mean absolute error"), "iris", "width", "temples", ""),
        (N_("Nose width at the pads, scale from a bank card: mean absolute error"), "card", "nose", "nose", ""),
        (N_("Eye to ear, guessed from the face’s width: mean absolute error"), "card", "ear", "ear", ""),
    )  # fmt: skip
    measures = [
        _compared(metric, *_errors(pictures, scale, name, true), seed, draws, headline=headline)
        for metric, scale, name, true, headline in asked
    ]
    return [*measures, _coverage(pictures, seed, draws), _found(pictures, seed, draws)]


def _coverage(pictures: Sequence[Taken], seed: int, draws: int) -> Measure:
    """Are the error bars honest?"""
    rows = [
        (abs(one.card.pd.mm - one.head.pd) <= one.card.pd.error, one.person) for one in pictures if one.card is not None
    ]
    inside, people = np.array(rows, dtype=float).T
    low, high = _interval(inside, people, seed, draws)
    return Measure(
        N_("True pupillary distances inside the error that is told beside them"), N_("share"), len(inside),
        float(inside.mean()), low, high, {}, "higher", control=True,
        note=N_("The error is meant to hold in 95% of cases."),
    )  # fmt: skip


def _found(pictures: Sequence[Taken], seed: int, draws: int) -> Measure:
    seen = np.array([(one.card is not None, one.person) for one in pictures], dtype=float)
    low, high = _interval(seen[:, 0], seen[:, 1], seed, draws)
    return Measure(
        N_("Pictures in which face and card were found without help"), N_("share"), len(seen),
        float(seen[:, 0].mean()), low, high, {}, "higher", control=True,
        note=N_("In the others a person places the points."),
    )  # fmt: skip


TONES = (
    (N_("Pupillary distance by card, skin tones 1 to 3 (Monk): mean absolute error"), (1, 3)),
    (N_("Pupillary distance by card, skin tones 4 to 7 (Monk): mean absolute error"), (4, 7)),
    (N_("Pupillary distance by card, skin tones 8 to 10 (Monk): mean absolute error"), (8, 10)),
)
SHAPES = (
    (N_("Pupillary distance by card, broad faces: mean absolute error"), True),
    (N_("Pupillary distance by card, narrow faces: mean absolute error"), False),
)
GROUP_NOTE = N_(
    "Invented heads alone: a difference shows a fault of the method, its absence doesn’t show that people of all skin "
    "tones and face shapes are measured alike. That needs people who agree to be measured."
)


def _groups(pictures: Sequence[Taken], seed: int, draws: int) -> list[Measure]:
    """Side by side: the same error for groups of skin tone and of face shape."""
    parts = [(metric, [one for one in pictures if low <= one.head.tone <= high]) for metric, (low, high) in TONES]
    middle = ADULTS["width"].mean
    parts += [(metric, [one for one in pictures if (one.head.temples > middle) == wide]) for metric, wide in SHAPES]
    return [
        _compared(metric, *_errors(some, "card", "pd", "pd"), seed, draws, note=GROUP_NOTE)
        for metric, some in parts
        if any(one.card is not None for one in some)
    ]


def _true(heads: Sequence[Head]) -> Faces:
    rows = np.array([(head.pd, head.temples, head.nose, head.ear) for head in heads])
    return Faces(*rows.T)


def _fits(pictures: Sequence[Taken], seed: int, draws: int) -> list[Measure]:
    """Does the frame made to the measurement fit the true face?"""
    some = [(one, one.card) for one in pictures if one.card is not None]
    truth = _true([one.head for one, _card in some])
    seen = Faces(*np.array([(m.pd.mm, m.width.mm, m.nose.mm, m.ear.mm) for _one, m in some]).T)
    made = fit(seen)
    own = np.array([float(misfit(truth.only(np.array([k])), made.only(np.array([k])))[0, 0]) for k in range(len(some))])
    one_size = misfit(truth, sizes_of(BEST_SIZE))[:, 0]
    people = np.array([one.person for one, _card in some], dtype=float)
    return [
        _compared(
            N_("Faces that the frame fits by all four rules, made from one photograph with a card"),
            (own <= 1).astype(float), (one_size <= 1).astype(float), people, seed, draws,
            name=ONE_FRAME, unit=N_("share"), better="higher",
            headline=FIT_HEADLINE,
        )
    ]  # fmt: skip


def _size_runs(faces: Faces, seed: int, draws: int, cancelled: Callable[[], bool]) -> list[Measure]:
    """Share of customers fitted by n sizes, chosen on one half and counted on the other."""
    generator = np.random.default_rng((seed, 5))
    half = generator.permutation(len(faces)) % 2 == 0
    inside, outside = faces.only(half), faces.only(~half)
    pool = candidates(inside)
    cost = losses(inside, pool)
    rows = np.arange(len(outside), dtype=float)
    measures = []
    for count, metric in RUN_SIZES:
        if cancelled():
            raise Cancelled(STOPPED)
        chosen = pool.only(np.array(medoids(cost, count)))
        ours, theirs = (_fitted(outside, sizes) for sizes in (chosen, sizes_of(TRADE[count])))
        measures.append(
            _compared(
                metric, ours, theirs, rows, seed, draws, name=TRADE_RUN, unit=N_("share"), better="higher",
                note=N_("Customers that the run wasn’t chosen on. The trade’s run is our assumption."),
                headline=RUN_HEADLINE if count == 4 else "", paired_by=N_("the same customers"),
            )
        )  # fmt: skip
    return measures


FIT_HEADLINE = N_(
    "A frame made from one photograph keeps all four fitting rules on {ours} of the faces; one size for all does on "
    "{theirs}."
)
RUN_SIZES = (
    (2, N_("Customers fitted by two sizes")),
    (4, N_("Customers fitted by four sizes")),
    (8, N_("Customers fitted by eight sizes")),
)
RUN_HEADLINE = N_(
    "Four sizes chosen from customers’ faces fit {ours} of other customers; the trade’s usual four fit {theirs}."
)


def _fitted(faces: Faces, sizes: Sizes) -> Array:
    fitted: Array = (misfit(faces, sizes).min(axis=1) <= 1).astype(float)
    return fitted


def _null(pictures: Sequence[Taken], seed: int, draws: int) -> tuple[Measure, bool]:
    """Measurements handed to the wrong people: nothing is to be found, so no win may be claimed."""
    generator = np.random.default_rng((seed, 9))
    some = [(one, one.card) for one in pictures if one.card is not None]
    people = np.array(sorted({one.person for one, _card in some}))
    order = generator.permutation(people)
    mixed = dict(zip(order.tolist(), np.roll(order, 1).tolist(), strict=True))  # nobody keeps their own
    heads = {one.person: one.head for one, _card in some}
    rows = [
        (
            abs(card.pd.mm - heads[mixed[one.person]].pd),
            abs(ADULTS["pd"].mean - heads[mixed[one.person]].pd),
            one.person,
        )
        for one, card in some
        if mixed[one.person] != one.person
    ]
    ours, theirs, groups = np.array(rows).T
    found = _compared(
        N_("Null control: pupillary distances handed to other people, mean absolute error"), ours, theirs, groups, seed,
        draws, note=N_("Nothing is to be found here, so this must not win."),
    )  # fmt: skip
    return replace(found, control=True), found.wins(ONE_SIZE) is True
