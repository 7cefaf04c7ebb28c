"""A proof as small multiples: a sentence, the values with their intervals on one axis with zero, the differences.

Drawn in HTML, so that a label wraps on a phone and a value is text. Positions are percents of a track.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from lib.engines import registry
from lib.errors import EngineNotConfigured
from lib.i18n import _, current_language, language_name, list_of, ngettext, number, percent, translate
from lib.proofs import Measure
from lib.shell.html import element

Ends = tuple[float, float] | None
SIGNS = {True: "+", False: "−", None: "="}


def engine_title(name: str) -> str:
    """An engine as the interface calls it; one that is gone by the name it had."""
    try:
        return translate(registry.info(name).title)
    except EngineNotConfigured:
        return name


def blocks(measures: Sequence[Measure]) -> Markup:
    """All measures side by side, as many as fit; two of one name are told apart by the language of their texts."""
    count = Counter(measure.metric for measure in measures)
    drawn = [block(one, _texts(one) if count[one.metric] > 1 else "") for one in measures]
    return element("div", *drawn, class_="toile-multiples")


def _texts(measure: Measure) -> str:
    """Of which texts a measure speaks."""
    if not measure.language:
        return _("texts in all languages")
    name = language_name(measure.language)
    return _("texts in one language: {name}", name=name.lower() if current_language() == "fr" else name)


def block(measure: Measure, of: str = "") -> Markup:
    """One measure: what it is, who wins in words, its values, its differences, and how it was measured on demand."""
    return element(
        "section",
        element("h4", translate(measure.metric), element("small", of, class_="toile-measured-on") if of else ""),
        element("p", verdict(measure), class_="toile-outcome"),
        _values(measure),
        _differences(measure),
        _how(measure),
    )


def verdict(measure: Measure) -> str:
    """One honest sentence: better, worse, not told apart, or only two numbers."""
    if measure.control:
        return _control(measure)
    names: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    bare = []
    for baseline in measure.baselines:
        if _unmeasured(measure, baseline):
            bare.append(_bare(measure, baseline))
        else:
            names[measure.wins(baseline)].append(_("“{name}”", name=translate(baseline)))
    said = []
    if names[True]:
        said.append(_("Better than {names}.", names=list_of(names[True])))
    if names[False]:
        said.append(_("Worse than {names}.", names=list_of(names[False])))
    if names[None]:
        said.append(_("Not told apart from {names}: the interval doesn’t leave zero out.", names=list_of(names[None])))
    return " ".join((*said, *bare)) or _("No baseline.")


def _unmeasured(measure: Measure, baseline: str) -> bool:
    return baseline not in (measure.differences or {}) and (measure.low is None or measure.high is None)


def _bare(measure: Measure, baseline: str) -> str:
    return _(
        "{ours} against {theirs} for “{name}”; no interval was computed.",
        ours=said(measure.ours, measure),
        theirs=said(measure.baselines[baseline], measure),
        name=translate(baseline),
    )


def _control(measure: Measure) -> str:
    if not measure.baselines:
        return _("A check of the method: {ours}, and nothing to hold it against.", ours=said(measure.ours, measure))
    name, allowed = next(iter(measure.baselines.items()))
    if measure.wins(name) is False:
        return _("A check of the method, and it fails: {allowed} were allowed.", allowed=said(allowed, measure))
    return _("A check of the method: no more than the {allowed} that it allows itself.", allowed=said(allowed, measure))


def said(value: float, measure: Measure) -> str:
    """A value of the measure in the reader's way; a share as a percentage."""
    if is_share(measure):
        return percent(value, 0)
    return number(value, 2 if abs(value) < 10 else 1)


def is_share(measure: Measure) -> bool:
    """Whether the measure is a share from 0 to 1."""
    return measure.unit.split()[0] == "share"


def _interval(low: float, high: float, measure: Measure) -> str:
    return _("({low} to {high})", low=said(low, measure), high=said(high, measure))


def _difference_said(value: float, measure: Measure) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    if is_share(measure):
        return f"{sign}{number(abs(value) * 100, 0)}"
    return f"{sign}{number(abs(value), 2)}"


def _values(measure: Measure) -> Markup:
    """Ours and every baseline on one axis that begins at zero."""
    intervals = measure.baseline_intervals or {}
    own = (measure.low, measure.high) if measure.low is not None and measure.high is not None else None
    lines: list[tuple[str, float, Ends, str]] = [(_who(measure), measure.ours, own, "ours")]
    lines += [(translate(name), value, intervals.get(name), "baseline") for name, value in measure.baselines.items()]
    ends = [end for _name, value, interval, _role in lines for end in (value, *(interval or ()))]
    low, high = span((*ends, 0.0))
    rows = [
        _line(name, said(value, measure), _interval(*interval, measure) if interval else "", role,
              track(value, interval, low, high, role))
        for name, value, interval, role in lines
    ]  # fmt: skip
    return element("div", *rows, class_="toile-lines")


def _who(measure: Measure) -> str:
    return _("This use case") if measure.engine == registry.BUILT_IN else engine_title(measure.engine)


def _differences(measure: Measure) -> Markup:
    """What was measured in pairs, on an axis with zero in it: the verdict rests on this."""
    if not measure.differences:
        return Markup("")
    ends = [end for triple in measure.differences.values() for end in triple]
    low, high = span((*ends, 0.0))
    rows = []
    for name, (value, first, last) in measure.differences.items():
        reach = _("({low} to {high})", low=_difference_said(first, measure), high=_difference_said(last, measure))
        role = {True: "won", False: "lost", None: "open"}[measure.wins(name)]
        drawn = track(value, (first, last), low, high, role)
        rows.append(_line(_("to “{name}”", name=translate(name)), _difference_said(value, measure), reach, role, drawn))
    pairs = translate(measure.paired_by) if measure.paired_by else ""
    unit = _("points") if is_share(measure) else ""
    heading = _("Difference, in pairs on {what}", what=pairs) if pairs else _("Difference, in pairs")
    heading = f"{heading} ({unit})" if unit else heading
    return element("div", element("p", heading, class_="toile-pairs"), *rows, class_="toile-lines toile-apart")


def _line(name: str, value: str, interval: str, role: str, drawn: Markup) -> Markup:
    """Label, value with interval, and the drawing beside or below them."""
    return element(
        "div",
        element("span", name, class_="toile-line-name"),
        drawn,
        element("span", element("strong", value), " ", element("small", interval), class_="toile-line-value"),
        class_=f"toile-line toile-role-{role}",
    )


def span(ends: Iterable[float]) -> tuple[float, float]:
    """From the lowest to the highest end, never empty."""
    found = list(ends)
    low, high = min(found), max(found)
    return (low, high) if high > low else (low, low + 1.0)


def place(value: float, low: float, high: float) -> float:
    """Where a value lies on the track, in percent."""
    return round(min(max((value - low) / (high - low), 0.0), 1.0) * 100, 2)


def track(value: float, interval: Ends, low: float, high: float, role: str) -> Markup:
    """The axis from ``low`` to ``high`` with zero, the interval and the value; not read aloud: the values are text."""
    parts = [element("i", class_="toile-zero", style=f"left:{place(0.0, low, high)}%")]
    if interval is not None:
        first, last = (place(end, low, high) for end in interval)
        parts.append(element("i", class_="toile-reach", style=f"left:{first}%;width:{round(last - first, 2)}%"))
    parts.append(element("i", class_="toile-dot", style=f"left:{place(value, low, high)}%"))
    return element("span", *parts, class_=f"toile-track toile-{role}", aria_hidden="true")


def _how(measure: Measure) -> Markup:
    """Unit, number of cases, engine and note, on demand."""
    better = _("higher is better") if measure.better == "higher" else _("lower is better")
    facts = (
        translate(measure.unit),
        better,
        ngettext("{n} case", "{n} cases", measure.n),
        _("engine: {name}", name=engine_title(measure.engine)),
        _("intervals of 95%"),
    )
    note = [element("p", translate(measure.note))] if measure.note else []
    return element("details", element("summary", _("How it was measured")), element("p", " · ".join(facts)), *note)
