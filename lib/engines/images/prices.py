"""What image models can do and cost: ``models.toml``, over which the installation's settings win."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from lib.engines.images.model import ImageRequest, ImageUsage
from lib.engines.prices import MILLION, SNAPSHOT, at_home, estimated_tokens, kind_of, known
from lib.errors import SettingsError
from lib.i18n import N_
from lib.settings import EngineSettings

MEGAPIXEL = 1024 * 1024
TOKENS_OF_AN_IMAGE = 1_600  # about what a picture that is sent costs at most
WRONG_PRICE = N_(
    "The price of the engine '{name}' in secrets.toml is not a number from 0 up. Write it as 0.04, without a unit."
)
WRONG_ABILITY = N_(
    "The engine '{name}' in secrets.toml names capabilities that do not exist or make no sense: {unknown}. Image "
    "engines know sizes, quality, output_format, response_format and edits."
)


@dataclass(frozen=True)
class ImageAbilities:
    """What an image server takes. A field that is empty is not sent.

    Sizes are written as '1024x1536'. ``edits`` says whether it changes pictures.
    """

    sizes: tuple[str, ...] = ("1024x1024",)
    quality: str = ""
    output_format: str = ""
    response_format: str = ""
    edits: bool = True

    @property
    def offered(self) -> tuple[tuple[int, int], ...]:
        """Width and height of each size."""
        return tuple((int(one.split("x")[0]), int(one.split("x")[1])) for one in self.sizes)


@dataclass(frozen=True)
class ImagePrice:
    """Money per million tokens read and drawn, or for a picture. ``date`` is None where the settings gave it.

    ``tokens`` are how many a megapixel takes at most, by quality: for estimates before a call.
    """

    currency: str
    per_image: float | None = None
    text_input: float = 0.0
    image_input: float = 0.0
    output: float = 0.0
    date: dt.date | None = None
    tokens: Mapping[str, int] = field(default_factory=dict)

    @property
    def free(self) -> bool:
        """Whether nothing is paid."""
        return not self.per_image and self.text_input == self.image_input == self.output == 0

    def cost(self, count: int, usage: ImageUsage | None) -> float | None:
        """What ``count`` pictures cost; None where they are paid by tokens and nobody counted them."""
        if self.per_image is not None:
            return count * self.per_image
        if usage is None:
            return 0.0 if self.free else None
        read = usage.text_tokens * self.text_input + usage.image_tokens * self.image_input
        return (read + usage.output_tokens * self.output) / MILLION

    def most(self, request: ImageRequest, abilities: ImageAbilities) -> float:
        """What a request costs at most: an estimate on the safe side, set aside before anything is sent."""
        if self.per_image is not None:
            return request.count * self.per_image
        calls = math.ceil(request.count / 10)
        images = sum(part is not None for part in (request.image, request.mask))
        pixels = max(width * height for width, height in abilities.offered)
        drawn = max(self.tokens.values(), default=8_000)
        tokens = ImageUsage(
            calls * estimated_tokens(request.prompt + request.negative),
            calls * images * TOKENS_OF_AN_IMAGE,
            math.ceil(request.count * self.tokens.get(abilities.quality, drawn) * pixels / MEGAPIXEL),
        )
        return self.cost(request.count, tokens) or 0.0


FREE = ImagePrice("EUR", per_image=0.0)


def _row(model: str) -> Mapping[str, Any]:
    models: Mapping[str, Mapping[str, Any]] = known()["images"]
    return models.get(model) or models.get(SNAPSHOT.sub("", model)) or {}


def image_price_of(engine: EngineSettings, model: str) -> ImagePrice | None:
    """What pictures of ``model`` cost, None where nobody said. An engine in the own network costs nothing.

    Raises:
        SettingsError: the settings give a price that is none.
    """
    given = engine.price_image
    if given is not None:
        if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given < math.inf:
            raise SettingsError(WRONG_PRICE, name=engine.name)
        return ImagePrice(engine.currency, per_image=float(given))
    if engine.local or engine.kind == "diffusers":
        return FREE
    row = _row(model)
    if "output" not in row or not at_home(engine):
        return None
    named = ("text_input", "image_input", "output", "date")
    return ImagePrice(row["currency"], tokens=row["tokens"], **{name: row[name] for name in named})


def image_abilities_of(engine: EngineSettings, model: str) -> ImageAbilities:
    """What the engine takes: its kind's abilities at its provider, then the model's, then what the settings say.

    Raises:
        SettingsError: the settings name an ability that does not exist, or a size that is none.
    """
    said: dict[str, Any] = {}
    if at_home(engine):
        said |= kind_of(engine.kind).get("capabilities", {})
        said |= _row(model).get("capabilities", {})
    said |= engine.capabilities
    wrong = sorted(set(said) - {one.name for one in fields(ImageAbilities)})
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    sizes = plain.get("sizes", ("1024x1024",))
    if not isinstance(sizes, tuple) or not sizes or not all(_is_size(one) for one in sizes):
        wrong.append("sizes")
    if wrong:
        raise SettingsError(WRONG_ABILITY, name=engine.name, unknown=", ".join(wrong))
    return ImageAbilities(**plain)


def _is_size(text: object) -> bool:
    sides = text.split("x") if isinstance(text, str) else []
    return len(sides) == 2 and all(side.isdecimal() and 16 <= int(side) <= 8192 for side in sides)
