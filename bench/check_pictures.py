"""The picture checks on labelled pairs: pictures changed in known ways, against those that they were made from.

The pairs are in ``sample_data/checks``; the pictures, small, in ``pictures`` beside them. The changes are made here,
with Pillow, so a pair is a line of text and the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageOps
from PIL.PngImagePlugin import PngInfo

from lib.checks.labelled import Case
from lib.checks.model import Finding
from lib.checks.near_copy_images import Fingerprint, fingerprint, picture_findings
from lib.checks.provenance import provenance_findings, resized
from lib.files.provenance import Provenance, SourceType, packet
from lib.files.xmp import with_packet

PICTURES = Path(__file__).parent.parent / "sample_data" / "checks" / "pictures"


def _cropped(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    wide, tall = picture.size
    return picture.crop((int(wide * left), int(tall * top), int(wide * right), int(tall * bottom)))


def _shifted_hue(picture: Image.Image, by: int) -> Image.Image:
    hue, saturation, value = picture.convert("HSV").split()
    turned = Image.fromarray(((np.asarray(hue).astype(int) + by) % 256).astype(np.uint8))
    return Image.merge("HSV", (turned, saturation, value)).convert("RGB")


def _jpeg(picture: Image.Image) -> Image.Image:
    file = BytesIO()
    picture.save(file, "JPEG", quality=35)
    return Image.open(file).convert("RGB")


def _written_over(picture: Image.Image) -> Image.Image:
    copy = picture.copy()
    draw = ImageDraw.Draw(copy)
    draw.text((copy.width // 3, copy.height // 2), "SAMPLE 2027", fill=(90, 90, 90))
    draw.rectangle((8, copy.height - 30, 90, copy.height - 10), fill=(200, 30, 40))
    return copy


def _ground(picture: Image.Image) -> tuple[int, int, int]:
    red, green, blue = _pixels(picture)[1, 1]
    return int(red), int(green), int(blue)


def _on_ground(picture: Image.Image) -> Image.Image:
    return ImageOps.expand(picture, border=(60, 30, 20, 40), fill=_ground(picture))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "none": lambda picture: picture,
    "small": lambda picture: picture.resize((picture.width // 3, picture.height // 3)),
    "stretched": lambda picture: picture.resize((int(picture.width * 1.4), picture.height)),
    "jpeg": _jpeg,
    "crop_sides": lambda picture: _cropped(picture, 0.1, 0.05, 0.9, 0.95),
    "crop_corner": lambda picture: _cropped(picture, 0.15, 0.15, 1.0, 1.0),
    "mirror": ImageOps.mirror,
    "mirror_small": lambda picture: ImageOps.mirror(picture).resize((picture.width // 2, picture.height // 2)),
    "hue": lambda picture: _shifted_hue(picture, 90),
    "grey": lambda picture: picture.convert("L").convert("RGB"),
    "bright": lambda picture: ImageEnhance.Brightness(picture).enhance(1.25),
    "contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(0.6),
    "written": _written_over,
    "ground": _on_ground,
    "turned": lambda picture: picture.rotate(4, fillcolor=picture.getpixel((1, 1))),
    "negative": ImageOps.invert,
}


@lru_cache(maxsize=64)
def _picture(name: str) -> Image.Image:
    with Image.open(PICTURES / f"{name}.webp") as file:
        return file.convert("RGB")


@cache
def _fingerprint(name: str) -> Fingerprint:
    return fingerprint(_pixels(_picture(name)))


def _pixels(picture: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(picture)


def near_copy_images(case: Case) -> Sequence[Finding]:
    """Whether the changed picture is found to be a copy of the earlier one."""
    changed = CHANGES[case["change"]](_picture(case["picture"]))
    return picture_findings(_pixels(changed), [(case["earlier"], _fingerprint(case["earlier"]))])


def pairs() -> list[dict[str, Any]]:
    """The lines of the set, made once: each picture changed in four ways, and as many pairs of two that differ."""
    names = sorted(path.stem for path in PICTURES.glob("*.webp"))
    changes = list(CHANGES)[1:]
    same = [
        (name, name, changes[(4 * place + step * 4 + step) % len(changes)])
        for place, name in enumerate(names)
        for step in range(4)
    ]
    other = []
    for place, name in enumerate(names):
        kind = [one for one in names if one.split("_")[0] == name.split("_")[0] and one != name]
        kind = [one for one in kind if {one, name} != {"bag_0", "bag_2"}]  # one cut in two cloths: no stranger
        strangers = [*kind, names[(place + 11) % len(names)]]
        other += [(name, one, list(CHANGES)[(3 * place + at) % 12]) for at, one in enumerate(strangers[:3])]
    turn: dict[str, int] = {}
    rows = []
    for number, (picture, earlier, change) in enumerate([*same, *other]):
        label = change if picture == earlier else "other"
        turn[label] = turn.get(label, 0) + 1
        spans = [{"kind": change}] if picture == earlier else []
        half = "tune" if turn[label] % 2 else "report"
        rows.append(
            {
                "id": f"near_copy_images-{number:03d}", "language": "", "picture": picture, "earlier": earlier,
                "change": change, "spans": spans, "half": half,
            }
        )  # fmt: skip
    return rows


def provenance(case: Case) -> Sequence[Finding]:
    """Whether the file, marked and treated as the case says, is found to say that it was generated."""
    return provenance_findings(treated(_marked(case), case["treatment"], case["container"]))


TEXTS = {
    "png_parameters": ("parameters", "linen dress, studio light, Steps: 30, Sampler: Euler a, CFG scale: 7"),
    "png_workflow": ("workflow", '{"nodes": [{"type": "KSampler"}]}'),
    "png_software": ("Software", "Stable Diffusion web UI"),
    "png_comment": ("Comment", "Report of week 12, second floor"),
    "png_editor": ("Software", "Adobe Photoshop 27.1 (Macintosh)"),
    "png_title": ("Title", "Prompt delivery, spring line"),
}
EXIFS = {
    "exif_midjourney": (305, "Midjourney 7"), "exif_described": (270, "AI-generated picture of a coat"),
    "exif_camera": (305, "Ver.2.10"), "exif_author": (315, "Atelier photo"),
}  # fmt: skip
CAPTURE = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><Iptc4xmpExt:DigitalSourceType>{}</Iptc4xmpExt:DigitalSourceType></x:xmpmeta>'
)
PACKETS = {
    "xmp_camera": CAPTURE.format("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"),
    "xmp_title": '<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:title>Algorithmic stripes</dc:title></x:xmpmeta>',
}
SOURCES = {"trained": "TRAINED", "algorithmic": "ALGORITHMIC", "composite": "COMPOSITE_TRAINED"}


def _marked(case: Case) -> bytes:
    picture, mark, container = _picture(case["picture"]), case["mark"], case["container"]
    file, options = BytesIO(), dict[str, Any]()
    if mark in TEXTS:
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text(*TEXTS[mark])
    elif mark in EXIFS:
        fields = Image.Exif()
        fields[EXIFS[mark][0]] = EXIFS[mark][1]
        options["exif"] = fields
    picture.save(file, container.upper(), **options)
    content, kind = file.getvalue(), f"image/{container}"
    if mark in PACKETS:
        return with_packet(content, kind, PACKETS[mark])
    if mark.startswith("xmp_"):
        source = SourceType[SOURCES[mark.removeprefix("xmp_")]]
        said = Provenance("diffusers", "house/checkpoint", "run0123", datetime(2026, 11, 22, tzinfo=UTC), source)
        return with_packet(content, kind, packet(said))
    return content


def treated(content: bytes, treatment: str, container: str) -> bytes:
    """The file as it is; at half its size without its metadata; or at half its size with them copied over."""
    if treatment == "resized":
        return resized(content)
    if treatment == "resized_kept":
        with Image.open(BytesIO(content)) as picture:
            small, file = picture.convert("RGB").resize((picture.width // 2, picture.height // 2)), BytesIO()
            kept: dict[str, Any] = {"exif": picture.getexif()}
            if "xmp" in picture.info:
                kept["xmp"] = picture.info["xmp"]
            texts = PngInfo()
            for name, value in picture.info.items():
                if container == "png" and isinstance(value, str):
                    texts.add_itxt(str(name), value)
            small.save(file, container.upper(), **kept, **({"pnginfo": texts} if container == "png" else {}))
        return file.getvalue()
    return content


def files() -> list[dict[str, Any]]:
    """The lines of the set, made once: marks and decoys, in three kinds of file, as they are and treated."""
    names = sorted(path.stem for path in PICTURES.glob("*.webp"))
    speaking = {"xmp_trained", "xmp_algorithmic", "xmp_composite", "png_parameters", "png_workflow", "png_software",
                "exif_midjourney", "exif_described"}  # fmt: skip
    rows: list[dict[str, Any]] = []
    turn: dict[str, int] = {}
    for mark in ["none", *sorted(speaking), *(one for one in (*TEXTS, *EXIFS, *PACKETS) if one not in speaking)]:
        for container in ("png",) if mark in TEXTS else ("png", "jpeg", "webp"):
            for treatment in ("as_it_is", "resized", "resized_kept"):
                for _again in range(2 if mark in TEXTS else 3 if mark in speaking else 1):
                    said = mark in speaking and treatment != "resized"
                    turn[f"{said}"] = turn.get(f"{said}", 0) + 1
                    rows.append(
                        {
                            "id": f"provenance-{len(rows):03d}", "language": "", "mark": mark, "container": container,
                            "picture": names[(7 * len(rows)) % len(names)], "treatment": treatment,
                            "spans": [] if said else [{"kind": "unmarked"}],
                            "half": "tune" if turn[f"{said}"] % 2 else "report",
                        }
                    )  # fmt: skip
    return rows
