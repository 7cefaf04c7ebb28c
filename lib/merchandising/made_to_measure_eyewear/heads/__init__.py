"""Invented heads with known measurements, drawn as photographs: what the measuring is tried and proved on.

No person stands behind them. What measures (``lib.vision.faces`` and the modules beside this folder) never imports
this package: it sees nothing but pixels.
"""

from lib.merchandising.made_to_measure_eyewear.heads.photograph import Shot, photograph
from lib.merchandising.made_to_measure_eyewear.heads.shape import Head

__all__ = ["Head", "Shot", "photograph"]
