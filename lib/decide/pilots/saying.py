"""A pilot's numbers and its finding in words, in the reader's language."""

from __future__ import annotations

from lib.database.pilots import CURRENCIES, Plan
from lib.decide.pilots.outcome import Estimate, Outcome
from lib.i18n import _, amount, number, percent


def value_said(plan: Plan, value: float) -> str:
    """A value of the KPI with its unit."""
    if plan.measure == "share":
        return percent(value, 1)
    if plan.unit.upper() in CURRENCIES:
        return amount(value, plan.unit.upper())
    return f"{plain_number(value)} {plan.unit}"


def plain_number(value: float) -> str:
    """A number with as many decimals as its size asks for."""
    return number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)


def difference_said(plan: Plan, found: Estimate) -> str:
    """A difference with its interval; of shares in points, since a percentage of a percentage misleads."""
    if plan.measure == "share":
        value, low, high = (number(100 * end, 1) for end in (found.value, found.low, found.high))
        return _("Difference: {value} points ({low} to {high} at 95%)", value=value, low=low, high=high)
    return _(
        "Difference: {value} ({interval} at 95%)", value=value_said(plan, found.value),
        interval=interval_said(plan, found),
    )  # fmt: skip


def interval_said(plan: Plan, found: Estimate) -> str:
    """The interval's ends in the KPI's unit."""
    return _("{low} to {high}", low=value_said(plan, found.low), high=value_said(plan, found.high))


def planned(plan: Plan) -> str:
    """What the pilot is to show, before there is a result."""
    return _(
        "{kpi}: from {baseline} to {target}, that is the aim", kpi=plan.kpi,
        baseline=value_said(plan, plan.baseline), target=value_said(plan, plan.target),
    )  # fmt: skip


def finding(plan: Plan, found: Outcome) -> str:
    """The result in one sentence, no surer than its intervals."""
    named = {
        "kpi": plan.kpi,
        "with_it": value_said(plan, found.with_it.value),
        "without": value_said(plan, found.without.value),
        "target": value_said(plan, plan.target),
    }
    match found.verdict:
        case "reached":
            return _("{kpi}: {with_it} against {without}; the target of {target} is reached beyond doubt", **named)
        case "better":
            return _("{kpi}: {with_it} against {without}; better beyond doubt, the target of {target} open", **named)
        case "short":
            return _("{kpi}: {with_it} against {without}; better, and short of the target of {target}", **named)
        case "worse":
            return _("{kpi}: {with_it} against {without}; worse beyond doubt", **named)
    return _("{kpi}: {with_it} against {without}; this may be chance", **named)


def cautions(plan: Plan, found: Outcome) -> list[str]:
    """What the reader has to know before resting a decision on the result; plain sentences."""
    said = []
    if found.underpowered:
        said.append(
            _(
                "The sample is too small: {n} on the smaller side, and the plan takes {needed}. An improvement as large"
                " as planned would have shown in {power} of such pilots.",
                n=number(min(found.n)), needed=number(found.needed), power=percent(found.power),
            )
        )  # fmt: skip
    if plan.design == "before_after":
        said.append(
            _(
                "Before and after have no group to compare with: season, prices or campaigns may have moved the KPI"
                " too. An A/B test can tell."
            )
        )
    if found.baseline_off:
        said.append(
            _(
                "Without the pilot {measured} was measured ({interval}), where the plan assumed {assumed}.",
                measured=value_said(plan, found.without.value), interval=interval_said(plan, found.without),
                assumed=value_said(plan, plan.baseline),
            )
        )  # fmt: skip
    return said


def method_said(found: Outcome) -> str:
    """How the difference's interval was taken, in one line."""
    match found.method:
        case "newcombe":
            return _("Wilson’s interval for each share, Newcombe’s for their difference (1998)")
        case "paired":
            return _("Paired t, with the bootstrap as a second opinion: the more careful of both decides")
    return _("Welch’s t (1947), with the bootstrap as a second opinion: the more careful of both decides")
