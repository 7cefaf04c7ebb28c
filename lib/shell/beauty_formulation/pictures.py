"""What the model says of a round, as pictures to choose from."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import streamlit as st

from lib.i18n import _, money, percent, translate
from lib.merchandising.beauty_formulation.judging import Judge
from lib.merchandising.beauty_formulation.model import BY_KEY
from lib.merchandising.beauty_formulation.planning import judge_of
from lib.merchandising.beauty_formulation.rounds import Round
from lib.merchandising.beauty_formulation.slices import Frontier, accuracy, filler, frontier, slices
from lib.merchandising.beauty_formulation.space import Array, Polytope, Space
from lib.merchandising.beauty_formulation.ternary import most_apart, most_telling, picture
from lib.shell import errors, html
from lib.shell.beauty_formulation import drawing
from lib.shell.beauty_formulation.lasting import choose
from lib.shell.beauty_formulation.plot import show as show_drawn
from lib.shell.html import element, joined

SCORE = "score"
KEPT = 8  # rounds whose model is held in memory


@lru_cache(maxsize=KEPT)
def _model(run: str, holder: _Held) -> tuple[Judge, Space]:
    space = holder.round.question.space()
    return judge_of(holder.round.question, space, holder.round.plan.thetas), space


@lru_cache(maxsize=KEPT)
def _frontier(run: str, holder: _Held) -> Frontier | None:
    judge, space = _model(run, holder)
    question, plan = holder.round.question, holder.round.plan
    proposals = [(one.name, np.array(one.shares)) for one in plan.proposals]
    return frontier(judge, space, question.trials, proposals)


class _Held:
    """A round as a cache's argument: one run is one result, so all of its kind are equal."""

    def __init__(self, round_: Round) -> None:
        self.round = round_

    def __hash__(self) -> int:
        return hash(self.round.run)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.round.run == self.round.run


def model_of(round_: Round) -> tuple[Judge, Space]:
    """The model of a recorded plan, made again from what the run holds."""
    return _model(round_.run, _Held(round_))


def show(round_: Round) -> None:
    """The pictures, one kind at a time."""
    if not round_.plan.learned or round_.plan.expected_best is None:
        return
    with st.expander(_("What the model says"), icon=":material/insights:", key=f"beauty_model_{round_.run}"):
        _chosen(round_)


def _chosen(round_: Round) -> None:
    """One kind of picture, to choose."""
    kinds = {
        "triangle": _("Triangle"),
        "slices": _("One ingredient at a time"),
        "cost": _("Cost and performance"),
        "model": _("How good the model is"),
    }
    kind = choose(_("Picture"), kinds, "beauty_picture", as_radio=True)
    judge, space = model_of(round_)
    with errors.shown():
        match kind:
            case "triangle":
                _triangle(round_, judge, space)
            case "slices":
                _slices(round_, judge, space)
            case "cost":
                _cost(round_)
            case _:
                _accuracy(round_, judge)


def _centre(round_: Round, space: Space) -> tuple[Array, Polytope]:
    """The formula around which the pictures are drawn: the one that is expected to be best."""
    centre = np.array(round_.plan.expected_best)
    part = next((one for one in space.parts if one.holds(centre[None], 1e-2)[0]), space.parts[0])
    return centre, part


def _quantities(judge: Judge, every: bool = True) -> dict[str, str]:
    names = {SCORE: _("Performance: all targets, times the chance to hold the limits")} if every else {}
    return names | {key: translate(BY_KEY[key].title) for key in judge.processes}


def _triangle(round_: Round, judge: Judge, space: Space) -> None:
    """Prediction and uncertainty side by side, with three ingredients to choose."""
    names = _quantities(judge)
    chosen = choose(_("Quantity shown"), names, "beauty_shown")
    centre, part = _centre(round_, space)
    ingredients = round_.question.ingredients

    def middle(mixtures: Array) -> Array:
        return judge.promise(mixtures) if chosen == SCORE else judge.middle(chosen, mixtures)

    def unsure(mixtures: Array) -> Array:
        if chosen == SCORE:
            return np.asarray(judge.draws(mixtures).std(axis=0))
        low, high = judge.interval(chosen, mixtures)
        return (high - low) / 2

    three = _three(round_, part, centre, middle)
    if three is None:
        return
    marks = [
        (trial.name, np.array(trial.shares), False, at == round_.plan.best)
        for at, trial in enumerate(round_.question.trials)
    ]
    marks += [(one.name, np.array(one.shares), True, False) for one in round_.plan.proposals]
    first = picture(part, centre, three, middle, marks)
    second = picture(part, centre, three, unsure, marks)
    key = "" if chosen == SCORE else chosen
    unit = f", {translate(BY_KEY[chosen].unit)}" if key else ""
    others = [at for at in range(len(ingredients)) if at not in three and centre[at] >= 1]
    said = _("{what} over three ingredients, the others held", what=names[chosen])
    doubt = _("How unsure that is (half of the 95% interval)") if key else _("How unsure that is (standard deviation)")
    what = _("Expected: {what}", what=names[chosen].lower() + unit)
    pair = element(
        "div",
        drawing.triangle(first, ingredients, what, said, "evidence", key),
        drawing.triangle(second, ingredients, doubt, said, "doubtful", key),
        class_="toile-plot-pair",
    )
    show_drawn(joined(pair, drawing.marks_key(first.outside)), "beauty_triangles")
    held = " · ".join(
        f"{ingredients[at].inci} {percent(centre[at] / 100, 1)}" for at in sorted(others, key=lambda a: -centre[a])[:5]
    )
    html.draw(
        element("p", _("Held as in the formula that is expected to be best: {held}", held=held), class_="toile-source")
    )


def _three(
    round_: Round, part: Polytope, centre: Array, middle: Callable[[Array], Array]
) -> tuple[int, int, int] | None:
    """The triangle's ingredients: those in which the proposals differ most until the person chooses others."""
    ingredients = round_.question.ingredients
    free = [at for at in range(len(ingredients)) if part.high[at] - part.low[at] > 0.02]
    if len(free) < 3:
        st.caption(_("A triangle needs three ingredients that may vary; here fewer do."))
        return None
    key = f"beauty_three_{round_.run}"
    proposed = np.array([one.shares for one in round_.plan.proposals]).reshape(-1, len(ingredients))
    if key not in st.session_state:
        st.session_state[key] = list(most_apart(part, centre, proposed) or most_telling(part, centre, middle))
    chosen = st.multiselect(
        _("Three ingredients"), free, format_func=lambda at: short(ingredients[at].inci), max_selections=3, key=key
    )
    if len(chosen) != 3:
        st.caption(_("Choose three ingredients for the triangle."))
        return None
    return chosen[0], chosen[1], chosen[2]


def short(name: str) -> str:
    """A name that a narrow choice can show: of a blend the first part."""
    first, others, _rest = name.partition(" (and) ")
    return f"{first} + …" if others else name


def _slices(round_: Round, judge: Judge, space: Space) -> None:
    names = _quantities(judge, every=False)
    chosen = choose(_("Quantity shown"), names, "beauty_sliced")
    centre, part = _centre(round_, space)
    found = slices(judge, part, centre, chosen)
    ingredients = round_.question.ingredients
    if not found:
        st.caption(_("Nothing can be exchanged within the limits."))
        return
    rest = ingredients[filler(part, centre)].inci
    strongest = ingredients[found[0].place].inci
    html.draw(
        element(
            "p",
            _("{name} moves {response} most", name=strongest, response=names[chosen].lower()),
            class_="toile-finding",
        )
    )
    show_drawn(drawing.slice_panels(found, ingredients, chosen), "beauty_slices")
    html.draw(
        element(
            "p",
            _(
                "{response}, {unit}, while {rest} makes room; the band is the 95% interval, the dashed rule the "
                "formula "
                "that is expected to be best",
                response=names[chosen],
                unit=translate(BY_KEY[chosen].unit),
                rest=rest,
            ),
            class_="toile-source",
        )
    )


def _cost(round_: Round) -> None:
    found = _frontier(round_.run, _Held(round_))
    if found is None or not found.costs:
        st.caption(_("Only cost is to be improved: there is nothing to set against it."))
        return
    cheapest, best = (found.costs[0], found.middle[0]), (found.costs[-1], found.middle[-1])
    html.draw(
        element(
            "p",
            _(
                "A performance of {low} is expected from {cheap} a kilogram, of {high} from {dear}",
                low=percent(cheapest[1]),
                cheap=money(cheapest[0]),
                high=percent(best[1]),
                dear=money(best[0]),
            ),
            class_="toile-finding",
        )
    )
    show_drawn(element("div", drawing.frontier_picture(found), class_="toile-plot-pair"), "beauty_cost")
    html.draw(
        element(
            "p",
            _(
                "Performance is the desirability of all targets but cost, times the chance to hold the limits. The "
                "line is the best that is expected at each cost, the band its 95% interval; dots are what the model "
                "makes of each trial."
            ),
            class_="toile-source",
        )
    )


def _accuracy(round_: Round, judge: Judge) -> None:
    """Each trial foreseen without itself."""
    found = [accuracy(judge, round_.question.trials, key) for key in judge.processes]
    worst = min(found, key=lambda one: one.explained)
    name = translate(BY_KEY[worst.key].title)
    said = (
        _("{response} can hardly be foreseen yet: trust its predictions little", response=name)
        if worst.explained < 0.25
        else _(
            "What a trial gives is foreseen fairly: {response} least, at {share}",
            response=name,
            share=percent(worst.explained),
        )
    )
    html.draw(element("p", said, class_="toile-finding"))
    show_drawn(
        element("div", *(drawing.accuracy_picture(one) for one in found), class_="toile-plot-pair"), "beauty_accuracy"
    )
    html.draw(
        element(
            "p",
            _(
                "Each trial is foreseen by a model that hasn’t seen it; the whiskers are the 95% interval of a "
                "measurement. On the dashed rule both agree."
            ),
            class_="toile-source",
        )
    )
