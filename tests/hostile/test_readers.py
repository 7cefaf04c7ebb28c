"""Every hostile text through every reader: it is refused in words or read as the text that it is; nothing runs."""

from __future__ import annotations

import importlib
import inspect
import io
import json
import pkgutil
import typing
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

import lib.files
from lib.database import connect
from lib.database.knowledge import full_text
from lib.errors import ToileError
from lib.files.pictures import read_picture
from lib.files.structured import cell_text
from lib.files.tables import read_table
from lib.files.vector_pictures import rasterised
from lib.files.written.reading import read_written
from lib.retrieval.passages import passages_of
from lib.retrieval.searching import search
from lib.retrieval.words import fold, query_stems, stems
from tests.access.calling import Making
from tests.hostile.payloads import COMBINED, FORMULAS, everything, naughty, scripts

TEXTS = everything()


def test_the_lists_are_whole() -> None:
    assert len(naughty()) >= 400 and len(scripts()) >= 17 and len(FORMULAS) >= 20


def readers() -> Iterator[Callable[..., Any]]:
    """Every public function of ``lib.files`` whose first argument is what came in: bytes or a text."""
    for found in pkgutil.walk_packages(lib.files.__path__, "lib.files."):
        if found.name.startswith("lib.files.documents"):  # they write
            continue
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and not name.startswith("_") and first(function) in ("bytes", "str"):
                yield function


def first(function: Callable[..., Any]) -> Any:
    parameters = list(inspect.signature(function).parameters.values())
    return parameters[0].annotation if parameters else None


def meant(function: Callable[..., Any], annotation: str) -> Any:
    """The type that an annotation names; the modules import some for the type checker alone."""
    holder = type("Holder", (), {"__annotations__": {"it": annotation}})
    return typing.get_type_hints(holder, function.__globals__)["it"]


class Plain(Making):
    """Arguments without a database: every text is a word."""

    def _place(self, name: str, function: Callable[..., Any]) -> str:
        return "word"


def rest(function: Callable[..., Any]) -> dict[str, Any]:
    """What a reader takes beside the content, where it has no default."""
    made = Plain(world=None)  # type: ignore[arg-type]
    needed = [p for p in list(inspect.signature(function).parameters.values())[1:] if p.default is p.empty]
    return {
        parameter.name: made.value(meant(function, parameter.annotation), parameter.name, function)
        for parameter in needed
    }


# Found by their first argument, and no readers of what came in; each with what is tried in its place.
ELSEWHERE = {
    "cells.bad": "makes a message out of words of ours",
    "signing.manifest": "writes, by a media type of ours",
    "xmp.with_packet": "writes, by a media type of ours; see test_exports",
    "text_tables.read_delimited": "gets a separator of one letter from ``read_table``",
    "written.word.read_docx": "gets an archive from ``read_written`` alone",
}


def short(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('lib.files.')}.{function.__name__}"


READERS = [function for function in readers() if short(function) not in ELSEWHERE]


@pytest.mark.parametrize("function", READERS, ids=short)
def test_a_reader_reads_or_refuses_in_words(function):
    more = rest(function)
    for text in TEXTS:
        given = text.encode("utf-8", "surrogatepass") if first(function) == "bytes" else text
        try:
            function(given, **more)
        except ToileError:
            continue


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_table_gives_each_text_back(kind):
    texts = [text for text in TEXTS if "\x00" not in text and text.strip() and text.isprintable()]
    rows = [{"text": text, "end": "end"} for text in texts]
    table = read_table(table_file(rows, kind), f"{COMBINED}.{kind}")
    assert len(table.rows) == len(texts) and {row[-1] for row in table.rows} == {"end"}
    kept = sum(row[0] == text for row, text in zip(table.rows, texts, strict=True))
    assert kept >= 0.95 * len(texts)  # the rest differs in blanks and in numbers' spelling alone


def table_file(rows: list[dict[str, str]], kind: str) -> bytes:
    """The rows in a file by another hand than ours."""
    import csv

    if kind == "json":
        return json.dumps(rows).encode()
    if kind == "csv":
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, ["text", "end"], quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().encode()
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["text", "end"])
    for at, row in enumerate(rows, 2):
        cell = book.active.cell(at, 1, "")
        cell.value, cell.data_type = row["text"], "s"
        book.active.cell(at, 2, row["end"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_formula_in_a_workbook_is_not_computed():
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active.append(["sku", "name"])
    book.active.append(["A", '=WEBSERVICE("http://evil.example")'])
    book.save(out)
    try:
        [(sku, name)] = read_table(out.getvalue(), "x.xlsx").rows
        assert sku == "A" and name in ("", '=WEBSERVICE("http://evil.example")')
    except ToileError as error:
        assert str(error)


@pytest.mark.parametrize(
    "begins", [b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0", b"PAR1", b"\x89PNG\r\n\x1a\n", b"GIF89a"]
)
def test_a_file_that_only_begins_like_its_kind_is_refused_in_words_or_read_as_text(begins):
    for text in TEXTS[::6]:
        content = begins + text.encode("utf-8", "surrogatepass")
        for read in (
            partial(read_table, content, "x"),
            partial(read_written, content, "x"),
            partial(read_picture, content),
        ):
            try:
                read()
            except ToileError:
                continue


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_a_document_is_read_as_text(ending):
    for text in TEXTS:
        whole = f"# Returns\n\nWithin thirty days a coat may be sent back to the store.\n\n{text}\n"
        content = f"<html><body><p>{whole}</p></body></html>" if ending == "html" else whole
        try:
            read_written(content.encode("utf-8", "surrogatepass"), f"{text}.{ending}")
        except ToileError:
            continue


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {more}>{inner}</svg>'


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script><rect width='9' height='9'/>",
        "<image xlink:href='http://127.0.0.1:{port}/x.png' width='9' height='9'/>",
        "<image xlink:href='file:///etc/passwd' width='9' height='9'/>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='http://127.0.0.1:{port}/'/></foreignObject>",
        "<style>@import url(http://127.0.0.1:{port}/x.css);</style><rect width='9' height='9'/>",
        "<rect width='9' height='9' onload='alert(1)'/>",
    ],
)
def test_a_drawing_asks_for_nothing(inner):
    """A server of our own stands where the drawing points, and hears of nothing."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        drawn = SVG.format(inner=inner.replace("{port}", str(server.getsockname()[1])), more='width="9" height="9"')
        try:
            pixels, _size = rasterised(drawn.encode())
            assert b"root:" not in pixels
        except ToileError as error:
            assert str(error)
        with pytest.raises(TimeoutError):
            server.accept()


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(ToileError):
        rasterised((bomb + SVG.format(inner="<text>&x;&b;</text>", more="")).encode())


def test_a_search_takes_any_words(actor):
    """Full text has a language of its own: quotes, stars, NEAR and columns in a question are words like others."""
    for text in (*TEXTS, '"', "a*", "NEAR(a b)", "words:x", "a AND", "(", "^a", "-b", 'x" OR 1=1 --'):
        fold(text), stems(text, "en"), stems(text, "fr"), query_stems(text), cell_text(text)
    with connect() as database:
        for text in (*TEXTS, '"', "NEAR(a b)", "words:x", "a AND", 'x" OR 1=1 --'):
            assert full_text(database, actor, "knowledge", query_stems(text), 5) == []
            assert full_text(database, actor, "knowledge", [text], 5) == []
        assert list(search(database, actor, "knowledge", COMBINED)) == []


def test_passages_keep_the_text():
    from lib.files.written.model import Piece

    whole = passages_of([Piece(text) for text in TEXTS if text.strip()])
    assert any("<script>alert(1)</script>" in passage.text for passage in whole)
