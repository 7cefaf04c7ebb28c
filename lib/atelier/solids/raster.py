"""Triangles to pixels with numpy: orthographic, with a depth buffer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lib.atelier.solids.forms import Array

Index = NDArray[np.int64]
# So many candidate pixels are looked at together: bounds the memory, not the result.
AT_ONCE = 3_000_000


def fragments(corners: Array, width: int, height: int) -> Iterator[tuple[Index, Index, Array]]:
    """For every triangle and each pixel centre that it covers: (triangle, pixel, barycentric weights (n, 3)).

    Args:
        corners: (t, 3, 2 or more) in pixels, x to the right, y down.
    """
    flat = corners[:, :, :2]
    low = np.clip(np.floor(flat.min(axis=1)), 0, [width - 1, height - 1]).astype(np.int64)
    high = np.clip(np.ceil(flat.max(axis=1)), 0, [width - 1, height - 1]).astype(np.int64)
    side = high - low + 1
    a, b, c = flat[:, 0], flat[:, 1], flat[:, 2]
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    level = np.ceil(np.log2(np.maximum(side, 1))).astype(np.int64)
    kinds = level[:, 0] * 64 + level[:, 1]
    for kind in np.unique(kinds):
        size = (2 ** int(kind // 64), 2 ** int(kind % 64))
        chosen = np.flatnonzero((kinds == kind) & (np.abs(area) > 1e-9))
        step = max(AT_ONCE // (size[0] * size[1]), 1)
        for start in range(0, len(chosen), step):
            yield _cover(chosen[start : start + step], size, flat, area, low, width, height)


def _cover(
    chosen: Index, size: tuple[int, int], flat: Array, area: Array, low: Index, width: int, height: int
) -> tuple[Index, Index, Array]:
    x = (low[chosen, 0][:, None] + np.tile(np.arange(size[0]), size[1])[None]).astype(float) + 0.5
    y = (low[chosen, 1][:, None] + np.repeat(np.arange(size[1]), size[0])[None]).astype(float) + 0.5
    weights = []
    for first, second in ((1, 2), (2, 0), (0, 1)):
        p, q = flat[chosen, first], flat[chosen, second]
        edge = (q[:, :1] - p[:, :1]) * (y - p[:, 1:]) - (q[:, 1:] - p[:, 1:]) * (x - p[:, :1])
        weights.append(edge / area[chosen][:, None])
    w = np.stack(weights, -1)
    inside = (w.min(axis=-1) >= -1e-7) & (x < width) & (y < height)
    row, column = np.nonzero(inside)
    pixel = y[row, column].astype(np.int64) * width + x[row, column].astype(np.int64)
    return chosen[row], pixel, w[row, column]


def nearest(corners: Array, depth: Array, width: int, height: int) -> tuple[Index, Array]:
    """What is seen at each pixel: (triangle or -1 (h * w,), barycentric weights (h * w, 3)).

    Args:
        corners: (t, 3, 2) in pixels.
        depth: (t, 3), larger is nearer.
    """
    best = np.full(width * height, -np.inf)
    shown = np.full(width * height, -1, dtype=np.int64)
    weights = np.zeros((width * height, 3))
    for triangle, pixel, w in fragments(corners, width, height):
        z = np.einsum("ij,ij->i", w, depth[triangle])
        order = np.lexsort((z, pixel))
        pixel, z, triangle, w = pixel[order], z[order], triangle[order], w[order]
        last = np.append(pixel[1:] != pixel[:-1], True)[: len(pixel)]
        pixel, z, triangle, w = pixel[last], z[last], triangle[last], w[last]
        nearer = z > best[pixel]
        at = pixel[nearer]
        best[at], shown[at], weights[at] = z[nearer], triangle[nearer], w[nearer]
    return shown, weights
