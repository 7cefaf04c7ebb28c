"""SVG files that people bring: looked through for scripts and references to outside, then drawn as pixels by resvg.

An SVG is a program's text: browsers run its scripts and fetch what it refers to. Here neither is ever done, and a file
that asks for it is refused, so that it can't do so where the drawing is shown or handed on.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, ParseError  # types alone; the parser is defusedxml's

from lib.errors import InputError
from lib.files.picture_limits import opened
from lib.i18n import N_
from lib.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_SIDE: Final = 2048  # pixels at which a drawing without another wish is drawn
MOST_ELEMENTS: Final = 200_000  # once each <use> is counted with what it repeats
MOST_DEPTH: Final = 200  # elements within elements
MOST_CHARACTERS: Final = 20_000_000
MOST_MEMORY: Final = 4 * 2**30  # bytes, for drawing one
DRAWING_SECONDS = 15.0

SCRIPT = N_(
    "This SVG holds a script ({where}), which isn’t run here. Save it again as a plain SVG without scripts or "
    "animation, then choose it."
)
OUTSIDE = N_(
    "This SVG refers to something outside itself ({where}), which isn’t fetched here. Embed it in the file when you "
    "save it, then choose it again."
)
UNREADABLE = N_("This SVG can’t be read: it is not well-formed. Save it again as a plain SVG, then choose it.")
ENTITIES = N_("This SVG defines entities of its own, which aren’t read here. Save it as a plain SVG, then choose it.")
NOT_DRAWN = N_("This SVG can’t be drawn: {reason}. Save it again as a plain SVG, or as PNG, then choose it.")
NO_SIZE = N_(
    "This SVG has no size, or a senseless one: it needs a width and a height, or a viewBox. Save it again, then choose "
    "it."
)
TANGLED = N_(
    "This SVG is too large or too deeply nested to be drawn safely. Simplify it, or export it as PNG, then choose it."
)

_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"data:image/(png|jpe?g|gif|webp)(;[\w=-]+)*;base64,", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|)\s*$", re.IGNORECASE)
_PIXELS: Final[Mapping[str, float]] = {
    "": 1,
    "px": 1,
    "pt": 4 / 3,
    "pc": 16,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96,
}
_REFERENCES: Final = ("href", "src", "base", "data", "action", "formaction", "poster")


def is_vector(data: bytes) -> bool:
    """Whether ``data`` is an SVG, by its beginning."""
    head = _text_head(data)
    return head.startswith(("<svg", "<?xml", "<!doctype svg", "<!--")) and "<svg" in _text_head(data, 200_000)


def rasterised(data: bytes, longest_side: int | None = None) -> tuple[bytes, tuple[int, int]]:
    """The drawing as a PNG with transparency, and its own width and height in pixels.

    Raises:
        InputError: it can't be read, holds a script, refers to something outside, or is too large.
    """
    root = parsed(data)
    width, height = _size(root)
    longest = longest_side or LONGEST_SIDE
    longest = min(longest, int(math.sqrt(settings().max_pixels)))
    wide = width >= height
    drawn = _drawn(_text(data), longest if wide else 0, 0 if wide else longest)
    return drawn, (max(1, round(width)), max(1, round(height)))


def _drawn(svg: str, width: int, height: int) -> bytes:
    """The SVG as PNG, drawn by a process of its own: a few filters can take minutes, and nothing else would run.

    Raises:
        InputError: it can't be drawn, or not in the time and memory that are given to it.
    """
    command = [sys.executable, "-I", "-c", _DRAW, str(width), str(height), str(MOST_MEMORY)]
    try:
        done = subprocess.run(command, input=svg.encode(), capture_output=True, timeout=DRAWING_SECONDS, check=False)  # noqa: S603 - our own command; the file is its input
    except subprocess.TimeoutExpired:
        raise InputError(TANGLED) from None
    if done.returncode < 0 or (done.returncode == 0 and not done.stdout):
        raise InputError(TANGLED)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        raise InputError(NOT_DRAWN, reason=said.removeprefix("ValueError: ")[:120])
    return done.stdout


_DRAW: Final = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]), int(sys.argv[3])))
except (ImportError, ValueError, OSError):
    pass  # a system without such limits
import resvg_py
width, height = (int(side) or None for side in sys.argv[1:3])
svg = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height, dpi=96)))
"""


def parsed(data: bytes) -> Element:
    """The drawing's elements, looked through.

    Raises:
        InputError: it can't be read, holds a script, refers to something outside, or is too large.
    """
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    if len(data) > MOST_CHARACTERS:
        raise InputError(TANGLED)
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise InputError(ENTITIES) from None
    except (ParseError, ValueError, LookupError):
        raise InputError(UNREADABLE) from None
    if re.search(rb"<\?xml-stylesheet", data, re.IGNORECASE):
        raise InputError(OUTSIDE, where="xml-stylesheet")
    _check_extent(root)
    for element in root.iter():
        _check_element(element)
    return root


def _text_head(data: bytes, size: int = 1024) -> str:
    return _text(data[:size]).lstrip("\ufeff \t\r\n").casefold()


def _text(data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return data.decode("utf-8-sig", "replace")


def _local(name: object) -> str:
    """A tag's or attribute's name without its namespace; comments and instructions have none."""
    return name.rpartition("}")[2].casefold() if isinstance(name, str) else ""


def _check_element(element: Element) -> None:
    name = _local(element.tag)
    if name in ("script", "handler", "listener"):
        raise InputError(SCRIPT, where=f"<{name}>")
    for key, value in element.attrib.items():
        attribute = _local(key)
        if attribute.startswith("on"):
            raise InputError(SCRIPT, where=attribute)
        if attribute in _REFERENCES:
            _check_reference(value, attribute)
        _check_style(value, attribute)
    if name == "style":
        _check_style("".join(element.itertext()), "style")


def _check_style(text: str, where: str) -> None:
    for target in _URL.findall(text):
        _check_reference(target, where)
    if "@import" in text.casefold() or ("\\" in text and where == "style"):  # an escape could hide either
        raise InputError(OUTSIDE, where="@import" if "@import" in text.casefold() else where)


def _check_reference(target: str, where: str) -> None:
    """Only what the file itself holds: its own parts, and pictures written into it whose size is within the limits."""
    target = target.strip()
    if not target or target.startswith("#"):
        return
    if re.sub(r"[\x00-\x20]", "", target).casefold().startswith(("javascript:", "vbscript:")):
        raise InputError(SCRIPT, where=where)
    held = _DATA_PICTURE.match(target)
    if held is None:
        raise InputError(OUTSIDE, where=f"{where}: {target[:40]}")
    try:
        with opened(base64.b64decode(target[held.end() :])):
            pass
    except binascii.Error:
        raise InputError(UNREADABLE) from None


def _size(root: Element) -> tuple[float, float]:
    """Width and height in pixels: as written, else of the viewBox.

    Raises:
        InputError: neither is there, or they are no lengths.
    """
    box = [float(part) for part in re.findall(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", root.get("viewBox", ""), re.I)]
    width, height = (_pixels(root.get(name, "")) for name in ("width", "height"))
    if len(box) == 4 and min(box[2:]) > 0:
        width = width or (height * box[2] / box[3] if height else box[2])
        height = height or width * box[3] / box[2]
    if (
        not width
        or not height
        or not 0.5 <= width <= 1e7
        or not 0.5 <= height <= 1e7
        or not 0.01 <= width / height <= 100
    ):
        raise InputError(NO_SIZE)
    return width, height


def _pixels(length: str) -> float | None:
    found = _LENGTH.match(length)
    return float(found.group(1)) * _PIXELS[found.group(2).casefold()] if found else None


def _check_extent(root: Element) -> None:
    """How much there is to draw: elements, once each <use> is counted with all that it repeats.

    Raises:
        InputError: too much, too deep, or a part that repeats itself.
    """
    by_id: dict[str, Element] = {}
    for element, depth in _walked(root):
        if depth > MOST_DEPTH:
            raise InputError(TANGLED)
        by_id.setdefault(element.get("id", ""), element)
    counted: dict[Element, int] = {}
    if _extent(root, by_id, counted, set()) > MOST_ELEMENTS:
        raise InputError(TANGLED)


def _walked(root: Element) -> Iterator[tuple[Element, int]]:
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting += [(child, depth + 1) for child in element]


def _extent(element: Element, by_id: Mapping[str, Element], counted: dict[Element, int], within: set[Element]) -> int:
    """How many elements are drawn for ``element``; ``within`` are those that are being counted."""
    if element in counted:
        return counted[element]
    if element in within or len(within) > 3 * MOST_DEPTH:
        raise InputError(TANGLED)
    within.add(element)
    total = 1 + sum(_extent(child, by_id, counted, within) for child in element)
    for target in _drawn_again(element):
        if target in by_id:
            total += _extent(by_id[target], by_id, counted, within)
    within.remove(element)
    counted[element] = min(total, MOST_ELEMENTS + 1)
    return counted[element]


def _drawn_again(element: Element) -> Iterator[str]:
    """The ids of what an element draws beside its own children: what it uses, its patterns, masks and markers."""
    for key, value in element.attrib.items():
        if _local(key) == "href" and value.startswith("#"):
            yield value[1:]
        for target in _URL.findall(value):
            yield target.removeprefix("#")
