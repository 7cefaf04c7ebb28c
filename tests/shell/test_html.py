"""Markup is escaped where it is made, and one module alone hands it to the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.settings import ROOT
from lib.shell.html import draw, element, stylesheet

OUTWARD = re.compile(r"unsafe_allow_html|\bst\.html\(|\bst\.iframe\(|components\.v1|unsafe_allow_javascript")


class Reader(HTMLParser):
    """What a browser reads: tags and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(), st.text(min_size=1))
def test_whatever_the_text_only_our_element_comes_of_it(text: str, title: str) -> None:
    reader = Reader()
    reader.feed(str(element("p", text, title=title)))
    reader.close()
    assert reader.tags == ["p"]
    assert [name for name, _value in reader.attributes] == ["title"]


def test_text_survives_and_children_nest() -> None:
    made = element("p", "a < b & ", element("b", "<script>"), class_="x", data_page="y", lang="")
    assert str(made) == '<p class="x" data-page="y">a &lt; b &amp; <b>&lt;script&gt;</b></p>'


def test_a_plain_string_is_refused() -> None:
    with pytest.raises(TypeError):
        draw("<b>not ours</b>")  # type: ignore[arg-type]


def test_a_style_sheet_cannot_end_its_element() -> None:
    with pytest.raises(ValueError, match="no '<'"):
        stylesheet("a{}</style><script>")


def test_one_module_alone_writes_html() -> None:
    places = [ROOT / "Home.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "lib").rglob("*.py")]
    writers = {path.relative_to(ROOT).as_posix() for path in places if OUTWARD.search(path.read_text(encoding="utf-8"))}
    assert writers == {"lib/shell/html.py"}
