"""What is taken away in three dimensions is closed for a strict reader, whatever was chosen."""

from __future__ import annotations

import io

import numpy as np
import pytest
import trimesh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.atelier.solids import glb, stl
from lib.atelier.solids.forms import union
from lib.atelier.solids.sharing import GRID, parted
from lib.errors import InputError
from lib.merchandising.sketch_to_design.pieces import SOLIDS, choices
from lib.merchandising.sketch_to_design.solid import SolidDesign, build, dimensions


@st.composite
def designs(draw: st.DrawFn, kind: str) -> SolidDesign:
    """Any piece of a kind that options and sliders can be set to."""
    options = {name: draw(st.sampled_from(values)) for name, values in SOLIDS[kind].items()}
    options = {name: options[name] for name in choices(kind, options)}
    lengths = {one.name: draw(st.just(one.usual) | st.floats(one.low, one.high)) for one in dimensions(kind, options)}
    return SolidDesign(kind=kind, options=options, lengths=lengths)


@pytest.mark.parametrize("kind", sorted(SOLIDS))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_files_of_every_kind_are_closed_where_vertices_of_one_place_are_joined(kind, data):
    try:
        piece = build(data.draw(designs(kind)))
    except InputError:  # two lengths that don't go together are refused before there is a file
        return
    solid = trimesh.load(io.BytesIO(stl(piece)), file_type="stl")
    assert solid.is_watertight and solid.is_volume
    assert solid.volume == pytest.approx(union([part.shape for part in piece.parts]).volume(), rel=1e-3)
    scene = trimesh.load_scene(io.BytesIO(glb(piece)), file_type="glb")
    assert len(scene.geometry) == len(piece.parts)
    for mesh in scene.geometry.values():
        mesh.merge_vertices(merge_norm=True)  # shading doubles vertices along sharp edges
        assert mesh.is_watertight and mesh.is_volume


def test_vertices_of_one_place_are_parted_by_less_than_anybody_sees():
    mesh = build(SolidDesign(kind="ring", options={"setting": "halo"})).parts[0].shape.to_mesh()
    before = np.asarray(mesh.vert_properties, dtype=float)[:, :3]
    places, vertex = parted(mesh)
    own = np.unique(vertex)
    assert len(np.unique(places[own].astype(np.float32), axis=0)) == len(own)
    assert np.abs(places - before[vertex]).max() < 40 * GRID
