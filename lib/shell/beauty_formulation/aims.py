"""What is wanted: targets in words, and the form that changes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import streamlit as st

from lib.i18n import _, list_of, percent, translate
from lib.merchandising.beauty_formulation.judging import LIMITED, SCORED
from lib.merchandising.beauty_formulation.model import (
    BY_KEY,
    GOALS,
    KINDS,
    RESPONSES,
    SPRAYS,
    Goal,
    Product,
    Response,
    Target,
)
from lib.merchandising.beauty_formulation.planning import MOST_TRIALS
from lib.merchandising.beauty_formulation.samples import Settings
from lib.merchandising.beauty_formulation.telling import product_said, target_said, target_short
from lib.shell import html, session
from lib.shell.beauty_formulation.tables import SLUG, Project, keep
from lib.shell.html import element, joined

STOPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2)  # of desirability


def wanted(settings: Settings, project: Project) -> None:
    """The targets as a list, on a narrow screen as a line; a suggestion that nobody has changed is called one."""
    product = [element("dt", _("Product")), element("dd", product_said(settings.product))]
    shown = [target for target in settings.targets if target.goal != "watch"]
    pairs = [
        (element("dt", translate(BY_KEY[target.key].title)), element("dd", target_said(target))) for target in shown
    ]
    html.draw(
        joined(
            element("dl", *product, *(part for pair in pairs for part in pair), class_="toile-wanted"),
            element("p", in_short(settings), class_="toile-wanted-short"),
        )
    )
    if project.suggestion and settings.targets == project.suggestion:
        st.info(suggested(settings.targets, bool(project.trials)), icon=":material/tune:")
    if not pairs:
        st.caption(_("Nothing is wanted yet: set the targets below."))


def in_short(settings: Settings) -> str:
    """Product and targets in one line."""
    return " · ".join(
        [product_said(settings.product), *(target_short(t) for t in settings.targets if t.goal != "watch")]
    )


def suggested(targets: Sequence[Target], weighed: bool) -> str:
    """Where the targets of a table of one's own come from: each names only what is there."""
    goals = {target.key for target in targets if target.goal != "watch"}
    if not goals:
        return _("Your table gives nothing to aim at yet. Set what you want before you plan.")
    ways = {
        "viscosity": _("viscosity as in the middle of your trials"),
        "spreading": _("spreading high, as your trials measured it"),
        "stability": _("the stability score high, as your trials measured it"),
        "cost": _("cost low, from the prices of your ingredient table"),
        "natural": _("natural origin high, from your ingredient table"),
    }
    ways_said = list_of([said for key, said in ways.items() if key in goals])
    if weighed:
        return _(
            "These targets are only a suggestion: {ways}. Set what you really want before you plan.", ways=ways_said
        )
    return _(
        "These targets are only a suggestion: {ways}. Nothing was measured yet, so the first trials are spread over "
        "what your limits allow; set what you really want before you plan.",
        ways=ways_said,
    )


def change(project: Project) -> Settings:
    """The form; what is changed is kept at once."""
    settings = project.settings
    named = f"{SLUG}_{project.table}_{session.workspace()}"
    product = _kind(settings.product, named)
    with st.expander(_("Change the targets"), icon=":material/tune:", key=f"{named}_targets"):
        targets = tuple(
            _target(one, next((t for t in settings.targets if t.key == one.key), Target(one.key)), named)
            for one in RESPONSES
        )
        st.caption(
            _(
                "Between the worse and the better end a value is worth more and more; a limit must be held. Cost and "
                "natural "
                "origin follow from the ingredient table, the others are learned from the trials."
            )
        )
    with st.expander(_("Batch, pH and claims"), icon=":material/science:", key=f"{named}_product"):
        settings = _product(settings, named)
    settings = replace(settings, targets=targets, product=product)
    left, right = st.columns(2)
    with left:
        count = st.number_input(
            _("How many trials to weigh next"), 1, MOST_TRIALS, settings.count, 1, key=f"{named}_count"
        )
    with right:
        enough = _enough(settings, named)
    settings = replace(settings, count=int(count), enough=enough)
    return keep(project.table, project.settings, settings)


def _enough(settings: Settings, named: str) -> float:
    """The expected gain below which trials stop. A choice: Streamlit writes a number's point in every language."""
    steps = sorted({*STOPS, settings.enough})
    return float(
        st.selectbox(
            _("Stop below an expected gain of"),
            steps,
            steps.index(settings.enough),
            format_func={step: percent(step, 1) for step in steps}.__getitem__,
            key=f"{named}_enough_{session.language()}",
            help=_(
                "Of desirability, on which 100% is perfect. When no formula promises more, the page advises to stop."
            ),
        )
    )


def _target(one: Response, target: Target, named: str) -> Target:
    """One response: its aim, then the numbers that the aim needs."""
    goals = list(GOALS)
    key = f"{named}_{one.key}"
    cells = st.columns([2.6, 1.6, 1.6, 1.6, 1.3], vertical_alignment="bottom")
    unit = translate(one.unit)
    goal = cells[0].selectbox(
        f"{translate(one.title)} ({unit})",
        goals,
        goals.index(target.goal),
        format_func={name: translate(said) for name, said in GOALS.items()}.__getitem__,
        key=f"{key}_goal_{session.language()}",
        help=translate(one.help) if one.help else None,
    )
    target = replace(target, goal=cast(Goal, goal))
    step = 10.0**-one.decimals

    def number(cell: int, label: str, field: str) -> float | None:
        before = getattr(target, field)
        value = cells[cell].number_input(
            label, value=before, step=step, format=f"%.{one.decimals}f", key=f"{key}_{goal}_{field}"
        )
        return None if value is None else float(value)

    if goal == "hit":
        low, value, high = number(1, _("From"), "low"), number(2, _("Value"), "value"), number(3, _("To"), "high")
        target = replace(target, low=low, value=value, high=high)
    elif goal in SCORED:
        ends = (_("Worse"), _("Better")) if goal == "maximise" else (_("Better"), _("Worse"))
        target = replace(target, low=number(1, ends[0], "low"), high=number(2, ends[1], "high"))
    elif goal in LIMITED:
        target = replace(target, value=number(1, _("Limit"), "value"))
    if goal in SCORED:
        weight = cells[4].number_input(_("Weight"), 0.1, 10.0, float(target.weight), 0.1, key=f"{key}_weight")
        target = replace(target, weight=float(weight))
    return target


def _kind(product: Product, named: str) -> Product:
    """The kind of product: the law's limits depend on it, so it is asked before anything is planned."""
    language = session.language()
    kinds, sprays = list(KINDS), list(SPRAYS)
    left, right = st.columns([3, 2])
    kind = left.selectbox(
        _("Kind of product"),
        kinds,
        kinds.index(product.kind),
        format_func={name: translate(said) for name, said in KINDS.items()}.__getitem__,
        key=f"{named}_kind_{language}",
        help=_("Legal limits and the thresholds of allergens depend on it."),
    )
    spray = right.selectbox(
        _("Spray"),
        sprays,
        sprays.index(product.spray),
        format_func={name: translate(said) for name, said in SPRAYS.items()}.__getitem__,
        key=f"{named}_spray_{language}",
    )
    under_three = st.checkbox(
        _("For children under three"),
        product.under_three,
        key=f"{named}_three",
        help=_("Also where it may be used on them."),
    )
    return Product(str(kind), str(spray), bool(under_three))


def _product(settings: Settings, named: str) -> Settings:
    """What the laboratory and the pack need to know of the product."""
    left, right = st.columns(2)
    batch = left.number_input(_("Batch (g)"), 1.0, 100_000.0, settings.batch, 50.0, format="%.0f", key=f"{named}_batch")
    ph = right.number_input(
        _("pH of the product"),
        0.0,
        14.0,
        settings.ph,
        0.1,
        format="%.1f",
        key=f"{named}_ph",
        placeholder=_("not measured"),
    )
    claims, natural = _claims(settings, named)
    return replace(
        settings,
        batch=float(batch),
        ph=ph,
        claims=claims,
        natural_claim=natural,
        first=_first(settings, named),
    )


def _claims(settings: Settings, named: str) -> tuple[tuple[str, ...], float]:
    """What the pack is to claim, and how much natural origin where that is claimed."""
    from lib.merchandising.beauty_formulation.cautions import CLAIMS

    claims = st.multiselect(
        _("Claims on the pack"),
        list(CLAIMS),
        list(settings.claims),
        format_func={name: translate(said) for name, said in CLAIMS.items()}.__getitem__,
        key=f"{named}_claims_{session.language()}",
        placeholder=_("none"),
    )
    natural = settings.natural_claim
    if "natural" in claims:
        natural = st.number_input(
            _("Natural origin claimed (%)"), 0.0, 100.0, natural, 1.0, format="%.0f", key=f"{named}_claimed"
        )
    return tuple(claims), float(natural)


def _first(settings: Settings, named: str) -> str:
    """How trials are chosen while nothing is learned."""
    ways = {
        "framed": _("Middle, corners and edges of what is allowed"),
        "space_filling": _("Spread over all that is allowed"),
        "d_optimal": _("For the effect of each ingredient (D-optimal)"),
    }
    return str(
        st.radio(
            _("The first trials, while nothing is learned yet"),
            list(ways),
            list(ways).index(settings.first),
            format_func=ways.__getitem__,
            horizontal=True,
            key=f"{named}_first_{session.language()}",
            help=_(
                "Corners and edges arrive sooner where a response is a plain quadratic of few ingredients, later where "
                "it is rugged: How it works gives the numbers."
            ),
        )
    )
