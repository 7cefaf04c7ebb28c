"""The one diffusion pipeline that this process holds: loaded when it is first asked for, let go for another one.

A pipeline fills gigabytes and all processor cores: one is held, and one picture is drawn at a time. Whoever waits for
their turn can still be stopped. The operations' pipelines share the held one's parts; none is loaded twice.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lib.engines.images.checkpoint import Checkpoint, examine_part
from lib.engines.images.model import CANNOT, Operation, Watch
from lib.errors import Cancelled, EngineNotConfigured, EngineRefused
from lib.i18n import N_

NOT_LOADED = N_(
    "The checkpoint of {engine} can’t be loaded: {reason}. Check that it is whole, and that it was saved for diffusers."
)
STOPPED = N_("The drawing was stopped.")
WAITING = N_("Waiting until another picture is done")
LOADING = N_("Loading the checkpoint")
SLICE = 0.2  # seconds between two looks at whether the person has cancelled


@dataclass
class Held:
    """A loaded checkpoint. ``by_operation`` are pipelines over the same parts."""

    key: tuple[object, ...]
    base: Any
    device: str
    by_operation: dict[Operation, Any] = field(default_factory=dict)


_turn = threading.Lock()
_held: list[Held] = []  # none or one


@contextmanager
def held(checkpoint: Checkpoint, controlnet: str, engine: str, threads: int | None, watch: Watch) -> Iterator[Held]:
    """The checkpoint's pipeline, for this thread alone.

    Args:
        controlnet: the folder of a ControlNet for it, or empty.
        engine: its title, for messages.
        threads: of the processor; None takes all cores but one.

    Raises:
        EngineNotConfigured: it can't be loaded.
        Cancelled: the person stopped it while it waited.
    """
    _take_turn(watch)
    try:
        part = examine_part(Path(controlnet).expanduser(), engine) if controlnet else ("", ())
        key = (checkpoint.folder, checkpoint.stamp, controlnet, part)
        if not _held or _held[0].key != key:
            let_go_within_turn()
            watch.progress(0.0, LOADING)
            _held.append(_load(checkpoint, key, engine, threads))
        yield _held[0]
    finally:
        _turn.release()


def let_go() -> None:
    """Free the memory of the held pipeline, once nobody draws with it."""
    with _turn:
        let_go_within_turn()


def let_go_within_turn() -> None:
    """As ``let_go``, for who has the turn."""
    if not _held:
        return
    _held.clear()
    gc.collect()
    import torch

    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _take_turn(watch: Watch) -> None:
    while not _turn.acquire(timeout=SLICE):
        watch.progress(0.0, WAITING)
        if watch.cancelled():
            raise Cancelled(STOPPED)


def place() -> tuple[str, str]:
    """Where this machine computes, and in which number format: as (device, dtype)."""
    import torch

    if torch.cuda.is_available():
        return "cuda", "bfloat16" if torch.cuda.is_bf16_supported() else "float16"
    if torch.backends.mps.is_available():
        return "mps", "float16"
    return "cpu", "float32"  # processors compute half floats slower, and some not at all


def _load(checkpoint: Checkpoint, key: tuple[object, ...], engine: str, threads: int | None) -> Held:
    import transformers

    words: Any = transformers.logging
    words.set_verbosity_error()  # before diffusers makes it say what it doesn't find
    words.disable_progress_bar()
    import diffusers
    import torch

    said: Any = diffusers.utils.logging
    said.set_verbosity_error()
    said.disable_progress_bar()
    device, dtype = place()
    if device == "cpu":
        torch.set_num_threads(threads or max(1, (os.cpu_count() or 2) - 1))
    if not hasattr(diffusers, checkpoint.pipeline):
        raise EngineNotConfigured(NOT_LOADED, engine=engine, reason=checkpoint.pipeline)
    try:
        load: Any = diffusers.DiffusionPipeline.from_pretrained
        base = load(
            str(checkpoint.folder), use_safetensors=True, local_files_only=True, dtype=getattr(torch, dtype)
        ).to(device)
    except _LOADING as error:
        reason = short(error)
    else:
        base.set_progress_bar_config(disable=True)
        return Held(key, base, device)
    raise EngineNotConfigured(NOT_LOADED, engine=engine, reason=reason)


# What a folder that is damaged or made for other software makes the libraries raise.
_LOADING = (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, ImportError)


def short(error: Exception) -> str:
    """What an exception says, on one line, without the machine's paths."""
    line = " ".join(str(error).split())
    words = [word if "/" not in word or "://" in word else Path(word.strip("'\"`.,:;()")).name for word in line.split()]
    return f"{type(error).__name__}: {' '.join(words)}"[:200].rstrip(" .")


def pipeline_for(found: Held, operation: Operation, controlnet: str, engine: str) -> Any:
    """The pipeline that does ``operation`` with the held checkpoint's parts.

    Raises:
        EngineRefused: this kind of checkpoint can't do it.
        EngineNotConfigured: the ControlNet can't be loaded.
    """
    if operation not in found.by_operation:
        found.by_operation[operation] = _made(found, operation, controlnet, engine)
        found.by_operation[operation].set_progress_bar_config(disable=True)
    return found.by_operation[operation]


def _made(found: Held, operation: Operation, controlnet: str, engine: str) -> Any:
    from diffusers import AutoPipelineForImage2Image, AutoPipelineForInpainting, AutoPipelineForText2Image

    more: dict[str, Any] = {"controlnet": _controlnet(found, controlnet, engine)} if operation == "control" else {}
    kinds = {"image_to_image": AutoPipelineForImage2Image, "inpaint": AutoPipelineForInpainting}
    try:
        return kinds.get(operation, AutoPipelineForText2Image).from_pipe(found.base, **more)
    except (ValueError, TypeError, AttributeError):
        raise EngineRefused(CANNOT[operation], engine=engine) from None


def _controlnet(found: Held, folder: str, engine: str) -> Any:
    import diffusers

    path = Path(folder).expanduser()
    name, _stamp = examine_part(path, engine)
    try:
        return (
            getattr(diffusers, name)
            .from_pretrained(str(path), use_safetensors=True, local_files_only=True, dtype=found.base.dtype)
            .to(found.device)
        )
    except _LOADING as error:
        reason = short(error)
    raise EngineNotConfigured(NOT_LOADED, engine=engine, reason=reason)
