"""The built-in image engine: the picture's own painter, which draws by rules. No model, no weights, repeatable."""

from __future__ import annotations

import numpy as np

from lib.engines.images.model import Drawn, ImageRequest, Operation, Watch, check
from lib.errors import Cancelled, EngineRefused
from lib.i18n import N_

ATELIER = "atelier"
TITLE = N_("Atelier")
NOTE = N_("Draws by rules: garments, fabrics, figures, solids. No model; the same seed gives the same picture.")
NO_PAINTER = N_("The atelier has no rules for this picture: it takes an engine with a model. Choose another engine.")
STOPPED = N_("The drawing was stopped.")
DRAWING = N_("Drawing")


class Atelier:
    """Calls the request's painter once for each picture."""

    name, title, model = ATELIER, TITLE, ""
    operations: frozenset[Operation] = frozenset(("text_to_image", "image_to_image", "inpaint", "control"))

    def draw(self, request: ImageRequest, watch: Watch) -> Drawn:
        """See ``ImageEngine.draw``. What the operation needs is the painter's own affair."""
        if request.painter is None:
            raise EngineRefused(NO_PAINTER)
        check(request, self)
        (width, height), pictures = request.size, []
        seeds = tuple(request.seed + place for place in range(request.count))
        for place, seed in enumerate(seeds):
            if watch.cancelled():
                raise Cancelled(STOPPED)
            watch.progress(place / request.count, DRAWING)
            found = np.ascontiguousarray(request.painter.paint(width, height, seed))
            if found.shape != (height, width, 3) or found.dtype != np.uint8:
                raise ValueError(f"the painter gave {found.dtype} {found.shape}, not uint8 {(height, width, 3)}")
            pictures.append(found)
        watch.progress(1.0, DRAWING)
        return Drawn(tuple(pictures), seeds)
