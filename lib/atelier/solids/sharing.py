"""Vertices as strict readers need them: whoever joins what lies at one place gets the closed solid back.

A file keeps places and no topology, in 32-bit numbers. Two vertices of a solid that lie within a rounding of each other
would become one in the reader, and the surface would no longer be closed. So places are laid on a grid that survives
the rounding, in millimetres as in metres, and different vertices at one place are moved apart by a few of its steps.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.solids.forms import Array

Index = NDArray[np.int64]
#: Half a thousandth of a millimetre: twice what a 32-bit number of metres tells apart at 2.8 m.
GRID: Final = 5e-4
_TRIES: Final = 40


def corners(mesh: Any) -> tuple[Index, Index]:
    """(vertex of each row (n,), triangles (m, 3) by rows) of a mesh whose rows may be doubled along sharp edges."""
    owner = np.arange(len(mesh.vert_properties), dtype=np.int64)
    source, target = np.asarray(mesh.merge_from_vert), np.asarray(mesh.merge_to_vert)
    if len(source):
        owner[source] = target
        while (owner[owner] != owner).any():
            owner = owner[owner]
    return owner, np.asarray(mesh.tri_verts, dtype=np.int64)


def parted(mesh: Any) -> tuple[Array, Index]:
    """(places (n, 3) of all rows in millimetres, vertex of each row (n,)): no two vertices at one place."""
    owner, triangles = corners(mesh)
    places = np.asarray(mesh.vert_properties, dtype=float)[:, :3]
    used = np.unique(owner)
    steps = np.round(places / GRID)
    middle = _neighbours(places, owner[triangles])
    for attempt in range(1, _TRIES):
        _found, number, count = np.unique(steps[used], axis=0, return_inverse=True, return_counts=True)
        crowded = used[_later(number.ravel()) & (count[number.ravel()] > 1)]
        if not len(crowded):
            break
        way = middle[crowded] - places[crowded]
        length = np.linalg.norm(way, axis=1, keepdims=True)
        aside = np.random.default_rng(attempt).normal(size=way.shape)  # for what has nowhere to go, and for ties
        way = np.where(length > 1e-9, way / np.maximum(length, 1e-9), 0) + 0.4 * aside
        steps[crowded] += np.round(way * (2 + attempt))
    result: Array = (steps * GRID)[owner]
    return result, owner


def _later(number: Index) -> NDArray[np.bool_]:
    """Which rows are not the first with their number."""
    first = np.unique(number, return_index=True)[1]
    later = np.ones(len(number), dtype=bool)
    later[first] = False
    return later


def _neighbours(places: Array, triangles: Index) -> Array:
    """The middle of each vertex's neighbours, shape as ``places``."""
    total, count = np.zeros_like(places), np.zeros(len(places))
    for one in range(3):
        for other in ((one + 1) % 3, (one + 2) % 3):
            np.add.at(total, triangles[:, one], places[triangles[:, other]])
            np.add.at(count, triangles[:, one], 1)
    middle: Array = total / np.maximum(count, 1)[:, None]
    return middle
