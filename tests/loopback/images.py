"""What an image API answers, well or badly; behaviours for ``tests.loopback.server``."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from lib.engines.images.openai_images import OpenAIImages
from lib.engines.images.prices import image_abilities_of
from lib.engines.text.retry import RetryPolicy
from lib.settings import EngineSettings
from tests.loopback.engine import KEY, QUICK
from tests.loopback.server import ABSENT, Behaviour, Exchange, LoopbackServer


def picture(colour: str | tuple[int, ...] = "teal", size: tuple[int, int] = (64, 64), kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def read(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(content)))


def size_of(body: dict[str, Any]) -> tuple[int, int]:
    width, _x, height = str(body["size"]).partition("x")
    return int(width), int(height)


def pictures(*, fewer: int = 0, usage: Any = None, **more: Any) -> Behaviour:
    """As many pictures as were asked for, in the size that was asked for, each of a colour of its own."""

    def behave(exchange: Exchange) -> None:
        body = exchange.call.body
        count = int(body.get("n", 1)) - fewer
        drawn = [picture((20 * place, 120, 90), size_of(body)) for place in range(count)]
        said: dict[str, Any] = {
            "created": 1,
            "data": [{"b64_json": base64.b64encode(one).decode()} for one in drawn],
            **more,
        }
        if usage is not ABSENT:
            said["usage"] = usage or counted()
        exchange.send(200, json.dumps(said).encode(), "application/json")

    return behave


def counted(text: int = 20, image: int = 0, output: int = 1000) -> dict[str, Any]:
    return {
        "input_tokens": text + image,
        "input_tokens_details": {"text_tokens": text, "image_tokens": image},
        "output_tokens": output,
        "total_tokens": text + image + output,
    }


def says(body: Any, status: int = 200, kind: str = "application/json") -> Behaviour:
    """Something else."""

    def behave(exchange: Exchange) -> None:
        exchange.send(status, body if isinstance(body, bytes) else json.dumps(body).encode(), kind)

    return behave


def engine(server: LoopbackServer | str, policy: RetryPolicy = QUICK, **changes: Any) -> OpenAIImages:
    """The real client, at ``server``."""
    url = server if isinstance(server, str) else server.url
    fields: dict[str, Any] = {"name": "pictures", "kind": "openai-images", "model": "loop-1", "key": KEY, "local": True}
    found = EngineSettings(**{**fields, "base_url": url, **changes})
    return OpenAIImages(
        found, model=found.model, base_url=url, abilities=image_abilities_of(found, found.model), policy=policy
    )
