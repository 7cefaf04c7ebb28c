"""A finish looks the same wherever it is shown: 3D file, still picture, frame on a photo."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
import trimesh
from PIL import Image

from lib.atelier import solids
from lib.atelier.solids.eyewear import SHAPES
from lib.atelier.solids.files import read_glb
from lib.atelier.solids.mottle import LIGHTEST, TORTOISE, mottled
from lib.merchandising.made_to_measure_eyewear.frames import FINISHES, Design, piece_of
from lib.merchandising.made_to_measure_eyewear.sheen import Light, linear, shaded

PLACES = np.random.default_rng(0).uniform((-75, -5, -25), (75, 140, 25), (4_000, 3))


def frame_of(content: bytes) -> Any:
    """The frame's mesh, without the lenses."""
    scene: Any = trimesh.load_scene(io.BytesIO(content), file_type="glb")
    return max(scene.geometry.values(), key=lambda mesh: len(mesh.faces))


def test_the_clouds_are_between_dark_and_light_and_only_in_tortoiseshell() -> None:
    found = mottled(PLACES, TORTOISE)
    assert 0.2 < found.min() < 0.5 and 1.8 < found.max() < LIGHTEST
    assert (mottled(PLACES, "acetate_black") == 1).all()


def test_the_3d_file_holds_the_colours_of_the_frame_on_the_photo() -> None:
    finish = FINISHES["tortoise"]
    mesh = frame_of(solids.glb(piece_of(Design(52, 18, 145))))
    places = np.asarray(mesh.vertices)[:, [0, 2, 1]] * np.array([1000, -1000, 1000])
    shares = np.asarray(mesh.visual.vertex_attributes["color"])[:, :3] / 255
    written = shares * np.asarray(mesh.visual.material.main_color)[:3] / 255
    # Under a light without direction the frame on the photo shows its own colour, and what it mirrors is left out.
    straight = np.tile([0.0, 0.0, 1.0], (len(places), 1))
    light = Light(1.0, np.ones(3), np.array([0.0, -1.0, 0.0]))
    seen = shaded(straight, straight, places, finish, light)
    plain = shaded(straight, straight, places, FINISHES["black"], light)
    glow = (seen - plain)[:, 0] / (written[:, 0] - linear(FINISHES["black"].colour)[0])
    assert np.corrcoef(seen[:, 0], written[:, 0])[0, 1] > 0.999
    assert np.ptp(np.percentile(glow[np.abs(written[:, 0] - linear("#201e1f")[0]) > 0.05], [5, 95])) < 0.05


def test_the_still_picture_is_dark_and_light_where_the_3d_file_is() -> None:
    piece = piece_of(Design(52, 18, 145))
    plain = piece.in_material(TORTOISE, "acetate_honey")
    mottle, even = (solids.picture(one, 300, 200, 0, 3) for one in (piece, plain))
    body = np.abs(even - even[0, 0]).sum(axis=2) > 0.8
    share = mottle[body][:, 0] / even[body][:, 0]
    assert np.percentile(share, 90) > 1.6 * np.percentile(share, 10)


@pytest.mark.parametrize("finish", sorted(FINISHES))
def test_a_file_read_back_has_the_finishs_own_colour(finish: str) -> None:
    """Bordeaux is black acetate in another colour: a still picture made from the file shows bordeaux."""
    parts = {part[3].key: part[3] for part in read_glb(solids.glb(piece_of(Design(52, 18, 145, finish=finish))))}
    found, wanted = linear(parts[FINISHES[finish].material].colour), linear(FINISHES[finish].colour)
    assert np.abs(found - wanted).max() < 0.01


def test_the_still_picture_of_a_file_in_another_colour_shows_it() -> None:
    content = solids.png_of_glb(solids.glb(piece_of(Design(52, 18, 145, finish="bordeaux"))), 300, 200)
    with Image.open(io.BytesIO(content)) as shown:
        pixels = np.asarray(shown.convert("RGB")).astype(int)
    dark = pixels[pixels.sum(axis=2) < 250]
    assert len(dark) > 200 and (dark[:, 0] - dark[:, 1]).mean() > 20


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_the_frames_file_is_closed_when_what_lies_at_one_place_is_joined(shape: str) -> None:
    """Vertices are doubled along sharp edges alone: a place has one colour, and joining them closes the frame."""
    mesh = frame_of(solids.glb(piece_of(Design(52, 18, 145, shape=shape))))
    colours = np.asarray(mesh.visual.vertex_attributes["color"])
    places, first = np.unique(np.asarray(mesh.vertices), axis=0, return_inverse=True)
    assert len(np.unique(np.column_stack([first.ravel(), colours]), axis=0)) == len(places)
    mesh.merge_vertices(merge_norm=True)  # edges stay sharp by their normals
    assert mesh.is_watertight
