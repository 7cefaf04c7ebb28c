"""Tables of the page: on a phone each row becomes a list of named values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from lib.shell.html import element


def table(heads: Sequence[str], rows: Iterable[Sequence[str | Markup]], class_: str = "toile-runs") -> Markup:
    """A table that scrolls in itself where it is too wide, by keyboard too."""
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    body = [
        element("tr", *(element("td", cell, data_name=name) for name, cell in zip(heads, row, strict=True)))
        for row in rows
    ]
    made = element("table", head, element("tbody", *body), class_=class_)
    return element("div", made, class_="toile-table toile-whole", tabindex="0")
