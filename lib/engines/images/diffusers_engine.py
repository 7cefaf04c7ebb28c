"""A diffusion checkpoint on this machine, through diffusers: text-to-image, image-to-image, inpainting, ControlNet."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import numpy as np

from lib.engines.images.checkpoint import HUB_NAME, NO_PLACE, Checkpoint, examine, fetched
from lib.engines.images.fitting import Fit, blended, resized, rounded_up
from lib.engines.images.model import Drawn, ImageRequest, Operation, Pixels, Watch, check, require_words
from lib.engines.images.pipelines import STOPPED, Held, held, pipeline_for, short
from lib.errors import Cancelled, EngineNotConfigured, EngineRefused, EngineUnavailable
from lib.i18n import N_
from lib.settings import EngineSettings

DRAWING = N_("Drawing")
NO_MEMORY = N_(
    "There isn’t enough memory to draw this with {engine}. Choose a smaller picture, or a smaller checkpoint."
)
FAILED = N_("{engine} couldn’t draw this: {reason}. Choose other settings, or another checkpoint.")
NO_NUMBERS = N_("{engine} gave a picture without valid numbers. Lower the guidance, or choose another checkpoint.")
HELD_BACK = N_("The checkpoint’s own filter held back what {engine} drew. Reword the request, or choose another seed.")


class DiffusersEngine:
    """One checkpoint: a folder, or a name on the hub. Nothing is loaded before the first picture."""

    def __init__(self, settings: EngineSettings) -> None:
        self.settings = settings
        self.name = settings.name
        self.title = settings.title or settings.name
        self.model = settings.model or Path(settings.path).name
        found: set[Operation] = {"text_to_image", "image_to_image", "inpaint"}
        if settings.controlnet:
            found.add("control")
        self.operations: frozenset[Operation] = frozenset(found)

    def checkpoint(self, watch: Watch = Watch()) -> Checkpoint:  # noqa: B008 - it is frozen
        """Its folder, looked through.

        Raises:
            EngineNotConfigured: it isn't there, or holds what is never loaded.
            EngineUnavailable: it can't be fetched from the hub.
        """
        if self.settings.path:
            return examine(Path(self.settings.path).expanduser(), self.title)
        if not HUB_NAME.fullmatch(self.settings.model):
            raise EngineNotConfigured(NO_PLACE, engine=self.title)
        return examine(fetched(self.settings.model, self.title, watch), self.title)

    def draw(self, request: ImageRequest, watch: Watch) -> Drawn:
        """See ``ImageEngine.draw``."""
        check(request, self)
        require_words(request)
        controlnet = self.settings.controlnet
        checkpoint = self.checkpoint(watch)
        with held(checkpoint, controlnet, self.title, self.settings.threads, watch) as found:
            pipeline = pipeline_for(found, request.operation, controlnet, self.title)
            return self._drawn(request, pipeline, found, watch)

    def _drawn(self, request: ImageRequest, pipeline: Any, found: Held, watch: Watch) -> Drawn:
        fit = rounded_up(request.size, _multiple(pipeline))
        given = _arguments(request, pipeline, fit)
        seeds = tuple(request.seed + place for place in range(request.count))
        pictures = []
        for place, seed in enumerate(seeds):
            stepped = _Steps(watch, place, request.count)
            image = self._called(pipeline, {**given, "callback_on_step_end": stepped}, seed)
            pictures.append(_finished(request, fit, image))
        return Drawn(tuple(pictures), seeds, self.model)

    def _called(self, pipeline: Any, given: dict[str, Any], seed: int) -> Pixels:
        """One picture as uint8, at the size at which the model draws."""
        import torch

        # The noise comes from the processor on every machine, so that a seed means the same everywhere.
        generator = torch.Generator("cpu").manual_seed(seed)
        try:
            with torch.inference_mode():
                said = pipeline(**given, generator=generator, output_type="np")
        except torch.OutOfMemoryError:
            raise EngineUnavailable(NO_MEMORY, engine=self.title) from None
        except (RuntimeError, ValueError, TypeError, AttributeError) as error:
            memory = "not enough memory" in str(error)
            reason = short(error)
        else:
            return self._eight_bits(said)
        raise EngineUnavailable(NO_MEMORY if memory else FAILED, engine=self.title, reason=reason)

    def _eight_bits(self, said: Any) -> Pixels:
        flagged = getattr(said, "nsfw_content_detected", None)
        if flagged and any(flagged):
            raise EngineRefused(HELD_BACK, engine=self.title)
        values = np.asarray(said.images[0])
        if not np.isfinite(values).all():
            raise EngineUnavailable(NO_NUMBERS, engine=self.title)
        return (values * 255).round().clip(0, 255).astype(np.uint8)


class _Steps:
    """Called after each step of the diffusion: says how far it is, and ends it when the person has stopped it."""

    def __init__(self, watch: Watch, place: int, count: int) -> None:
        self._watch, self._place, self._count = watch, place, count

    def __call__(self, pipeline: Any, step: int, time: Any, given: dict[str, Any]) -> dict[str, Any]:
        if self._watch.cancelled():
            raise Cancelled(STOPPED)
        steps = int(getattr(pipeline, "num_timesteps", 0) or step + 1)
        self._watch.progress((self._place + (step + 1) / steps) / self._count, DRAWING)
        return given


def _multiple(pipeline: Any) -> int:
    """What the sides of a picture have to be a multiple of: the autoencoder's factor, times two for transformers."""
    factor = int(getattr(pipeline, "vae_scale_factor", 8) or 8)
    return factor * (2 if getattr(pipeline, "transformer", None) is not None else 1)


def _arguments(request: ImageRequest, pipeline: Any, fit: Fit) -> dict[str, Any]:
    """What the pipeline is called with: of what is wanted, that which it knows."""
    from PIL import Image

    accepted = inspect.signature(pipeline.__call__).parameters
    given: dict[str, Any] = {
        "prompt": request.prompt,
        "width": fit.drawn[0],
        "height": fit.drawn[1],
        "num_inference_steps": request.steps,
        "guidance_scale": request.guidance,
    }
    if request.negative and request.guidance > 1:
        given["negative_prompt"] = request.negative
    if request.operation in ("image_to_image", "inpaint") and request.image is not None:
        given["image"] = Image.fromarray(fit.into(request.image))
        given["strength"] = min(1.0, max(request.strength, 1 / max(1, request.steps)))  # at least one step
    if request.operation == "inpaint" and request.mask is not None:
        given["mask_image"] = Image.fromarray(fit.into(request.mask))
    if request.operation == "control" and request.control is not None:
        name = "control_image" if "control_image" in accepted else "image"
        given[name] = Image.fromarray(fit.into(request.control))
    return {name: value for name, value in given.items() if name in accepted}


def _finished(request: ImageRequest, fit: Fit, drawn: Pixels) -> Pixels:
    """The picture at the wanted size; where only a part was drawn anew, the rest is exactly what it was."""
    found = np.ascontiguousarray(fit.back(drawn))
    if request.operation != "inpaint" or request.image is None or request.mask is None:
        return found
    return blended(resized(request.image, request.size), found, resized(request.mask, request.size))
