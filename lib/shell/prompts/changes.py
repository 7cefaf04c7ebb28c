"""Differences drawn: a sign before each changed line, and the changed words struck through or underlined."""

from __future__ import annotations

from markupsafe import Markup

from lib.i18n import _, ngettext
from lib.shell import html
from lib.shell.html import element
from lib.workbench.differences import Line, differences, folded

STYLE = """
.toile-diff { font-family: "Source Code Pro", monospace; font-size: 0.84rem; line-height: 1.5;
  border: 1px solid var(--toile-line); border-radius: 2px; padding: 0.6rem 0; margin: 0;
  overflow-wrap: anywhere; white-space: pre-wrap; }
.toile-diff div { padding: 0 0.8rem 0 2rem; position: relative; min-height: 1.5em; }
.toile-diff div[data-sign]::before { content: attr(data-sign); position: absolute; left: 0.8rem; font-weight: 700; }
.toile-diff .toile-added { background: color-mix(in srgb, var(--toile-supported) 9%, transparent); }
.toile-diff .toile-removed { background: color-mix(in srgb, var(--toile-wrong) 8%, transparent); }
.toile-diff ins { text-decoration: underline 2px; text-underline-offset: 0.2em; font-weight: 600; }
.toile-diff del { text-decoration: line-through 1.5px; }
.toile-diff .toile-fold { color: var(--toile-quiet); font-style: italic; font-family: Newsreader, Georgia, serif; }
"""


def changes(old: str, new: str) -> None:
    """Draw what changed from ``old`` to ``new``, with a sentence that counts it."""
    lines = differences(old, new)
    html.draw(html.stylesheet(STYLE))
    html.draw(element("p", counted(lines), class_="toile-source"))
    if any(line.kind != "same" for line in lines):
        html.draw(markup(lines))


def counted(lines: tuple[Line, ...]) -> str:
    """How many lines came and went."""
    added = sum(line.kind == "added" for line in lines)
    removed = sum(line.kind == "removed" for line in lines)
    if not added and not removed:
        return _("The two texts are the same.")
    return " · ".join(
        (
            "− " + ngettext("{n} line removed or changed", "{n} lines removed or changed", removed),
            "+ " + ngettext("{n} line added or changed", "{n} lines added or changed", added),
        )
    )


def markup(lines: tuple[Line, ...]) -> Markup:
    """The lines near a change; runs of unchanged ones are counted instead."""
    return element("div", *(_line(line) for line in folded(lines)), class_="toile-diff")


def _line(line: Line | int) -> Markup:
    if isinstance(line, int):
        return element("div", ngettext("{n} unchanged line", "{n} unchanged lines", line), class_="toile-fold")
    if line.kind == "same":
        return element("div", line.text)
    sign, word, name = ("+", _("Added:"), "ins") if line.kind == "added" else ("−", _("Removed:"), "del")
    pieces = [element(name, piece.text) if piece.marked and piece.text else piece.text for piece in line.pieces]
    unseen = element("span", word, " ", class_="toile-unseen")
    return element("div", unseen, *pieces, class_=f"toile-{line.kind}", data_sign=sign)
