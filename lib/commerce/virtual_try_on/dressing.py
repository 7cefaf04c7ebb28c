"""A figure in an outfit, on paper: every picture at the same scale, so that bodies and lengths can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.figures import Figure, Person, figure
from lib.atelier.garments import flat
from lib.atelier.rendering import render
from lib.atelier.wearing import frame_of, wear_all, worn_views
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, ordered, worn_as
from lib.commerce.virtual_try_on.pieces import Piece
from lib.errors import InputError

Pixels = NDArray[np.uint8]
#: Width and height of a picture in pixels.
SIZE: Final = (1024, 1536)
TALL: Final = 192.0  # cm that a picture is high: the tallest figure and air
FLOOR: Final = 0.955  # where the floor lies, in shares of the height
_PAPER = ((250, 248, 244), (236, 231, 222))  # wall and floor


def dressed(
    person: Person, pieces: Sequence[Wearable], ways: Ways | None = None, size: tuple[int, int] = SIZE, seed: int = 0
) -> Pixels:
    """A person in an outfit, sRGB of shape (h, w, 3).

    Raises:
        InputError: nothing to wear, two pieces for one place, or a shoe.
    """
    ways = ways or Ways()
    scale = size[1] / TALL
    body = figure(person)
    return set_down(*cut_out(body, pieces, ways, scale, seed), size, scale)


def cut_out(
    body: Figure, pieces: Sequence[Wearable], ways: Ways, scale: float, seed: int = 0
) -> tuple[Pixels, tuple[float, float, float, float]]:
    """The person in the outfit with alpha, and the frame in cm that the picture shows.

    Raises:
        InputError: as ``dressed``.
    """
    outfit = worn_as(pieces, ways, body.person.size)
    bags = [piece for piece in ordered(pieces, ways) if piece.kind == "bag" and isinstance(piece, Piece)]
    if not outfit:
        drawn, frame = bare(body, scale)
    else:
        drawn = wear_all(body, outfit, scale, seed=seed)
        frame = frame_of(body, worn_views(body, [one.view for one in outfit]))
    for bag in bags:
        drawn = _carried(drawn, frame, body, bag, scale, ways.open)
    return drawn, frame


def bare(body: Figure, scale: float) -> tuple[Pixels, tuple[float, float, float, float]]:
    """The figure in its bodysuit, with alpha, and its frame in cm."""
    import io

    import resvg_py
    from PIL import Image

    from lib.atelier.figures import svg

    wide, tall = round(body.box[2] * scale), round(body.box[3] * scale)
    x, y, across, down = body.box
    own = f'width="{across:.1f}cm" height="{down:.1f}cm" viewBox="{x:.2f} {y:.2f} {across:.2f} {down:.2f}"'
    sized = svg(body).replace(
        own, own.replace(f'{across:.1f}cm"', f'{wide}"', 1).replace(f'{down:.1f}cm"', f'{tall}"', 1)
    )
    drawn = resvg_py.svg_to_bytes(svg_string=sized, skip_system_fonts=True)
    with Image.open(io.BytesIO(bytes(drawn))) as opened:
        return np.asarray(opened.convert("RGBA").resize((wide, tall))), body.box


def _carried(
    drawn: Pixels, frame: tuple[float, float, float, float], body: Figure, bag: Piece, scale: float, is_open: bool
) -> Pixels:
    """The picture with the bag in the left hand, or on that side from the shoulder."""
    garment = replace(bag.garment, closure="open") if is_open else bag.garment
    view = flat(garment).front
    picture = render(view, {"fabric": bag.fabric}, scale)
    left = view.bounds()[0]
    long = bag.garment.handle in ("shoulder_strap", "chain") and not body.person.wheelchair
    at = np.array(body.landmarks["left_shoulder" if long else "left_hand"])
    drop = 34.0 if long else -1.0  # the strap itself is longer than it is drawn
    place = (at - np.array([frame[0], frame[1]]) + np.array([left - 3.0 + (4.0 if long else 0.0), drop])) * scale
    canvas = drawn.astype(np.float32)
    x, y = (round(float(v)) for v in place)
    y0, x0 = max(0, -y), max(0, -x)
    part = picture[y0 : max(0, canvas.shape[0] - y), x0 : max(0, canvas.shape[1] - x)].astype(np.float32)
    y, x = max(y, 0), max(x, 0)
    under = canvas[y : y + part.shape[0], x : x + part.shape[1]]
    alpha, before = part[..., 3:] / 255, under[..., 3:] / 255
    after = alpha + before * (1 - alpha)
    colour = (part[..., :3] * alpha + under[..., :3] * before * (1 - alpha)) / np.maximum(after, 1e-6)
    canvas[y : y + part.shape[0], x : x + part.shape[1]] = np.concatenate([colour, after * 255], -1)
    return np.asarray(canvas.round().clip(0, 255), np.uint8)


def set_down(
    drawn: Pixels, frame: tuple[float, float, float, float], size: tuple[int, int] = SIZE, scale: float = 8.0
) -> Pixels:
    """A cut-out set on the floor of a plain room, with the soft shadow of the clothed figure, shape (h, w, 3)."""
    import cv2

    width, height = size
    canvas = room(size)
    floor = round(height * FLOOR)
    left, top = corner(drawn.shape[1], frame, size, scale)
    layer = np.zeros((height, width, 4), np.float32)
    y0, x0 = max(0, -top), max(0, -left)
    part = drawn[y0 : y0 + height - max(top, 0), x0 : x0 + width - max(left, 0)]
    layer[max(top, 0) : max(top, 0) + part.shape[0], max(left, 0) : max(left, 0) + part.shape[1]] = part
    alpha = layer[..., 3:] / 255
    ground = cv2.warpAffine(
        alpha[..., 0], np.array([[1, -0.25, 0.25 * floor], [0, 0.055, floor * (1 - 0.055)]], np.float32), size
    )
    shadow = cv2.GaussianBlur(ground, (0, 0), height / 190) * 0.34
    behind = cv2.GaussianBlur(np.roll(alpha[..., 0], round(height / 110), 1), (0, 0), height / 70) * 0.09
    canvas *= 1 - np.clip(shadow + behind, 0, 0.5)[..., None] * np.array([0.92, 0.97, 1.0], np.float32)
    canvas += alpha * (layer[..., :3] - canvas)
    return np.asarray(canvas.round().clip(0, 255), np.uint8)


def corner(
    across: int, frame: tuple[float, float, float, float], size: tuple[int, int], scale: float
) -> tuple[int, int]:
    """Where the left and top of a cut-out so many pixels wide come in the picture: x = 0 in its middle."""
    left, top = round(size[0] / 2 + frame[0] * scale), round(round(size[1] * FLOOR) + frame[1] * scale)
    if left < 0 or left + across > size[0]:  # a raised arm or a wheel: the middle of what is drawn
        left = round(size[0] / 2 - across / 2)
    return left, top


def room(size: tuple[int, int]) -> NDArray[np.float32]:
    """A wall that meets a floor without an edge, shape (h, w, 3)."""
    width, height = size
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    share = np.clip((y - 0.80) / 0.12, 0, 1)
    share = share * share * (3 - 2 * share)
    wall, ground = (np.array(one, np.float32) for one in _PAPER)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    light = 1 - 0.035 * x * x - 0.02 * y
    return np.asarray((wall + (ground - wall) * share) * light, np.float32)


def side_by_side(pictures: Sequence[Pixels], gap: int = 12) -> Pixels:
    """Up to four pictures of one height beside each other on white, shape (h, w, 3).

    Raises:
        InputError: there is none.
    """
    if not pictures:
        from lib.commerce.virtual_try_on.outfits import NOTHING

        raise InputError(NOTHING)
    bar = np.full((pictures[0].shape[0], gap, 3), 255, np.uint8)
    row = [part for one in pictures for part in (bar, one)][1:]
    return np.hstack(row)
