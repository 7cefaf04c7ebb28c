"""The page's pictures: what was measured, the triangle with its uncertainty, slices, cost, the model's error."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from lib.i18n import _, number, percent, translate
from lib.merchandising.beauty_formulation.model import BY_KEY, MEASURED, Ingredient, Target, Trial
from lib.merchandising.beauty_formulation.slices import Accuracy, Frontier, Slice
from lib.merchandising.beauty_formulation.telling import amount, with_unit
from lib.merchandising.beauty_formulation.ternary import HEIGHT, Ternary
from lib.shell.beauty_formulation.plot import (
    Axis,
    Point,
    across,
    area,
    diamond,
    dot,
    line,
    rule,
    span,
    svg,
    text,
    upward,
)
from lib.shell.beauty_formulation.plot import key as legend
from lib.shell.html import element, joined

WIDE, SIDE = 340.0, 300.0  # of a picture; of a triangle, in SVG units
TINTS = (6, 16, 28, 41, 55, 70, 86)  # percent of the colour in each band, the lowest first


def measured(trials: Sequence[Trial], targets: Sequence[Target], best: str = "") -> Markup:
    """Each response on its own line: the trials as dots, what is wanted as a zone behind them."""
    by_key = {target.key: target for target in targets}
    rows, top = [], 6.0
    for one in MEASURED:
        held = [(trial.name, value) for trial in trials if (value := trial.result(one.key)) is not None]
        if not held:
            continue
        zone = _zone(by_key.get(one.key))
        ends = [value for _name, value in held] + [end for end in zone or () if end is not None]
        low, high = span(ends)
        axis = Axis(
            max(low, 0.0),
            min(high, 100.0) if one.scale == "share" else high,
            8,
            WIDE - 8,
            number,
        )
        rows.append(text(0, top + 10, f"{translate(one.title)}, {translate(one.unit)}", class_="strong"))
        middle = top + 32
        if zone:
            left, right = (
                axis(zone[0] if zone[0] is not None else axis.low),
                axis(zone[1] if zone[1] is not None else axis.high),
            )
            rows.append(
                area([(left, middle - 13), (right, middle - 13), (right, middle + 13), (left, middle + 13)], "zone")
            )
        rows += [
            dot(
                axis(value),
                middle,
                5.5 if name == best else 4.5,
                "dot-best" if name == best else "dot",
                _("{name}: {said}", name=name, said=with_unit(one.key, value)),
            )
            for name, value in sorted(held, key=lambda p: p[0] == best)
        ]
        rows += across(axis, middle + 16, 4)
        top += 84
    label = _("What was measured on {n} trials, and what is wanted of each response", n=len(trials))
    marks = [("", _("a trial"))] + ([("best", _("the best trial"))] if best else [])
    return joined(svg(WIDE, max(top - 8, 20), label, *rows), legend(*marks))


def _zone(target: Target | None) -> tuple[float | None, float | None] | None:
    """The values that are wanted, open at an end where any is welcome."""
    if target is None or target.goal == "watch":
        return None
    match target.goal:
        case "hit":
            return target.low, target.high
        case "maximise":
            return target.high, None
        case "minimise":
            return None, target.low
        case "at_least":
            return target.value, None
    return None, target.value


def triangle(
    picture: Ternary, ingredients: Sequence[Ingredient], title: str, said: str, colour: str, unit_of: str
) -> Markup:
    """The triangle: bands of ``colour`` from light (little) to dark (much), trials as rings, proposals as diamonds.

    ``unit_of`` is the response whose unit the legend speaks; '' for a desirability or an uncertainty of one.
    """
    left, top = (WIDE - SIDE) / 2, 50.0
    foot = top + SIDE * HEIGHT

    def at(point: Point) -> Point:
        return left + SIDE * point[0], foot - SIDE * point[1]

    drawn: list[Markup] = []
    for tint, band in zip(TINTS, picture.bands, strict=False):
        path = "".join(
            "M" + "L".join("{:.1f} {:.1f}".format(*at(point)) for point in ring) + "Z" for ring in band.rings
        )
        fill = _mixed(colour, tint)
        drawn.append(element("path", d=path, style=f"fill:{fill};stroke:{fill};stroke-width:0.7"))
    corners = [at((0.0, 0.0)), at((1.0, 0.0)), at((0.5, HEIGHT))]
    drawn.append(area(corners, "axis"))
    drawn.append(area([at(point) for point in picture.outline], "edge"))
    drawn += _corner_names(picture, ingredients, corners)
    for one in sorted(picture.dots, key=lambda d: d.best):
        if not one.proposed:
            x, y = at(one.place)
            radius, class_, near = (5.5, "dot-best", 1.0) if one.best else (4.5, "dot", 0.25 + 0.75 * one.near)
            drawn.append(dot(x, y, radius, class_, one.name, near))
    for x, y, names in _together([(*at(one.place), one.name) for one in picture.dots if one.proposed]):
        drawn += _next(x, y, names)
    return element(
        "div",
        element("p", title, class_="toile-plot-title"),
        svg(WIDE, foot + 40, said, *drawn),
        _swatches(picture, colour, unit_of),
    )


def _together(places: Sequence[tuple[float, float, str]]) -> list[tuple[float, float, list[str]]]:
    """Proposals that would cover each other, as one mark."""
    found: list[tuple[float, float, list[str]]] = []
    for x, y, name in places:
        near = next((one for one in found if abs(one[0] - x) < 15 and abs(one[1] - y) < 15), None)
        if near is None:
            found.append((x, y, [name]))
        else:
            near[2].append(name)
    return found


def _next(x: float, y: float, names: Sequence[str]) -> list[Markup]:
    """Proposals: a diamond with the number in the round, or with the numbers of several beside it."""
    numbers = [name.rpartition("-")[2] for name in names]
    drawn = [diamond(x, y, 10.5 if len(names) == 1 else 7, title=", ".join(names))]
    if len(names) == 1:
        return [*drawn, text(x, y + 4, numbers[0], "middle", "on-next")]
    return [*drawn, text(x + 11, y + 4, ", ".join(numbers), class_="beside-next")]


def _mixed(colour: str, tint: int) -> str:
    return f"color-mix(in srgb, var(--toile-{colour}) {tint}%, var(--toile-paper))"


def _corner_names(picture: Ternary, ingredients: Sequence[Ingredient], corners: Sequence[Point]) -> list[Markup]:
    """Each corner's ingredient, from its least to its most."""
    found = []
    places = (
        (corners[0][0] - 18, corners[0][1] + 17, "start"),
        (corners[1][0] + 18, corners[1][1] + 17, "end"),
        (corners[2][0], corners[2][1] - 32, "middle"),
    )
    for (x, y, anchor), where, low, high in zip(places, picture.three, picture.low, picture.high, strict=True):
        name, most = ingredients[where].inci, 44 if anchor == "middle" else 24  # two names share the foot
        short = name if len(name) <= most else name[: most - 1].rstrip() + "…"
        amounts = _("{high}% here, {low}% opposite", high=number(high, 1), low=number(low, 1))
        found += [text(x, y, short, anchor, "strong"), text(x, y + 14, amounts, anchor, "quiet")]
    return found


def _swatches(picture: Ternary, colour: str, unit_of: str) -> Markup:
    """The bands' lower ends."""
    spread = picture.bands[-1].high - picture.bands[0].low if picture.bands else 1.0
    digits = 0 if spread > 0.1 else 1

    def value(end: float) -> str:
        return amount(unit_of, end) if unit_of else percent(end, digits)

    items = [
        element("span", value(band.low), style=f"border-top-color:{_mixed(colour, tint)}")
        for tint, band in zip(TINTS, picture.bands, strict=False)
    ]
    return element("div", *items, class_="toile-swatches") if items else Markup("")


def marks_key(outside: int) -> Markup:
    """What the marks of a triangle mean."""
    near = _("a trial; fainter where the other ingredients differ")
    return (
        legend(("", near), ("best", _("the best trial")), ("next", _("to weigh next")))
        if not outside
        else legend(
            ("", near),
            ("best", _("the best trial")),
            ("next", _("to weigh next")),
            ("none", _("{n} outside this triangle", n=outside)),
        )
    )


def slice_panels(found: Sequence[Slice], ingredients: Sequence[Ingredient], key: str) -> Markup:
    """Small multiples: the response along one ingredient, with its 95% interval; the rule marks the formula itself."""
    ends = [value for one in found for value in (*one.low, *one.high)]
    low, high = _display_ends(ends, [value for one in found for value in one.middle])
    panels = []
    for one in found:
        x = Axis(one.at[0], one.at[-1], 42, WIDE - 10, number)
        y = Axis(low, high, 150, 14, number)
        reach = [(x(a), y(min(max(v, low), high))) for a, v in zip(one.at, one.high, strict=True)]
        reach += [(x(a), y(min(max(v, low), high))) for a, v in zip(one.at[::-1], one.low[::-1], strict=True)]
        name = ingredients[one.place].inci
        said = _(
            "{response} along {name}: {first} at {low}%, {last} at {high}%",
            response=translate(BY_KEY[key].title),
            name=name,
            first=with_unit(key, one.middle[0]),
            last=with_unit(key, one.middle[-1]),
            low=number(one.at[0], 2),
            high=number(one.at[-1], 2),
        )
        drawn = svg(
            WIDE,
            172,
            said,
            *upward(y, 42, WIDE - 10, 4),
            area(reach, "reach"),
            line([(x(a), y(v)) for a, v in zip(one.at, one.middle, strict=True)], "line"),
            rule(x(one.here), 14, x(one.here), 150, "same"),
            *across(x, 150, 5),
        )
        panels.append(element("div", element("p", _("{name}, %", name=name), class_="toile-plot-title"), drawn))
    return element("div", *panels, class_="toile-plot-slices")


def _display_ends(ends: Sequence[float], middles: Sequence[float]) -> tuple[float, float]:
    """The axis of the slices: the intervals, but no further than three times the lines' own span."""
    low, high = min(middles), max(middles)
    room = max(high - low, abs(high) * 0.1, 1e-6)
    return max(min(ends), low - room), min(max(ends), high + room)


def frontier_picture(found: Frontier) -> Markup:
    """Cost along, performance upward: the frontier with its interval, trials and proposals."""
    costs = [*found.costs, *(cost for _n, cost, _p in (*found.trials, *found.proposals))]
    low, high = span(costs)
    x = Axis(max(low, 0.0), high, 46, WIDE - 10, lambda value: number(value, 2))
    y = Axis(0.0, 1.0, 226, 14, percent)
    band = [(x(c), y(v)) for c, v in zip(found.costs, found.high, strict=True)]
    band += [(x(c), y(v)) for c, v in zip(found.costs[::-1], found.low[::-1], strict=True)]
    stairs = [(x(c), y(v)) for c, v in zip(found.costs, found.middle, strict=True)]
    drawn = [*upward(y, 46, WIDE - 10), *across(x, 226)]
    if len(band) >= 4:
        drawn += [area(band, "reach"), line(stairs, "line")]
    drawn += [
        dot(x(cost), y(worth), 4.5, "dot", _("{name}: {said}", name=name, said=percent(worth)))
        for name, cost, worth in found.trials
    ]
    drawn += [
        part
        for across_, up, names in _together([(x(cost), y(worth), name) for name, cost, worth in found.proposals])
        for part in _next(across_, up, names)
    ]
    drawn += [text(WIDE - 10, 258, _("raw material cost, € per kg"), "end", "quiet")]
    said = _("Performance against cost: the best expected at each cost, the trials and the next ones")
    marks = legend(("", _("a trial")), ("next", _("to weigh next")))
    return element("div", svg(WIDE, 264, said, *drawn), marks)


def accuracy_picture(found: Accuracy) -> Markup:
    """Measured along, foreseen without that trial upward; on the dashed rule the two agree."""
    ends = span([*found.measured, *found.foreseen])
    low, high = max(ends[0], 0.0), ends[1]
    x = Axis(low, high, 46, WIDE - 10, number)
    y = Axis(low, high, 252, 14, number)
    drawn = [*upward(y, 46, WIDE - 10), *across(x, 252), rule(x(low), y(low), x(high), y(high), "same")]
    for name, value, middle, down, up in zip(
        found.names, found.measured, found.foreseen, found.low, found.high, strict=True
    ):
        drawn.append(rule(x(value), y(max(down, low)), x(value), y(min(up, high)), "whisker"))
        title = _(
            "{name}: measured {value}, foreseen {middle}",
            name=name,
            value=amount(found.key, value),
            middle=amount(found.key, middle),
        )
        drawn.append(dot(x(value), y(middle), 4.5, "dot", title))
    drawn.append(text(WIDE - 10, 284, _("measured"), "end", "quiet"))
    drawn.append(text(50, 10, _("foreseen"), class_="quiet"))
    title = f"{translate(BY_KEY[found.key].title)}, {translate(BY_KEY[found.key].unit)}"
    said = _("{response}: what each trial gave, and what was foreseen for it without it", response=title)
    return element(
        "div",
        element("p", title, class_="toile-plot-title"),
        svg(WIDE, 290, said, *drawn),
        element(
            "p",
            _(
                "explains {share} of the differences; {inside} of the trials within their interval; one measurement "
                "±{noise}",
                share=percent(max(found.explained, 0.0)),
                inside=percent(found.inside),
                noise=with_unit(found.key, 1.96 * found.noise),
            ),
            class_="toile-source",
        ),
    )
