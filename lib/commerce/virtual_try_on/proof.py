"""The proof: places and outlines on rendered figures whose truth is known, by body size and skin; the null control.

The baseline is what a shop's first try-on does: the garment's picture scaled to the shoulders (or to the waist) and
pasted. What it shows is how well a body is read and a garment placed on it. That cloth falls on a real body as the
atelier drapes it, nobody has measured here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from lib.atelier.figures.poses import Skeleton
from lib.commerce.virtual_try_on import proof_cases
from lib.commerce.virtual_try_on.proof_cases import Array, Case, compared, draped, outlines, pasted
from lib.errors import InputError
from lib.i18n import N_
from lib.proofs import Measure, Proof, share_interval

SLUG = "virtual_try_on"
PASTED, MEAN_BODY = N_("the scaled garment, pasted"), N_("the mean body, set into the outline")
NEVER = N_("one answer for everybody")
ON_RENDERS = N_(
    "Figures drawn by the atelier and read as photos. The truth is the atelier’s own drape: how real cloth falls isn’t "
    "measured."
)
COMPARING = N_("Comparing outlines")
ROBES = N_("Half of the figures wear a wide robe under close garments, half the reverse.")
NOT_READ = N_("No figure could be read.")
HEADLINE = N_("A garment’s outline lies {ours} from where it should be; pasting the scaled garment misses by {theirs}.")
BY_SIZE = (
    (N_("Outline’s distance, sizes 34 to 40"), 34, 40),
    (N_("Outline’s distance, sizes 42 to 48"), 42, 48),
    (N_("Outline’s distance, sizes 50 to 54"), 50, 54),
)
BY_TONE = (
    (N_("Outline’s distance, skin tones 1 to 4"), 1, 4),
    (N_("Outline’s distance, skin tones 5 to 7"), 5, 7),
    (N_("Outline’s distance, skin tones 8 to 10"), 8, 10),
)
PLACES_BY_TONE = (
    (N_("Places of the body, skin tones 1 to 4"), 1, 4),
    (N_("Places of the body, skin tones 5 to 7"), 5, 7),
    (N_("Places of the body, skin tones 8 to 10"), 8, 10),
)


def proof(
    data: str | None = None,
    seed: int = 0,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    people: int = 44,
    told: int = 16,
    draws: int = 2_000,
) -> Proof:
    """Measure the use case; there is no data of a house in it, for nobody's photo may be kept.

    Raises:
        Cancelled: ``cancelled()`` became true.
        InputError: no figure was read.
    """
    start = time.perf_counter()
    cases = proof_cases.made(people, seed, progress, cancelled)
    read = [case for case in cases if case.ours is not None]
    if len(read) < 3:
        raise InputError(NOT_READ)
    progress(0.85, COMPARING)
    measures = [*_outlines(read, seed, draws), *_places(read, seed, draws), *_laid(cases, seed, draws), _found(cases)]
    measures.append(_told(proof_cases.told(seed, told)))
    null, won = _null(read, seed, draws)
    measures.append(null)
    progress(1.0, "")
    return Proof(SLUG, tuple(measures), won, seed, data or "sample", time.perf_counter() - start)


def _mean(values: Array, seed: int, draws: int) -> tuple[float, float]:
    """95% bootstrap interval of the mean (Efron and Tibshirani, 1993); one value is one person."""
    rows = np.random.default_rng((seed, 3)).integers(0, len(values), (draws, len(values)))
    low, high = np.percentile(values[rows].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _compared(
    metric: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    seed: int,
    draws: int,
    *,
    name: str = PASTED,
    unit: str = N_("cm"),
    better: str = "lower",
    headline: str = "",
    note: str = ON_RENDERS,
) -> Measure:
    """One mean against another, on the same people."""
    own, other = np.array(ours), np.array(theirs)
    low, high = _mean(own, seed, draws)
    least, most = _mean(own - other, seed, draws)
    return Measure(
        metric=metric, unit=unit, n=len(own), ours=float(own.mean()), low=low, high=high,
        baselines={name: float(other.mean())}, better="lower" if better == "lower" else "higher",
        baseline_intervals={name: _mean(other, seed, draws)}, note=note, headline=headline,
        differences={name: (float((own - other).mean()), least, most)}, paired_by=N_("the same figures"),
    )  # fmt: skip


def _outlines(cases: Sequence[Case], seed: int, draws: int) -> list[Measure]:
    """The worn garment's outline on photos, for all and by group; the share of the joint area."""
    rows = [(case, case.ours, case.pasted) for case in cases if case.ours and case.pasted]
    made = [
        _compared(
            N_("Outline’s distance, all figures"), [own[0] for _c, own, _p in rows], [past[0] for _c, _o, past in rows],
            seed, draws, headline=HEADLINE,
        ),
        _compared(
            N_("Area shared with the true silhouette"), [own[1] for _c, own, _p in rows],
            [past[1] for _c, _o, past in rows], seed, draws, unit=N_("share"), better="higher",
        ),
    ]  # fmt: skip
    for groups, part in ((BY_SIZE, "size"), (BY_TONE, "tone")):
        for metric, low, high in groups:
            inside = [row for row in rows if low <= getattr(row[0].person, part) <= high]
            if len(inside) > 2:
                own, other = [one[0] for _c, one, _p in inside], [one[0] for _c, _o, one in inside]
                made.append(_compared(metric, own, other, seed, draws))
    return made


def _places(cases: Sequence[Case], seed: int, draws: int) -> list[Measure]:
    """The body's places against the mean body's, for all and by skin."""
    rows = [(case, case.places, case.mean) for case in cases if case.places is not None and case.mean is not None]
    groups = ((N_("Places of the body, all figures"), 1, 10), *PLACES_BY_TONE)
    made = []
    for metric, low, high in groups:
        inside = [row for row in rows if low <= row[0].person.tone <= high]
        if len(inside) > 2:
            own, other = [float(one.mean()) for _c, one, _m in inside], [float(one.mean()) for _c, _o, one in inside]
            made.append(_compared(metric, own, other, seed, draws, name=MEAN_BODY))
    return made


def _laid(cases: Sequence[Case], seed: int, draws: int) -> list[Measure]:
    """Garments photographed flat, cut out and worn."""
    rows = [(case.laid, case.laid_pasted) for case in cases if case.laid and case.laid_pasted]
    made = []
    if len(rows) > 2:
        own, other = [one[0] for one, _p in rows], [one[0] for _o, one in rows]
        made.append(_compared(N_("Outline’s distance of flat-lays, worn by figures"), own, other, seed, draws))
    read = len(rows)
    low, high = share_interval(read, len(cases))
    made.append(
        Measure(
            N_("Flat-lays that could be cut out and read"), N_("share"), len(cases), read / len(cases), low, high, {},
            "higher", note=ON_RENDERS, control=True,
        )
    )  # fmt: skip
    return made


def _found(cases: Sequence[Case]) -> Measure:
    """How many figures the models find a body in."""
    read = sum(case.ours is not None for case in cases)
    low, high = share_interval(read, len(cases))
    return Measure(
        N_("Figures in which a body is found"), N_("share"), len(cases), read / len(cases), low, high, {}, "higher",
        note=ON_RENDERS, control=True,
    )  # fmt: skip


def _told(rows: Sequence[tuple[bool, bool]]) -> Measure:
    """Whether the page says that own clothes would show, where they would and only there."""
    right = sum(shows == said for shows, said in rows)
    usual = max(sum(shows for shows, _said in rows), sum(not shows for shows, _said in rows)) / len(rows)
    low, high = share_interval(right, len(rows))
    return Measure(
        N_("Right answers on whether own clothes would show"), N_("share"), len(rows), right / len(rows), low, high,
        {NEVER: usual}, "higher", note=ROBES,
    )  # fmt: skip


def _null(cases: Sequence[Case], seed: int, draws: int) -> tuple[Measure, bool]:
    """Bodies whose joints' names were exchanged: nothing is to be found, so no win may be claimed."""
    from lib.atelier.draping import Drape
    from lib.atelier.garments import flat

    generator = np.random.default_rng((seed, 9))
    own, past = [], []
    for case in cases:
        body = case.joints
        if body is None:
            continue
        view = flat(case.garment).front
        _pixels, origin = proof_cases.photo_of(case.person)
        truth = [one * proof_cases.SCALE + origin for one in outlines(Drape(view, case.person).worn())]
        mixed = replace(body, skeleton=_scrambled(body.skeleton, generator))
        own.append(compared(draped(mixed, view), truth)[0])
        past.append(compared(pasted(body, view), truth)[0])
    found = _compared(
        N_("Null control: outlines on joints whose names were exchanged"), own, past, seed, draws,
        note=N_("Nothing is to be found here, so this must not win."),
    )  # fmt: skip
    return replace(found, control=True), found.wins(PASTED) is True


def _scrambled(frame: Skeleton, generator: np.random.Generator) -> Skeleton:
    """The joints, chest and pelvis under exchanged names: what is found there isn't where it is said to be."""
    names = sorted(frame.joints)
    places = [frame.joints[name] for name in names] + [frame.chest[0], frame.pelvis[0]]
    mixed = [places[at] for at in generator.permutation(len(places))]
    joints = dict(zip(names, mixed[: len(names)], strict=True))
    return replace(frame, joints=joints, chest=(mixed[-2], frame.chest[1]), pelvis=(mixed[-1], frame.pelvis[1]))
