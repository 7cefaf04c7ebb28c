"""The scale on which a response is learned: as it is, its logarithm, or the log-odds of a score out of 100."""

from __future__ import annotations

import numpy as np

from lib.merchandising.beauty_formulation.model import BY_KEY
from lib.merchandising.beauty_formulation.space import Array

EDGE = 1.0  # a score of 0 or 100 is taken as this far from the end, since its log-odds have none


def onto(key: str, values: Array) -> Array:
    """Measured values on the scale of learning."""
    match BY_KEY[key].scale:
        case "log":
            return np.log(np.maximum(values, 1e-12))
        case "share":
            inner = np.clip(values, EDGE, 100 - EDGE)
            return np.log(inner / (100 - inner))
    return values


def back(key: str, values: Array) -> Array:
    """Values on the scale of learning as one would measure them."""
    match BY_KEY[key].scale:
        case "log":
            return np.exp(np.minimum(values, 50.0))
        case "share":
            return 100 / (1 + np.exp(-np.clip(values, -50.0, 50.0)))
    return values
