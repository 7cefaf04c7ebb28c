"""One design in full: front and back at the size in which they are taken away, as a recorded run of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.access import Actor
from lib.errors import Cancelled
from lib.files.provenance import SourceType
from lib.i18n import N_
from lib.merchandising.sketch_to_design import drawing, sketched
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.sketch_pictures import sketch_picture
from lib.tasks.recorded import recorded

METHOD, VERSION = "sketch_to_design.detail", "3"
FRONT, BACK, SEEN = "front.png", "back.png", "both.webp"
#: Width and height of the pictures that are taken away.
TAKEN = (1600, 2000)
STOPPED = N_("Stopped before the end. Start it again when you want the result.")


@dataclass(frozen=True)
class Steps:
    """How the work says how far it is, and asks whether to end."""

    progress: Callable[[float, str], None]
    stopped: Callable[[], bool]

    def step(self, share: float, message: str) -> None:
        if self.stopped():
            raise Cancelled(STOPPED)
        self.progress(share, message)


FRONT_STEP, BACK_STEP = N_("Drawing the front"), N_("Drawing the back")


def draw_detail(actor: Actor, design: Design, parent: str, steps: Steps, say: Callable[[str], str]) -> str:
    """Draw a design's sides and keep them; the run's id. A sketch has the sides that it shows.

    Args:
        parent: the run of the grid that it comes from.
        say: a message id in the reader's language.

    Raises:
        Cancelled: the person stopped it; nothing is kept then.
    """
    inputs: dict[str, Any] = {"design": design.model_dump(mode="json")}
    with recorded(
        actor,
        use_case="sketch_to_design",
        kind="rendering",
        method=METHOD,
        method_version=VERSION,
        inputs=inputs,
        seed=design.seed,
        parent=parent,
        engine="atelier",
    ) as run:
        sides: dict[str, NDArray[np.uint8]] = {}
        source = SourceType.of(model=False, photo=bool(design.sketch))
        for at, (name, side, message) in enumerate(((FRONT, "front", FRONT_STEP), (BACK, "back", BACK_STEP))):
            if side not in _sides(actor, design):
                break
            steps.step(0.05 + 0.45 * at, say(message))
            sides[name] = _side(actor, design, side)
            run.keep_picture(name, drawing.encoded(sides[name], "PNG"), "image/png", source)
        steps.step(0.92, say(BACK_STEP))
        shown = np.hstack([_smaller(one) for one in sides.values()])
        run.keep_picture(SEEN, drawing.encoded(shown), "image/webp", source)
        run.output = {"design": design.id, "files": [*sides, SEEN]}
    return run.id


def _sides(actor: Actor, design: Design) -> tuple[str, ...]:
    if not design.sketch:
        return ("front", "back")
    return sketched.sides_of(sketched.open_sketch(sketched.content_of(design.sketch, actor)))


def _side(actor: Actor, design: Design, side: Any) -> NDArray[np.uint8]:
    if design.sketch:
        read = sketched.open_sketch(sketched.content_of(design.sketch, actor))
        return sketch_picture(read, design, drawing.PAPER, TAKEN, side)
    return drawing.picture(design, side, TAKEN)


def _smaller(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import cv2

    small = cv2.resize(picture, (TAKEN[0] * 5 // 8, TAKEN[1] * 5 // 8), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)
