"""Tables of which a phone shows a line for each row; the rest of a row opens with it. Wide screens show all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lib.shell.html import element

MORE = "toile-more"  # what a phone shows of a row once it is opened


@dataclass(frozen=True)
class Row:
    """One row.

    Args:
        title: what it is about, in one line.
        aside: what a phone says beside the title while the row is folded.
        cells: everything but the first cell.
        inside: what a phone shows below the title, once opened; ``wide`` is the first cell of wide screens.
    """

    title: str
    aside: str | Markup
    cells: tuple[str | Markup, ...]
    inside: tuple[Markup, ...] = ()
    wide: Markup | None = None


def table(heads: Sequence[str], rows: Iterable[Row], class_: str = "") -> Markup:
    """The table; ``heads`` name the first cell and then the others."""
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    lines = [element("tr", _first(row, heads[0]), *_others(row, heads[1:])) for row in rows]
    made = element("table", head, element("tbody", *lines), class_=f"toile-runs toile-folds {class_}".rstrip())
    return element("div", made, class_="toile-table toile-whole")


def opening(title: str | Markup, aside: str | Markup, *inside: Markup) -> Markup:
    """The line of a folded row, which opens it."""
    folded = element("summary", title, " ", element("span", aside, class_="toile-aside"))
    return element("details", folded, *inside, class_="toile-narrow")


def _first(row: Row, name: str) -> Markup:
    wide = element("div", row.wide or row.title, class_="toile-wide")
    return element("td", wide, opening(row.title, row.aside, *row.inside), data_name=name)


def _others(row: Row, names: Sequence[str]) -> list[Markup]:
    return [
        element("td", cell, data_name=name, class_=MORE if cell else "")
        for name, cell in zip(names, row.cells, strict=True)
    ]
