"""Pictures per second through a recorded drawing against the bare diffusers pipeline, in turn, in one run.

Both sides draw the same pictures (same words, size, steps and seeds) with the same checkpoint, made here with weights
by chance, on the same number of threads. Ours looks through the folder, takes its turn, reports each step, writes the
PNG with its provenance and records the run; the other side is the pipeline's own call.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.model import Result, median

TURNS = 7
TARGET = 0.97
WIDTH = 96  # channels: under a third of a real checkpoint's, so that our share weighs three times as much and more
SIZE, STEPS = (256, 256), 20
WORDS = "a green dress"


def _prepared(folder: Path) -> tuple[Any, Any]:
    from tests.engines.tiny_checkpoint import save_checkpoint

    os.environ["TOILE_DB"] = str(folder / "toile.db")
    os.environ["TOILE_SECRETS"] = str(folder / "secrets.toml")
    from lib.database import connect
    from lib.database.people import actor_for, create_person, create_workspace
    from lib.settings import settings
    from lib.tasks import Context

    path = save_checkpoint(folder / "checkpoint", WIDTH)
    (folder / "secrets.toml").write_text(f'[engines.studio]\nkind = "diffusers"\npath = "{path}"\n', encoding="utf-8")
    settings.cache_clear()
    with connect() as database:
        person, _token = create_person(database, "Bench")
        actor = actor_for(database, person, create_workspace(database, person, "Bench"))
    return path, Context(actor=actor)


Took = tuple[float, float]  # seconds on the clock, and seconds of the processor


def _took(work: Callable[[], object]) -> Took:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def measured(turns: int = TURNS) -> tuple[list[Took], list[Took]]:
    """What each picture took: ours, and the bare pipeline's, in turn and in both orders."""
    with tempfile.TemporaryDirectory() as folder:
        path, context = _prepared(Path(folder))
        from lib.engines.images.model import ImageRequest
        from lib.tasks.drawing import draw

        request = ImageRequest(prompt=WORDS, size=SIZE, steps=STEPS, seed=1)

        def ours() -> object:
            return draw(request, context, "studio", use_case="bench")

        ours()  # loads the checkpoint, and sets the threads that both sides use
        import torch
        from diffusers import StableDiffusionPipeline

        load: Any = StableDiffusionPipeline.from_pretrained
        bare = load(path)
        bare.set_progress_bar_config(disable=True)

        def theirs() -> object:
            noise = torch.Generator("cpu").manual_seed(1)
            return bare(WORDS, width=SIZE[0], height=SIZE[1], num_inference_steps=STEPS, generator=noise)

        theirs()
        sides: dict[Callable[[], object], list[Took]] = {ours: [], theirs: []}
        for turn in range(turns):
            for side in (ours, theirs) if turn % 2 else (theirs, ours):
                sides[side].append(_took(side))
        return sides[ours], sides[theirs]


def run() -> Result:
    """Medians of ``TURNS`` turns each. The processor's seconds say the same where the machine has other work to do."""
    ours, bare = ([list(part) for part in zip(*side, strict=True)] for side in measured())
    detail = {
        "seconds, ours": ours[0],
        "seconds, bare pipeline": bare[0],
        "ratio by the processor's seconds": median(bare[1]) / median(ours[1]),
        "target": f"ratio at least {TARGET}",
    }
    return Result("diffusers_overhead", "pictures per second", 1 / median(ours[0]), 1 / median(bare[0]), "1/s", detail)
