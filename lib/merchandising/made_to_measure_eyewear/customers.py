"""Many customers' measurements as a table: the template, what is wrong with a row, and all fits at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.errors import TooFewRows
from lib.files.cells import OWN_REFERENCE, BadCell, Cells, Read, Row, bad, read_rows
from lib.files.columns import Column
from lib.files.values import read_number
from lib.files.writers import Cell
from lib.i18n import N_
from lib.merchandising.made_to_measure_eyewear.fitting import (
    RULES,
    Faces,
    deviations,
    fit,
    front_width,
    own_misfit,
)
from lib.merchandising.made_to_measure_eyewear.population import ADULTS

FEWEST = 20
# What an adult's measurement lies between; beyond it is a typing error or another unit.
BOUNDS: Mapping[str, tuple[float, float]] = {"pd": (45, 80), "width": (105, 185), "nose": (8, 32), "ear": (75, 130)}
COLUMNS = (
    Column(
        "reference",
        N_("Customer reference"),
        required=True,
        aliases=(
            "reference",
            "référence client",
            "réf",
            "ref",
            "id",
            "client",
            "customer",
            "numéro client",
            "code client",
        ),
        example="C-0001",
        help=N_("A number or code, no name: the fit needs to know nobody’s identity"),
    ),
    Column(
        "pd",
        N_("Pupillary distance (mm)"),
        required=True,
        kind="number",
        aliases=("pd", "écart pupillaire", "ep", "ipd", "distance pupillaire", "écart pupillaire (mm)", "eip"),
        example="63",
        help=N_("Between the pupils of eyes that look far away"),
    ),
    Column(
        "width",
        N_("Face width at the temples (mm)"),
        required=True,
        kind="number",
        aliases=("largeur du visage", "face width", "largeur aux tempes", "width", "temple width", "largeur visage"),
        example="140",
        help=N_("Breadth of the face beside the eyes"),
    ),
    Column(
        "nose",
        N_("Nose width at the pads (mm)"),
        kind="number",
        aliases=("largeur du nez", "nose width", "nez", "bridge width", "largeur du pont", "pont"),
        example="18",
        help=N_("Where a frame’s pads rest; an adult’s mean where it is empty"),
    ),
    Column(
        "ear",
        N_("Eye to ear (mm)"),
        kind="number",
        aliases=("distance oeil oreille", "œil à oreille", "eye to ear", "ear distance", "profondeur", "oreille"),
        example="100",
        help=N_("From the cornea back to where a temple bends; an adult’s mean where it is empty"),
    ),
)
NO_NUMBER = N_("“{cell}” is no number. Write millimetres, such as 63 or 63.5.")
OUTSIDE = N_("{value} mm is outside {low} to {high} mm. Check the unit and the column.")
TOO_FEW = N_("A size run needs at least {least} faces; there are {n}. Bring more customers, or use the demo house’s.")


@dataclass(frozen=True)
class Customer:
    """One row; ``guessed`` names the columns that an adult's mean stands for."""

    reference: str
    pd: float
    width: float
    nose: float
    ear: float
    guessed: tuple[str, ...] = ()


def customers_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Customer]:
    """Customers, and the problems of the rows that give none."""
    return read_rows(rows, lines, _customer, lambda one: one.reference, "reference", OWN_REFERENCE)


def _customer(row: Cells) -> Customer:
    reference = row.needed("reference")
    numbers: dict[str, float] = {}
    guessed = []
    for name in ("pd", "width", "nose", "ear"):
        if name in ("nose", "ear") and not row.text(name):
            numbers[name] = ADULTS[name].mean
            guessed.append(name)
        else:
            numbers[name] = _millimetres(row, name)
    return Customer(reference, **numbers, guessed=tuple(guessed))


def _millimetres(row: Cells, name: str) -> float:
    text = row.needed(name)
    figures = text.removesuffix("mm").strip()
    value = read_number(figures)
    if value is None:
        raise bad(name, NO_NUMBER, text)
    low, high = BOUNDS[name]
    if not low <= value <= high:
        raise BadCell(name, OUTSIDE, value=figures[:40], low=int(low), high=int(high))
    return value


def faces_of(customers: Sequence[Customer]) -> Faces:
    """The customers' measurements as arrays (n,)."""
    table = np.array([(one.pd, one.width, one.nose, one.ear) for one in customers], dtype=float).reshape(-1, 4)
    return Faces(*table.T)


def need(customers: Sequence[Customer]) -> None:
    """Refuse a table that is too small for a size run.

    Raises:
        TooFewRows: it is.
    """
    if len(customers) < FEWEST:
        raise TooFewRows(TOO_FEW, least=FEWEST, n=len(customers))


RESULT_HELP: Mapping[str, str] = {
    "reference": N_("The customer’s reference"),
    "pd": N_("Pupillary distance, mm"),
    "face_width": N_("Face width at the temples, mm"),
    "nose_width": N_("Nose width at the pads, mm"),
    "eye_to_ear": N_("From the cornea back to the ear, mm"),
    "assumed": N_("Measurements that were empty and were set to an adult’s mean"),
    "frame": N_("The fitted frame: lens width, bridge, temple, in millimetres"),
    "lens": N_("Width of one lens, mm"),
    "bridge": N_("Distance between the lenses, mm"),
    "temple": N_("Length of a temple, bend included, mm"),
    "front_width": N_("Width of the front, mm"),
    "off_centres": N_("Lens centres against the pupils, mm beyond the rule"),
    "off_width": N_("Front against the face, mm beyond the rule"),
    "off_bridge": N_("Bridge against the nose, mm"),
    "off_temple": N_("Temple against the ear, mm"),
    "fits": N_("yes where every rule is kept within its tolerance, else no"),
}


def fitted_rows(customers: Sequence[Customer]) -> list[list[Cell]]:
    """One row a customer; its columns are ``RESULT_HELP``'s keys."""
    faces = faces_of(customers)
    sizes = fit(faces)
    off = deviations(faces, sizes)
    fits = own_misfit(faces, sizes) <= 1
    wide = front_width(sizes.lens, sizes.bridge)
    notations = sizes.notations()
    return [
        [
            one.reference, one.pd, one.width, one.nose, one.ear, ", ".join(one.guessed), notations[k],
            int(sizes.lens[k]), int(sizes.bridge[k]), int(sizes.temple[k]), round(float(wide[k]), 1),
            *(round(float(off[rule][k]), 1) for rule in RULES), "yes" if fits[k] else "no",
        ]
        for k, one in enumerate(customers)
    ]  # fmt: skip
