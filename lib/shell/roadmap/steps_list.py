"""What each step must show to go on, what it is worth and how firmly it stands, each with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from lib.database.risk_reviews import Standing
from lib.database.roadmaps import PlanRow
from lib.decide.model import Basis
from lib.decide.roadmap.model import Step
from lib.decide.roadmap.planning import Sketch, as_plan, kept_basis, shown_basis, value_basis, worth_of
from lib.decide.roadmap.proposing import skill_said
from lib.decide.roadmap.reviewing import known_basis, known_said
from lib.decide.roadmap.saying import renewal_said
from lib.i18n import _, list_of, money, ngettext, number
from lib.navigation import address_of, has_page
from lib.shell import html, session
from lib.shell.folds import MORE, opening
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.page import section

MATRIX = "prioritisation_matrix"


def draw(found: Sketch, plan: PlanRow | None, currency: str, reviewed: Mapping[str, Standing]) -> None:
    """One row a step, in the order of their starts; what is not in the plan comes last."""
    section(
        _("What each step must show to go on"),
        _("A step that doesn’t show it ends, and what waits for it is planned anew."),
    )
    if not found.steps:
        st.markdown(_("There is no step yet. Add one below."))
        return
    starts = as_plan(plan, found).starts if plan else {}
    steps = sorted(found.steps, key=lambda step: (starts.get(step.slug, len(found.capacity.quarters)), step.title))
    heads = (_("Step"), _("Begins"), _("Must show to go on"), _("Value from the ranking"), _("Effort and cost"))
    body = [_row(step, starts.get(step.slug), heads, found, plan, currency, reviewed[step.slug]) for step in steps]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    table = element("table", head, element("tbody", *body), class_="toile-runs toile-folds")
    html.draw(element("div", table, class_="toile-table toile-whole"))
    html.draw(
        element(
            "p",
            _(
                "Value: what the ranking says of value, above no effect, from 0 to 4, for each quarter of use, with its"
                " 90% range. Feasibility is not in it: it counts once, in effort, length, cost and gate. A step that"
                " ends early is used for longer, a year beyond the roadmap included (an assumption)."
            ),
            class_="toile-source",
        )
    )


def _row(
    step: Step,
    start: int | None,
    heads: tuple[str, ...],
    found: Sketch,
    plan: PlanRow | None,
    currency: str,
    review: Standing,
) -> Markup:
    out = _("not planned yet") if plan is None else _("not in these quarters")
    begins = out if start is None else found.capacity.quarters[start]
    # On a phone a step folds to its name, its quarter and what it must show; the rest opens with its name.
    cells = (
        ((begins, *_firm(step, plan), *_bounds(step, found, review)), MORE),
        ((step.must_show, basis_markup(shown_basis(found, step))), ""),
        (_value(step, found), MORE),
        (_effort(step, found, currency), MORE),
    )
    return element(
        "tr",
        element(
            "td", element("span", step.title, class_="toile-wide"), opening(step.title, begins), data_name=heads[0]
        ),
        *(
            element("td", element("div", *_lines(cell)), data_name=head, class_=more)
            for head, (cell, more) in zip(heads[1:], cells, strict=True)
        ),
    )


def _lines(parts: tuple[str | Markup, ...]) -> list[Markup]:
    return [element("div", part) for part in parts if part]


def _firm(step: Step, plan: PlanRow | None) -> tuple[str, ...]:
    """In how many plans it stands when the ranking's values are drawn from their ranges."""
    if plan is None or not plan.firm.get("draws") or step.slug not in plan.firm.get("in", {}):
        return ()
    share = _("planned in {n} of {draws} draws of the values", n=plan.firm["in"][step.slug], draws=plan.firm["draws"])
    return (share,)


def _bounds(step: Step, found: Sketch, review: Standing) -> tuple[Markup, ...]:
    """What keeps a step where it is, each with what it rests on: gate, order, pin and bans, a season's renewal."""
    quarters, row = found.capacity.quarters, found.row(step.slug)
    told: list[tuple[str, Basis | None]] = [(known_said(review), known_basis(review))]
    if step.gate:
        at = quarters[step.gate] if step.gate < len(quarters) else _("a quarter after this roadmap")
        told.append((_("waits for its risk review until {quarter}", quarter=at), kept_basis(row.basis)))
    if step.after:
        titles = list_of([found.step(slug).title for slug in step.after])
        told.append((_("waits for {steps}", steps=titles), Basis.OPINION))
    if step.pinned is not None:
        told.append((_("pinned"), Basis.OPINION))
    if step.forbidden:
        ruled = list_of([quarters[at] for at in sorted(step.forbidden) if at < len(quarters)])
        told.append((_("not in {quarters}", quarters=ruled), Basis.OPINION))
    if step.lane == "aim":
        told.append((renewal_said(), Basis.ASSUMPTION))
    return tuple(element("span", words, *((" ", basis_markup(basis)) if basis else ())) for words, basis in told)


def _value(step: Step, found: Sketch) -> tuple[str | Markup, ...]:
    place = found.ranking.of(step.slug)
    if place is None:
        return ()
    band = worth_of(place)
    told = _(
        "{value} ({low} to {high})", value=number(band.value, 1), low=number(band.low, 1), high=number(band.high, 1)
    )
    mark = basis_markup(value_basis(place))
    if not has_page(MATRIX):
        return (told, mark)
    address = address_of(MATRIX, session.language())
    return (element("a", told, href=address, data_page=MATRIX, class_="toile-link"), mark)


def _effort(step: Step, found: Sketch, currency: str) -> tuple[str | Markup, ...]:
    weeks = sum(step.effort.values()) * step.quarters
    most = [skill_said(skill) for skill, _weeks in sorted(step.effort.items(), key=lambda pair: -pair[1])[:2]]
    told = ngettext("{n} person-week", "{n} person-weeks", round(weeks))
    if most:
        told = _("{weeks}, most of them: {skills}", weeks=told, skills=list_of(most))
    return (told, money(step.cost, currency, 0), basis_markup(kept_basis(found.row(step.slug).basis)))
