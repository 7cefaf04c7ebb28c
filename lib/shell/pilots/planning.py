"""The form of a pilot's plan; what is typed is remembered, and the sample that it takes is said while typing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from lib.catalogue import HouseUseCase, UseCase
from lib.database import connect, pilots
from lib.database.pilots import CURRENCIES, Plan
from lib.database.portfolio import candidates
from lib.decide.pilots.power import needed
from lib.decide.ranking import current
from lib.errors import InputError
from lib.i18n import N_, _, ngettext, percent, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.page_state import PageState
from lib.shell.text import plain

PAGE = PageState("pilots")
WEEKS = 8  # that a pilot is proposed to last
POWERS = (0.8, 0.9, 0.95)
DIRECTIONS = {"up": N_("rises"), "down": N_("falls")}
MEASURES = {"mean": N_("An average"), "share": N_("A share (yes or no)")}
DESIGNS = {"before_after": N_("Before and after"), "ab": N_("A/B, side by side")}


@dataclass(frozen=True)
class Form:
    """The widgets of one plan, apart by ``name``; ``start`` says what stands in them at first."""

    name: str
    start: Plan

    def key(self, field: str, offered: tuple[Any, ...] | None = None, default: Any = None) -> dict[str, Any]:
        """A widget's key, and the callback that remembers what was typed."""
        value = getattr(self.start, field) if default is None else default
        if offered is not None and value not in offered:
            value = offered[0]
        named = f"{self.name}_{field}"
        key = PAGE.recall(named, value, offered)
        return {"key": key, "on_change": PAGE.kept(named, key)}

    def text(self, label: str, field: str, **more: Any) -> str:
        return str(st.text_input(label, **self.key(field), **more))

    def number(self, label: str, field: str, default: Any = None, **more: Any) -> float:
        """A number; none typed is 'not a number', which the plan's check refuses by name."""
        found = st.number_input(label, value=None, format="%g", **self.key(field, default=default), **more)
        return float("nan") if found is None else float(found)

    def choice(self, label: str, field: str, names: dict[Any, str]) -> Any:
        said = {one: translate(name) for one, name in names.items()}
        asked = self.key(field, tuple(said))
        return st.segmented_control(label, list(said), format_func=said.__getitem__, required=True, **asked)

    def day(self, label: str, field: str) -> str:
        """An ISO date; it is remembered as text, since JSON knows no dates."""
        key = PAGE.widget(f"{self.name}_{field}")
        before = PAGE.state().get(f"{self.name}_{field}", getattr(self.start, field))
        if key not in st.session_state:
            st.session_state[key] = dt.date.fromisoformat(before)
        found = st.date_input(label, key=key, format="DD/MM/YYYY")
        written = found.isoformat() if isinstance(found, dt.date) else ""
        if written and written != before:
            PAGE.keep(**{f"{self.name}_{field}": written})
        return written


def new() -> str | None:
    """The form for a new pilot; its id once it was planned."""
    section(_("Plan a pilot"), _("A time-boxed trial: what it is to show, on which figures, by when, for how much."))
    turn = int(PAGE.state().get("turn", 0))
    with errors.shown():
        case = _case(turn)
        at = _lever(turn, case)
        asked = ask(Form(f"new{turn}_{case.slug}_{at}", proposed(case, at)))
        if st.button(_("Plan this pilot"), type="primary", icon=":material/flag:", key="pilot_plan"):
            with connect() as database:
                made = pilots.add(database, session.actor(), asked)
            PAGE.keep(turn=turn + 1)
            return made
    return None


def _case(turn: int) -> UseCase | HouseUseCase:
    """The use case; those that rank first stand first."""
    actor = session.actor()
    with connect() as database:
        by_slug = {case.slug: case for case in candidates(database, actor)}
        kept = f"pilots_order_{actor.workspace}_{actor.person}_{len(by_slug)}"
        if kept not in st.session_state:  # the ranking takes 10,000 draws, and a form reruns at each letter
            st.session_state[kept] = [row.candidate.slug for row in current(database, actor).rows]
    order = tuple(slug for slug in st.session_state[kept] if slug in by_slug)
    titles = {slug: _title(case) for slug, case in by_slug.items()}
    key = PAGE.recall(f"case{turn}", order[0], order)
    chosen = st.selectbox(
        _("Use case, the first ranked first"), order, format_func=titles.__getitem__, key=key,
        on_change=PAGE.kept(f"case{turn}", key),
    )  # fmt: skip
    return by_slug[str(chosen)]


def _lever(turn: int, case: UseCase | HouseUseCase) -> int:
    """Which of the catalogue's KPIs the form begins with; -1 for one of the house's own."""
    levers = case.levers if isinstance(case, UseCase) else ()
    if not levers:
        return -1
    named = f"lever{turn}_{case.slug}"
    offered = (*range(len(levers)), -1)
    titles = [*(translate(lever.kpi) for lever in levers), _("Another KPI")]  # -1 is the last one
    key = PAGE.recall(named, 0, offered)
    chosen = st.selectbox(
        _("KPI that it is to move"), offered, format_func=titles.__getitem__, key=key, on_change=PAGE.kept(named, key)
    )
    return int(chosen)


def _title(case: UseCase | HouseUseCase) -> str:
    return case.title if isinstance(case, HouseUseCase) else translate(case.title)


def proposed(case: UseCase | HouseUseCase, at: int) -> Plan:
    """What the form begins with: the catalogue's KPI of that place, none for -1; numbers are left to the person."""
    lever = case.levers[at] if isinstance(case, UseCase) and at >= 0 else None
    unit = translate(lever.unit) if lever else ""
    today = dt.date.today()
    nothing = float("nan")
    return Plan(
        case.slug, _title(case), "", translate(lever.kpi) if lever else "", unit,
        lever.direction if lever else "up", "share" if unit.startswith("%") else "mean",
        "before_after", False, nothing, nothing, None, 0.8, 0, today.isoformat(),
        (today + dt.timedelta(weeks=WEEKS)).isoformat(), "", "", 0.0, "EUR",
    )  # fmt: skip


def ask(form: Form) -> Plan:
    """The plan as the form stands; unchecked, and its sample the one that it takes unless another was typed."""
    title = form.text(_("Name of the pilot"), "title")
    hypothesis = str(
        st.text_area(
            _("Hypothesis: what you expect, and why"), height=80, **form.key("hypothesis"),
            placeholder=_("Drafts halve the time for a description, because the facts are set already."),
        )
    )  # fmt: skip
    kpi, unit, direction = _kpi(form)
    measure, design, paired = _design(form)
    plan = replace(
        form.start, title=title, hypothesis=hypothesis, kpi=kpi, unit=unit, direction=direction, measure=measure,
        design=design, paired=paired,
    )  # fmt: skip
    plan = _numbers(form, plan)
    plan = _sample(form, plan)
    return _who(form, plan)


def _kpi(form: Form) -> tuple[str, str, Any]:
    left, middle, right = st.columns([3, 2, 2])
    with left:
        kpi = form.text(_("KPI"), "kpi")
    with middle:
        unit = form.text(_("Unit"), "unit", help=_("EUR or USD for money."))
    with right:
        direction = form.choice(_("A success when it"), "direction", DIRECTIONS)
    return kpi, unit, direction


def _design(form: Form) -> tuple[Any, Any, bool]:
    left, right = st.columns([2, 3])
    with left:
        measure = form.choice(_("What each figure is"), "measure", MEASURES)
    with right:
        design = form.choice(_("Compared how"), "design", DESIGNS)
    paired = False
    if measure == "mean" and design == "before_after":
        paired = st.toggle(
            _("The same stores, products or people before and after"), **form.key("paired"),
            help=_("Pairs take fewer figures: what differs between stores falls out of the comparison."),
        )  # fmt: skip
    return measure, design, paired


def _numbers(form: Form, plan: Plan) -> Plan:
    """Baseline, target and spread; shares are typed in percent."""
    shares = plan.measure == "share"
    scale, sign = (100, " (%)") if shares else (1, "")
    left, middle, right = st.columns(3)
    named = {name: f"{name}_{plan.measure}" for name in ("baseline", "target")}
    with left:
        baseline = _typed(form, _("Baseline, without the pilot") + sign, named["baseline"], plan.baseline * scale)
    with middle:
        target = _typed(form, _("Target") + sign, named["target"], plan.target * scale)
    spread = None
    if not shares:
        with right:
            spread = _typed(
                form, _("Spread of single figures"), "spread_mean", plan.spread or float("nan"),
                help=_(
                    "Their standard deviation; of the pairs’ differences where you compare pairs. About a quarter of"
                    " the range from the smallest to the largest figure, when you know no better."
                ),
            )  # fmt: skip
    return replace(plan, baseline=baseline / scale, target=target / scale, spread=spread)


def _typed(form: Form, label: str, name: str, start: float, **more: Any) -> float:
    """A number field that is empty at first where ``start`` isn't a number."""
    named = f"{form.name}_{name}"
    key = PAGE.recall(named, None if start != start else start)
    found = st.number_input(label, value=None, format="%g", key=key, on_change=PAGE.kept(named, key), **more)
    return float("nan") if found is None else float(found)


def _sample(form: Form, plan: Plan) -> Plan:
    """How many figures it takes, said at once; the person may plan for another number."""
    left, middle, right = st.columns([2, 2, 3], vertical_alignment="bottom")
    with left:
        offered = tuple(sorted({*POWERS, plan.power}))
        power = st.selectbox(
            _("Power"), offered, format_func=percent, **form.key("power", offered),
            help=_("The chance to see the improvement if it is there. 80% is usual (Cohen, 1988)."),
        )  # fmt: skip
    plan = replace(plan, power=float(power))
    takes = _takes(plan)
    with middle:
        kept = float(plan.sample) if plan.sample else float("nan")
        own = _typed(form, _("Sample a side, if not that"), "sample_own", kept, min_value=0.0, step=1.0)
    with right:
        if takes is None:
            _asks(plan)
        elif plan.paired:
            st.markdown(plain(ngettext("It takes {n} pair.", "It takes {n} pairs.", takes)))
        else:
            st.markdown(plain(ngettext("It takes {n} figure a side.", "It takes {n} figures a side.", takes)))
    if own == own:
        return replace(plan, sample=int(own))
    return replace(plan, sample=takes or plan.sample)


def _missing(plan: Plan) -> bool:
    numbers = (plan.baseline, plan.target, plan.spread if plan.measure == "mean" else 1.0)
    return any(one is None or one != one for one in numbers)


def _asks(plan: Plan) -> None:
    """What has still to be typed; nothing where what was typed is answered with what is wrong with it."""
    if not _missing(plan):
        return
    if plan.measure == "share":
        st.caption(_("Type baseline and target: how many figures it takes is then said here."))
    else:
        st.caption(_("Type baseline, target and spread: how many figures it takes is then said here."))


def _takes(plan: Plan) -> int | None:
    """The sample that the plan takes; None while its numbers are missing or make no sense yet."""
    if _missing(plan):
        return None
    if plan.measure == "share" and not (0 <= plan.baseline <= 1 and 0 <= plan.target <= 1):
        return None
    try:
        pilots.check_direction(plan)
        return needed(plan)
    except InputError as error:
        html.draw(element("p", error.text(), class_="toile-null"))
        return None


def _who(form: Form, plan: Plan) -> Plan:
    """Dates, owners and money."""
    first, second, third, fourth = st.columns(4)
    with first:
        starts = form.day(_("First day"), "starts_on")
    with second:
        ends = form.day(_("Last day"), "ends_on")
    with third:
        budget = form.number(_("Budget"), "budget")
    with fourth:
        currency = st.selectbox(_("Currency"), CURRENCIES, **form.key("currency", CURRENCIES))
    left, right = st.columns(2)
    with left:
        business = form.text(_("Answers on the business side"), "business_owner")
    with right:
        technical = form.text(_("Answers on the technical side"), "technical_owner")
    return replace(
        plan, starts_on=starts, ends_on=ends, budget=budget, currency=str(currency), business_owner=business,
        technical_owner=technical,
    )  # fmt: skip
