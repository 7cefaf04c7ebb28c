"""The simulation to take away: a workbook with every figure, a PDF with the pictures and what was assumed."""

from __future__ import annotations

import io
from typing import Any, Final

from lib.commerce.service_assistant.queueing.log import DAY
from lib.commerce.service_assistant.queueing.plan import Plan
from lib.commerce.service_assistant.queueing.simulation import WITH, WITHOUT
from lib.commerce.service_assistant.queueing.telling import (
    SCENARIOS,
    SPREAD,
    assumptions,
    channel_title,
    check,
    cost,
    costlier,
    headline,
    table,
    time_of,
    unstable,
    waiting_title,
)
from lib.figures import Figure
from lib.files.documents.pdf import INK, QUIET, Pdf
from lib.files.writers import Cell, Sheet, write_xlsx
from lib.i18n import _, money, number, translate

EVIDENCE: Final = "#1F5673"
WIDTH, HEIGHT = 17.0, 6.5  # cm


def workbook(found: dict[str, Any], plan: Plan, days: list[str]) -> bytes:
    """Measures, waiting by hour, agents by half hour, money and assumptions; numbers as numbers."""
    return write_xlsx([_measures(found), _hours(found), _rosters(found, days), _costs(found, plan), _assumed(plan)])


def _measures(found: dict[str, Any]) -> Sheet:
    heads = [_("Channel"), _("Measure"), _("Scenario"), _("Value"), _("Low"), _("High")]
    rows: list[list[Cell]] = []
    for scenario, one in found["scenarios"].items():
        for channel, measures in one.get("measures", {}).items():
            for name, value in measures.items():
                rows.append(
                    [channel_title(channel), name, translate(SCENARIOS[scenario])]
                    + [round(value[end], 4) for end in ("value", "low", "high")]
                )
    above = [
        translate(SPREAD),
        _("Times in seconds, shares from 0 to 1. mean, p95 and within count opening hours; lost counts all time."),
        *unstable(found),
        *costlier(found),
    ]
    return Sheet(_("Measures"), heads, rows, above=above)


def _hours(found: dict[str, Any]) -> Sheet:
    rows: list[list[Cell]] = [
        [channel_title(channel), translate(SCENARIOS[scenario]), hour["hour"]]
        + [round(hour[end], 2) for end in ("value", "low", "high")]
        for scenario, one in found["scenarios"].items()
        for channel, hours in one.get("hours", {}).items()
        for hour in hours
    ]
    heads = [_("Channel"), _("Scenario"), _("Hour"), _("Waiting in seconds"), _("Low"), _("High")]
    return Sheet(_("Waiting by hour"), heads, rows)


def _rosters(found: dict[str, Any], days: list[str]) -> Sheet:
    names = list(found["needed"])
    titles = {**SCENARIOS, "low": "", "high": ""}
    heads = [_("Day"), _("Half hour")]
    for name in names:
        end = {"low": _("if least is resolved"), "high": _("if most is resolved")}.get(name)
        heads.append(end or _("Agents {scenario}", scenario=translate(titles[name])))
    rosters = [found["needed"][name]["roster"] for name in names]
    rows: list[list[Cell]] = [
        [days[at // DAY], time_of(at % DAY), *(roster[at] for roster in rosters)]
        for at in range(7 * DAY)
        if any(roster[at] for roster in rosters)
    ]
    return Sheet(_("Agents needed"), heads, rows)


def _costs(found: dict[str, Any], plan: Plan) -> Sheet:
    titles = {
        WITHOUT: _("Without the assistant"),
        WITH: _("With the assistant"),
        "low": _("With the assistant, if least is resolved"),
        "high": _("With the assistant, if most is resolved"),
        "engine": _("Of these the engine’s price"),
    }
    rows: list[list[Cell]] = [
        [title, round(found["money"][name], 2), round(found["needed"][name]["hours"], 1) if name != "engine" else ""]
        for name, title in titles.items()
        if name in found["money"]
    ]
    return Sheet(_("Money"), [_("A month"), plan.currency, _("Agent hours a week")], rows)


def _assumed(plan: Plan) -> Sheet:
    return Sheet(_("What was assumed"), [_("What"), _("Value")], [list(one) for one in assumptions(plan)])


def pdf(found: dict[str, Any], plan: Plan, channel: str, day: int, day_name: str) -> bytes:
    """The report: finding, pictures, table, money, what was assumed, and the check."""
    sheet = Pdf(_("Service queue"), headline(found), footer=_("Service queue, simulated"))
    for sentence in (*unstable(found), *costlier(found)):
        sheet.text(sentence)
    if any(one["stable"] for one in found["scenarios"].values()):
        sheet.heading(waiting_title(found, channel))
        sheet.picture(
            _waiting(found, channel), WIDTH, _("Minutes of opening hours by hour. {spread}", spread=translate(SPREAD))
        )
    sheet.heading(_("Agents needed, {day}", day=day_name))
    sheet.picture(_agents(found, day), WIDTH, _("Agents at once by half hour, so that each channel keeps its promise"))
    if plan.wage:
        _told(sheet, cost(found, plan), plan.currency)
    sheet.heading(_("Measures"))
    heads = [_("Channel"), _("Measure"), *(translate(SCENARIOS[name]) for name in (WITHOUT, WITH))]
    rows = [
        [channel_title(one), title, cells.get(WITHOUT, "–"), cells.get(WITH, "–")] for one, title, cells in table(found)
    ]
    sheet.table(heads, rows, widths=(2, 4, 3, 3))
    sheet.heading(_("What was assumed"))
    sheet.table([_("What"), _("Value")], assumptions(plan), widths=(3, 2))
    _told(sheet, check(found), "")
    return sheet.to_bytes()


def _told(sheet: Pdf, figure: Figure, currency: str) -> None:
    """A small figure as a table below its finding."""

    def said(value: float | None) -> str:
        if value is None:
            return "–"
        return money(value, currency, 0) if currency else number(value, 1)

    sheet.heading(figure.title)
    rows = [[mark.label, said(mark.value), said(mark.low), said(mark.high)] for mark in figure.marks]
    sheet.table([figure.unit, _("Value"), _("Low"), _("High")], rows)
    sheet.text(figure.source, small=True)


def _waiting(found: dict[str, Any], channel: str) -> bytes:
    figure, axes = _axes()
    for name, colour, style in ((WITHOUT, QUIET, "--"), (WITH, EVIDENCE, "-")):
        one = found["scenarios"][name]
        if not one["stable"]:
            continue
        hours = one["hours"][channel]
        x = [hour["hour"] + 0.5 for hour in hours]
        axes.fill_between(x, [hour["low"] / 60 for hour in hours], [hour["high"] / 60 for hour in hours],
                          color=colour, alpha=0.18, linewidth=0)  # fmt: skip
        axes.plot(x, [hour["value"] / 60 for hour in hours], style, color=colour, label=translate(SCENARIOS[name]))
    return _png(figure, axes)


def _agents(found: dict[str, Any], day: int) -> bytes:
    figure, axes = _axes()
    for name, colour, style in ((WITHOUT, QUIET, "--"), (WITH, EVIDENCE, "-")):
        roster = found["needed"][name]["roster"][day * DAY : (day + 1) * DAY]
        used = [at for at, count in enumerate(roster) if count]
        if used:
            x = [*(at / 2 for at in used), (used[-1] + 1) / 2]
            y = [*(roster[at] for at in used), roster[used[-1]]]
            axes.step(x, y, style, where="post", color=colour, label=translate(SCENARIOS[name]))
    return _png(figure, axes)


def _axes() -> tuple[Any, Any]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    figure = Canvas(figsize=(WIDTH / 2.54, HEIGHT / 2.54), dpi=160)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=8, colors=INK)
    return figure, axes


def _png(figure: Any, axes: Any) -> bytes:
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_formatter(lambda value, _place: f"{value:g} h")
    if axes.get_lines():
        axes.legend(frameon=False, fontsize=8)
    file = io.BytesIO()
    figure.savefig(file, format="png", bbox_inches="tight")
    return file.getvalue()
