"""A text to mark: its passages as buttons in running text, so that mouse, keyboard and screen reader choose alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from lib.govern.review_queue.flaws.passages import passages
from lib.govern.review_queue.reading import Field
from lib.shell.review_queue.output import name_of

_CSS = """
section { font-family: inherit; }
p { margin: 0 0 0.45rem; max-width: 44rem; line-height: 1.6; }
p.name { font-size: 0.82rem; letter-spacing: 0.04em; color: var(--st-text-color); opacity: 0.75; margin: 0.7rem 0 0; }
p.title { font-size: 1.3rem; }
button { font: inherit; color: inherit; background: none; border: 0; border-bottom: 1px dotted var(--st-text-color);
  padding: 0.1rem 0.05rem; margin: 0; text-align: left; cursor: pointer; border-radius: 0; }
button:hover { background: var(--st-secondary-background-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
button.chosen { background: var(--st-secondary-background-color); border-bottom: 2px solid var(--st-primary-color); }
button.marked { border-bottom: 2px solid var(--st-primary-color); font-weight: 600; }
button.marked::after { content: " ×"; font-weight: 700; color: var(--st-primary-color); }
"""
_reader = st.components.v2.component(
    "toile_reader", html='<section role="group"></section>', css=_CSS,
    js=Path(__file__).with_name("reader.js").read_text("utf-8"),
)  # fmt: skip


def read(
    fields: Mapping[str, str], marked: Sequence[tuple[str, int, int, str]], chosen: str, label: str, key: str
) -> dict[str, Any] | None:
    """Draw a text; the passage that was just chosen ('path', 'start', 'end'), None in any other run.

    Args:
        fields: texts by path, in reading order.
        marked: path, start, end and name of each mark so far.
        chosen: the passage whose mark is being named, as 'path:start'; '' for none.
    """
    shown: list[dict[str, Any]] = []
    before = ""
    for path, text in fields.items():
        name = [part for part in path.split(".") if not part.isdigit()][-1]
        pieces = [
            {"start": one.start, "end": one.end, "text": one.text, "marked": _mark(marked, path, one.start, one.end)}
            for one in passages(text)
        ]
        title = name_of(Field(path, name, text)) if name != before else ""  # a list's name stands once, above it
        shown.append({"path": path, "name": title, "style": name, "passages": pieces})
        before = name
    said = _reader(
        key=key,
        data={"fields": shown, "text": "\n".join(fields.values()), "chosen": chosen, "label": label},
        on_pick_change=_nothing,
        height="content",
    )
    return dict(said.pick) if said.pick else None


def _mark(marked: Sequence[tuple[str, int, int, str]], path: str, start: int, end: int) -> str:
    return ", ".join(name for at, first, last, name in marked if at == path and first < end and start < last)


def _nothing() -> None:
    """A component's trigger needs a callback; its value is read from what the component returns."""
