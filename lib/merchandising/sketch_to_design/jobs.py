"""The grid as the worker draws it: each variant a file of one recorded rendering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from lib.batch.work import WorkContext, WorkFile, WorkResult
from lib.i18n import N_
from lib.merchandising.sketch_to_design import drawing, sketched
from lib.merchandising.sketch_to_design.checks import Judged, judge
from lib.merchandising.sketch_to_design.design import Brief, Design
from lib.merchandising.sketch_to_design.grid import grid, near
from lib.merchandising.sketch_to_design.likeness import look
from lib.merchandising.sketch_to_design.sketch_pictures import sketch_picture
from lib.merchandising.sketch_to_design.wish import Wish

DRAW_GRID = "lib.merchandising.sketch_to_design.jobs.draw_grid"
METHOD, VERSION = "sketch_to_design.grid", "2"
ENGINE = "atelier"
READING = N_("Reading the sketch")
DRAWING = N_("Drawing variant {number} of {total}")
PLATE = "plate.webp"


class GridRequest(BaseModel):
    """What a grid is drawn from; ``vary`` is the design that the others stay near to, where it is one."""

    brief: Brief
    count: int = 9
    reach: str = "balanced"
    locked: tuple[Design, ...] = ()
    vary: Design | None = None
    seed: int = 0
    wish: Wish | None = None  # the words as they were read, for the check that none was lost

    def designs(self) -> list[Design]:
        """The designs to draw, locked ones first."""
        if self.vary is not None:
            return near(self.vary, self.brief, self.count, self.seed)
        return grid(self.brief, self.count, self.seed, locked=self.locked, reach=self.reach)


def file_name(number: int) -> str:
    """The picture of the variant with this number, from 1."""
    return f"variant-{number:02}.webp"


def draw_grid(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Draw the variants of a ``GridRequest`` (its JSON, under 'request') and the plate of them all.

    Raises:
        InputError: the sketch can't be read.
        Cancelled: the person stopped it.
    """
    request = GridRequest.model_validate(arguments["request"])
    if request.brief.sketch:
        job.progress(0.02, READING)
    painter = painter_of(request.brief.sketch, job)
    pictures, files = [], []
    designs = request.designs()
    for number, design in enumerate(designs, 1):
        job.progress((number - 0.9) / (len(designs) + 1), DRAWING, number=number, total=len(designs))
        pictures.append(painter(design))
        files.append(WorkFile(file_name(number), drawing.encoded(pictures[-1]), "image/webp"))
    files.append(WorkFile(PLATE, drawing.encoded(drawing.plate(pictures)), "image/webp"))
    output = {
        "engine": ENGINE,
        "brief": request.brief.model_dump(mode="json"),
        "designs": [design.model_dump(mode="json") for design in designs],
    }
    checks = judge(Judged(request.brief, designs, request.wish, [look(picture) for picture in pictures]))
    inputs = request.model_dump(mode="json")
    return WorkResult("rendering", METHOD, VERSION, inputs, output, tuple(files), tuple(checks))


def painter_of(sketch: str, job: WorkContext) -> Callable[[Design], NDArray[np.uint8]]:
    """How a design is drawn: as a flat, or in the lines of the sketch kept under this artefact."""
    if not sketch:
        return drawing.picture
    read = sketched.open_sketch(sketched.content_of(sketch, job.actor))
    return lambda design: sketch_picture(read, design, drawing.PAPER, drawing.SIZE)
