"""Fabrics: seamless tiles of weaves, knits, surfaces and prints, in any palette and at real scale.

``Fabric("denim", palette)`` describes a cloth, ``tile`` draws it. A tile's opposite edges continue each other, so it
can be laid without a seam; centimetres stay centimetres at any resolution; the same seed gives the same tile.
"""

from lib.atelier.fabrics.fabric import Fabric
from lib.atelier.fabrics.kinds import KINDS, Kind
from lib.atelier.fabrics.tiles import natural_size, open_tile, tile

__all__ = ["KINDS", "Fabric", "Kind", "natural_size", "open_tile", "tile"]
