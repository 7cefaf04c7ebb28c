"""From a flat to a worn garment: where each point of a flat's front lies on a figure's body.

A flat is a garment laid down: its width is half a girth. On a body the cloth goes around, so widths shrink by what an
ellipse of that girth shows from the front; heights follow the body's levels; sleeves follow the arms and legs the legs,
joint by joint; a skirt hangs from the hips, or lies over the lap. Nothing is ever narrower than the body under it.

This is a draughtsman's rule, not a simulation: cloth neither stretches nor collides.
"""

from lib.atelier.draping.drape import Drape, only

__all__ = ["Drape", "only"]
