"""Every hostile text through everything that draws: it comes out as a text, and no element or address is of it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from lib.checks.spans import Segment
from lib.figures import Figure, Map, Mark, Place, Span, Timeline
from lib.settings import ROOT
from lib.shell import html
from lib.shell.palette import palette
from lib.shell.spans import markup
from lib.shell.text import plain
from lib.verdicts import Finding, Verdict
from tests.hostile.payloads import COMBINED, everything

TEXTS = everything()
# What our own elements are made of. A script, a frame, a form or a handler is none of it.
HARMLESS = {
    "p", "span", "div", "ul", "ol", "li", "mark", "sup", "table", "thead", "tbody", "tr", "th", "td", "header", "h1",
    "h2", "h3", "strong", "em", "a", "br", "dl", "dt", "dd", "small", "section", "figure", "figcaption", "b", "i",
}  # fmt: skip


class Seen(HTMLParser):
    """The elements and attributes of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def sound(markup: str) -> Seen:
    seen = Seen(markup)
    assert set(seen.elements) <= HARMLESS, set(seen.elements) - HARMLESS
    for name, value in seen.attributes:
        assert not name.startswith("on") and name not in ("src", "srcdoc", "style", "formaction"), (name, value)
        assert name != "href" or not value.strip().lower().startswith(("javascript:", "data:", "vbscript:")), value
    return seen


def test_an_element_holds_a_text_and_an_attribute_a_value():
    for text in TEXTS:
        seen = sound(html.element("p", text, title=text, aria_label=text))
        assert seen.elements == ["p"] and "".join(seen.words).replace("\r", "\n") == text.replace("\r\n", "\n").replace(
            "\r", "\n"
        )


def test_a_table_holds_texts():
    sound(html.table(pd.DataFrame({"<b>=1": TEXTS, COMBINED: TEXTS})))


@pytest.mark.parametrize("verdict", [None, *Verdict])
def test_marked_spans_hold_texts(verdict):
    for text in TEXTS:
        finding = Finding(field=text, verdict=verdict, message=text) if verdict else None
        sound(markup([Segment(text, verdict, text, finding), Segment("end", None)]))


def test_plain_text_is_no_markdown():
    """Streamlit's Markdown, asked by its own rules: no character that means something is left without its escape."""
    special = set("\\`*_{}[]()#+-.!|<>~$:&@=/\"'%^,;?")
    for text in TEXTS:
        said = plain(text)
        left = said.replace("\\\\", "")
        for at, letter in enumerate(left):
            if letter in special and letter != "\\":
                assert at and left[at - 1] == "\\", (text, said)


def test_a_style_sheet_takes_no_element():
    for text in TEXTS:
        if "<" in text:
            with pytest.raises(ValueError, match="<"):
                html.stylesheet(text)


PYTHON = [path for folder in ("lib", "pages") for path in sorted((ROOT / folder).rglob("*.py"))]
SCRIPTS = sorted((ROOT / "lib").rglob("*.js"))


def calls(path: Path) -> Iterator[tuple[int, str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func), node


def test_markup_is_made_by_the_one_module_that_escapes():
    """Elsewhere ``Markup`` is called with a literal alone, so every text of every renderer passes ``html.element``."""
    found = []
    for path in PYTHON:
        for line, name, call in calls(path):
            literal = all(isinstance(argument, ast.Constant) for argument in call.args)
            if name.rpartition(".")[2] == "Markup" and not literal and path.name != "html.py":
                found.append(f"{path.relative_to(ROOT)}:{line}")
    assert found == []


def test_html_reaches_the_page_through_that_module_alone():
    found = []
    for path in PYTHON:
        for line, name, call in calls(path):
            raw = name in ("st.html", "st.iframe") or "components.v1" in name or name.endswith("components.html")
            raw = raw or any(word.arg == "unsafe_allow_html" for word in call.keywords)
            if raw and path != ROOT / "lib" / "shell" / "html.py":
                found.append(f"{path.relative_to(ROOT)}:{line} {name}")
    assert found == []


def test_no_script_of_ours_makes_elements_out_of_a_text():
    ways = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setHTML|createContextual"
    )
    texts = {path: path.read_text("utf-8") for path in (*SCRIPTS, *PYTHON)}
    assert SCRIPTS and [str(path) for path, text in texts.items() if ways.search(text)] == []


def test_charts_carry_texts_as_data():
    """A chart's specification is JSON: a text in it stays a value, and links or pictures are none of its marks."""
    from lib.shell import charts, map_chart, timeline_chart

    for text in (COMBINED, *TEXTS[::25]):
        marks = tuple(Mark(f"{text} {n}", float(n), note=text) for n in range(3))
        places = tuple(Place(f"{text}{n}", f"{text} {n}", 0.2 * n, 0.3 * n, note=text) for n in range(3))
        spans = tuple(Span(f"{text}{n}", f"{text} {n}", n, n, text, note=text) for n in range(3))
        ranges = ((0.0, 1.0), (0.0, 1.0), (0.5, 0.5))
        drawn = [
            charts.chart(Figure(text, marks, text, source=text), palette("light")),
            map_chart.chart(Map(text, places, text, text, *ranges, (text,) * 4, text), palette("light")),
            timeline_chart.chart(Timeline(text, spans, (text, f"{text}1", "2")), palette("light")),
        ]
        for one in drawn:
            said = one.to_json()
            assert json.loads(said)
            assert '"href"' not in said and '"type": "image"' not in said
