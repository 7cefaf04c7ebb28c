"""A folder with a diffusion model, looked through before anything of it is loaded: weights as safetensors, and no code.

Pickles run code when they are loaded, and a pipeline of its own is code: a folder that holds either is refused, even
where it also holds safe weights, since what is loaded from it then depends on details of other software.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lib.engines.images.model import Watch
from lib.errors import EngineNotConfigured, EngineUnavailable
from lib.i18n import N_

INDEX: Final = "model_index.json"
PICKLES: Final = (".bin", ".ckpt", ".pt", ".pth", ".pkl", ".pickle", ".npy", ".npz", ".joblib", ".h5")
CODE: Final = (".py", ".pyc", ".so", ".dll", ".dylib", ".sh")
LIBRARIES: Final = ("diffusers", "transformers", "stable_diffusion")  # where a pipeline's parts may come from
LARGEST_JSON: Final = 5_000_000
HUB_NAME: Final = re.compile(r"[\w.-]+/[\w.-]+")
_CLASS: Final = re.compile(r"[A-Z]\w*")

NO_PLACE = N_(
    "The engine {engine} names no checkpoint. Set path to a folder, or model to a name on the hub, for it in "
    "secrets.toml."
)
NO_FOLDER = N_("The folder of {engine} is not there: {path}. Correct path for it in secrets.toml.")
NO_INDEX = N_(
    "The folder of {engine} holds no diffusers checkpoint: {file} is missing or can’t be read. Give the folder that "
    "save_pretrained made."
)
PICKLED = N_(
    "The folder of {engine} holds {file}, a kind of file that can run code when it is loaded. Only safetensors are "
    "loaded: convert it, take the old file away, then try again."
)
CODED = N_(
    "The folder of {engine} holds code of its own ({file}), and none is run here. Use a checkpoint of a standard "
    "pipeline."
)
NO_WEIGHTS = N_("The folder of {engine} holds no safetensors weights. Give a checkpoint that was saved as safetensors.")
NOT_FETCHED = N_(
    "The checkpoint {model} of {engine} couldn’t be fetched from the hub: {reason}. Check the name and the network, or "
    "give a local folder as path in secrets.toml."
)
FETCHING = N_("Fetching the checkpoint")


@dataclass(frozen=True)
class Checkpoint:
    """A folder that may be loaded. ``stamp`` changes when its files do; ``pipeline`` is its class in diffusers."""

    folder: Path
    pipeline: str
    stamp: tuple[tuple[str, int, int], ...]


def examine(folder: Path, engine: str) -> Checkpoint:
    """Look through a pipeline's folder.

    Raises:
        EngineNotConfigured: it isn't there, is none, or holds pickles or code.
    """
    if not folder.is_dir():
        raise EngineNotConfigured(NO_FOLDER, engine=engine, path=folder.name)
    stamp = _look_through(folder, engine)
    index = _json(folder / INDEX, engine)
    pipeline = index.get("_class_name")
    if not isinstance(pipeline, str) or not _CLASS.fullmatch(pipeline):
        raise EngineNotConfigured(CODED, engine=engine, file=f"{INDEX}: {pipeline}"[:80])
    for name, part in index.items():
        if not name.startswith("_") and isinstance(part, list) and (len(part) != 2 or not _known(part)):
            raise EngineNotConfigured(CODED, engine=engine, file=f"{INDEX}: {name}"[:80])
    return Checkpoint(folder, pipeline, stamp)


def examine_part(folder: Path, engine: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """Look through the folder of a single model, a ControlNet's: its class in diffusers, and its stamp.

    Raises:
        EngineNotConfigured: as ``examine``.
    """
    if not folder.is_dir():
        raise EngineNotConfigured(NO_FOLDER, engine=engine, path=folder.name)
    stamp = _look_through(folder, engine)
    name = _json(folder / "config.json", engine).get("_class_name")
    if not isinstance(name, str) or not re.fullmatch(r"\w*ControlNet\w*Model", name):
        raise EngineNotConfigured(NO_INDEX, engine=engine, file="config.json")
    return name, stamp


def _known(part: list[Any]) -> bool:
    """Whether a pipeline's part comes from one of the libraries; an empty one is left out by them."""
    library, name = part
    return (library is None and name is None) or (library in LIBRARIES and bool(_CLASS.fullmatch(str(name))))


def _look_through(folder: Path, engine: str) -> tuple[tuple[str, int, int], ...]:
    stamp, weights = [], False
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name, suffix = str(path.relative_to(folder)), path.suffix.casefold()
        if suffix in PICKLES or ".bin." in path.name.casefold():
            raise EngineNotConfigured(PICKLED, engine=engine, file=name)
        if suffix in CODE:
            raise EngineNotConfigured(CODED, engine=engine, file=name)
        settings = suffix == ".json" and "config" in path.name.casefold()
        if settings and "auto_map" in _json(path, engine, name):
            raise EngineNotConfigured(CODED, engine=engine, file=f"{name}: auto_map")
        weights = weights or suffix == ".safetensors"
        found = path.stat()
        stamp.append((name, found.st_size, found.st_mtime_ns))
    if not weights:
        raise EngineNotConfigured(NO_WEIGHTS if stamp else NO_INDEX, engine=engine, file=INDEX)
    return tuple(stamp)


def _json(path: Path, engine: str, name: str = "") -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise ValueError("too large")
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise EngineNotConfigured(NO_INDEX, engine=engine, file=name or path.name) from None
    return found if isinstance(found, dict) else {}


def fetched(model: str, engine: str, watch: Watch) -> Path:
    """The folder of a checkpoint on the hub, fetched where it isn't here yet: weights as safetensors and settings only.

    Raises:
        EngineUnavailable: it can't be fetched.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    watch.progress(0.0, FETCHING)
    try:
        return Path(
            snapshot_download(
                model,
                allow_patterns=[INDEX, "*/*.json", "*/*.txt", "*/*.model", "*/*.safetensors"],
                ignore_patterns=["*.fp16.*", "*.fp32.*", "*non_ema*", "*/*/*"],
            )
        )
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        reason = type(error).__name__
    raise EngineUnavailable(NOT_FETCHED, model=model, engine=engine, reason=reason)
