"""An output as a reviewer reads it: its texts with the passages that the checks mark, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from lib.checks import Check, Verdict
from lib.checks.spans import segments
from lib.govern.review_queue.reading import FIELD_NAMES, Field, findings_at
from lib.i18n import ngettext, translate
from lib.shell import marks, spans
from lib.shell.html import element

LISTED = ("bullets", "lines", "cites")


def name_of(field: Field) -> str:
    """A text's name as the reader reads it."""
    known = FIELD_NAMES.get(field.name)
    return translate(known) if known else field.name.replace("_", " ").capitalize()


def text_markup(
    fields: Sequence[Field], rows: Sequence[Mapping[str, Any]], evidence: Callable[[str], str] = str
) -> Markup:
    """The texts, one under the other; ``rows`` are the checks' results."""
    parts: list[Markup] = []
    for name, group in groupby(fields, key=lambda field: field.name):
        together = list(group)
        parts.append(element("p", name_of(together[0]), class_="toile-overline"))
        if name in LISTED and len(together) > 1:
            points = [element("li", _marked(one, rows, evidence, "toile-point")) for one in together]
            parts.append(element("ul", *points, class_="toile-points"))
        else:
            style = f"toile-text toile-{name.replace('_', '-')}" if name in FIELD_NAMES else "toile-text"
            parts += [_marked(one, rows, evidence, style) for one in together]
    return element("div", *parts, class_="toile-queue-text")


def _marked(field: Field, rows: Sequence[Mapping[str, Any]], evidence: Callable[[str], str], style: str) -> Markup:
    return spans.markup(segments(field.text, findings_at(rows, field.path)), evidence, style)


def checks_markup(rows: Sequence[Mapping[str, Any]], checks: Sequence[Check]) -> Markup:
    """What the checks say: their objections, the gravest first; those without any on demand, all together."""
    order = [verdict.value for verdict in Verdict]
    ranked = sorted((dict(row) for row in rows), key=lambda row: -order.index(row["verdict"]))
    objecting = [row for row in ranked if row["verdict"] != Verdict.PASS.value]
    content = ranked[len(objecting) :]
    parts = [marks.checks_markup(objecting, checks)] if objecting else []
    if content:
        n = len(content)
        said = ngettext("{n} check has nothing to object", "{n} checks have nothing to object", n)
        parts.append(element("details", element("summary", said), marks.checks_markup(content, checks),
                             class_="toile-check-trust"))  # fmt: skip
    return element("div", *parts)
