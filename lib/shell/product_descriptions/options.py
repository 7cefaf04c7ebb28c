"""The three options: side by side with their claims marked, the chosen one to edit, review and take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import streamlit as st

from lib.checks import Finding
from lib.checks.spans import segments
from lib.commerce.product_descriptions.checks import near_copies, trace
from lib.commerce.product_descriptions.desk import (
    FIELDS,
    Desk,
    as_text,
    desk_of,
    edited,
    evidence,
    findings_in,
    points_in,
)
from lib.commerce.product_descriptions.exports import BULLETS
from lib.commerce.product_descriptions.model import Channel, Description, Descriptions, Post
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.commerce.product_descriptions.what_sold import WhatSold, score
from lib.database import connect
from lib.database.runs import get_run, recent
from lib.errors import NotFound
from lib.i18n import N_, _, date_time, language_name, ngettext, percent, translate
from lib.shell import html, session, spans
from lib.shell.html import element
from lib.shell.page import engine_mark, review, section
from lib.shell.product_descriptions import brief
from lib.shell.product_descriptions.arrival import arrive
from lib.shell.product_descriptions.taking import take_away
from lib.shell.text import plain
from lib.tasks.checking import run_checks

FIELD_NAMES = {
    "title": N_("Title"),
    "opener": N_("Opening"),
    "body": N_("Body"),
    "bullets": N_("Points, one a line"),
    "fit_and_care": N_("Fit and care"),
    "snippet": N_("Search snippet"),
}
WANTED = 3
EARLIER = 12
EDITED_RUNS = 50  # of which a person's edits are kept; older ones live in their reviews


def show(posts: Sequence[Post], learned: WhatSold | None) -> None:
    """The last run of this person on this page: options, editor, review, take-away. Nothing before the first run."""
    desk = _desk()
    if desk is None:
        return
    with st.container(key="options"):
        _heading(desk)
    arrive(desk.run, "options")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        engine_mark(desk.engine, desk.model)
        _earlier(desk)
    texts = [_as_edited(desk, number) for number in range(len(desk.options))]
    found = [_findings(desk, text, posts) for text in texts]
    for number, column in enumerate(st.columns(len(texts), gap="large")):
        with column:
            _option(desk, number, texts[number], found[number], learned)
    spans.key()
    chosen = _choice(desk)
    section(_("Option {number}, to edit", number=chosen + 1), _("Edits are kept as you make them, and checked again."))
    _editor(desk, chosen, texts[chosen])
    section(_("Review"))
    approved = {"option": chosen, "description": texts[chosen].model_dump()}
    review(desk.run, DESCRIBE_PRODUCT.checks, approved, _checked(desk, texts[chosen]))
    section(_("Take away"))
    take_away(desk, texts[chosen])


def _heading(desk: Desk) -> None:
    """How many options there are, and why fewer than three where a product's data gives no more."""
    product = desk.brief.product.name
    if len(desk.options) >= WANTED:
        section(_("Three options for {product}", product=product))
    else:
        section(
            _("What can be written for {product}", product=product),
            _("The product’s data hold too few facts for three different texts. Complete them, then write again."),
        )


def _desk() -> Desk | None:
    run = brief.state().get("run")
    if not run:
        return None
    try:
        with connect() as database:
            row = get_run(database, session.actor(), str(run))
    except NotFound:
        return None
    return desk_of(row) if row["output"] else None


def _edits(desk: Desk, number: int) -> dict[str, str]:
    """What the person changed in an option, from the page's state."""
    kept = brief.state().get("edits", {})
    mine = kept.get(desk.run, {}) if isinstance(kept, dict) else {}
    return dict(mine.get(str(number), {}))


def _as_edited(desk: Desk, number: int) -> Description:
    return edited(desk.options[number], _edits(desk, number))


def _findings(desk: Desk, text: Description, posts: Sequence[Post]) -> list[Finding]:
    """Every claim with its evidence, and every passage that an earlier post has too."""
    given = desk.brief
    claims = trace(text, given.product, desk.language, note=given.note, house=given.voice.house)
    return claims + near_copies(text, posts, given.product)


def _checked(desk: Desk, text: Description) -> list[dict[str, Any]]:
    """The checks' verdicts on the text that would be approved: the chosen option as it was edited."""
    results = run_checks(DESCRIBE_PRODUCT.checks, desk.brief, Descriptions(options=[text]), desk.language)
    return [
        {"check_name": one.check, "verdict": one.verdict.value, "findings": [asdict(found) for found in one.findings]}
        for one in results
    ]


def _option(desk: Desk, number: int, text: Description, found: list[Finding], learned: WhatSold | None) -> None:
    """One option as it would stand on the channel, with its marks."""
    says = partial(evidence, desk.brief.product)
    html.draw(element("p", _("Option {number}", number=number + 1), " · ", text.angle, class_="toile-overline"))
    for field in ("title", "opener", "body"):
        _passage(getattr(text, field), findings_in(found, field), field, says)
    points = [
        spans.markup(segments(point, [f for f in found if f.field == f"bullets.{place}"]), says, "toile-point")
        for place, point in enumerate(text.bullets)
    ]
    html.draw(element("ul", *(element("li", point) for point in points), class_="toile-points"))
    _passage(text.fit_and_care, findings_in(found, "fit_and_care"), "fit_and_care", says)
    html.draw(element("p", _("Search snippet, {n} characters", n=len(text.snippet)), class_="toile-overline"))
    _passage(text.snippet, findings_in(found, "snippet"), "snippet", says)
    _said_of(desk, text, found, learned)
    chosen = _choice(desk) == number
    label = _("Chosen") if chosen else _("Choose option {number}", number=number + 1)
    if st.button(label, key=f"choose_{desk.run}_{number}", disabled=chosen, width="stretch"):
        brief.keep(choice=number)
        st.rerun()


def _passage(text: str, found: list[Finding], field: str, says: Callable[[str], str]) -> None:
    html.draw(spans.markup(segments(text, found), says, f"toile-text toile-{field.replace('_', '-')}"))


def _earlier(desk: Desk) -> None:
    """The texts that were written before, to open again."""
    with connect() as database:
        runs = recent(
            database, session.actor(), EARLIER, use_case=brief.USE_CASE, kind="generation", status="done", mine=True
        )
    names = {run["id"]: _run_name(run) for run in runs}
    if len(names) < 2 or desk.run not in names:
        return
    with st.popover(_("Earlier texts"), icon=":material/history:"):
        chosen = st.radio(
            _("Earlier texts"),
            list(names),
            index=list(names).index(desk.run),
            format_func=names.__getitem__,
            label_visibility="collapsed",
            key=f"earlier_{desk.run}",
        )
    if chosen != desk.run:
        brief.keep(run=chosen, choice=0)
        st.rerun()


def _run_name(run: dict[str, Any]) -> str:
    """A run as it is listed: the product, the channel, the language, and when."""
    given = run["inputs"]
    channel = translate(brief.CHANNEL_NAMES[Channel(given["channel"])])
    when = date_time(dt.datetime.fromisoformat(run["started_at"]).astimezone())
    return plain(" · ".join((given["product"]["name"], channel, language_name(run["language"]), when)))


def _said_of(desk: Desk, text: Description, found: list[Finding], learned: WhatSold | None) -> None:
    """One quiet line: how many claims are supported, what needs a look, and what past posts let one expect."""
    supported = sum(finding.verdict.value == "pass" for finding in found)
    open_ones = sum(finding.verdict.value in ("warn", "fail") for finding in found)
    parts = [
        ngettext("{n} claim supported", "{n} claims supported", supported),
        ngettext("{n} to check", "{n} to check", open_ones),
    ]
    st.caption(plain(" · ".join(parts)))
    if learned is not None and learned.claims:
        whole = " ".join((text.title, text.opener, text.body, *text.bullets, text.fit_and_care))
        ratio, (low, high) = score(learned, whole, desk.brief.product, desk.brief.channel, desk.language)
        said = _(
            "Expected orders against a typical post of this channel: {ratio} ({low} to {high})",
            ratio=_signed(ratio),
            low=_signed(low),
            high=_signed(high),
        )
        st.caption(plain(said))


def _signed(ratio: float) -> str:
    change = ratio - 1
    return ("+" if change >= 0 else "−") + percent(abs(change))


def _choice(desk: Desk) -> int:
    number = int(str(brief.state().get("choice", 0)))
    return number if 0 <= number < len(desk.options) else 0


def _editor(desk: Desk, number: int, text: Description) -> None:
    """One text area a field; each change is kept at once."""
    left, right = st.columns(2, gap="large")
    for field in FIELDS:
        key = f"edit_{desk.run}_{number}_{field}"
        if key not in st.session_state:
            st.session_state[key] = as_text(text, field)
        column = left if field in ("title", "opener", "body") else right
        column.text_area(
            translate(FIELD_NAMES[field]),
            key=key,
            height="content",
            max_chars=5_000,
            on_change=_keep_edit,
            args=(desk.run, number, field, key),
        )
    if len(points_in(st.session_state[f"edit_{desk.run}_{number}_bullets"])) > BULLETS:
        right.caption(_("Files have room for {n} points: those after them are left out.", n=BULLETS))
    if _edits(desk, number) and left.button(_("Back to what the engine wrote"), key=f"undo_{desk.run}_{number}"):
        _forget_edits(desk.run, number)
        st.rerun()


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
