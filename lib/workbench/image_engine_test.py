"""One small picture from an image engine, measured: does it draw, how long does it take, at what price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database import artefacts, connect
from lib.database.runs import recent
from lib.engines.images.model import ImageRequest
from lib.engines.images.registry import image_engine_info
from lib.errors import NotFound, StorageError, ToileError
from lib.i18n import current_language
from lib.tasks import Context
from lib.tasks.drawing import draw

USE_CASE, METHOD = "engines", "image_engine_test"
SIZE = (512, 640)  # pixels, width and height
STEPS = 12
PROMPT = "A sleeveless midi dress in green linen, front view, flat fashion illustration, white background"
LOOK_BACK = 200  # runs of the workspace among which each engine's last test is looked for


@dataclass(frozen=True)
class ImageEngineTest:
    """What a test found. ``picture`` is the artefact's id, ``error`` is None where the engine drew."""

    engine: str
    model: str
    at: dt.datetime
    seconds: float = 0.0
    cost: float | None = None
    currency: str = ""
    picture: str | None = None
    error: ToileError | None = None


class DressPainter:
    """The test's picture by rules: the dress that the words describe."""

    def paint(self, width: int, height: int, seed: int) -> NDArray[np.uint8]:
        """sRGB, shape (height, width, 3)."""
        from lib.atelier.fabrics import Fabric
        from lib.atelier.garments import Garment, flat
        from lib.atelier.palettes import Palette
        from lib.atelier.rendering import render
        from lib.engines.images.fitting import Fit

        view = flat(Garment("dress", length="midi", sleeve="sleeveless")).front
        left, top, right, bottom = view.bounds()
        scale = min((width - 8) / (right - left + 6), (height - 8) / (bottom - top + 6))
        drawn = render(view, {"fabric": Fabric("plain_weave", Palette.of("#7D9471"))}, scale, seed=seed)
        cover = drawn[..., 3:].astype(np.float32) / 255
        paper = (drawn[..., :3] * cover + 255 * (1 - cover)).round().astype(np.uint8)
        return Fit((paper.shape[1], paper.shape[0]), (width, height)).into(paper)


def try_image_engine(
    actor: Actor,
    name: str,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImageEngineTest:
    """Let the image engine called ``name`` draw one small picture; the run is kept, whatever comes of it.

    An engine that does not draw is a result, not an exception: ``error`` says what to do.

    Raises:
        NotAllowed: the actor may not run.
        EngineNotConfigured: there is no such engine.
    """
    require(actor, Right.RUN)
    info = image_engine_info(name)
    if info.problem is not None:
        return ImageEngineTest(name, info.model, dt.datetime.now(dt.UTC), error=info.problem)
    request = ImageRequest(prompt=PROMPT, size=SIZE, steps=STEPS, painter=DressPainter())
    context = Context(actor, language=current_language(), progress=progress, cancelled=cancelled)
    try:
        draw(request, context, name, use_case=USE_CASE, method=METHOD)
    except ToileError as error:
        return ImageEngineTest(name, info.model, dt.datetime.now(dt.UTC), error=error)
    with connect() as database:
        return last_image_tests(database, actor)[name]


def last_image_tests(database: Database, actor: Actor) -> dict[str, ImageEngineTest]:
    """The workspace's last finished test of each image engine, by the engine's name."""
    tests: dict[str, ImageEngineTest] = {}
    for row in recent(database, actor, LOOK_BACK, use_case=USE_CASE, kind="rendering"):
        if row["method"] == METHOD and row["status"] in ("done", "failed"):
            tests.setdefault(str(row["engine"]), _read(row))
    return tests


def _read(row: dict[str, Any]) -> ImageEngineTest:
    error, said = row["error"], row["output"] or {}
    pictures = said.get("pictures") or [{}]
    return ImageEngineTest(
        engine=row["engine"],
        model=row["model"] or "",
        at=dt.datetime.fromisoformat(row["started_at"]),
        seconds=row["seconds"] or 0.0,
        cost=row["cost"],
        currency=row["currency"] or "",
        picture=pictures[0].get("artefact"),
        error=ToileError(error["message"], **error["values"]) if error else None,
    )


def picture_of(test: ImageEngineTest, actor: Actor) -> bytes | None:
    """The test's picture as PNG, None where there is none any more."""
    if test.picture is None:
        return None
    try:
        with connect() as database:
            return artefacts.load(database, actor, test.picture)
    except (NotFound, StorageError):
        return None
