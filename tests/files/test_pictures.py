"""Pictures that come in: what is taken, how it looks afterwards, and what is refused with what to do about it."""

from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from lib.errors import InputError
from lib.files import vector_pictures
from lib.files.pictures import read_picture, written
from lib.settings import settings as app_settings

SQUARE = '<rect width="40" height="20" fill="#c02040"/>'


def scene(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue, with a line."""
    picture = Image.new("RGB", size, (200, 30, 40))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((size[0] // 2, 0, size[0], size[1]), fill=(20, 40, 200))
    return picture.quantize(8) if mode == "P" else picture.convert(mode)


def encoded(picture: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def svg(body: str, attributes: str = 'width="40" height="20"') -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{body}</svg>'
    ).encode()


def refused(data: bytes) -> str:
    """The message in English; the French one is another."""
    with pytest.raises(InputError) as caught:
        read_picture(data)
    assert caught.value.text("fr") != caught.value.text("en")
    return caught.value.text("en")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF"])
def test_each_kind_becomes_the_same_pixels(kind: str) -> None:
    found = read_picture(encoded(scene(), kind, **({"lossless": True} if kind == "WEBP" else {})))
    assert found.kind == kind.lower() and found.original_size == (64, 48) == found.size
    assert found.pixels.shape == (48, 64, 3) and found.pixels.dtype == np.uint8 and found.alpha is None
    assert np.allclose(found.pixels[10, 10], (200, 30, 40), atol=4)
    assert np.allclose(found.pixels[10, 60], (20, 40, 200), atol=4)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_a_png_is_read(mode: str) -> None:
    picture = scene().convert("L") if mode == "I;16" else scene(mode=mode)
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(picture, dtype=np.uint16) * 257)
    grey = np.asarray(scene().convert("L"))
    found = read_picture(encoded(picture))
    if mode != "1":
        shown = np.asarray(Image.fromarray(found.pixels).convert("L")).astype(int)
        assert np.abs(shown - grey).max() <= 3


def test_the_picture_is_upright_and_tells_nothing() -> None:
    told = Image.Exif()
    told[0x0112], told[0x010F] = 6, "Sentinel Camera"
    found = read_picture(encoded(scene(), "JPEG", exif=told))
    assert found.original_size == (48, 64) == found.size
    assert np.allclose(found.pixels[5, 20], (200, 30, 40), atol=8)  # the left half is on top now
    assert b"Sentinel" not in written(found.pixels, found.alpha)


def test_a_cmyk_jpeg_looks_as_it_should_and_says_what_was_done() -> None:
    found = read_picture(encoded(scene().convert("CMYK"), "JPEG", quality=95))
    assert np.allclose(found.pixels[10, 10], (200, 30, 40), atol=8)
    assert "CMYK" in found.notes[0].text("en") and found.notes[0].text("fr") != found.notes[0].text("en")


def test_a_colour_profile_is_applied() -> None:
    """A picture whose profile swaps red and blue: a reader that ignored the profile would show it wrong."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    found = read_picture(encoded(scene(), "PNG", icc_profile=bytes(profile)))
    assert np.allclose(found.pixels[10, 10], (40, 30, 200), atol=6) and not found.notes


def test_a_broken_colour_profile_is_said_and_does_no_harm() -> None:
    found = read_picture(encoded(scene(), "PNG", icc_profile=b"no profile at all"))
    assert np.allclose(found.pixels[10, 10], (200, 30, 40)) and "profile" in found.notes[0].text("en")


def test_transparent_parts_lie_on_white_and_are_known() -> None:
    picture = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 9, 19), fill=(0, 120, 0, 255))
    found = read_picture(encoded(picture))
    assert found.alpha is not None and found.alpha[5, 5] == 255 and found.alpha[5, 15] == 0
    assert (found.pixels[5, 15] == 255).all() and (found.pixels[5, 5] == (0, 120, 0)).all()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "SVG"])
def test_the_longest_side_is_kept_to_and_the_original_size_told(kind: str) -> None:
    data = svg(SQUARE, 'width="400" height="200"') if kind == "SVG" else encoded(scene((400, 200)), kind)
    found = read_picture(data, longest_side=100)
    assert found.size == (100, 50) and found.original_size == (400, 200)


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "PNG"])
def test_of_an_animated_file_the_first_picture_is_used_and_that_is_said(kind: str) -> None:
    others = [Image.new("RGB", (64, 48), (0, 200, 0))]
    found = read_picture(encoded(scene(), kind, save_all=True, append_images=others, duration=80, lossless=True))
    assert "animated" in found.notes[0].text("en") and np.allclose(found.pixels[10, 10], (200, 30, 40), atol=6)


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"<html><script>x</script></html>", b"MZ" + b"\0" * 200])
def test_what_is_no_picture_is_said(data: bytes) -> None:
    assert "not a picture" in refused(data)


def test_a_phones_own_format_and_a_packed_file_are_named() -> None:
    assert "HEIC" in refused(b"\x00\x00\x00\x18ftypheic" + b"\0" * 100)
    assert "compressed" in refused(zlib.compress(svg(SQUARE), wbits=31))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF"])
def test_a_truncated_file_is_explained(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 120, 3), dtype=np.uint8))
    data = encoded(noise, kind)
    message = refused(data[: len(data) * 2 // 3])
    assert "cut off" in message or "not a picture" in message


def head_of_png(width: int, height: int, *, text: bytes = b"") -> bytes:
    """The first bytes of a PNG of any size: a few bytes that claim to be gigabytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    parts += [chunk(b"zTXt", b"Comment\0\0" + text)] if text else []
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IDAT", zlib.compress(b"\0" * 4_000_000))


@pytest.mark.parametrize("size", [(10_000, 10_000), (100_000, 1_000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_by_its_head(size: tuple[int, int]) -> None:
    said = refused(head_of_png(*size))
    assert f"{size[0] * size[1]:,} pixels" in said and f"{app_settings().max_pixels:,}" in said


def test_a_huge_head_is_refused() -> None:
    """A comment that unpacks to 200 MB."""
    data = head_of_png(10, 10, text=zlib.compress(b"\0" * 200_000_000))
    assert len(data) < 1_000_000
    assert "damaged" in refused(data)


def test_a_file_that_is_too_heavy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOILE_MAX_UPLOAD_MB", "1")
    app_settings.cache_clear()
    try:
        assert "MB" in refused(b"\x89PNG\r\n\x1a\n" + b"\0" * 2_000_000)
    finally:
        app_settings.cache_clear()


def test_a_picture_of_a_single_pixel_is_refused() -> None:
    assert "1 x 1" in refused(encoded(Image.new("RGB", (1, 1))))


# SVG


def test_an_svg_is_drawn_with_its_transparency() -> None:
    found = read_picture(svg('<circle cx="20" cy="10" r="8" fill="#204080"/>'), longest_side=400)
    assert found.kind == "svg" and found.size == (400, 200) and found.original_size == (40, 20)
    assert (found.pixels[100, 200] == (0x20, 0x40, 0x80)).all()
    assert found.alpha is not None and found.alpha[0, 0] == 0 and (found.pixels[0, 0] == 255).all()


@pytest.mark.parametrize(
    "attributes, size",
    [
        ('viewBox="0 0 30 60"', (30, 60)),
        ('width="10mm" height="20mm"', (38, 76)),
        ('width="100%" height="100%" viewBox="0 0 30 60"', (30, 60)),
        ('width="15" viewBox="0 0 30 60"', (15, 30)),
        ('width="1e6" height="1e6"', (1_000_000, 1_000_000)),
    ],
)
def test_an_svgs_size_is_found(attributes: str, size: tuple[int, int]) -> None:
    found = read_picture(svg(SQUARE, attributes))
    assert found.original_size == size and max(found.size) == 2048


SCRIPTS = [
    "<script>alert(1)</script>",
    '<rect onclick="alert(1)" width="1" height="1"/>',
    '<g onload="x()"/>',
    '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>',
    '<a href=" java&#10;script:alert(1)"><rect width="1" height="1"/></a>',
    '<foreignObject><html xmlns="http://www.w3.org/1999/xhtml"><script>x</script></html></foreignObject>',
]


@pytest.mark.parametrize("body", SCRIPTS)
def test_an_svg_with_a_script_is_refused(body: str) -> None:
    assert "script" in refused(svg(SQUARE + body))


@pytest.mark.parametrize("body", SCRIPTS[:3])
def test_a_script_is_found_in_every_encoding(body: str) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + svg(SQUARE + body).decode()
    assert "script" in refused(text.encode("utf-16"))


OUTSIDE = [
    '<image href="https://example.org/a.png" width="9" height="9"/>',
    '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
    '<image href="a.png" width="9" height="9"/>',
    '<use href="other.svg#part"/>',
    '<rect fill="url(https://example.org/p#a)" width="9" height="9"/>',
    '<rect style="fill: url( \'//example.org/p#a\' )" width="9" height="9"/>',
    '<style>@import "https://example.org/a.css";</style>',
    "<style>rect { fill: url(https://example.org/a.svg#p) }</style>",
    "<style>rect { fill: u\\72l(https://example.org/a.svg#p) }</style>",
    '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>',
    '<a href="https://example.org/"><rect width="9" height="9"/></a>',
]


@pytest.mark.parametrize("body", OUTSIDE)
def test_an_svg_that_refers_to_something_outside_is_refused(body: str) -> None:
    assert "outside itself" in refused(svg(SQUARE + body))


def test_a_style_sheet_beside_the_drawing_is_refused() -> None:
    assert "outside itself" in refused(b'<?xml-stylesheet href="a.css" type="text/css"?>' + svg(SQUARE))


def test_an_svg_may_hold_pictures_and_use_its_own_parts() -> None:
    inner = base64.b64encode(encoded(Image.new("RGB", (4, 4), (10, 200, 30)))).decode()
    body = (
        f'<defs><image id="i" href="data:image/png;base64,{inner}" width="10" height="20"/></defs><use href="#i"/>'
        '<linearGradient id="g"><stop stop-color="#102030"/></linearGradient>'
        '<rect x="20" width="20" height="20" fill="url(#g)"/>'
    )
    found = read_picture(svg(body), longest_side=40)
    assert np.allclose(found.pixels[10, 5], (10, 200, 30), atol=2) and (found.pixels[10, 30] == (16, 32, 48)).all()


def test_a_bomb_inside_an_svg_is_refused() -> None:
    inner = base64.b64encode(head_of_png(30_000, 30_000)).decode()
    assert "900,000,000 pixels" in refused(svg(f'<image href="data:image/png;base64,{inner}" width="9" height="9"/>'))


@pytest.mark.parametrize(
    "data, said",
    [
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("<text>&a;</text>"), "entities"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"), "entities"),
        (svg("<rect>"), "well-formed"),
        (svg(SQUARE, ""), "no size"),
        (svg(SQUARE, 'width="0" height="5"'), "no size"),
        (svg(SQUARE, 'width="1" height="100000"'), "no size"),
        (svg("<g>" * 400 + "</g>" * 400), "nested"),
        (svg('<g id="a"><use href="#a"/></g>'), "nested"),
    ],
)
def test_an_svg_that_is_none_or_too_much_is_explained(data: bytes, said: str) -> None:
    assert said in refused(data)


@pytest.mark.parametrize("kind", ["use", "pattern"])
def test_a_drawing_that_repeats_itself_without_end_is_refused(kind: str) -> None:
    """Eighteen layers that each draw the one below ten times: 10^18 elements in a few lines."""
    layers = ['<g id="l0"><rect width="1" height="1"/></g>']
    for at in range(1, 18):
        one = f'<use href="#l{at - 1}"/>' if kind == "use" else f'<rect width="9" height="9" fill="url(#l{at - 1})"/>'
        layers.append(
            f'<{"g" if kind == "use" else "pattern"} id="l{at}">{one * 10}</g>'.replace(
                "</g>", "</g>" if kind == "use" else "</pattern>"
            )
        )
    assert "nested" in refused(svg("".join(layers) + '<rect fill="url(#l17)" width="9" height="9"/>'))


@pytest.mark.parametrize(
    "body",
    [
        '<filter id="f"><feTurbulence baseFrequency="0.01" numOctaves="500"/></filter>'
        '<rect filter="url(#f)" width="1000" height="1000"/>',
        '<filter id="f"><feGaussianBlur stdDeviation="100"/></filter>'
        + '<rect filter="url(#f)" width="1000" height="1000"/>' * 500,
    ],
)
def test_a_drawing_that_takes_minutes_is_given_up(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_pictures, "DRAWING_SECONDS", 1.0)
    assert "drawn safely" in refused(svg(body, 'width="1000" height="1000"'))


def test_a_doctype_alone_does_no_harm() -> None:
    kind = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert read_picture(kind + svg(SQUARE)).kind == "svg"


# Whatever comes


def several() -> list[bytes]:
    extra = PngImagePlugin.PngInfo()
    extra.add_text("Comment", "words " * 40, zip=True)
    many = encoded(scene((24, 16)), "WEBP", save_all=True, append_images=[scene((24, 16))])
    return [
        encoded(scene((24, 16)), "PNG", pnginfo=extra),
        encoded(scene((24, 16), "P"), "GIF"),
        encoded(scene((24, 16)), "JPEG", exif=Image.Exif(), icc_profile=b"x" * 200),
        encoded(scene((24, 16)).convert("CMYK"), "TIFF", compression="tiff_lzw"),
        many,
        svg(SQUARE),
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(several()), st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: bytes, drawn: st.DataObject) -> None:
    changed = bytearray(data)
    for _ in range(drawn.draw(st.integers(1, 4))):
        at = drawn.draw(st.integers(0, len(changed) - 1))
        changed[at] = drawn.draw(st.integers(0, 255))
    cut = drawn.draw(st.integers(len(changed) // 2, len(changed)))
    try:
        found = read_picture(bytes(changed[:cut]), longest_side=64)
    except InputError:
        return
    assert found.pixels.ndim == 3 and max(found.size) <= 64


def shot(size: tuple[int, int] = (64, 48), **told: int | str) -> bytes:
    """A JPEG whose Exif header tells of the lens and of the size of the shot."""
    header = Image.Exif()
    names = {"film": 0xA405, "width": 0xA002, "height": 0xA003}
    header.get_ifd(0x8769).update({names[name]: value for name, value in told.items()})
    return encoded(scene(size), "JPEG", exif=header.tobytes())


def test_the_focal_length_is_read_where_the_file_tells_it() -> None:
    assert read_picture(shot(film=26)).film == 26.0
    assert read_picture(shot(film=26, width=640, height=480), longest_side=32).film == 26.0
    assert read_picture(shot(film=26, width=480, height=640)).film == 26.0  # stored upright or not
    assert read_picture(encoded(scene(), "JPEG")).film is None
    assert read_picture(encoded(scene())).film is None


@pytest.mark.parametrize("told", [{"film": 0}, {"film": 4000}, {"film": 26, "width": 640, "height": 360}])
def test_no_focal_length_is_better_than_a_wrong_one(told: dict[str, int]) -> None:
    """Of a part of a shot the lens says nothing: its proportions aren't the shot's."""
    assert read_picture(shot(**told)).film is None


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(st.tuples(st.integers(10, 120), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_header_is_no_worse_than_none(changes: list[tuple[int, int]]) -> None:
    """Whatever the bytes of the Exif block: a picture, or a refusal that says what to do."""
    content = bytearray(shot(film=26, width=64, height=48))
    start = content.find(b"Exif")
    for place, value in changes:
        content[start + place] = value
    try:
        film = read_picture(bytes(content)).film
    except InputError:
        return
    assert film is None or 8 <= film <= 800
