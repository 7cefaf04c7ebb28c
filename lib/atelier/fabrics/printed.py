"""Prints that are drawn: floral, paisley, camouflage, ikat; and lace, whose motifs hold a net together."""

from __future__ import annotations

from math import ceil, pi

import numpy as np

from lib.atelier.fabrics.fabric import Fabric
from lib.atelier.fabrics.grid import Field, Grid, inside, lay, over, relief
from lib.atelier.fabrics.motifs import Canvas, blossom, drop, leaf, scatter, sprig
from lib.atelier.fabrics.weaves import ground


def _side(grid: Grid, repeats: int) -> int:
    """Pixels that one repeat is painted with."""
    return max(64, ceil(grid.pixels / repeats))


def floral(grid: Grid, fabric: Fabric) -> Field:
    """Large and small blossoms, leaves and sprigs strewn over the ground."""
    colours = fabric.colours(6)
    repeats = grid.count(fabric.scale)
    chance = grid.chance("floral")
    canvas = Canvas.of(_side(grid, repeats), colours[0])
    large = scatter(chance, 6)
    small = scatter(chance, 9, large)
    for place in scatter(chance, 9, large + small):
        sprig(canvas, place, 0.13, float(chance.uniform(0, 2 * pi)), colours[3], colours[2])
    for place in large + small:
        size = 0.17 if place in large else 0.10
        start = float(chance.uniform(0, 2 * pi))
        for index in range(3):
            leaf(canvas, place, size * 1.25, start + index * 2 * pi / 3 + float(chance.uniform(-0.4, 0.4)), colours[3])
    for index, place in enumerate(small):
        tones = colours[[2, 1, 4]] if index % 2 else colours[[5, 2, 4]]
        blossom(canvas, place, 0.062, 5, float(chance.uniform(0, 2 * pi)), tones)
    for index, place in enumerate(large):
        tones = colours[[1, 2, 4]] if index % 2 == 0 else colours[[2, 1, 4]]
        blossom(canvas, place, 0.125, 5 + index % 2, float(chance.uniform(0, 2 * pi)), tones)
    return lay(canvas.rgb, repeats, repeats, grid.pixels) * ground(grid, scale_cm=0.045)[..., None]


def paisley(grid: Grid, fabric: Fabric) -> Field:
    """Drops in two directions, half a repeat apart, with small ones and dots between them."""
    colours = fabric.colours(5)
    repeats = grid.count(fabric.scale)
    chance = grid.chance("paisley")
    canvas = Canvas.of(_side(grid, repeats), colours[0])
    turn = float(chance.uniform(-0.25, 0.25))
    large = [(0.25, 0.28), (0.75, 0.78)]
    little = [(0.75, 0.26), (0.25, 0.76)]
    for place in scatter(chance, 60, large + little):
        pixels, across, down = canvas.window(place, 0.02)
        canvas.paint(pixels, np.hypot(across, down) - 0.0075, colours[3])
    for place in scatter(chance, 7, large + little):
        blossom(canvas, place, 0.032, 5, float(chance.uniform(0, 2 * pi)), colours[[3, 2, 1]])
    for index, place in enumerate(little):
        drop(canvas, place, 0.165, pi + turn, 1 - 2 * index, colours[[3, 2, 4, 1]])
    for index, place in enumerate(large):
        drop(canvas, place, 0.265, turn, 1 - 2 * index, colours[[2, 1, 3, 4]])
    return lay(canvas.rgb, repeats, repeats, grid.pixels) * ground(grid, scale_cm=0.045)[..., None]


def camouflage(grid: Grid, fabric: Fabric) -> Field:
    """Irregular patches, each colour over the one before."""
    colours = fabric.colours(4)
    cells = grid.count(fabric.scale)
    pattern = np.broadcast_to(colours[0], (grid.pixels, grid.pixels, 3)).astype(np.float32)
    for index, share in enumerate((0.45, 0.32, 0.18), 1):
        field = (
            grid.noise(cells * 3, cells * 2, f"patch {index}")
            + 0.5 * grid.noise(cells * 6, cells * 4, f"bay {index}")
            + 0.25 * grid.noise(cells * 14, cells * 10, f"edge {index}")
        )
        level = np.quantile(field[::2, ::2], 1 - share)
        sharp = grid.pixels / (cells * 5)
        mask = np.clip((field - np.float32(level)) * np.float32(sharp) + 0.5, 0, 1)
        pattern = over(pattern, mask, colours[index])
    return pattern * ground(grid, ((0, 0, 1, 1), (0, 1, 1, 0), (1, 1, 0, 0), (1, 0, 0, 1)), 0.07)[..., None]


def ikat(grid: Grid, fabric: Fabric) -> Field:
    """Stepped lozenges whose edges bleed along the warp, since each thread was dyed before it was woven."""
    colours = fabric.colours(4)
    repeats = grid.count(fabric.scale)
    threads = grid.count(0.12)
    slip = 0.030 * grid.noise(1, threads, "slip")[:1] + 0.018 * grid.noise(1, grid.count(1.0), "drift")[:1]
    at = grid.positions() * repeats
    pattern = np.broadcast_to(colours[0], (grid.pixels, grid.pixels, 3)).astype(np.float32)
    bleed = 0.03 * grid.noise(repeats * 10, threads, "bleed")
    for half in (0.0, 0.5):
        across = np.abs((at + half + 0.5) % 1 - 0.5)[None, :]
        down = np.abs((at[:, None] + half + slip * 1.4 + 0.5) % 1 - 0.5)
        far = across * 2.05 + down * 1.55 + 0.035 * np.sin(across * 60) + bleed
        for edge, index in ((0.74, 1), (0.56, 2), (0.44, 0), (0.33, 3), (0.15, 1)):
            pattern = over(pattern, inside((far - edge).astype(np.float32), 0.10), colours[index])
    ribs = ground(grid, ((1, 1), (0, 0)), 0.06)
    streak = 1 + np.float32(0.05) * grid.noise(grid.count(4.0), threads, "streak")
    return pattern * (ribs * streak)[..., None]


def lace(grid: Grid, fabric: Fabric) -> tuple[Field, Field]:
    """Flowers and leaves edged with a cord on a hexagonal net: the thread, and how much of what is behind it hides."""
    repeats = grid.count(fabric.scale)
    side = max(_side(grid, repeats), 256)
    motif, cord = _lace_motif(grid, side)
    net = _net(side, 34)
    fine = _net(side, 74) * 0.35 + 0.40
    thread = np.maximum(np.where(motif > 0.5, fine, net), cord)
    height = np.maximum(0.5 * thread, cord)
    light = relief(height, 0.006, 0.20).clip(0.55, 1.35)
    laid = lay(np.dstack([light, thread]), repeats, repeats, grid.pixels)
    return laid[..., :1] * fabric.colours(1)[0], laid[..., 1].clip(0, 1)


def _lace_motif(grid: Grid, side: int) -> tuple[Field, Field]:
    """What the motifs fill, and the cord along their edges; each (side, side), 0 to 1."""
    chance = grid.chance("lace")
    filled = np.zeros((side, side), dtype=np.float32)
    cord = np.zeros((side, side), dtype=np.float32)
    large = scatter(chance, 3)
    small = scatter(chance, 4, large)
    ink = np.ones(3, dtype=np.float32)
    for places, radius, petals in ((large, 0.17, 6), (small, 0.085, 5)):
        for place in places:
            start = float(chance.uniform(0, 2 * pi))
            shapes = [Canvas.of(side, ink * 0)]
            for index in range(3):
                leaf(shapes[0], place, radius * 1.75, start + index * 2.1, ink)
            shapes.append(Canvas.of(side, ink * 0))
            blossom(shapes[1], place, radius, petals, start, np.ones((3, 3), dtype=np.float32))
            shapes.append(Canvas.of(side, ink * 0))
            blossom(shapes[2], place, radius * 0.5, petals, start + pi / petals, np.ones((3, 3), dtype=np.float32))
            for shape in shapes:
                edge = _outline(shape.cover, max(1, round(side / 130)))
                cord = np.maximum(cord * (1 - shape.cover), edge)
                filled = np.maximum(filled, shape.cover)
    return filled, cord


def _outline(mask: Field, width: int) -> Field:
    """The rim of a wrapped mask, ``width`` pixels inwards and outwards."""
    import cv2

    padded = np.pad(mask, width + 1, mode="wrap")
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * width + 1, 2 * width + 1))
    rim = cv2.dilate(padded, brush) - cv2.erode(padded, brush)
    return rim[width + 1 : -width - 1, width + 1 : -width - 1].astype(np.float32)


def _net(side: int, across: int) -> Field:
    """A hexagonal net with ``across`` meshes in a repeat, its threads 0 to 1; shape (side, side)."""
    rows = 2 * max(1, round(across / np.sqrt(3)))
    down, along = (np.mgrid[:side, :side].astype(np.float32) + 0.5) / side
    nearest = np.full((side, side), 9, dtype=np.float32)
    second = nearest.copy()
    for shift in (0.0, 0.5):
        off_x = (along * across - shift + 0.5) % 1 - 0.5
        off_y = (down * rows / 2 - shift + 0.5) % 1 - 0.5
        for turn_x in (-1, 0, 1):
            for turn_y in (-1, 0, 1):
                far = np.hypot(off_x - turn_x, (off_y - turn_y) * np.float32(2 * across / rows))
                second = np.minimum(second, np.maximum(nearest, far))
                nearest = np.minimum(nearest, far)
    return inside((second - nearest) * 0.5 - 0.07, max(across / side, 0.05))
