"""The chosen option field by field: the marked text, beside it the editor, right under it what the checks object to."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from lib.checks.spans import segments
from lib.commerce.product_descriptions.desk import FIELDS, Desk, as_text, edited, evidence, points_in
from lib.commerce.product_descriptions.exports import BULLETS
from lib.commerce.product_descriptions.model import Description
from lib.i18n import N_, _, translate
from lib.shell import html, marks, spans
from lib.shell.html import element
from lib.shell.product_descriptions import brief
from lib.shell.product_descriptions.reading import Read

FIELD_NAMES = {
    "title": N_("Title"),
    "opener": N_("Opening"),
    "body": N_("Body"),
    "bullets": N_("Points, one a line"),
    "fit_and_care": N_("Fit and care"),
    "snippet": N_("Search snippet"),
}
EDITED_RUNS = 50  # of which a person's edits are kept; older ones live in their reviews


def passage(desk: Desk, text: Description, read: Read, field: str) -> Markup:
    """One field of a description as it would stand on the channel, with its marks."""
    says = partial(evidence, desk.brief.product)
    if field != "bullets":
        return spans.markup(
            segments(getattr(text, field), read.of(field)), says, f"toile-text toile-{field.replace('_', '-')}"
        )
    points = [
        spans.markup(segments(point, [f for f in read.findings if f.field == f"bullets.{place}"]), says, "toile-point")
        for place, point in enumerate(text.bullets)
    ]
    return element("ul", *(element("li", point) for point in points), class_="toile-points")


def editor(desk: Desk, number: int, text: Description, read: Read) -> None:
    """A row for each field; each change is kept at once."""
    with st.container(key="desk"):
        for field in FIELDS:
            left, right = st.columns(2, gap="large")
            with left:
                name = _("Search snippet, {n} characters", n=len(text.snippet)) if field == "snippet" else ""
                html.draw(element("p", name or translate(FIELD_NAMES[field]), class_="toile-overline"))
                html.draw(passage(desk, text, read, field))
            with right:
                _field(desk, number, field, text, read)
    if edits_of(desk, number) and st.button(_("Back to what the engine wrote"), key=f"undo_{desk.run}_{number}"):
        _forget_edits(desk.run, number)
        st.rerun()


def _field(desk: Desk, number: int, field: str, text: Description, read: Read) -> None:
    """One text area with what the checks object to in it."""
    key = f"edit_{desk.run}_{number}_{field}"
    if key not in st.session_state:
        st.session_state[key] = as_text(text, field)
    st.text_area(
        translate(FIELD_NAMES[field]),
        key=key,
        height="content",
        max_chars=5_000,
        on_change=_keep_edit,
        args=(desk.run, number, field, key),
        label_visibility="collapsed",
    )
    if field == "bullets" and len(points_in(st.session_state[key])) > BULLETS:
        st.caption(_("Files have room for {n} points: those after them are left out.", n=BULLETS))
    found = read.objections(field)
    if found:
        told = marks.findings_markup(found, lambda one: _quoted(text, one.field, one.start, one.end), read.check_of)
        html.draw(told)


def _quoted(text: Description, field: str, start: int | None, end: int | None) -> str:
    """The words that a finding is about."""
    if start is None or end is None:
        return ""
    name, _dot, place = field.partition(".")
    value = getattr(text, name)
    whole = value[int(place)] if place else value
    return str(whole)[start:end]


def as_edited(desk: Desk, number: int) -> Description:
    """An option as this person has left it."""
    return edited(desk.options[number], edits_of(desk, number))


def edits_of(desk: Desk, number: int) -> dict[str, str]:
    """What the person changed in an option, from the page's state."""
    kept = brief.state().get("edits", {})
    mine = kept.get(desk.run, {}) if isinstance(kept, dict) else {}
    return dict(mine.get(str(number), {}))


def _keep_edit(run: str, number: int, field: str, key: str) -> None:
    kept = brief.state().get("edits", {})
    runs = dict(kept) if isinstance(kept, dict) else {}
    mine = dict(runs.get(run, {}))
    mine[str(number)] = {**mine.get(str(number), {}), field: st.session_state[key]}
    runs.pop(run, None)
    brief.keep(edits=dict([*runs.items(), (run, mine)][-EDITED_RUNS:]))


def _forget_edits(run: str, number: int) -> None:
    kept = brief.state().get("edits", {})
    runs = dict(kept) if isinstance(kept, dict) else {}
    runs[run] = {place: edits for place, edits in runs.get(run, {}).items() if place != str(number)}
    brief.keep(edits=runs)
    for field in FIELDS:
        st.session_state.pop(f"edit_{run}_{number}_{field}", None)
