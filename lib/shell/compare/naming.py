"""Sides in words, texts as they are read, and the page's small shared parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import streamlit as st
from markupsafe import Markup

from lib.comparable import Comparable, Passage
from lib.database.comparisons import Comparison, Side
from lib.database.prompts import FILE
from lib.engines.registry import available
from lib.i18n import _, translate
from lib.shell.html import element, joined

CLASSES = {"title": "toile-title", "lead": "toile-opener", "text": "toile-body", "small": "toile-snippet"}


def side_titles(sides: Sequence[Side], how: Comparable) -> list[str]:
    """A name for each side: the engine, then only what tells it from the others that use the same engine."""
    engines = {engine.name: engine for engine in available()}
    variants = {variant.key: translate(variant.title) for variant in how.variants}
    titles = []
    for side in sides:
        like = [other for other in sides if other.engine == side.engine]
        known = engines.get(side.engine)
        parts = [translate(known.title) if known else side.engine]
        if side.model and side.model != parts[0]:
            parts.append(side.model)
        if side.prompt and len({other.prompt for other in like}) > 1:
            parts.append(_("The product’s own prompt") if side.prompt == FILE else side.prompt_title)
        if side.variant and len({other.variant for other in sides}) > 1:
            parts.append(variants.get(side.variant, side.variant))
        if len({other.take for other in like}) > 1:
            parts.append(_("take {number}", number=side.take))
        titles.append(" · ".join(parts))
    return titles


def reading(passages: Sequence[Passage]) -> Markup:
    """An output as a reader of the published text would see it."""
    return joined(*(_passage(passage) for passage in passages if any(line.strip() for line in passage.lines)))


def _passage(passage: Passage) -> Markup:
    heading = element("p", translate(passage.heading), class_="toile-overline") if passage.heading else Markup("")
    if passage.style == "points":
        body = element("ul", *(element("li", line) for line in passage.lines), class_="toile-points")
    else:
        body = element("p", "\n".join(passage.lines), class_=f"toile-text {CLASSES[passage.style]}")
    return joined(heading, body)


def plain_reading(how: Comparable, output: dict[str, Any]) -> str:
    """The same as plain text, for a file."""
    parts = []
    for passage in how.passages(output):
        heading = [translate(passage.heading)] if passage.heading else []
        lines = [f"• {line}" for line in passage.lines] if passage.style == "points" else list(passage.lines)
        parts.append("\n".join((*heading, *lines)))
    return "\n\n".join(part for part in parts if part.strip())


def link_to(comparison: Comparison) -> str:
    """The comparison's address, to send round; without the sender's language."""
    parts = urlsplit(st.context.url or "http://localhost:8501/compare")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, f"comparison={comparison.id}", ""))


def letter(place: int) -> str:
    """The name of a place on a ballot: A, B, C, D."""
    return "ABCD"[place]
