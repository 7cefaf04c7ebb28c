"""The demo house's customers as measurements, and the invented people whose heads are photographed on the page."""

from __future__ import annotations

import json

import numpy as np

from lib.merchandising.made_to_measure_eyewear.heads.people import as_json, somebody, taken

HEADER = (
    "Customer reference",
    "Pupillary distance (mm)",
    "Face width at the temples (mm)",
    "Nose width at the pads (mm)",
    "Eye to ear (mm)",
)
TONES = (3, 9, 1, 6, 10, 5)
TURNS = ("front", "side", "front", "tilted", "front", "side")


def face_rows(seed: int, count: int) -> list[list[str]]:
    """The header and ``count`` customers. A few nose and ear cells are empty; three rows can't be used."""
    generator = np.random.default_rng(seed)
    rows = [list(HEADER)]
    for number in range(1, count + 1):
        head = somebody(generator)
        blank = generator.random(2) < 0.04
        rows.append(
            [
                f"C-{number:04d}",
                f"{head.pd:.1f}",
                f"{head.temples:.0f}",
                "" if blank[0] else f"{head.nose:.1f}",
                "" if blank[1] else f"{head.ear:.0f}",
            ]
        )
    rows[212][1] = "6.31"  # centimetres
    rows[640][2] = "n/a"
    rows[901][0] = rows[900][0]
    return rows


def people_json(seed: int) -> str:
    """Six people: how they look, what they measure, how their picture is taken."""
    generator = np.random.default_rng(seed)
    people = []
    for tone, turn in zip(TONES, TURNS, strict=True):
        head = somebody(generator, tone)
        people.append(as_json(head, taken(head, generator, turn, card=turn == "front", distance=500.0, focal=50.0)))
    return json.dumps(people, indent=1) + "\n"
