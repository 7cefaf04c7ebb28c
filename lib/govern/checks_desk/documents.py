"""A document read for what a machine would take from it: instructions, hidden passages, planted marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lib.checks import Finding, Verdict
from lib.checks.injection import canary_in, injection_findings
from lib.errors import Cancelled, ToileError
from lib.files.encodings import decode
from lib.files.written import Place, read_written
from lib.files.written.unseen import look
from lib.i18n import N_

MOST_DOCUMENTS: Final = 20  # at once
KINDS: Final = ("pdf", "docx", "txt", "md", "html", "htm", "csv")
PART: Final = 100_000  # characters read at once; the check looks through twice as many
SHOWN: Final = 300  # characters of a passage
MOST_FINDINGS: Final = 60  # told of one document

HIDDEN: Final = N_("Readers don’t see “{passage}”, a machine does. Take it out, or don’t use this document.")
BESIDE: Final = N_("Stands in a header, a note or a comment, which some tools read along.")
PAGES_LEFT: Final = N_("Hidden text was looked for on the first {most} pages alone.")
TOO_MANY: Final = N_("{name} was left out: at most {most} documents are read at once. Read it after these.")
STOPPED: Final = N_("{name} wasn’t read: you stopped. Choose it again.")


@dataclass(frozen=True)
class Found:
    """One finding with its place in the document. ``beside``: it stands in a header, a note or a comment."""

    finding: Finding
    check: str  # of naming.DOCUMENTS, or 'injection'
    place: Place
    beside: bool = False


@dataclass(frozen=True)
class Document:
    """What was found in a document; its text isn't held. ``problem`` is set where it couldn't be read.

    ``notes`` are English message ids of what could not be looked at, with {name} and {most} as values.
    """

    name: str
    pages: int | None = None
    characters: int = 0
    found: tuple[Found, ...] = ()
    left: int = 0  # findings beyond MOST_FINDINGS
    notes: tuple[str, ...] = ()
    problem: ToileError | None = None


def read_documents(
    files: Sequence[tuple[str, bytes]],
    canaries: Iterable[str] = (),
    progress: Callable[[float, str], None] = lambda share, name: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Document, ...]:
    """Each file (name, content), one after the other; one that can't be read doesn't stop the others."""
    marks = tuple(canaries)
    done: list[Document] = []
    for number, (name, content) in enumerate(files):

        def tell(share: float, number: int = number, name: str = name) -> None:
            progress((number + share) / len(files), name)

        tell(0.0)
        try:
            if number >= MOST_DOCUMENTS:
                raise ToileError(TOO_MANY, name=name, most=MOST_DOCUMENTS)
            if cancelled():
                raise ToileError(STOPPED, name=name)
            done.append(read_document(name, content, marks, tell, cancelled))
        except Cancelled:
            done.append(Document(name, problem=ToileError(STOPPED, name=name)))
        except ToileError as problem:
            done.append(Document(name, problem=problem))
    return tuple(done)


def read_document(
    name: str,
    content: bytes,
    canaries: Sequence[str] = (),
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Document:
    """One document.

    Raises:
        FileRejected: it can't be read.
        Cancelled: somebody stopped it.
    """
    written = read_written(content, name, lambda share: progress(0.4 * share), cancelled)
    looked = look(content, written.kind, lambda share: progress(0.4 + 0.4 * share), cancelled)
    found = [_hidden(piece.text, piece.place) for piece in looked.unseen]
    if written.kind in ("pdf", "docx"):
        texts = [(piece.text, piece.place) for piece in written.pieces]
    else:  # a reader of HTML or Markdown leaves out what isn't shown: here it counts
        texts = list(_parts(decode(content, name).text))
    for text, place in texts:
        found += _told(text, place, canaries)
    for piece in looked.beside:
        found += [Found(one.finding, one.check, one.place, True) for one in _told(piece.text, piece.place, canaries)]
    notes = (*written.notes, *((PAGES_LEFT,) if looked.pages_left else ()))
    characters = sum(len(text) for text, _place in texts)
    left = max(0, len(found) - MOST_FINDINGS)
    return Document(name, written.pages, characters, tuple(found[:MOST_FINDINGS]), left, notes)


def _hidden(text: str, place: Place) -> Found:
    text = text.rstrip(". ")
    values = {"passage": text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"}
    return Found(Finding("document", Verdict.WARN, HIDDEN, values, kind="hidden"), "hidden_text", place)


def _told(text: str, place: Place, canaries: Sequence[str]) -> Iterator[Found]:
    yield from (Found(one, "injection", place) for one in injection_findings(text, "document"))
    yield from (Found(one, "canary", place) for one in canary_in(text, canaries))


def _parts(text: str) -> Iterator[tuple[str, Place]]:
    """A long text in parts that end with a line."""
    while len(text) > PART:
        cut = text.rfind("\n", PART // 2, PART)
        cut = PART if cut < 0 else cut
        yield text[:cut], Place()
        text = text[cut:]
    yield text, Place()


def is_mark(text: str) -> bool:
    """Whether a mark of one's own is long enough not to stand in an answer by chance."""
    return len(re.sub(r"[\W_]", "", text)) >= 8
