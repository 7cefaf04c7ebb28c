"""Pieces in three dimensions: jewellery, eyewear and furniture as closed solids, with volume, weight and cost."""

from lib.atelier.solids.bracelets import Bracelet, bracelet
from lib.atelier.solids.eyewear import Frame, frame, parse_notation
from lib.atelier.solids.files import glb, stl
from lib.atelier.solids.furniture import Chair, Lamp, Stool, Table, chair, lamp, stool, table
from lib.atelier.solids.jewellery import Earring, Pendant, earrings, pendant
from lib.atelier.solids.materials import MATERIALS, Material, material
from lib.atelier.solids.model import CostLine, Part, Piece, Price
from lib.atelier.solids.preview import picture, png, png_of_glb
from lib.atelier.solids.rings import Ring, ring

__all__ = [
    "MATERIALS",
    "Bracelet",
    "Chair",
    "CostLine",
    "Earring",
    "Frame",
    "Lamp",
    "Material",
    "Part",
    "Pendant",
    "Piece",
    "Price",
    "Ring",
    "Stool",
    "Table",
    "bracelet",
    "chair",
    "earrings",
    "frame",
    "glb",
    "lamp",
    "material",
    "parse_notation",
    "pendant",
    "picture",
    "png",
    "png_of_glb",
    "ring",
    "stl",
    "stool",
    "table",
]
