"""Checkpoints on this machine: real pipelines of a few thousand weights, made and saved here; no hub, no download."""

from __future__ import annotations

import gc
import json
import pickle
import shutil
import threading
import weakref
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from lib.engines.images import pipelines
from lib.engines.images.diffusers_engine import DiffusersEngine
from lib.engines.images.model import ImageRequest, Watch
from lib.errors import Cancelled, EngineNotConfigured, EngineRefused, EngineUnavailable, InputError
from lib.settings import EngineSettings
from tests.engines.tiny_checkpoint import save_checkpoint, save_controlnet

NOISE = np.random.default_rng(5).integers(0, 255, (72, 80, 3), dtype=np.uint8)
LINES = np.zeros((72, 80, 3), dtype=np.uint8)
LINES[::8] = 255
WORDS = ImageRequest(prompt="a green dress", size=(80, 72), seed=3, steps=3)


def mask() -> np.ndarray:
    found = np.zeros((72, 80), dtype=np.uint8)
    found[20:50, 10:40] = 255
    return found


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    place = tmp_path_factory.mktemp("checkpoints")
    return SimpleNamespace(base=save_checkpoint(place / "base"), net=save_controlnet(place / "net"), place=place)


@pytest.fixture
def studio(folders: SimpleNamespace) -> DiffusersEngine:
    return DiffusersEngine(
        EngineSettings("studio", "diffusers", path=str(folders.base), controlnet=str(folders.net), title="Studio")
    )


REQUESTS = {
    "text_to_image": WORDS,
    "image_to_image": replace(WORDS, operation="image_to_image", image=NOISE),
    "inpaint": replace(WORDS, operation="inpaint", image=NOISE, mask=mask()),
    "control": replace(WORDS, operation="control", control=LINES),
}


@pytest.mark.parametrize("operation", REQUESTS)
def test_each_operation_draws_and_draws_the_same_again(studio: DiffusersEngine, operation: str) -> None:
    request = replace(REQUESTS[operation], count=2)
    drawn, again = studio.draw(request, Watch()), studio.draw(request, Watch())
    assert [one.shape for one in drawn.pictures] == [(72, 80, 3)] * 2 and drawn.seeds == (3, 4)
    assert all(np.array_equal(one, other) for one, other in zip(drawn.pictures, again.pictures, strict=True))
    assert not np.array_equal(*drawn.pictures)  # another seed, another picture
    (second,) = studio.draw(replace(REQUESTS[operation], seed=4), Watch()).pictures
    assert np.array_equal(second, drawn.pictures[1])  # a picture's own seed draws it alone


def test_the_pictures_are_the_bare_pipelines(studio: DiffusersEngine, folders: SimpleNamespace) -> None:
    import torch
    from diffusers import StableDiffusionPipeline

    bare = StableDiffusionPipeline.from_pretrained(folders.base)
    noise = torch.Generator("cpu").manual_seed(3)
    said = bare("a green dress", width=80, height=72, num_inference_steps=3, guidance_scale=7.0, generator=noise)
    assert np.array_equal(np.asarray(said.images[0]), studio.draw(WORDS, Watch()).pictures[0])


def test_the_words_the_picture_and_the_lines_all_count(studio: DiffusersEngine) -> None:
    def drawn(operation: str, **changes: object) -> np.ndarray:
        return studio.draw(replace(REQUESTS[operation], **changes), Watch()).pictures[0]

    assert not np.array_equal(drawn("text_to_image"), drawn("text_to_image", prompt="zzz"))
    assert not np.array_equal(drawn("text_to_image"), drawn("text_to_image", negative="red"))
    assert not np.array_equal(drawn("image_to_image"), drawn("image_to_image", image=255 - NOISE))
    assert not np.array_equal(drawn("control"), drawn("control", control=LINES.transpose(1, 0, 2).copy()))
    assert not np.array_equal(drawn("control"), drawn("text_to_image"))


def test_outside_the_mask_nothing_changes(studio: DiffusersEngine) -> None:
    (found,) = studio.draw(REQUESTS["inpaint"], Watch()).pictures
    assert np.array_equal(found[mask() == 0], NOISE[mask() == 0])
    assert not np.array_equal(found[mask() == 255], NOISE[mask() == 255])


@pytest.mark.parametrize("size", [(80, 72), (71, 99), (64, 64), (129, 65)])
def test_every_size_is_exactly_the_one_that_was_asked_for(studio: DiffusersEngine, size: tuple[int, int]) -> None:
    for operation in ("text_to_image", "image_to_image"):
        (found,) = studio.draw(replace(REQUESTS[operation], size=size, steps=1), Watch()).pictures
        assert found.shape == (size[1], size[0], 3)


def test_progress_goes_step_by_step_to_the_end(studio: DiffusersEngine) -> None:
    shares: list[float] = []
    studio.draw(replace(WORDS, count=2), Watch(lambda share, said="": shares.append(share)))
    assert shares == sorted(shares) and len([share for share in shares if share > 0]) == 6 and shares[-1] == 1.0


def test_a_person_can_stop_it_after_any_step(studio: DiffusersEngine) -> None:
    shares: list[float] = []
    watch = Watch(lambda share, said="": shares.append(share), lambda: len([one for one in shares if one > 0]) >= 2)
    with pytest.raises(Cancelled):
        studio.draw(replace(WORDS, steps=50), watch)
    assert max(shares) == pytest.approx(2 / 50)
    assert len(studio.draw(WORDS, Watch()).pictures) == 1  # and the next one is drawn


def test_one_pipeline_is_held_and_the_other_let_go(studio: DiffusersEngine, folders: SimpleNamespace) -> None:
    studio.draw(WORDS, Watch())
    first = pipelines._held[0]
    studio.draw(REQUESTS["inpaint"], Watch())
    assert pipelines._held[0] is first  # another operation shares its parts
    assert first.by_operation["inpaint"].unet is first.base.unet
    gone = weakref.ref(first.base.unet)
    del first
    other = shutil.copytree(folders.base, folders.place / "other", dirs_exist_ok=True)
    DiffusersEngine(EngineSettings("other", "diffusers", path=str(other))).draw(WORDS, Watch())
    gc.collect()
    assert len(pipelines._held) == 1 and gone() is None


def test_a_checkpoint_that_was_changed_is_loaded_anew(folders: SimpleNamespace) -> None:
    changed = shutil.copytree(folders.base, folders.place / "changing", dirs_exist_ok=True)
    engine = DiffusersEngine(EngineSettings("studio", "diffusers", path=str(changed)))
    before = engine.draw(WORDS, Watch()).pictures[0]
    scheduler = changed / "scheduler" / "scheduler_config.json"
    settings = json.loads(scheduler.read_text())
    scheduler.write_text(json.dumps({**settings, "beta_end": 0.2}))
    assert not np.array_equal(before, engine.draw(WORDS, Watch()).pictures[0])


def test_who_waits_for_their_turn_is_told_and_can_stop(studio: DiffusersEngine) -> None:
    said: list[str] = []
    with pipelines._turn, pytest.raises(Cancelled):
        studio.draw(WORDS, Watch(lambda share, text="": said.append(text), lambda: bool(said)))
    assert said == [pipelines.WAITING]


def test_two_people_draw_one_after_the_other(studio: DiffusersEngine) -> None:
    found: dict[int, np.ndarray] = {}

    def draw(seed: int) -> None:
        found[seed] = studio.draw(replace(WORDS, seed=seed), Watch()).pictures[0]

    threads = [threading.Thread(target=draw, args=(seed,)) for seed in (10, 11, 12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed, picture in found.items():
        assert np.array_equal(picture, studio.draw(replace(WORDS, seed=seed), Watch()).pictures[0])
    assert len(found) == 3


# What is never loaded


class Marker:
    """A pickle of this writes a file when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.write_text, (self.path, "it ran")


def broken(folders: SimpleNamespace, name: str) -> Path:
    return shutil.copytree(folders.base, folders.place / name, dirs_exist_ok=True)


def refusal(folder: Path, **more: str) -> str:
    engine = DiffusersEngine(EngineSettings("studio", "diffusers", path=str(folder), title="Studio", **more))
    with pytest.raises((EngineNotConfigured, EngineRefused)) as caught:
        engine.draw(WORDS, Watch())
    assert "Studio" in caught.value.text("en") and caught.value.text("fr") != caught.value.text("en")
    return caught.value.text("en")


@pytest.mark.parametrize(
    "name",
    [
        "unet/diffusion_pytorch_model.bin",
        "pytorch_model.bin",
        "model.ckpt",
        "vae/extra.pt",
        "text_encoder/a.pth",
        "x.pkl",
        "text_encoder/pytorch_model-00001-of-00002.BIN",
        "unet/w.bin.index.json",
    ],
)
def test_a_folder_with_a_pickle_is_refused(folders: SimpleNamespace, name: str) -> None:
    folder = broken(folders, "pickled-" + name.replace("/", "-"))
    marker = folder.parent / "ran"
    (folder / name).write_bytes(pickle.dumps(Marker(marker)))
    assert name in refusal(folder) and "safetensors" in refusal(folder)
    assert not marker.exists()


def test_a_pickle_under_a_safe_name_is_not_loaded(folders: SimpleNamespace) -> None:
    folder = broken(folders, "disguised")
    marker = folder.parent / "ran"
    (folder / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(pickle.dumps(Marker(marker)))
    assert "can’t be loaded" in refusal(folder)
    assert not marker.exists()


@pytest.mark.parametrize("name", ["pipeline.py", "unet/my_unet.py", "kernel.so"])
def test_a_folder_with_code_is_refused(folders: SimpleNamespace, name: str) -> None:
    folder = broken(folders, "coded-" + name.replace("/", "-"))
    (folder / name).write_text("raise SystemExit")
    assert name in refusal(folder) and "code" in refusal(folder)


@pytest.mark.parametrize(
    "change",
    [
        {"_class_name": ["my_pipeline", "MyPipeline"]},
        {"_class_name": "os.system"},
        {"unet": ["my_unet", "MyUNet"]},
        {"unet": ["diffusers", "../../evil"]},
        {"unet": ["diffusers"]},
    ],
)
def test_an_index_that_asks_for_code_is_refused(folders: SimpleNamespace, change: dict) -> None:
    folder = broken(folders, "index")
    index = folder / "model_index.json"
    index.write_text(json.dumps({**json.loads((folders.base / "model_index.json").read_text()), **change}))
    assert "code of its own" in refusal(folder)


def test_a_part_that_asks_for_remote_code_is_refused(folders: SimpleNamespace) -> None:
    folder = broken(folders, "remote")
    config = folder / "text_encoder" / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "auto_map": {"AutoModel": "evil.Model"}}))
    assert "auto_map" in refusal(folder)


def test_a_pipeline_that_diffusers_does_not_know_is_said(folders: SimpleNamespace) -> None:
    folder = broken(folders, "unknown")
    index = folder / "model_index.json"
    index.write_text(json.dumps({**json.loads(index.read_text()), "_class_name": "DreamPipeline"}))
    assert "DreamPipeline" in refusal(folder)


def test_folders_that_are_no_checkpoint_are_explained(folders: SimpleNamespace, tmp_path: Path) -> None:
    assert "not there" in refusal(tmp_path / "nowhere")
    assert "model_index.json" in refusal(tmp_path)
    no_index = broken(folders, "no-index")
    (no_index / "model_index.json").unlink()
    assert "model_index.json" in refusal(no_index)
    cut = broken(folders, "cut")
    weights = cut / "vae" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    assert "can’t be loaded" in refusal(cut) and str(cut.parent) not in refusal(cut)
    for path in cut.rglob("*.safetensors"):
        path.unlink()
    assert "no safetensors" in refusal(cut)


def test_a_controlnet_is_looked_through_as_well(folders: SimpleNamespace) -> None:
    net = shutil.copytree(folders.net, folders.place / "bad-net", dirs_exist_ok=True)
    (net / "model.ckpt").write_bytes(b"x")
    assert "model.ckpt" in refusal(folders.base, controlnet=str(net))
    assert "config.json" in refusal(folders.base, controlnet=str(folders.base / "unet"))


def test_without_a_folder_or_a_name_the_setting_is_named() -> None:
    with pytest.raises(EngineNotConfigured, match="path"):
        DiffusersEngine(EngineSettings("studio", "diffusers")).draw(WORDS, Watch())


def test_a_hub_that_cannot_be_reached_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EngineUnavailable, match="couldn’t be fetched") as caught:
        DiffusersEngine(EngineSettings("studio", "diffusers", model="house/checkpoint")).draw(WORDS, Watch())
    assert "house/checkpoint" in caught.value.text()


# What goes wrong while it draws


def test_what_it_cannot_do_is_said(folders: SimpleNamespace) -> None:
    alone = DiffusersEngine(EngineSettings("studio", "diffusers", path=str(folders.base)))
    with pytest.raises(EngineRefused, match="controlnet"):
        alone.draw(REQUESTS["control"], Watch())
    with pytest.raises(InputError, match="words"):
        alone.draw(replace(WORDS, prompt=" "), Watch())


@dataclass
class Said:
    """What a pipeline answers."""

    images: np.ndarray
    nsfw_content_detected: list[bool] | None = None


def test_what_its_own_filter_holds_back_is_said(studio: DiffusersEngine) -> None:
    with pytest.raises(EngineRefused, match="filter"):
        studio._eight_bits(Said(np.zeros((1, 8, 8, 3)), [True]))


def test_a_picture_without_numbers_is_said(studio: DiffusersEngine) -> None:
    with pytest.raises(EngineUnavailable, match="valid numbers"):
        studio._eight_bits(Said(np.full((1, 8, 8, 3), np.nan)))


def test_memory_that_does_not_suffice_is_said(studio: DiffusersEngine) -> None:
    import torch

    def full(**given: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    with pytest.raises(EngineUnavailable, match="memory"):
        studio._called(full, {}, 0)
