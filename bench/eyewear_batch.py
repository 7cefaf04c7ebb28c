"""Frames fitted per second for 10,000 customers at once, against the same rules row by row in plain Python.

The row-by-row side is what a first version would be: ``DataFrame.apply`` over a function of one row.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from bench.model import Result, alternate, median, timed
from lib.merchandising.made_to_measure_eyewear.customers import Customer, faces_of
from lib.merchandising.made_to_measure_eyewear.fitting import (
    BEND,
    BRIDGE,
    CENTRES,
    ENDS,
    LENS,
    RIM,
    SPARE,
    TEMPLE,
    TEMPLE_STEP,
    WITHIN,
    fit,
    own_misfit,
)
from lib.merchandising.made_to_measure_eyewear.population import ADULTS
from lib.merchandising.made_to_measure_eyewear.size_run import runs

ROWS, TURNS = 10_000, 5


def _customers(seed: int = 0) -> list[Customer]:
    generator = np.random.default_rng(seed)
    columns = [
        generator.normal(ADULTS[name].mean, ADULTS[name].deviation, ROWS) for name in ("pd", "width", "nose", "ear")
    ]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Customer(f"C-{k}", pd_, width, nose, ear) for k, (pd_, width, nose, ear) in enumerate(rows)]


def plain_fit(pd_: float, width: float, nose: float, ear: float) -> tuple[float, float, float, bool]:
    """The rules for one face, without arrays: what the vectorised ones must agree with."""

    def within(value: float, bounds: tuple[int, int]) -> float:
        return float(min(max(value, bounds[0]), bounds[1]))

    bridge = within(round(nose), BRIDGE)
    temple = within(round((ear + BEND) / TEMPLE_STEP) * TEMPLE_STEP, TEMPLE)
    one, two = 1 / WITHIN["centres"] ** 2, 4 / WITHIN["width"] ** 2
    by_pupils, by_width = pd_ + CENTRES - bridge, (width + SPARE - bridge - 2 * RIM - ENDS) / 2
    lens = within(round((by_pupils * one + by_width * two) / (one + two)), LENS)
    off = {
        "centres": lens + bridge - pd_ - CENTRES,
        "width": 2 * lens + bridge + 2 * RIM + ENDS - width - SPARE,
        "bridge": bridge - nose,
        "temple": temple - BEND - ear,
    }
    return lens, bridge, temple, all(abs(off[rule]) <= WITHIN[rule] for rule in WITHIN)


def run() -> Result:
    """Fits per second; the ratio is how many times faster than row by row."""
    customers = _customers()
    table = pd.DataFrame([(one.pd, one.width, one.nose, one.ear) for one in customers], columns=list("abcd"))

    def ours() -> object:
        faces = faces_of(customers)  # reading the rows into arrays is part of it
        sizes = fit(faces)
        return own_misfit(faces, sizes)

    def theirs() -> object:
        return table.apply(lambda row: plain_fit(row["a"], row["b"], row["c"], row["d"]), axis=1)

    fast, slow = alternate(ours, theirs, TURNS)
    chosen = timed(lambda: runs(faces_of(customers)))
    return Result(
        "eyewear_batch",
        "frames fitted to 10,000 faces",
        ROWS / median(fast),
        ROWS / median(slow),
        "fits per second",
        {"rows": ROWS, "seconds": median(fast), "row_by_row_seconds": median(slow), "size_runs_seconds": chosen},
    )
