"""One request for a picture, whatever draws it, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from lib.errors import EngineRefused, InputError
from lib.i18n import N_

Pixels = NDArray[np.uint8]
Operation = Literal["text_to_image", "image_to_image", "inpaint", "control"]
SMALLEST, LARGEST, MOST = 64, 4096, 16  # pixels of a side, pixels of a side, pictures in one request

WRONG_SIZE = N_("A picture has from {smallest} to {largest} pixels on each side. Choose a size in between.")
WRONG_COUNT = N_("From 1 to {most} pictures are drawn at once. Choose a number in between.")
NO_WORDS = N_("There are no words to draw from. Describe the picture, then try again.")
NO_IMAGE: dict[Operation, str] = {
    "image_to_image": N_("There is no picture to start from. Give one, then try again."),
    "inpaint": N_("There is no picture of which a part could be drawn anew. Give one, then try again."),
    "control": N_("There is no picture whose lines could be followed. Give one, then try again."),
}
NO_MASK = N_("To draw a part of a picture anew, mark that part first.")
MASK_SIZE = N_("The marked part and the picture have different sizes. Mark the part again on this picture.")
CANNOT: dict[Operation, str] = {
    "text_to_image": N_("{engine} can’t draw from words alone. Choose another engine."),
    "image_to_image": N_("{engine} can’t start from a picture. Choose another engine."),
    "inpaint": N_("{engine} can’t draw a part of a picture anew. Choose another engine."),
    "control": N_(
        "{engine} can’t follow the lines of a picture. Choose another engine, or set controlnet for it in secrets.toml."
    ),
}


class Painter(Protocol):
    """What draws a picture by rules; the engine ``atelier`` calls it."""

    def paint(self, width: int, height: int, seed: int) -> Pixels:
        """sRGB, shape (height, width, 3). The same seed gives the same picture."""


@dataclass(frozen=True, eq=False)
class ImageRequest:
    """A picture that is wanted.

    Attributes:
        operation: what is done with what is given.
        prompt: words; engines with a model draw from them.
        size: width and height in pixels; every engine's pictures have exactly this size.
        count: how many pictures; each has a seed of its own, counted up from ``seed``.
        image: sRGB, shape (h, w, 3), to start from ('image_to_image', 'inpaint').
        mask: shape (h, w) like the image; 255 where it is drawn anew, 0 where it stays ('inpaint').
        control: sRGB, shape (h, w, 3), whose lines are followed ('control').
        steps: of a diffusion model.
        guidance: how closely it keeps to the words.
        strength: how far it may leave ``image``, 0 to 1.
        negative: words for what isn't wanted, where the model takes them.
        painter: draws by rules, for the engine ``atelier``.
        follows: the given picture is the house's own drawing of the same piece and is meant to be seen in the result.
        photo: a photo or scan is part of what is drawn; the provenance says so.
    """

    operation: Operation = "text_to_image"
    prompt: str = ""
    size: tuple[int, int] = (1024, 1024)
    count: int = 1
    seed: int = 0
    image: Pixels | None = field(default=None, repr=False)
    mask: Pixels | None = field(default=None, repr=False)
    control: Pixels | None = field(default=None, repr=False)
    steps: int = 30
    guidance: float = 7.0
    strength: float = 0.75
    negative: str = ""
    painter: Painter | None = field(default=None, repr=False)
    follows: bool = False
    photo: bool = False


def _silent(share: float, message: str = "") -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Watch:
    """Who looks on while a picture is drawn: progress(share from 0 to 1, message id), and whether to stop."""

    progress: Callable[..., None] = _silent
    cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class ImageUsage:
    """What a server counted."""

    text_tokens: int = 0
    image_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, eq=False)
class Drawn:
    """The pictures, each sRGB, shape (height, width, 3), of the size that was asked for.

    ``seeds`` are those that draw them again, None where the engine has none; ``usage`` is None where nobody counted.
    """

    pictures: tuple[Pixels, ...]
    seeds: tuple[int | None, ...]
    model: str = ""
    usage: ImageUsage | None = None


class ImageEngine(Protocol):
    """What draws pictures."""

    name: str
    title: str
    model: str
    operations: frozenset[Operation]

    def draw(self, request: ImageRequest, watch: Watch) -> Drawn:
        """The pictures.

        Raises:
            InputError: the request lacks something or doesn't fit together.
            EngineError: the engine did not draw.
        """


def check(request: ImageRequest, engine: ImageEngine) -> None:
    """Pass silently where the request is whole and the engine can fulfil it.

    Raises:
        EngineRefused: the engine doesn't do this operation.
        InputError: something is missing or out of bounds.
    """
    operation = request.operation
    if operation not in engine.operations:
        raise EngineRefused(CANNOT[operation], engine=engine.title)
    if not all(SMALLEST <= side <= LARGEST for side in request.size):
        raise InputError(WRONG_SIZE, smallest=SMALLEST, largest=LARGEST)
    if not 1 <= request.count <= MOST:
        raise InputError(WRONG_COUNT, most=MOST)
    needed = {"image_to_image": request.image, "inpaint": request.image, "control": request.control}
    if operation in needed and needed[operation] is None:
        raise InputError(NO_IMAGE[operation])
    if operation == "inpaint":
        _check_mask(request)


def _check_mask(request: ImageRequest) -> None:
    if request.mask is None or not request.mask.any():
        raise InputError(NO_MASK)
    if request.image is not None and request.mask.shape != request.image.shape[:2]:
        raise InputError(MASK_SIZE)


def require_words(request: ImageRequest) -> None:
    """Pass silently where there are words for a model.

    Raises:
        InputError: there are none.
    """
    if not request.prompt.strip():
        raise InputError(NO_WORDS)
