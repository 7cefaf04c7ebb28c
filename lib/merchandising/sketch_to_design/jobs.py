"""The grid as the worker draws it: each variant a file of one recorded rendering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from lib.batch.work import WorkContext, WorkFile, WorkResult
from lib.files.provenance import SourceType
from lib.i18n import N_
from lib.merchandising.sketch_to_design import drawing, sketched
from lib.merchandising.sketch_to_design.checks import Judged, judge
from lib.merchandising.sketch_to_design.design import Brief, Design
from lib.merchandising.sketch_to_design.grid import MOST, grid, near
from lib.merchandising.sketch_to_design.likeness import Apart, Look, distance, look
from lib.merchandising.sketch_to_design.sketch_pictures import sketch_picture
from lib.merchandising.sketch_to_design.wish import Wish

DRAW_GRID = "lib.merchandising.sketch_to_design.jobs.draw_grid"
METHOD, VERSION = "sketch_to_design.grid", "3"
ENGINE = "atelier"
READING = N_("Reading the sketch")
DRAWING = N_("Drawing variant {number} of {total}")
PLATE = "plate.webp"
#: Candidates that are drawn at most to take the place of one variant that looks like another.
_TRIES = 3


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

    def spare(self, designs: Sequence[Design]) -> list[Design]:
        """More designs in the order in which they would be chosen after these."""
        if self.vary is not None:
            more = near(self.vary, self.brief, MOST, self.seed)
        else:
            more = grid(self.brief, MOST, self.seed, locked=designs, reach=self.reach)
        return [one for one in more if one.id not in {known.id for known in designs}]


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
    designs, pictures, looks = _drawn(request, painter, job)
    source = SourceType.of(model=False, photo=bool(request.brief.sketch))
    files = [
        WorkFile(file_name(number), drawing.encoded(picture), "image/webp", source)
        for number, picture in enumerate(pictures, 1)
    ]
    files.append(WorkFile(PLATE, drawing.encoded(drawing.plate(pictures)), "image/webp", source))
    output = {
        "engine": ENGINE,
        "brief": request.brief.model_dump(mode="json"),
        "designs": [design.model_dump(mode="json") for design in designs],
    }
    checks = judge(Judged(request.brief, designs, request.wish, looks))
    inputs = request.model_dump(mode="json")
    return WorkResult("rendering", METHOD, VERSION, inputs, output, tuple(files), tuple(checks))


def _drawn(
    request: GridRequest, painter: Callable[[Design], NDArray[np.uint8]], job: WorkContext
) -> tuple[list[Design], list[NDArray[np.uint8]], list[Look]]:
    """The designs with their pictures; what looks like one before it gives way to the next candidate that doesn't.

    A design that was locked or is varied stays. After ``_TRIES`` candidates, or where the brief has no more, what looks
    alike stays too, and the grid's check says so.
    """
    designs = request.designs()
    spare = request.spare(designs)
    fixed = {one.id for one in (*request.locked, *([request.vary] if request.vary else ()))}
    pictures: list[NDArray[np.uint8]] = []
    looks: list[Look] = []
    for at, design in enumerate(designs):
        job.progress((at + 0.1) / (len(designs) + 1), DRAWING, number=at + 1, total=len(designs))
        picture = painter(design)
        seen = look(picture)
        tries = 0
        while spare and tries < _TRIES and at and design.id not in fixed and _alike(seen, looks):
            tries += 1
            other = spare.pop(0)
            redrawn = painter(other)
            if not _alike(look(redrawn), looks):
                designs[at], picture, seen = other, redrawn, look(redrawn)
        pictures.append(picture)
        looks.append(seen)
    return designs, pictures, looks


def _alike(one: Look, others: Sequence[Look]) -> bool:
    return any(Apart(0, 0, *distance(one, other)).alike for other in others)


def painter_of(sketch: str, job: WorkContext) -> Callable[[Design], NDArray[np.uint8]]:
    """How a design is drawn: as a flat, or in the lines of the sketch kept under this artefact."""
    if not sketch:
        return drawing.picture
    read = sketched.open_sketch(sketched.content_of(sketch, job.actor))
    return lambda design: sketch_picture(read, design, drawing.PAPER, drawing.SIZE, lens=False)
