"""Photos of invented heads, each drawn once for all tests of a process: drawing one takes over a second."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from lib.merchandising.made_to_measure_eyewear import heads
from lib.merchandising.made_to_measure_eyewear.heads import Head, Shot


def photograph(head: Head, shot: Shot) -> NDArray[np.uint8]:
    """The photo, the caller's own to change. Shape (height, width, 3)."""
    return _drawn(head, shot).copy()


@cache
def _drawn(head: Head, shot: Shot) -> NDArray[np.uint8]:
    return heads.photograph(head, shot)
