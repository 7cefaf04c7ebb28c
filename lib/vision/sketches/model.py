"""What is seen in a sketch: its page, its lines, the regions that they enclose, and what each is taken for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.i18n import N_, translate

Field = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
Pixels = NDArray[np.uint8]
Labels = NDArray[np.int32]
#: Left, top, right, bottom in pixels of the sketch; right and bottom lie just outside.
Box = tuple[int, int, int, int]

#: Every role that a region can have, and its name for people (a message id).
ROLES: Final[dict[str, str]] = {
    "body": N_("Garment body"),
    "bodice": N_("Bodice"),
    "skirt": N_("Skirt"),
    "sleeve": N_("Sleeve"),
    "cuff": N_("Cuff"),
    "collar": N_("Collar"),
    "pocket": N_("Pocket"),
    "waistband": N_("Waistband"),
    "trouser_leg": N_("Trouser leg"),
    "hem": N_("Hem"),
    "strap": N_("Strap"),
    "handle": N_("Handle"),
    "flap": N_("Flap"),
    "button": N_("Button"),
    "inside": N_("Inside"),
    "panel": N_("Panel"),
}


@dataclass(frozen=True)
class Region:
    """An area that the lines enclose.

    Args:
        label: its number in the map; 1 and up.
        area: in pixels of the sketch.
        box: left, top, right, bottom.
        role: a key of ``ROLES``, guessed from place and form.
        side: 'left' or 'right' as the viewer sees it, '' where it lies on the middle or fills it.
        garment: which drawing on the page it belongs to, from 0 (``Sketch.garments``).
        confidence: of the role, 0 to 1.
        grain: how far cloth in it is turned from the vertical, in degrees clockwise: a sleeve's follows the arm.
    """

    label: int
    area: int
    box: Box
    role: str = "panel"
    side: str = ""
    garment: int = 0
    confidence: float = 0.0
    grain: float = 0.0

    @property
    def name(self) -> str:
        """Role and side as one key: 'sleeve-left', 'body'."""
        return f"{self.role}-{self.side}" if self.side else self.role


@dataclass(frozen=True)
class Guess:
    """What something was taken for: a word of ``lib.vocabulary``, '' where nothing can be said, and how surely."""

    value: str = ""
    confidence: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True)
class Drawn:
    """One garment on the page.

    Args:
        box: where it lies.
        labels: of its regions.
        kind: 'dress', 'coat', 'shirt', 'trousers', 'skirt', 'bag', ...; the words of the garments of ``lib.atelier``.
        view: 'front', 'back'; 'back' only where a front stands beside it.
        neckline: 'square_neck', 'v_neck', 'crew_neck', 'scoop_neck', 'boat_neck', 'shirt_collar', 'notch_lapels', ...
        closure: 'buttons', 'double_breasted', 'zip', 'wrap'.
    """

    box: Box
    labels: tuple[int, ...]
    kind: Guess = Guess()
    view: str = "front"
    neckline: Guess = Guess()
    closure: Guess = Guess()


@dataclass(frozen=True)
class Note:
    """Something that the reader of a sketch should know; ``message`` is a message id, ``values`` fill its braces."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str | None = None) -> str:
        """The note in ``language``, or in the reader's."""
        return translate(self.message, language, **self.values)


@dataclass(frozen=True, eq=False)
class Sketch:
    """A sketch as it was read. All arrays have the same height and width, of the straightened page.

    Args:
        lines: (h, w) float32, 0 paper to 1 ink; what isn't of a drawing (noise, writing beside it) is left out.
        regions: (h, w) int32, 0 the ground, else a region's label; each region is one connected piece, and the lines
            between regions belong to one of them, so that no gap is left when they are filled.
        parts: the regions, largest first; labels run from 1 to ``len(parts)``.
        garments: what is drawn on the page, from left to right.
        page: (h, w, 3) uint8, the page straightened, its light evened: paper white, lines as they are.
        pixels_per_cm: of the garment at its real size (not of the paper), guessed from what it is taken for.
        to_photo: (3, 3), takes a point of the sketch (x, y, 1) to one of the picture that was read.
        paths: where the sketch came as SVG: its own strokes' path data, in pixels of the sketch.
        notes: what was found out about the page.
        figure: whether the garment is drawn on a body, so that some parts are skin.
    """

    lines: NDArray[np.float32]
    regions: Labels
    parts: tuple[Region, ...]
    garments: tuple[Drawn, ...]
    page: Pixels
    pixels_per_cm: float
    to_photo: NDArray[np.float64]
    paths: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    figure: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.lines.shape[0], self.lines.shape[1]

    @property
    def grains(self) -> dict[int, float]:
        """How far the cloth is turned in each region, in degrees: what ``lay`` takes."""
        return {part.label: part.grain for part in self.parts}

    @property
    def roles(self) -> dict[int, str]:
        """Each region's role: what ``lay`` takes."""
        return {part.label: part.role for part in self.parts}

    def named(self, *roles: str) -> tuple[Region, ...]:
        """The regions that have one of the roles."""
        return tuple(part for part in self.parts if part.role in roles)
