"""The neckline, guessed from the drawing where it is plain enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.forms import Form, Outline
from lib.vision.sketches.model import Guess

Roles = Mapping[int, tuple[str, str, float]]
_NECKED: Final = ("dress", "coat", "blazer", "shirt", "t_shirt", "knit", "jumpsuit")
#: Depth over width of an opening: shallower is a boat neck, deeper a scoop.
_SHALLOW, _DEEP = 0.22, 0.62
#: A collar that reaches down further than this share of a torso's width has lapels.
LAPEL: Final = 0.5
_FRONT: Final = ("body", "bodice", "skirt", "panel", "pocket", "button", "waistband")


def neckline_of(outline: Outline, roles: Roles, kind: str, length: float) -> Guess:
    """The neckline or collar, as a word of the vocabulary; ``length`` is the garment's, in widths of its torso."""
    if kind not in _NECKED:
        return Guess()
    collars = [form for form in outline.forms if roles.get(form.label, ("",))[0] == "collar"]
    if collars and sum(form.share for form in collars) > 0.006:
        return _collar(collars, length)
    front = np.isin(outline.labels, [label for label, (role, _side, _sure) in roles.items() if role in _FRONT])
    profile = _opening(front)
    return _shape(*profile) if profile else Guess()


def _collar(collars: list[Form], length: float) -> Guess:
    low, pair = max(form.low for form in collars), len(collars) >= 2
    deep = low * length > LAPEL
    if deep and pair:
        return Guess("notch_lapels", 0.4)  # one in four is; peaked and shawl collars look alike
    return Guess("shirt_collar", 0.35) if pair else Guess("band_collar", 0.35)


def _opening(front: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float] | None:
    """The opening between the two highest points beside the axis: its depth across, 0 to 1, and depth over width."""
    height, width = front.shape
    filled = np.asarray(front.any(axis=0))
    tops = np.where(filled, front.argmax(axis=0), height).astype(float)
    middle = width // 2
    if middle < 12 or not filled[middle]:
        return None
    left = int(np.argmin(tops[:middle] + 1e-3 * (middle - np.arange(middle))))
    right = middle + int(np.argmin(tops[middle:] + 1e-3 * np.arange(width - middle)))
    across = right - left
    inside = tops[left : right + 1]
    edge = max(tops[left], tops[right])
    depth = float(np.percentile(inside, 95) - edge)
    if across < 0.06 * width or depth < 2:
        return None
    shape = np.clip((inside - edge) / max(depth, 1), 0, 1)
    return np.interp(np.linspace(0, 1, 41), np.linspace(0, 1, len(shape)), shape), depth / across


def _shape(profile: NDArray[np.float64], ratio: float) -> Guess:
    """The template that the opening is nearest to."""
    across = np.linspace(-1, 1, len(profile))
    templates = {
        "v_neck": 1 - np.abs(across),
        "round": np.sqrt(np.maximum(0, 1 - across**2)),
        "square_neck": np.clip((1 - np.abs(across)) / 0.12, 0, 1),
    }
    errors = {name: float(np.abs(profile - template).mean()) for name, template in templates.items()}
    best, second = sorted(errors, key=lambda name: errors[name])[:2]
    sure = float(np.clip((errors[second] - errors[best]) / 0.15, 0, 1)) * float(np.clip(1.4 - errors[best] * 6, 0, 1))
    if ratio < _SHALLOW and best != "square_neck":
        return Guess("boat_neck", round(0.2 + 0.28 * sure, 2))
    if best == "round":
        best = "scoop_neck" if ratio > _DEEP else "crew_neck"
    return Guess(best, round(0.25 + 0.65 * sure, 2))
