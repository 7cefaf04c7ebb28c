"""Small SVG pictures in the house's look: axes, dots, bands. Sizes are SVG units, a picture is as wide as its column.

Streamlit takes SVG out of HTML, so the pictures are mounted by a component of their own, which sets nothing but markup
that ``element`` has escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from markupsafe import Markup

from lib.shell import html
from lib.shell.html import element

STYLE = Path(__file__).with_name("style.css")
Point = tuple[float, float]
_JS = """
export default function ({ data, parentElement }) {
  const parsed = new DOMParser().parseFromString(data.markup, "text/html");
  parentElement.querySelector(".stage").replaceChildren(...parsed.body.childNodes);
}
"""
_drawing = st.components.v2.component(
    "toile_drawing", html='<div class="stage"></div>', css=STYLE.read_text(encoding="utf-8"), js=_JS
)


def dress() -> None:
    """The style of what stands around the pictures."""
    html.draw(html.stylesheet(STYLE.read_text(encoding="utf-8")))


def show(drawn: Markup, key: str) -> None:
    """Draw pictures made here. A plain string is refused: nobody would have escaped it."""
    if not isinstance(drawn, Markup):
        raise TypeError("show takes the Markup that element() makes")
    _drawing(key=key, data={"markup": str(drawn)}, height="content")


@dataclass(frozen=True)
class Axis:
    """From values ``low`` to ``high`` onto pixels ``first`` to ``last``."""

    low: float
    high: float
    first: float
    last: float
    said: Callable[[float], str] = str

    def __call__(self, value: float) -> float:
        span = self.high - self.low or 1.0
        return self.first + (value - self.low) / span * (self.last - self.first)

    def ticks(self, most: int = 5) -> list[float]:
        """Round values within the axis."""
        span = self.high - self.low
        if span <= 0:
            return [self.low]
        raw = span / max(most - 1, 1)
        power = 10.0 ** np.floor(np.log10(raw))
        step = next(power * one for one in (1, 2, 2.5, 5, 10) if power * one >= raw)
        first = np.ceil(self.low / step - 1e-9) * step
        return [float(round(value, 9)) + 0.0 for value in np.arange(first, self.high + step * 1e-6, step)]


def span(values: Sequence[float], room: float = 0.06) -> tuple[float, float]:
    """The ends of an axis that shows all values with a little air."""
    low, high = min(values), max(values)
    air = (high - low) * room or max(abs(high) * 0.05, 0.5)
    return low - air, high + air


def svg(width: float, height: float, label: str, *children: Markup) -> Markup:
    """The picture; ``label`` says it in words."""
    return element(
        "svg", *children, viewBox=f"0 0 {width:g} {height:g}", role="img", aria_label=label, class_="toile-plot"
    )


def text(x: float, y: float, said: str, anchor: str = "start", class_: str = "") -> Markup:
    return element("text", said, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_=class_)


def line(points: Sequence[Point], class_: str) -> Markup:
    return element("polyline", points=_points(points), class_=class_)


def area(points: Sequence[Point], class_: str) -> Markup:
    return element("polygon", points=_points(points), class_=class_)


def rule(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    return element("line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}", class_=class_)


def dot(x: float, y: float, radius: float, class_: str = "dot", title: str = "", opacity: float = 1.0) -> Markup:
    """A disc with its name on hover."""
    inner = (element("title", title),) if title else ()
    return element(
        "circle", *inner, cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:g}", class_=class_, opacity=f"{opacity:.2f}"
    )


def diamond(x: float, y: float, size: float, class_: str = "dot-next", title: str = "") -> Markup:
    """A square on its corner: what is proposed."""
    inner = (element("title", title),) if title else ()
    corners = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
    return element("polygon", *inner, points=_points(corners), class_=class_)


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def across(axis: Axis, foot: float, most: int = 5) -> list[Markup]:
    """The axis below a picture: a rule and its ticks."""
    found = [rule(axis.first, foot, axis.last, foot, "axis")]
    for value in axis.ticks(most):
        found += [rule(axis(value), foot, axis(value), foot + 4, "axis"),
                  text(axis(value), foot + 16, axis.said(value), "middle", "quiet")]  # fmt: skip
    return found


def upward(axis: Axis, left: float, right: float, most: int = 5) -> list[Markup]:
    """The axis at the left: faint rules across the picture and their values."""
    found = []
    for value in axis.ticks(most):
        found += [rule(left, axis(value), right, axis(value), "axis"),
                  text(left - 6, axis(value) + 4, axis.said(value), "end", "quiet")]  # fmt: skip
    return found


def key(*entries: tuple[str, str]) -> Markup:
    """What the marks mean: (class, word)."""
    items = (element("li", element("i"), word, class_=class_) for class_, word in entries)
    return element("ul", *items, class_="toile-plot-key")
