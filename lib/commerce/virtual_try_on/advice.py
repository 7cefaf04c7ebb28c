"""Which size, how sure, and why: measurements against the house's size guide, with the errors that a tape has.

Girths are taken to be known within ``TAPE_CM`` (one standard deviation of what people measure on themselves; our
assumption). Each draw of the measurements is rounded by the guide's rules; the shares of the sizes are their chances.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.garments import flat
from lib.atelier.sizes import SIZES, girths
from lib.commerce.virtual_try_on.outfits import Wearable
from lib.commerce.virtual_try_on.pieces import BOTTOMS, OUTER, TOPS, Piece
from lib.errors import InputError
from lib.i18n import N_
from lib.settings import ROOT

Array = NDArray[np.float64]
GUIDE: Final = ROOT / "sample_data" / "policies" / "sizes.csv"
TAPE_CM: Final = 1.5
DRAWS: Final = 4000
GIRTHS: Final = ("bust", "waist", "hips")
BOUNDS: Final = {"bust": (70.0, 150.0), "waist": (50.0, 140.0), "hips": (75.0, 160.0)}
BIAS_CM: Final = 2.0
IMPOSSIBLE = N_("{what} of {value} cm can’t be used. Measure again, in centimetres: from {low} to {high}.")
NO_SIZE = N_("This piece has no size that is known here. Ask a store for its measurements.")
NAMES: Final = {"bust": N_("Bust"), "waist": N_("Waist"), "hips": N_("Hips")}
#: Rules between two sizes, in the order in which they are asked; message ids.
RULES: Final = {
    "usual": N_("Its own fit note says to keep your usual size."),
    "down": N_("Its own fit note says to take one size less."),
    "up": N_("Its own fit note says to take one size more."),
    "bias": N_("Cut on the bias: the hips decide, and bias gives about 2 cm."),
    "wrap": N_("A tie takes up about one size either way: the bust decides."),
    "oversized": N_("Drawn large on purpose: stay with your usual size."),
    "larger": N_("Tailored or firm cloth: between two sizes, the larger one."),
    "smaller": N_("Knitted or fluid: between two sizes, the smaller one."),
    "nearest": N_("Between two sizes, the nearer one."),
}


@dataclass(frozen=True)
class Advice:
    """A size with its reasons.

    Attributes:
        size: as the atelier counts them (French women's sizes).
        label: as the piece's own label says it.
        chances: of every size with at least 2%, summing to about 1.
        decides: the girth that asked for the largest size.
        rule: a key of ``RULES``.
        ease: cm between the drawn piece's girth and the body's, by girth; not a measured garment.
        beyond: the body is larger or smaller than the house's own guide.
        offered: whether the piece comes in this size.
    """

    size: int
    label: str
    chances: dict[int, float]
    decides: str
    rule: str
    ease: dict[str, float]
    beyond: bool
    offered: bool
    per_girth: dict[str, int]


@cache
def guide() -> dict[int, dict[str, float]]:
    """The house's women's sizes: girths in cm by French size."""
    with GUIDE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "women"]
    names = {"bust": "bust_or_chest_cm", "waist": "waist_cm", "hips": "hips_cm"}
    return {int(row["fr"]): {girth: float(row[column]) for girth, column in names.items()} for row in rows}


@cache
def letters() -> dict[str, int]:
    """Letters of labels to French sizes."""
    with GUIDE.open(encoding="utf-8", newline="") as file:
        return {
            row["letter"]: int(row["fr"]) for row in csv.DictReader(file) if row["kind"] == "women" and row["letter"]
        }


@cache
def table() -> dict[int, dict[str, float]]:
    """The guide, and beyond its last line the atelier's own girths, set to go on from it."""
    own = dict(guide())
    last = max(own)
    for size in SIZES:
        if size not in own:
            step, base = girths(size), girths(last)
            own[size] = {girth: own[last][girth] + getattr(step, girth) - getattr(base, girth) for girth in GIRTHS}
    return own


def check(measures: Mapping[str, float]) -> None:
    """Raises:
    InputError: a girth that no adult has.
    """
    from lib.i18n import _

    for girth, (low, high) in BOUNDS.items():
        value = measures.get(girth, 0.0)
        if not low <= value <= high:
            raise InputError(IMPOSSIBLE, what=_(NAMES[girth]), value=round(value), low=round(low), high=round(high))


def advise(piece: Piece, measures: Mapping[str, float], tape: float = TAPE_CM, seed: int = 0) -> Advice:
    """The size of a piece for a body.

    Args:
        measures: 'bust', 'waist' and 'hips' in cm.
        tape: standard deviation of the measurements, cm.

    Raises:
        InputError: impossible measurements, or a piece without sizes.
    """
    check(measures)
    if not piece.sizes or piece.kind == "bag":
        raise InputError(NO_SIZE)
    rule, weigh = _rule(piece), _weighed(piece)
    generator = np.random.default_rng(seed)
    draws = {
        girth: measures[girth] - (BIAS_CM if rule == "bias" and girth == "hips" else 0.0)
        + generator.normal(0, tape, DRAWS)
        for girth in weigh
    }  # fmt: skip
    wanted = np.max([_lines(girth, values) for girth, values in draws.items()], axis=0)
    sizes = sorted(table())
    rounded = _rounded(wanted, rule)
    shift = {"down": -1, "up": 1}.get(rule, 0)
    index = np.clip(rounded + shift, 0, len(sizes) - 1)
    counts = np.bincount(index, minlength=len(sizes)) / DRAWS
    best = int(np.argmax(counts))
    exact = {girth: float(_lines(girth, np.array([measures[girth]]))[0]) for girth in weigh}
    per_girth = {girth: sizes[int(np.clip(round(value), 0, len(sizes) - 1))] for girth, value in exact.items()}
    offered = _offered(piece)
    beyond = bool(exact[max(exact, key=lambda one: exact[one])] > len(guide()) - 0.5 or min(exact.values()) < -0.75)
    size = sizes[best]
    chances = {sizes[at]: float(share) for at, share in enumerate(counts) if share >= 0.02}
    return Advice(
        size, offered.get(size, str(size)), chances,
        max(exact, key=lambda one: exact[one]), rule, ease(piece, size, measures), beyond, size in offered, per_girth,
    )  # fmt: skip


def _lines(girth: str, values: Array) -> Array:
    """Where girths lie in the guide: 0 its first line, 1 the next, between them in shares; it goes on outside."""
    rows = np.array([table()[size][girth] for size in sorted(table())])
    at = np.interp(values, rows, np.arange(len(rows), dtype=float))
    below, above = rows[1] - rows[0], rows[-1] - rows[-2]
    at = np.where(values < rows[0], (values - rows[0]) / below, at)
    return np.asarray(np.where(values > rows[-1], len(rows) - 1 + (values - rows[-1]) / above, at))


def _rounded(wanted: Array, rule: str) -> NDArray[np.int64]:
    """To whole lines: 'between two sizes' is from a quarter to three quarters of the way."""
    turn = {"larger": 0.3, "smaller": 0.7}.get(rule, 0.5)
    return np.asarray(np.floor(wanted + 1 - turn), dtype=np.int64)


def _rule(piece: Piece) -> str:
    """Which rule of the guide holds; a product's own fit note comes before it."""
    note, fit = piece.fit_note.casefold(), f"{piece.fit} {piece.name}".casefold()
    if any(said in note for said in ("size down", "one size down", "take the one below", "smaller")):
        return "smaller" if "between" in note else "down"
    if "over" not in note and any(said in note for said in ("size up", "one up")):
        return "up"
    if "larger" in note:
        return "larger"
    if "usual size" in note or "keep your size" in note or "true to size" in note:
        return "usual"
    if "bias" in fit or "bias" in note:
        return "bias"
    if piece.garment.closure == "wrap" or "wrap" in fit:
        return "wrap"
    if "oversized" in fit or "boxy" in fit:
        return "oversized"
    if piece.kind in OUTER or piece.cloth in ("twill", "denim"):
        return "larger"
    return "smaller" if piece.kind == "knit" or piece.stretch or "fluid" in fit else "nearest"


def _weighed(piece: Piece) -> tuple[str, ...]:
    """The girths that decide."""
    rule = _rule(piece)
    if rule == "wrap" and piece.kind not in BOTTOMS:
        return ("bust",)
    if rule == "bias":
        return ("hips",)
    if piece.kind in BOTTOMS:
        return ("waist", "hips") if piece.garment.silhouette not in ("flared", "a_line") else ("waist",)
    if piece.kind in (*TOPS, *OUTER):
        return ("bust",)
    return ("bust", "waist") if piece.garment.silhouette in ("fit_and_flare", "a_line") else GIRTHS


def _offered(piece: Piece) -> dict[int, str]:
    """The sizes that the piece comes in, as the atelier counts them, and what its label says."""
    found = {}
    for label in piece.sizes:
        if label.isdigit() and int(label) in table():
            found[int(label)] = label
        elif label.upper() in letters():
            found[letters()[label.upper()]] = label.upper()
    return found


def ease(piece: Wearable, size: int, measures: Mapping[str, float]) -> dict[str, float]:
    """Cm that the drawn piece in a size is wider than the body, at the girths where it is drawn with a seam."""
    if not isinstance(piece, Piece):
        return {}
    marks = flat(piece.sized(size).garment).front.landmarks
    at = {"bust": "underarm", "waist": "waist"}
    found = {girth: 4 * marks[place][0] - measures[girth] for girth, place in at.items() if place in marks}
    return {girth: float(value) for girth, value in found.items() if -20 < value < 80}
