"""A diffusion checkpoint of a few thousand weights, made and saved here: real pipelines, in a second, of noise."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

SIDE = 64  # pixels


def tokenizer(folder: Path) -> Any:
    """A tokenizer that knows letters alone."""
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    letters = [chr(code) for code in range(97, 123)]
    words = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: place for place, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=16)


def unet_shape(width: int = 8) -> dict[str, Any]:
    return {
        "block_out_channels": (width, 2 * width),
        "layers_per_block": 1,
        "in_channels": 4,
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
        "cross_attention_dim": 16,
        "norm_num_groups": 4,
    }


def pipeline(folder: Path, width: int = 8) -> Any:
    """A Stable Diffusion pipeline with the seed 0's weights; ``folder`` is for the tokenizer's files.

    ``width`` is the channels of its first layer: 8 draws in no time, 320 is what real checkpoints have.
    """
    import torch
    from transformers import CLIPTextConfig, CLIPTextModel

    diffusers: Any = importlib.import_module("diffusers")
    torch.manual_seed(0)
    unet = diffusers.UNet2DConditionModel(
        sample_size=8, out_channels=4, up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), **unet_shape(width)
    )
    vae = diffusers.AutoencoderKL(
        block_out_channels=(8, 8, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        norm_num_groups=4,
        sample_size=SIDE,
    )
    words = tokenizer(folder)
    text = CLIPTextModel(
        CLIPTextConfig(
            hidden_size=16,
            intermediate_size=24,
            num_attention_heads=2,
            num_hidden_layers=2,
            vocab_size=len(words),
            max_position_embeddings=16,
        )
    )
    return diffusers.StableDiffusionPipeline(
        vae=vae,
        text_encoder=text,
        tokenizer=words,
        unet=unet,
        scheduler=diffusers.DDIMScheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def save_checkpoint(folder: Path, width: int = 8) -> Path:
    """The pipeline as a folder of safetensors."""
    made = pipeline(folder.with_name(folder.name + "-words"), width)
    made.save_pretrained(folder, safe_serialization=True)
    return folder


def save_controlnet(folder: Path) -> Path:
    """A ControlNet for it."""
    import torch

    diffusers: Any = importlib.import_module("diffusers")
    torch.manual_seed(1)
    net = diffusers.ControlNetModel(conditioning_embedding_out_channels=(8, 8, 8, 16), **unet_shape())
    for name, weights in net.named_parameters():
        if "controlnet_" in name:  # a fresh one's last layers are zero: the lines would change nothing
            torch.nn.init.normal_(weights, std=0.5)
    net.save_pretrained(folder, safe_serialization=True)
    return folder
