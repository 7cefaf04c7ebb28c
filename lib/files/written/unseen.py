"""What stands in a document and isn't shown to who reads it: the passages that only a machine takes up.

DOCX: runs marked as hidden, of a size nobody reads, or white on nothing (ECMA-376, part 1, 17.3.2). PDF: text of which
nothing can be told from the page's own ground where it stands, whatever the reason (invisible mode, the ground's own
colour, under a cover), text too small to read, and text beside the page. Headers, footers, notes and comments of a DOCX
are given apart: readers see some of them, and the reader of documents leaves them out.
"""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from lib.errors import Cancelled
from lib.files.written.model import Piece, Place
from lib.files.written.pdf import STOPPED, _pdfium

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF: Final = ("0", "false", "off", "none")
TINY: Final = 3.0  # points; the smallest print on a label has about 4
WHITE: Final = ("FFFFFF", "FEFEFE", "FDFDFD")
BESIDE: Final = ("word/header", "word/footer", "word/comments", "word/footnotes", "word/endnotes")
MOST_PAGES: Final = 200  # of a PDF that are drawn and looked at
MOST_PASSAGES: Final = 4_000  # of one page
SCALE: Final = 2.0  # pixels a point
LONGEST_SIDE: Final = 3_000  # pixels of a drawn page
CONTRAST: Final = 12  # steps of lightness (of 255) within a passage's frame that an eye can tell
LETTERS: Final = 3  # fewer say nothing


@dataclass(frozen=True)
class Looked:
    """Passages that readers don't see, those beside the text (headers, notes, comments), and pages not looked at."""

    unseen: tuple[Piece, ...] = ()
    beside: tuple[Piece, ...] = ()
    pages_left: int = 0


def look(
    content: bytes,
    kind: str,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Looked:
    """What readers of a document don't see. ``kind`` as ``read_written`` told it, which has opened the file before.

    Raises:
        Cancelled: somebody stopped it.
    """
    if kind == "docx":
        return _docx(content)
    if kind == "pdf":
        return _pdf(content, progress, cancelled)
    return Looked()


def _docx(content: bytes) -> Looked:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()

        def part(name: str) -> Any:
            try:
                return etree.fromstring(archive.read(name), parser)
            except etree.XMLSyntaxError:  # a part beside the text that is damaged says nothing
                return etree.Element("none")

        hidden = _hidden_styles(part("word/styles.xml")) if "word/styles.xml" in names else frozenset()
        unseen = tuple(_runs(part("word/document.xml"), hidden))
        beside = [name for name in names if name.startswith(BESIDE) and name.endswith(".xml")]
        texts = [" ".join("".join(node.text or "" for node in part(name).iter(W + "t")).split()) for name in beside]
    return Looked(unseen, tuple(Piece(text) for text in texts if text))


def _hidden_styles(styles: Any) -> frozenset[str]:
    """Identifiers of the styles whose text isn't shown."""
    return frozenset(str(one.get(W + "styleId")) for one in styles.iter(W + "style") if _on(one, "vanish"))


def _runs(document: Any, hidden: frozenset[str]) -> Iterator[Piece]:
    """Runs nobody sees, joined where they follow one another in a paragraph."""
    for paragraph in document.iter(W + "p"):
        covered = _own_ground(paragraph)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        whole = style is not None and style.get(W + "val") in hidden
        held: list[str] = []
        for run in paragraph.iter(W + "r"):
            said = "".join(node.text or "" for node in run.iter(W + "t"))
            if said and (whole or _unseen(run, hidden, covered)):
                held.append(said)
            elif said.strip():
                yield from _joined(held)
                held = []
        yield from _joined(held)


def _joined(held: list[str]) -> Iterator[Piece]:
    said = " ".join("".join(held).split())
    if sum(letter.isalpha() for letter in said) >= LETTERS:
        yield Piece(said)


def _unseen(run: Any, hidden: frozenset[str], covered: bool) -> bool:
    properties = run.find(W + "rPr")
    if properties is None:
        return False
    style = properties.find(W + "rStyle")
    if (
        _on(properties, "vanish")
        or _on(properties, "webHidden")
        or (style is not None and style.get(W + "val") in hidden)
    ):
        return True
    size = properties.find(W + "sz")
    if size is not None and (size.get(W + "val") or "").isdigit() and int(size.get(W + "val")) / 2 < TINY:
        return True
    colour = properties.find(W + "color")
    white = colour is not None and (colour.get(W + "val") or "").upper() in WHITE
    return white and not covered and not _shaded(properties)


def _own_ground(paragraph: Any) -> bool:
    """Whether a paragraph may lie on another ground than white: its own, its cell's or its table's."""
    if _shaded(paragraph.find(W + "pPr")):
        return True
    return any(above.tag in (W + "tbl", W + "txbxContent") for above in paragraph.iterancestors())


def _shaded(properties: Any) -> bool:
    if properties is None:
        return False
    if properties.find(W + "highlight") is not None:
        return True
    shade = properties.find(W + "shd")
    return shade is not None and (shade.get(W + "fill") or "auto").upper() not in ("AUTO", *WHITE)


def _on(element: Any, name: str) -> bool:
    found = next(element.iter(W + name), None)
    return found is not None and (found.get(W + "val") or "1").lower() not in OFF


def _pdf(content: bytes, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> Looked:
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    try:
        found: list[Piece] = []
        for number in range(min(pages, MOST_PAGES)):
            if cancelled():
                raise Cancelled(STOPPED)
            with _pdfium:
                said = list(_page(document[number]))
            found += [Piece(text, Place(page=number + 1)) for text in said]
            progress((number + 1) / min(pages, MOST_PAGES))
        return Looked(tuple(found), pages_left=max(0, pages - MOST_PAGES))
    finally:
        with _pdfium:
            document.close()


@dataclass(frozen=True)
class _Passage:
    """A passage as the file sets it; its frame in points from the page's lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def follows(self, before: _Passage) -> bool:
        """Whether no gap as wide as a space lies between this and the passage before it on the same line."""
        same_line = abs(self.bottom - before.bottom) < max(self.height, before.height)
        return same_line and -1 < self.left - before.right < 0.2 * max(self.height, 1.0)


def _page(page: Any) -> Iterator[str]:
    """The passages of one page that nobody sees, those in a row joined."""
    try:
        page.set_rotation(0)
        words = page.get_textpage()
        try:
            passages = _passages(page, words)
        finally:
            words.close()
        if not passages:
            return
        scale = min(SCALE, LONGEST_SIDE / max(page.get_size()))
        drawn = page.render(scale=scale, grayscale=True).to_numpy()
        grey = drawn if drawn.ndim == 2 else drawn[..., 0]
        box = page.get_bbox()
    finally:
        page.close()
    held: list[_Passage] = []
    for passage in passages:
        if _seen(passage, grey, box, scale):
            yield from _said(held)
            held = []
        else:
            held.append(passage)
    yield from _said(held)


def _said(held: list[_Passage]) -> Iterator[str]:
    parts = ["" if place and one.follows(held[place - 1]) else " " for place, one in enumerate(held)]
    yield from (piece.text for piece in _joined([gap + one.text for gap, one in zip(parts, held, strict=True)]))


def _passages(page: Any, words: Any) -> list[_Passage]:
    import pypdfium2.raw as raw

    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=words)
    found = [(one.extract(), one.get_bounds()) for one in itertools.islice(texts, MOST_PASSAGES)]
    return [_Passage(text, *frame) for text, frame in found if text.strip()]


def _seen(one: _Passage, grey: Any, box: tuple[float, ...], scale: float) -> bool:
    """Whether anything of a passage stands out from its ground on the drawn page."""
    outside = one.right <= box[0] or one.left >= box[2] or one.top <= box[1] or one.bottom >= box[3]
    if outside or one.height < TINY / 2:
        return False
    across = slice(max(0, int((one.left - box[0]) * scale)), int((one.right - box[0]) * scale) + 1)
    down = slice(max(0, int((box[3] - one.top) * scale)), int((box[3] - one.bottom) * scale) + 1)
    part = grey[down, across]
    return bool(part.size) and int(part.max()) - int(part.min()) >= CONTRAST
