"""A piece as a file: GLB for viewers and renderers, STL for printers and mills."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
from manifold3d import Manifold

from lib.atelier.solids.forms import Array, union
from lib.atelier.solids.materials import MATERIALS, Material
from lib.atelier.solids.model import Part, Piece
from lib.atelier.solids.mottle import IN_VIEWER, LIGHTEST, TORTOISE, mottled
from lib.atelier.solids.sharing import Index, parted
from lib.errors import InputError
from lib.i18n import N_

# Edges sharper than this stay edges; blunter ones are shaded as one surface.
SHARP_DEGREES = 38.0
ROUGHNESS = {"metal": 0.22, "wood": 0.62, "stone": 0.05, "glass": 0.05, "resin": 0.25, "cloth": 0.8}
NO_GLB = N_("This is not a 3D file in GLB format. Export the piece as GLB and try again.")
BYTE = 1.5 / 255  # colours are written in steps of a 255th
ALPHA = {"glass": 0.35, "stone": 0.92}


def surface(part: Part) -> tuple[Array, Array, Index]:
    """(vertices, normals, triangles) of a part, vertices doubled along sharp edges; joined again they are closed."""
    sharp = 8.0 if part.material.surface == "stone" else SHARP_DEGREES
    mesh = part.shape.calculate_normals(0, sharp).to_mesh()
    table = np.asarray(mesh.vert_properties, dtype=float)
    places, _vertex = parted(mesh)
    triangles = np.asarray(mesh.tri_verts, dtype=np.int64)
    return places, _by_area(table[:, :3], table[:, 3:6], triangles), triangles


def _by_area(places: Array, normals: Array, triangles: Index) -> Array:
    """Normals weighted by area in the place of angles: a wide flat face stays flat up to its rounded edge."""
    a, b, c = (places[triangles[:, corner]] for corner in range(3))
    twice = np.cross(b - a, c - a)
    total = np.zeros_like(normals)
    for corner in range(3):
        np.add.at(total, triangles[:, corner], twice)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    weighted: Array = np.where(length > 1e-9, total / np.maximum(length, 1e-9), normals)
    return weighted


def _linear(colour: str, alpha: float, times: float = 1.0) -> list[float]:
    """glTF wants linear light (IEC 61966-2-1)."""
    shares = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    return [times * (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4) for s in shares] + [alpha]


def _coded(light: list[float]) -> str:
    """Linear light as a hex colour."""
    shares = [12.92 * s if s <= 0.0031308 else 1.055 * s ** (1 / 2.4) - 0.055 for s in light]
    return "#" + "".join(f"{round(255 * min(max(s, 0.0), 1.0)):02x}" for s in shares)


def _look(made_of: Material) -> Any:
    """The material as glTF knows it. Not metallic: without an environment to mirror, viewers draw metal black."""
    look: Any = import_module("trimesh.visual.material")

    alpha = ALPHA.get(made_of.surface, 1.0)
    return look.PBRMaterial(
        name=made_of.key,
        baseColorFactor=_linear(made_of.colour, alpha, _times(made_of)),
        metallicFactor=0.0,
        roughnessFactor=ROUGHNESS[made_of.surface],
        alphaMode="BLEND" if alpha < 1 else "OPAQUE",
        doubleSided=False,
    )


def glb(piece: Piece) -> bytes:
    """The piece as binary glTF 2.0: metres, y up, one node and material a part."""
    trimesh: Any = import_module("trimesh")

    scene = trimesh.Scene()
    for number, part in enumerate(piece.parts):
        vertices, normals, triangles = surface(part)
        mesh = trimesh.Trimesh(
            vertices=vertices[:, [0, 2, 1]] * np.array([0.001, 0.001, -0.001]),
            faces=triangles,
            vertex_normals=normals[:, [0, 2, 1]] * np.array([1, 1, -1]),
            process=False,
        )
        mesh.visual = trimesh.visual.TextureVisuals(material=_look(part.material))
        if part.material.key == TORTOISE:
            shares = np.column_stack([mottled(vertices, TORTOISE) / LIGHTEST, np.ones(len(vertices))])
            mesh.visual.vertex_attributes["color"] = np.round(shares * 255).astype(np.uint8)
        name = f"{part.name} {number + 1}"
        scene.add_geometry(mesh, node_name=name, geom_name=name)
    data: bytes = scene.export(file_type="glb", include_normals=True)
    return data


def read_glb(content: bytes) -> list[tuple[Array, Array, Index, Material]]:
    """What ``glb`` wrote, by part: vertices in millimetres with z up, normals, triangles, material.

    A material of another name is taken as a resin of its own colour.

    Raises:
        InputError: it is no GLB file, or holds no surface.
    """
    trimesh: Any = import_module("trimesh")
    try:
        scene = trimesh.load_scene(io.BytesIO(content), file_type="glb")
        meshes = scene.dump()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error) as error:
        raise InputError(NO_GLB) from error
    if not len(meshes):
        raise InputError(NO_GLB)
    return [
        (
            np.asarray(mesh.vertices)[:, [0, 2, 1]] * np.array([1000, -1000, 1000]),
            np.asarray(mesh.vertex_normals)[:, [0, 2, 1]] * np.array([1, -1, 1]),
            np.asarray(mesh.faces, dtype=np.int64),
            _material_of(mesh),
        )
        for mesh in meshes
    ]


def _material_of(mesh: Any) -> Material:
    """The material of this name, in the file's own colour where a piece was given another."""
    look = getattr(mesh.visual, "material", None)
    given = [200, 200, 200] if look is None else [float(part) for part in look.main_color][:3]
    light = [part / 255 for part in given]
    known = MATERIALS.get(getattr(look, "name", None) or "")
    if known is None:
        return Material("unknown", "", 1.0, _coded(light), "resin", "")
    times = _times(known)
    usual = _linear(known.colour, 1.0, times)
    if max(abs(one - other) for one, other in zip(light, usual, strict=False)) < BYTE:
        return known
    return replace(known, colour=_coded([part / times for part in light]))


def _times(made_of: Material) -> float:
    """glTF multiplies a part's colour by each vertex's, and neither may be above 1: the first is raised instead."""
    return LIGHTEST * IN_VIEWER if made_of.key == TORTOISE else 1.0


def _joined(shape: Manifold) -> tuple[Array, Index]:
    """(vertices, triangles), each vertex at a place of its own."""
    mesh = shape.to_mesh()
    places, vertex = parted(mesh)
    return places, vertex[np.asarray(mesh.tri_verts, dtype=np.int64)]


def stl(piece: Piece, part: int | None = None) -> bytes:
    """Binary STL in millimetres, z up: one part by its number, or the whole piece as one closed solid."""
    trimesh: Any = import_module("trimesh")
    shape = union([each.shape for each in piece.parts]) if part is None else piece.parts[part].shape
    made = trimesh.Trimesh(*_joined(shape), process=False)
    data: bytes = made.export(file_type="stl")
    return data
