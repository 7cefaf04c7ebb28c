"""OpenAI's image API (generations and edits), and every server that speaks it."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from lib.engines.images.fitting import Fit, blended, nearest, resized
from lib.engines.images.model import Drawn, ImageRequest, ImageUsage, Operation, Pixels, Watch, check, require_words
from lib.engines.images.prices import ImageAbilities
from lib.engines.text.call import Place, ServedEngine, meaning, whole_body
from lib.engines.text.faults import GARBLED, NO_MODEL_SERVER, SILENT, Fault, Origin, in_stream
from lib.engines.text.line import Failure, Line, Waited, read_in_thread
from lib.engines.text.openai_compatible import openai_client
from lib.engines.text.reading import token_count
from lib.engines.text.retry import STOPPED, Failed, RetryPolicy, with_retries
from lib.errors import Cancelled, EngineNotConfigured, EngineUnavailable, InputError
from lib.files.pictures import read_picture, written
from lib.i18n import N_
from lib.settings import EngineSettings

AT_ONCE = 10  # pictures that one call gives at most
LARGEST_ANSWER = 300_000_000  # bytes: ten pictures of eight megapixels
PATIENCE = 180.0  # seconds of silence: a picture comes at once, after all of it is drawn

WAITING = N_("Waiting for the picture")
ADDRESSES = N_(
    "{engine} answers with addresses of pictures, which aren’t fetched. Set capabilities.response_format to "
    '"b64_json" for it in secrets.toml.'
)
TOO_FEW = N_("{engine} sent fewer pictures than were asked for. Try again, or choose another engine.")


class OpenAIImages(ServedEngine):
    """One image model at one address."""

    def __init__(
        self,
        settings: EngineSettings,
        *,
        model: str,
        base_url: str,
        abilities: ImageAbilities,
        policy: RetryPolicy | None = None,
    ) -> None:
        super().__init__(settings, model=model, base_url=base_url, policy=policy)
        self.abilities = abilities
        edits: tuple[Operation, ...] = ("image_to_image", "inpaint") if abilities.edits else ()
        self.operations: frozenset[Operation] = frozenset(("text_to_image", *edits))

    def draw(self, request: ImageRequest, watch: Watch) -> Drawn:
        """See ``ImageEngine.draw``. The API has no seeds: what it drew can't be drawn again."""
        check(request, self)
        require_words(request)
        fit = nearest(request.size, self.abilities.offered)
        pictures: list[Pixels] = []
        usage = ImageUsage()
        counted = True
        while len(pictures) < request.count:
            watch.progress(len(pictures) / request.count, WAITING)
            some = min(AT_ONCE, request.count - len(pictures))
            body = self._body(request, fit, some)
            said = with_retries(partial(self._attempt, body, watch), self._policy, watch.cancelled)
            found = self._pictures(said)
            if len(found) < some:
                raise EngineUnavailable(TOO_FEW, engine=self.title)
            pictures += [self._finished(request, fit, one) for one in found[:some]]
            counted, usage = _added(usage, said.get("usage"), counted)
        watch.progress(1.0, WAITING)
        return Drawn(tuple(pictures), (None,) * request.count, self.model, usage if counted else None)

    def _body(self, request: ImageRequest, fit: Fit, count: int) -> dict[str, Any]:
        can = self.abilities
        words = f"{request.prompt}\nAvoid: {request.negative}" if request.negative else request.prompt
        body: dict[str, Any] = {
            "model": self.model,
            "prompt": words,
            "n": count,
            "size": f"{fit.drawn[0]}x{fit.drawn[1]}",
        }
        for name in ("quality", "output_format", "response_format"):
            if getattr(can, name):
                body[name] = getattr(can, name)
        if request.image is not None and request.operation in ("image_to_image", "inpaint"):
            body["image"] = [("image.png", written(fit.into(request.image)), "image/png")]
        if request.mask is not None and request.operation == "inpaint":
            body["mask"] = ("mask.png", _hole(fit.into(request.mask)), "image/png")
        return body

    def _attempt(self, body: dict[str, Any], watch: Watch) -> dict[str, Any]:
        """One try: the answer as JSON. What may be tried again is raised as ``Failed``."""
        timeout = max(self.settings.timeout, PATIENCE)
        origin = self.origin(timeout)
        until = time.monotonic() + 2 * timeout
        for item in read_in_thread(lambda line: self._answer(body, self.place(), line, timeout)):
            if isinstance(item, Failure):
                raise meaning(item.error, origin, "")
            if not isinstance(item, Waited):
                return self._checked(item, origin)
            if watch.cancelled():
                raise Cancelled(STOPPED)
            if time.monotonic() > until:
                raise EngineUnavailable(SILENT, engine=self.title, seconds=round(2 * timeout))
        raise EngineUnavailable(GARBLED, engine=self.title)

    def _answer(self, body: dict[str, Any], place: Place, line: Line, timeout: float) -> Iterator[dict[str, Any]]:
        """The server's answer; runs in a thread of its own."""
        with openai_client(place, timeout, self.transport(timeout, line)) as client:
            asked = client.images.with_streaming_response
            with (asked.edit if "image" in body else asked.generate)(**body) as response:
                kind = response.headers.get("content-type", "").lower()
                if "html" in kind:
                    raise EngineNotConfigured(NO_MODEL_SERVER, engine=self.title)
                yield whole_body(response, LARGEST_ANSWER)

    def _checked(self, said: dict[str, Any], origin: Origin) -> dict[str, Any]:
        if "error" in said and not said.get("data"):
            raise Failed(in_stream(said, origin))
        if not isinstance(said.get("data"), list) or not said["data"]:
            raise Failed(Fault(EngineUnavailable(GARBLED, engine=self.title)))
        return said

    def _pictures(self, said: dict[str, Any]) -> list[Pixels]:
        found = []
        for one in said["data"]:
            held = one.get("b64_json") if isinstance(one, dict) else None
            if not isinstance(held, str) or not held:
                addressed = isinstance(one, dict) and bool(one.get("url"))
                raise (
                    EngineNotConfigured(ADDRESSES, engine=self.title)
                    if addressed
                    else EngineUnavailable(GARBLED, engine=self.title)
                )
            try:
                found.append(read_picture(base64.b64decode(held, validate=True)).pixels)
            except (InputError, binascii.Error):
                raise EngineUnavailable(GARBLED, engine=self.title) from None
        return found

    def _finished(self, request: ImageRequest, fit: Fit, drawn: Pixels) -> Pixels:
        """The picture at the wanted size; where only a part was drawn anew, the rest is exactly what it was."""
        found = np.ascontiguousarray(fit.back(drawn))
        if request.operation != "inpaint" or request.image is None or request.mask is None:
            return found
        return blended(resized(request.image, request.size), found, resized(request.mask, request.size))


def _hole(mask: Pixels) -> bytes:
    """The mask as the API wants it: transparent where it is drawn anew."""
    return written(np.zeros((*mask.shape, 3), dtype=np.uint8), 255 - mask)


def _added(usage: ImageUsage, said: Any, counted: bool) -> tuple[bool, ImageUsage]:
    """The tokens so far with those of one more call; not counted once a call gave none."""
    said = said if isinstance(said, dict) else {}
    details = said.get("input_tokens_details")
    details = details if isinstance(details, dict) else {"text_tokens": said.get("input_tokens"), "image_tokens": 0}
    given = [token_count(details.get("text_tokens")), token_count(details.get("image_tokens"))]
    given.append(token_count(said.get("output_tokens")))
    if None in given:
        return False, usage
    text, image, output = (int(value or 0) for value in given)
    return counted, ImageUsage(usage.text_tokens + text, usage.image_tokens + image, usage.output_tokens + output)
