"""A GLB file read back and drawn without a graphics card."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from lib.atelier import solids
from lib.atelier.solids.files import read_glb
from lib.errors import InputError


def test_a_written_piece_is_read_back_with_its_places_and_materials() -> None:
    piece = solids.ring(solids.Ring())
    parts = {part[3].key: part for part in read_glb(solids.glb(piece))}
    assert set(parts) == {part.material.key for part in piece.parts}
    for part in piece.parts:
        vertices = parts[part.material.key][0]
        box = part.shape.bounding_box()
        assert np.allclose([*vertices.min(axis=0), *vertices.max(axis=0)], box, atol=0.01)


def test_its_still_picture_shows_the_piece_on_the_ground() -> None:
    with Image.open(io.BytesIO(solids.png_of_glb(solids.glb(solids.chair(solids.Chair())), 200, 160))) as shown:
        pixels = np.asarray(shown.convert("RGB")).astype(int)
    assert pixels.shape == (160, 200, 3)
    assert 0.02 < (np.abs(pixels - pixels[0, 0]).sum(axis=2) > 60).mean() < 0.5


@pytest.mark.parametrize(
    "content", [b"", b"glTF", b"no file of three dimensions", b"glTF\x02\x00\x00\x00\x10\x00\x00\x00"]
)
def test_what_is_no_glb_is_refused_with_a_way_out(content: bytes) -> None:
    with pytest.raises(InputError, match="GLB"):
        solids.png_of_glb(content)
