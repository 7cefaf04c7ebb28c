"""What the simulation found, in sentences and figures: for the page, the PDF and the workbook alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lib.commerce.service_assistant.queueing.measuring import ALL
from lib.commerce.service_assistant.queueing.plan import Plan
from lib.commerce.service_assistant.queueing.simulation import WITH, WITHOUT
from lib.figures import Figure, Mark
from lib.i18n import N_, _, duration, money, ngettext, number, percent, translate

CHANNELS: Final = {
    ALL: N_("All channels"),
    "all": N_("All contacts"),
    "chat": N_("Chat"),
    "e-mail": N_("E-mail"),
    "text": N_("Text message"),
    "social": N_("Social message"),
    "phone": N_("Telephone"),
}
SCENARIOS: Final = {WITHOUT: N_("without the assistant"), WITH: N_("with the assistant")}
SPREAD: Final = N_("19 of 20 simulated weeks lie within the interval")
# name: (title, whether it is a share); the others are seconds, 'contacts' and 'queued' counts
MEASURES: Final = {
    "contacts": N_("Contacts a week"),
    "queued": N_("Reach a person"),
    "mean": N_("Waiting for a person, mean (opening hours)"),
    "p95": N_("Waiting for a person, 95 of 100 wait less (opening hours)"),
    "within": N_("Answered by a person as promised"),
    "left": N_("Left before an answer"),
    "closed": N_("Found nobody there"),
    "lost": N_("Time lost by all clients, mean (nights and wrong answers count)"),
    "occupancy": N_("The team is busy"),
}
SHARES: Final = ("within", "left", "closed", "occupancy")
COUNTS: Final = ("contacts", "queued")


def channel_title(channel: str) -> str:
    """A channel's name as the reader says it; one of the house's own as it was written."""
    return translate(CHANNELS[channel]) if channel in CHANNELS else channel[:1].upper() + channel[1:]


def said(name: str, value: float) -> str:
    """A measure's value with its unit."""
    if name in SHARES:
        return percent(value)
    return number(value, 0) if name in COUNTS else duration(value)


def cell(name: str, one: dict[str, float]) -> str:
    """'4 minutes (2 to 6)' in the reader's way."""
    return _(
        "{share} ({low} to {high})",
        share=said(name, one["value"]),
        low=said(name, one["low"]),
        high=said(name, one["high"]),
    )


def table(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(channel, measure, scenario to text), for all channels together first."""
    channels = [ALL, *found["log"]["channels"]]
    for channel in channels:
        for name, title in MEASURES.items():
            cells = {
                scenario: cell(name, one["measures"][channel][name])
                for scenario, one in found["scenarios"].items()
                if one["stable"] and name in one["measures"][channel]
            }
            if cells:
                yield channel, translate(title), cells


def unstable(found: dict[str, Any]) -> list[str]:
    """A sentence for each scenario with more work than the team can do."""
    sentences = []
    for scenario, one in found["scenarios"].items():
        if not one["stable"]:
            sentences.append(
                _(
                    "Unstable {scenario}: contacts bring {work} hours of work a week and the team does {team} at most, "
                    "so the queue grows without end. It takes at least {agents} agents.",
                    scenario=translate(SCENARIOS[scenario]),
                    work=number(one["work_hours"], 0),
                    team=number(one["team_hours"], 0),
                    agents=one["least_agents"],
                )
            )
        elif one["nearly_full"]:
            sentences.append(
                _(
                    "Nearly full {scenario}: over 95% of the team’s time is work, so waiting hangs on chance. Read "
                    "these figures as a warning.",
                    scenario=translate(SCENARIOS[scenario]),
                )
            )
    return sentences


def headline(found: dict[str, Any]) -> str:
    """The finding in one sentence: agents' hours and promises, or that a team can't do the work."""
    before, after = found["needed"][WITHOUT]["hours"], found["needed"][WITH]["hours"]
    if after < before:
        return _(
            "To keep the promises it takes {after} agent hours a week with the assistant and {before} without it",
            after=number(after, 0),
            before=number(before, 0),
        )
    return _(
        "The assistant saves no agent hours here: {after} a week with it, {before} without it",
        after=number(after, 0),
        before=number(before, 0),
    )


def waiting_title(found: dict[str, Any], channel: str) -> str:
    """What the picture of waiting by hour shows."""
    ours, theirs = (_value(found, name, channel, "mean") for name in (WITH, WITHOUT))
    if ours is None or theirs is None:
        return _("{channel}: waiting for a person by hour", channel=channel_title(channel))
    return _(
        "{channel}: {ours} of waiting for a person with the assistant, {theirs} without it",
        channel=channel_title(channel),
        ours=duration(ours),
        theirs=duration(theirs),
    )


def _value(found: dict[str, Any], scenario: str, channel: str, name: str) -> float | None:
    one = found["scenarios"][scenario]
    return float(one["measures"][channel][name]["value"]) if one["stable"] else None


def by_channel(found: dict[str, Any], name: str, title: str, unit: str, in_minutes: bool = False) -> Figure:
    """One measure of each channel, with and without."""
    marks = []
    for channel in found["log"]["channels"]:
        for scenario in (WITH, WITHOUT):
            one = found["scenarios"][scenario]
            if one["stable"]:
                value = one["measures"][channel][name]
                scale = 60 if in_minutes else 1
                marks.append(
                    Mark(
                        translate(SCENARIOS[scenario]),
                        value["value"] / scale,
                        value["low"] / scale,
                        value["high"] / scale,
                        "ours" if scenario == WITH else "baseline",
                        channel_title(channel),
                    )
                )
    return Figure(
        title, tuple(marks), unit, source=translate(SPREAD), number_format="number" if in_minutes else "percent"
    )


def promises(found: dict[str, Any], plan: Plan) -> Figure:
    """Share of each channel that a person answers in time."""
    kept = [
        channel
        for channel in found["log"]["channels"]
        if (value := _value(found, WITH, channel, "within")) is not None and value >= plan.target
    ]
    title = ngettext(
        "With {agents} agents and the assistant, {n} of {all} channels keeps its promise",
        "With {agents} agents and the assistant, {n} of {all} channels keep their promise",
        len(kept),
        agents=plan.agents,
        all=len(found["log"]["channels"]),
    )
    return by_channel(found, "within", title, _("share answered by a person as promised"))


def lost(found: dict[str, Any]) -> Figure:
    """Time lost by all clients: waiting day and night, and what a wrong answer cost."""
    ours, theirs = (_value(found, name, ALL, "lost") for name in (WITH, WITHOUT))
    title = _("Time lost by the clients, nights and wrong answers included")
    if ours is not None and theirs is not None:
        title = _(
            "Nights and wrong answers included, a client loses {ours} with the assistant and {theirs} without it",
            ours=duration(ours),
            theirs=duration(theirs),
        )
    return by_channel(found, "lost", title, _("minutes per contact"), in_minutes=True)


def costlier(found: dict[str, Any]) -> list[str]:
    """Channels whose clients lose more time with the assistant, since wrong answers bring them back."""
    worse = []
    for channel in found["log"]["channels"]:
        ours, theirs = (_value(found, name, channel, "lost") for name in (WITH, WITHOUT))
        if ours is not None and theirs is not None and ours > theirs and duration(ours) != duration(theirs):
            worse.append(
                _(
                    "{channel}: clients lose more time with the assistant ({ours}) than without it ({theirs}), because "
                    "wrong answers bring them back.",
                    channel=channel_title(channel),
                    ours=duration(ours),
                    theirs=duration(theirs),
                )
            )
    return worse


def cost(found: dict[str, Any], plan: Plan) -> Figure:
    """What the needed rosters cost in a month."""
    paid = found["money"]
    saving = paid[WITHOUT] - paid[WITH]
    if saving >= 0:
        title = _("{amount} less a month with the assistant", amount=money(saving, plan.currency, 0))
    else:
        title = _("{amount} more a month with the assistant", amount=money(-saving, plan.currency, 0))
    ends = sorted(paid[name] for name in ("low", "high")) if "low" in paid else (None, None)
    marks = (
        Mark(translate(SCENARIOS[WITH]), paid[WITH], ends[0], ends[1]),
        Mark(translate(SCENARIOS[WITHOUT]), paid[WITHOUT], role="baseline"),
    )
    parts = [_("wages of the hours needed and the engine’s price")]
    parts += [_("wage: {source}", source=plan.wage_source)] if plan.wage_source else [_("wage: an assumption")]
    if "low" in paid:
        parts.append(_("the interval is that of what the test bench found resolved"))
    return Figure(title, marks, plan.currency, source="; ".join(parts), number_format="money")


def check(found: dict[str, Any]) -> Figure:
    """The simulation beside Erlang's formula, where the formula's assumptions hold."""
    one = found["check"]
    simulated, formula = one["simulated"], one["formula"]
    mean = simulated["mean"]
    holds = mean["low"] <= formula["mean"] <= mean["high"]
    title = (
        _("Where the formula’s assumptions hold, the simulation agrees with it")
        if holds
        else _("Where the formula’s assumptions hold, its mean lies just outside the simulation’s interval")
    )
    name = _("Erlang A (Palm, 1957)") if one["patience"] else _("Erlang C (1917)")
    group = _("Mean waiting, {agents} agents all alike, steady arrivals", agents=one["agents"])
    marks = (
        Mark(_("simulation"), mean["value"], mean["low"], mean["high"], group=group),
        Mark(name, formula["mean"], role="baseline", group=group),
    )
    source = _(
        "the busiest half hour as if it never ended: {rate} contacts an hour of {handling} each; 95% interval of "
        "batch means",
        rate=number(one["rate"] * 3_600, 0),
        handling=duration(one["handling"]),
    )
    return Figure(title, marks, _("seconds"), source=source)


def assumptions(plan: Plan) -> list[tuple[str, str]]:
    """What was put in, name and value, for the PDF and the workbook."""
    shares = plan.shares
    clock = _("{opens} to {closes}", opens=time_of(plan.opens), closes=time_of(plan.closes))
    told = [
        (_("Agents on duty"), number(plan.agents)),
        (_("Opening hours"), clock),
        (_("To be answered as promised"), percent(plan.target)),
        (_("Resolved rightly by the assistant"), percent(shares.resolved)),
        (_("Answered wrongly, comes back"), percent(shares.wrong)),
        (_("These shares"), _("an assumption") if shares.counts is None else _("measured on the test bench")),
        (_("Always goes to a person"), percent(plan.must)),
        (_("Comes back after"), duration(plan.comes_back)),
        (_("Conversation with the assistant"), duration(plan.assistant_seconds)),
        (_("Patience in front of the screen"), duration(plan.patience) if plan.patience else _("nobody leaves")),
        (_("Arrivals"), _("the busiest week as it was") if plan.replay else _("at random around the average week")),
        (_("Paid hour"), money(plan.wage, plan.currency) if plan.wage else _("not given")),
        (_("Source of the wage"), plan.wage_source or _("an assumption")),
        (_("Breaks, training and leave"), percent(plan.off)),
        (_("Price of a conversation with the engine"), money(plan.engine_cost, plan.currency, 4)),
    ]
    return told + [
        (_("{channel}: promised within", channel=channel_title(one.channel)), duration(one.seconds))
        for one in plan.promises
    ]


def time_of(half_hour: int) -> str:
    """'09:30' of a half hour of the day; 48 is '24:00'."""
    return f"{half_hour // 2:02d}:{half_hour % 2 * 30:02d}"
