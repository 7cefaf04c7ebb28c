"""What the writer was given, beside its output: the facts, the words to avoid, the pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup
from pydantic import ValidationError

from lib.commerce.product_descriptions import desk as descriptions
from lib.commerce.product_descriptions.model import DescribeProduct
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.database import artefacts, connect
from lib.i18n import _, money, number, translate
from lib.shell import session
from lib.shell.html import element
from lib.shell.text import plain
from lib.workbench.task_list import AnyTask, meanings_of

SHOWN_TYPES = ("image/png", "image/jpeg", "image/webp")
MOST_FACTS, MOST_CHARACTERS, MOST_PICTURES = 60, 600, 6


def facts_markup(task: AnyTask | None, inputs: Mapping[str, Any]) -> Markup:
    """Everything that went in, a fact a line."""
    brief = brief_of(task, inputs)
    lines = _of_brief(brief) if brief else list(_flat(task, inputs))
    shown = [element("li", element("strong", name), " " if name else "", text) for name, text in lines[:MOST_FACTS]]
    if not shown:
        return element("p", _("Nothing was recorded of what went in."), class_="toile-empty")
    return element("ul", *shown, class_="toile-queue-facts")


def brief_of(task: AnyTask | None, inputs: Mapping[str, Any]) -> DescribeProduct | None:
    """The brief of a description; None for another task, or where an earlier release recorded something else."""
    if task is None or task.name != DESCRIBE_PRODUCT.name:
        return None
    try:
        return DescribeProduct.model_validate(inputs)
    except ValidationError:
        return None


def _of_brief(brief: DescribeProduct) -> list[tuple[str, str]]:
    found = []
    for said in descriptions.facts(brief.product):
        for mark in ("\u202f: ", "\u00a0: ", ": "):
            name, found_mark, text = said.partition(mark)
            if found_mark:
                break
        if brief.product.price is not None and text.strip() == number(brief.product.price):
            text = money(brief.product.price, brief.product.currency or "EUR")
        if text.strip() or not found_mark:
            found.append((name, text) if found_mark else ("", said))
    if brief.note:
        found.append((_("The brief’s own words"), brief.note))
    if brief.voice.forbidden:
        found.append((_("Words the house rules out"), ", ".join(brief.voice.forbidden)))
    return found


def _flat(task: AnyTask | None, inputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Inputs of any task, value by value; what is empty is left out."""
    meanings = meanings_of(task) if task else {}
    for name, value in inputs.items():
        title = translate(meanings[name]) if name in meanings else name.replace("_", " ").capitalize()
        texts = list(_values(value))
        if texts:
            yield title, " · ".join(texts)[:MOST_CHARACTERS]


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _values(inner)
    elif value not in (None, "", False):
        yield str(value)


def evidence(task: AnyTask | None, inputs: Mapping[str, Any]) -> Callable[[str], str]:
    """What a mark says of the fact that supports its passage."""
    brief = brief_of(task, inputs)
    if brief is None:
        return str
    return lambda path: descriptions.evidence(brief.product, path)


def pictures(run_id: str) -> int:
    """The pictures that the run kept; how many there are."""
    with connect() as database:
        kept = [one for one in artefacts.of_run(database, session.actor(), run_id) if one["media_type"] in SHOWN_TYPES]
        shown = [(one["name"], artefacts.load(database, session.actor(), one["id"])) for one in kept[:MOST_PICTURES]]
    for name, content in shown:
        st.image(content, caption=plain(name), width="stretch")
    return len(kept)
