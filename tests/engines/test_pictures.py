"""Pictures for models: upright, small, bare; too large ones refused by their head alone."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from lib.engines.pictures import LONGEST_SIDE, prepare
from lib.engines.text.model import Message, collect
from lib.errors import EngineRefused, InputError
from tests.engines.test_anthropic_messages import claude
from tests.loopback import messages as m
from tests.loopback import server as s
from tests.loopback.engine import engine, request
from tests.loopback.server import LoopbackServer


def encoded(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    file = BytesIO()
    Image.new(mode, size, "red" if mode != "L" else 128).save(file, kind, **more)
    return file.getvalue()


def head_of_png(width: int, height: int) -> bytes:
    """The first bytes of a PNG of any size: a few bytes that claim to be gigabytes."""
    parts = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    checked = b"IHDR" + parts
    chunk = struct.pack(">I", 13) + checked + struct.pack(">I", zlib.crc32(checked))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.mark.parametrize("size", [(10_000, 10_000), (100_000, 1_000), (30_000, 30_000)])
def test_a_hundred_megapixels_are_refused_before_they_are_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(InputError) as caught:
        prepare(head_of_png(*size))
    assert f"{size[0] * size[1]:,} pixels" in caught.value.text() and "50,000,000" in caught.value.text()
    assert caught.value.text("fr") != caught.value.text()


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"<html></html>"])
def test_what_is_no_picture_is_explained(data: bytes) -> None:
    with pytest.raises(InputError, match="not a picture"):
        prepare(data)


@pytest.mark.parametrize("kind, mode", [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGB")])
def test_every_kind_becomes_one_that_providers_take(kind: str, mode: str) -> None:
    found = prepare(encoded((3000, 1000), kind, mode))
    with Image.open(BytesIO(found.data)) as seen:
        assert max(seen.size) == LONGEST_SIDE and seen.size[0] == pytest.approx(3 * seen.size[1], abs=3)
        assert found.media_type == {"PNG": "image/png", "JPEG": "image/jpeg"}[str(seen.format)]


def test_it_is_turned_upright_and_tells_nothing() -> None:
    told = Image.Exif()
    told[0x0112], told[0x010F] = 6, "Sentinel Camera"
    found = prepare(encoded((40, 20), exif=told))
    with Image.open(BytesIO(found.data)) as seen:
        assert seen.size == (20, 40) and not seen.getexif()
    assert b"Sentinel" not in found.data


def test_pictures_reach_both_providers_and_no_blind_one() -> None:
    seen = prepare(encoded((20, 20)))
    asked = replace(request(), messages=(Message("user", "What is this?", images=(seen,)),))
    sighted = {"capabilities": {"vision": True}}
    with LoopbackServer(s.answer("A dress.")) as server:
        assert collect(engine(server, **sighted).stream(asked)).text == "A dress."
        with pytest.raises(EngineRefused, match="pictures"):
            collect(engine(server).stream(asked))
    (call,) = server.calls
    assert call.body["messages"][0]["content"][0]["image_url"]["url"].startswith("data:image/jpeg;base64,")
    with LoopbackServer(m.answer("A dress.")) as server:
        assert collect(claude(server, **sighted).stream(asked)).text == "A dress."
