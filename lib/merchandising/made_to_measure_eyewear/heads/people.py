"""Invented people: heads drawn at random from what surveys say of adults, and how somebody photographs them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from lib.merchandising.made_to_measure_eyewear.heads.photograph import Shot
from lib.merchandising.made_to_measure_eyewear.heads.shape import Head
from lib.merchandising.made_to_measure_eyewear.population import ADULTS, MEN, WOMEN

TOGETHER = 0.4  # how far pupils and breadth go together: an assumption
HAIR = ("#2a1d16", "#0d0a09", "#5a3a22", "#8a6a42", "#6d6a66", "#3b2418")
EYES = ("#5b3d26", "#2d1d16", "#4d6d84", "#6d7d54", "#7a5a30")


def somebody(generator: np.random.Generator, tone: int | None = None) -> Head:
    """A head whose measurements follow the population; its tone from 1 to 10 at even odds where none is asked."""
    group = MEN if generator.random() < 0.5 else WOMEN
    one, other = generator.normal(size=2)
    pd = group["pd"].mean + group["pd"].deviation * one
    wide = group["width"].mean + group["width"].deviation * (TOGETHER * one + np.sqrt(1 - TOGETHER**2) * other)

    def near(name: str) -> float:
        return float(generator.normal(ADULTS[name].mean, ADULTS[name].deviation))

    tone = int(generator.integers(1, 11)) if tone is None else tone
    dark = tone >= 6
    return Head(
        pd=float(np.clip(pd, 52, 76)),
        temples=float(np.clip(wide, 116, 164)),
        nose=float(np.clip(near("nose"), 13, 25)),
        length=float(np.clip(generator.normal(114, 5), 100, 130)),
        ear=float(np.clip(near("ear"), 86, 114)),
        iris=float(np.clip(near("iris"), 10.4, 13.0)),
        jaw=float(generator.uniform(0.74, 0.86)),
        nose_high=float(generator.uniform(0.75, 1.2)),
        lips=float(generator.uniform(0.85, 1.35)),
        tone=tone,
        hair=HAIR[int(generator.integers(0, 2))] if dark else HAIR[int(generator.integers(0, len(HAIR)))],
        eyes=EYES[int(generator.integers(0, 2))] if dark else EYES[int(generator.integers(0, len(EYES)))],
        brow=float(generator.uniform(0.8, 1.3)),
        longer=float(generator.normal(0, 0.6)),
    )


def taken(head: Head, generator: np.random.Generator, turn: str, **fixed: Any) -> Shot:
    """How a picture of this head is taken: ``turn`` is 'front', 'side' (up to 20 degrees) or 'tilted'.

    The light is set for the skin, as a camera sets its exposure for a face.
    """
    yaw = generator.uniform(-3, 3) if turn != "side" else generator.choice([-1, 1]) * generator.uniform(10, 20)
    pitch = generator.uniform(-3, 3) if turn != "tilted" else generator.choice([-1, 1]) * generator.uniform(6, 12)
    roll = generator.uniform(-2, 2) if turn != "tilted" else generator.uniform(-8, 8)
    known = {
        "yaw": float(yaw), "pitch": float(pitch), "roll": float(roll),
        "distance": float(generator.uniform(480, 760)), "focal": float(generator.choice([35.0, 45.0, 50.0])),
        "light": 1.0 if head.tone < 6 else 1.25 if head.tone < 8 else 1.6, "seed": int(generator.integers(0, 2**31)),
    }  # fmt: skip
    return Shot(**{**known, **fixed})


def as_json(head: Head, shot: Shot) -> dict[str, Any]:
    """Both as plain values, rounded."""
    return {
        "head": {key: round(value, 2) if isinstance(value, float) else value for key, value in asdict(head).items()},
        "shot": {key: round(value, 2) if isinstance(value, float) else value for key, value in asdict(shot).items()},
    }


def from_json(kept: dict[str, Any]) -> tuple[Head, Shot]:
    """The reverse of ``as_json``."""
    return Head(**kept["head"]), Shot(**kept["shot"])
