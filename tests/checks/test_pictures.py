"""Pictures: near-copies by their fingerprints, and the marks in their files."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from bench.check_pictures import PICTURES
from lib.checks.near_copy_images import fingerprint, likeness, picture_findings
from lib.checks.provenance import marks, provenance_findings, resized
from lib.errors import ToileError


def picture(name: str) -> Image.Image:
    with Image.open(PICTURES / f"{name}.webp") as file:
        return file.convert("RGB")


def found(new: Image.Image, earlier: str) -> list[str]:
    known = [(earlier, fingerprint(np.asarray(picture(earlier))))]
    return [one.message for one in picture_findings(np.asarray(new), known)]


def test_the_same_picture_is_found_smaller_mirrored_grey_and_on_a_wider_ground() -> None:
    coat = picture("coat_0")
    assert found(coat.resize((120, 120)), "coat_0")
    assert found(ImageOps.mirror(coat), "coat_0")
    assert found(coat.convert("L").convert("RGB"), "coat_0")
    assert found(ImageOps.expand(coat, 60, (246, 243, 236)), "coat_0")


def test_a_mirrored_shoe_is_said_to_be_mirrored() -> None:
    assert "mirrored" in found(ImageOps.mirror(picture("shoe_1")), "shoe_1")[0]


@pytest.mark.parametrize(("new", "earlier"), [("dress_0", "dress_2"), ("bag_0", "bag_1"), ("shoe_0", "shoe_1")])
def test_another_garment_of_the_kind_is_no_copy(new: str, earlier: str) -> None:
    assert found(picture(new), earlier) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 3, 4]), st.integers(0, 9))
def test_a_picture_of_any_size_is_like_itself(height: int, width: int, channels: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)
    assert likeness(fingerprint(pixels), fingerprint(pixels)).distance == 0


def test_a_picture_without_pixels_is_refused() -> None:
    with pytest.raises(ValueError, match="without pixels"):
        fingerprint(np.zeros((0, 4, 3), dtype=np.uint8))


def file_of(kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    picture("bag_0").save(file, kind, **options)
    return file.getvalue()


def test_a_file_without_a_mark_is_found() -> None:
    assert [one.kind for one in provenance_findings(file_of())] == ["unmarked"]


def test_a_mark_in_metadata_is_told_to_be_lost_at_a_resize() -> None:
    from bench.check_pictures import treated
    from lib.files.provenance import Provenance, SourceType, packet
    from lib.files.xmp import with_packet
    from tests.files.test_provenance import DAY

    said = packet(Provenance("atelier", "", "run1", DAY, SourceType.ALGORITHMIC))
    for kind in ("png", "jpeg", "webp"):
        content = with_packet(file_of(kind.upper()), f"image/{kind}", said)
        assert marks(content).source_type == "algorithmicMedia"
        assert [one.kind for one in provenance_findings(content)] == ["fragile"]
        assert not marks(resized(content)).generated
        assert marks(treated(content, "resized_kept", kind)).generated


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"<svg/>"])
def test_what_is_no_picture_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(ToileError, match="PNG, JPEG or WebP"):
        marks(content)
