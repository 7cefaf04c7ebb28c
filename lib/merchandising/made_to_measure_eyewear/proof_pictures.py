"""Invented people photographed from three sides with a bank card, each picture measured as a person's would be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lib.errors import Cancelled, InputError
from lib.i18n import N_
from lib.merchandising.made_to_measure_eyewear.heads import Head, Shot, photograph
from lib.merchandising.made_to_measure_eyewear.heads.people import somebody, taken
from lib.merchandising.made_to_measure_eyewear.measuring import Measured, measure

TURNS = ("front", "side", "tilted")
RENDERING = N_("Photographing and measuring invented heads")
STOPPED = N_("Stopped before the end. Start it again when you want the result.")


@dataclass(frozen=True)
class Taken:
    """One photograph: the head, and what was measured in it with either scale; None where nothing was found."""

    person: int
    head: Head
    card: Measured | None
    iris: Measured | None
    face: bool


def photographed(
    people: int,
    seed: int,
    size: tuple[int, int],
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Taken]:
    """Every invented person from three sides, measured by the card and by the iris."""
    # Heads on which nothing was chosen: those of (seed, 17) were looked at while the method was made.
    generator = np.random.default_rng((seed, 20261122))
    found = []
    for person in range(people):
        head = somebody(generator, 1 + person % 10)
        for at, turn in enumerate(TURNS):
            if cancelled():
                raise Cancelled(STOPPED)
            progress(0.88 * (person * len(TURNS) + at) / (people * len(TURNS)), RENDERING)
            shot = taken(head, generator, turn, width=size[0], height=size[1], card=True)
            found.append(_measured(person, head, shot))
    return found


def _measured(person: int, head: Head, shot: Shot) -> Taken:
    from lib.vision.faces import find_card, find_faces, points_of

    pixels = photograph(head, shot)
    faces = find_faces(pixels)
    if not faces:
        return Taken(person, head, None, None, False)
    points = points_of(faces[0], pixels)
    corners = find_card(pixels, faces[0].box)
    with_card = dict(points)
    if corners is not None:
        with_card |= {f"card_{k + 1}": (float(x), float(y)) for k, (x, y) in enumerate(corners)}
    results: dict[str, Measured | None] = {}
    for scale in ("card", "iris"):
        try:
            results[scale] = measure(with_card, shot.width, shot.height, scale, shot.focal)[0]
        except InputError:  # a person would be asked to place the points; here the picture counts as not measured
            results[scale] = None
    return Taken(person, head, results["card"], results["iris"], True)
