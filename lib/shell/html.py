"""The only module that hands HTML to the page. Markup is built from elements whose texts and attributes are escaped."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from lib.shell.palette import palette

STYLE = Path(__file__).with_name("style.css")
VOID = {"br", "hr", "img"}


def element(name: str, *children: str | Markup, **attributes: str) -> Markup:
    """One element. Children that are no ``Markup`` are text and get escaped, and so are all attribute values.

    A trailing underscore in an attribute's name is dropped (``class_``), other underscores become hyphens
    (``aria_label``). An attribute whose value is empty is left out, except ``alt``.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value or key == "alt"
    )
    if name in VOID:
        return Markup(f"<{name}{said}>")  # noqa: S704 - the attributes are escaped above
    return Markup(f"<{name}{said}>{joined(*children)}</{name}>")  # noqa: S704 - and so are the children


def table(rows: pd.DataFrame, class_: str = "toile-runs", whole: bool = False) -> Markup:
    """A table whose cells wrap; on a phone each row becomes a list of named values. A ``whole`` one never scrolls."""
    names = [str(name) for name in rows.columns]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in names)))
    lines = [
        element("tr", *(element("td", str(cell), data_name=name) for name, cell in zip(names, line, strict=True)))
        for line in rows.itertuples(index=False)
    ]
    made = element("table", head, element("tbody", *lines), class_=class_)
    if whole:
        return element("div", made, class_="toile-table toile-whole")
    return element("div", made, class_="toile-table", tabindex="0")  # its own scroll is reached by keyboard, too


def stylesheet(rules: str) -> Markup:
    """CSS of our own, drawn with what it dresses. What could end the element is refused."""
    if "<" in rules:
        raise ValueError("a style sheet holds no '<'")
    return Markup(f"<style>{rules}</style>")  # noqa: S704 - no markup can be in it


def joined(*children: str | Markup) -> Markup:
    """Elements and texts one after another."""
    return Markup("").join(escape(child) for child in children)


def draw(markup: Markup) -> None:
    """Show markup made by ``element``. A plain string is refused: nobody would have escaped it."""
    if not isinstance(markup, Markup):
        raise TypeError("draw takes the Markup that element() makes")
    st.html(str(markup))


@cache
def _style(modified: int) -> str:
    light, dark = asdict(palette("light")), asdict(palette("dark"))
    colours = "".join(f"--toile-{name}:light-dark({light[name]},{dark[name]});" for name in light)
    return f"<style>.stApp{{{colours}}}\n{STYLE.read_text(encoding='utf-8')}</style>"


def style() -> None:
    """Add the style sheet, with both themes' colours as CSS variables; the browser takes the one that is shown."""
    st.html(_style(STYLE.stat().st_mtime_ns))
