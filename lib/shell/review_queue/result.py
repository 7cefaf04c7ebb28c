"""What a round showed: found and missed, beside the automatic checks; and the figures of many rounds and readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.checks import Finding, Verdict
from lib.checks.spans import segments
from lib.database import connect, flaw_rounds
from lib.figures import Figure
from lib.figures import Mark as Point
from lib.govern.review_queue.flaws import pictures, rounds
from lib.govern.review_queue.flaws.model import KINDS, WHY, Item, Mark
from lib.govern.review_queue.flaws.scoring import (
    Found,
    Score,
    Share,
    by_kind,
    found_in,
    hits,
    merge,
    merged,
    of_checks,
    precision_by_kind,
    score,
)
from lib.govern.review_queue.reading import Field
from lib.i18n import N_, _, ngettext, number, percent, translate
from lib.shell import charts, html, session, spans
from lib.shell.html import element
from lib.shell.opening import opening
from lib.shell.page import section
from lib.shell.review_queue.names import reader_name
from lib.shell.review_queue.output import name_of
from lib.shell.review_queue.tables import table

FOUND = N_("Found. {why}")
MISSED = N_("Missed. {why}")
FALSE_ALARM = N_("You marked this; no error was put in here.")


def marks_of(rows: Sequence[Sequence[Mapping[str, Any]]]) -> list[list[Mark]]:
    """A kept round's marks, by item."""
    return [[Mark(one["field"], one["start"], one["end"], one["kind"]) for one in given] for given in rows]


def draw(items: Sequence[Item], rows: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    """The result of one round, the picture first, then each text."""
    marks = marks_of(rows)
    mine, checks, found = score(items, marks), of_checks(items), found_in(items, marks)
    title = _("You found {n} of {all} errors", n=number(mine.recall.hits), all=number(mine.recall.n))
    opening(title, _alarms(mine, marks))
    _beside(mine, checks)
    missed = [one for one in found if not one.marked]
    both = sum(not one.checked for one in missed)
    if both:
        said = ngettext(
            "{n} error was found neither by you nor by the checks: that is what reaches the client.",
            "{n} errors were found neither by you nor by the checks: that is what reaches the client.",
            both,
        )
        html.draw(element("p", said, class_="toile-null"))
    section(_("Text by text"))
    for at, item in enumerate(items):
        _one(at, item, marks[at], [one for one in found if one.item == at])
    st.caption(
        _(
            "A mark counts as a hit where it touches an error’s passage. A mark on an error that the text had by itself"
            " counts as a false alarm: the texts that the checks object to without our errors are the rare ones."
        )
    )


def _alarms(mine: Score, marks: Sequence[Sequence[Mark]]) -> str:
    wrong = mine.precision.n - mine.precision.hits
    if not mine.precision.n:
        return _("You marked nothing.")
    if not wrong:
        return _("Every mark hit an error: no false alarm.")
    return ngettext("{n} mark hit no error.", "{n} marks hit no error.", wrong)


def _beside(mine: Score, checks: Score) -> None:
    """Reader and checks on the same texts."""
    groups = (
        (_("Of the errors, found"), mine.recall, checks.recall),
        (_("Of the marks, on an error"), mine.precision, checks.precision),
        (_("Sound texts left alone"), mine.clean, checks.clean),
    )
    points = [
        point
        for group, person, machine in groups
        for point in (_point(_("You"), person, group), _point(_("Automatic checks"), machine, group, "baseline"))
        if point is not None
    ]
    title = _("{mine} of the errors found by you, {checks} by the checks", mine=_said(mine.recall),
              checks=_said(checks.recall))  # fmt: skip
    source = _("Interval at 95%: Wilson, 1927. Few texts give wide intervals: several rounds narrow them.")
    charts.draw(Figure(title, tuple(points), "", number_format="percent", source=source))


def _point(label: str, share: Share, group: str = "", role: Any = "ours") -> Point | None:
    if share.value is None or share.interval is None:
        return None
    note = _("{n} of {all}", n=number(share.hits), all=number(share.n))
    return Point(label, share.value, *share.interval, role=role, group=group, note=note)


def _said(share: Share) -> str:
    return "–" if share.value is None else percent(share.value)


def _one(at: int, item: Item, marks: Sequence[Mark], found: Sequence[Found]) -> None:
    """A text with what was in it."""
    html.draw(element("h3", _("{n}. {label}", n=number(at + 1), label=item.label)))
    if not item.flaws:
        said = _("This text was sound, and you left it alone.") if not marks else _("This text was sound.")
        html.draw(element("p", said, class_="toile-source"))
    shown = {flaw.path for flaw in item.flaws} | {mark.path for mark in marks}
    if pictures.FIELD in item.fields:
        st.image(pictures.png(item.facts["drawn"]), width=240)
    parts: list[Markup] = []
    for path in item.fields:
        if path in shown:
            name = [part for part in path.split(".") if not part.isdigit()][-1]
            parts.append(element("p", name_of(Field(path, name, "")), class_="toile-overline"))
            parts.append(spans.markup(segments(item.fields[path], _findings(item, path, marks, found))))
    if parts:
        html.draw(element("div", *parts, class_="toile-queue-text"))
    lines = [element("li", *_line(one)) for one in found]
    if lines:
        html.draw(element("ul", *lines, class_="toile-checks"))


def _line(one: Found) -> tuple[Any, ...]:
    sign, word = ("✓", _("Found")) if one.marked else ("×", _("Missed"))
    if one.marked and not one.named:
        word = _("Found, under another name")
    machine = _("The checks found it, too.") if one.checked else _("The checks don’t see it.")
    return (
        element("span", sign, class_="toile-sign", aria_hidden="true"),
        element("strong", translate(KINDS[one.flaw.kind])),
        " ",
        element("span", word, class_="toile-verdict"),
        " ",
        _why(one),
        " ",
        element("em", machine),
    )


def _why(one: Found) -> str:
    return translate(WHY[one.flaw.kind], None, said=one.flaw.said, true=one.flaw.true)


def _findings(item: Item, path: str, marks: Sequence[Mark], found: Sequence[Found]) -> list[Finding]:
    """Flaws and false alarms as marked passages: found ones supported, missed ones grave, false alarms noted."""
    made = []
    for one in found:
        if one.flaw.path == path:
            verdict = Verdict.PASS if one.marked else Verdict.FAIL
            made.append(Finding(path, verdict, FOUND if one.marked else MISSED, {"why": _why(one)},
                                one.flaw.start, one.flaw.end))  # fmt: skip
    for mark in marks:
        if mark.path == path and not any(hits(mark, flaw) for flaw in item.flaws):
            made.append(Finding(path, Verdict.NOTE, FALSE_ALARM, {}, mark.start, mark.end))
    return made


def figures() -> None:
    """One's finished rounds together, by kind of error; the group's for who may see them."""
    actor = session.actor()
    with connect() as database:
        rows = flaw_rounds.finished(database, actor)
    if not rows:
        html.draw(element("p", _("No finished round yet: your figures appear here."), class_="toile-empty"))
        return
    done = [(row, rounds.from_json(row["items"]), marks_of(row["marks"])) for row in rows]
    mine = [(items, marks) for row, items, marks in done if row["person_id"] == actor.person]
    if mine:
        section(_("Your rounds together"))
        _beside(merge([score(*one) for one in mine]), merge([of_checks(items) for items, _marks in mine]))
        _kinds(mine)
    everyone: dict[str, list[Any]] = defaultdict(list)
    for row, items, marks in done:
        everyone[row["person_id"]].append((reader_name(row["person_id"], row["person"]), score(items, marks)))
    if actor.may(Right.GOVERN) and len(everyone) > 1:
        section(_("The group"))
        _group(list(everyone.values()))
        names = {"": _("All readers"), **{person: scores[0][0] for person, scores in everyone.items()}}
        whose = st.selectbox(_("Kinds of error, as found by"), list(names), format_func=names.__getitem__,
                             key=f"flaws_whose_{session.language()}", width=360)  # fmt: skip
        _kinds([(items, marks) for row, items, marks in done if whose in ("", row["person_id"])])


def _kinds(done: Sequence[tuple[Sequence[Item], Sequence[Sequence[Mark]]]]) -> None:
    """Recall and precision by kind of error, beside the checks' recall."""
    recalls: dict[str, list[tuple[Share, Share]]] = defaultdict(list)
    precisions: dict[str, list[Share]] = defaultdict(list)
    for items, marks in done:
        for kind, pair in by_kind(found_in(items, marks)).items():
            recalls[kind].append(pair)
        for kind, share in precision_by_kind(items, marks).items():
            precisions[kind].append(share)
    heads = (_("Kind of error"), _("Found"), _("Named rightly, of the marks so named"), _("Found by the checks"))
    rows = []
    for kind in KINDS:
        if kind in recalls or kind in precisions:
            ours, checks = merged(one for one, _c in recalls[kind]), merged(c for _one, c in recalls[kind])
            rows.append((translate(KINDS[kind]), _with_interval(ours), _with_interval(merged(precisions[kind])),
                         _with_interval(checks)))  # fmt: skip
    html.draw(table(heads, rows))


def _with_interval(share: Share) -> str:
    if share.interval is None:
        return "–"
    low, high = share.interval
    return _("{n} of {all} ({low} to {high})", n=number(share.hits), all=number(share.n), low=percent(low),
             high=percent(high))  # fmt: skip


def _group(readers: Sequence[Sequence[tuple[str, Score]]]) -> None:
    points = []
    for scores in readers:
        together = merge([one for _name, one in scores])
        for group, share in ((_("Of the errors, found"), together.recall),
                             (_("Of the marks, on an error"), together.precision)):  # fmt: skip
            if point := _point(scores[0][0], share, group):
                points.append(point)
    points.sort(key=lambda point: (point.group != _("Of the errors, found"), -point.value))
    charts.draw(Figure(_("How much each reader finds"), tuple(points), "", number_format="percent"))


__all__ = ["draw", "figures", "marks_of"]
