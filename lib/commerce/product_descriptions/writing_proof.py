"""What a writer tells of the products, what it claims without support, and how often it repeats itself.

All three are counted by modules that do not know who wrote: ``coverage``, the claims check and ``repetition``. The
baseline is the plain template on the same products.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from lib.checks.model import Verdict
from lib.commerce.product_descriptions.checks import trace
from lib.commerce.product_descriptions.coverage import coverage
from lib.commerce.product_descriptions.model import DescribeProduct, Description, Product
from lib.commerce.product_descriptions.plain_template import from_template
from lib.commerce.product_descriptions.regression import Array, stop_if
from lib.commerce.product_descriptions.repetition import repeated_in, skeletons_of
from lib.commerce.product_descriptions.table import silent
from lib.engines.registry import BUILT_IN
from lib.i18n import N_
from lib.proofs import Measure

TEMPLATE, RULES = N_("plain template"), N_("built-in engine")
SAME = N_("the same products")
Write = Callable[[DescribeProduct, str], Description]  # inputs and language in, the first option out
Texts = Sequence[tuple[Description, Product]]
METRICS = {
    "en": (
        N_("Facts of the product told, English"),
        N_("Claims without support a description, English"),
        N_("Repeated sentences a description, English"),
        N_("Descriptions that share the most frequent sentence, English"),
    ),
    "fr": (
        N_("Facts of the product told, French"),
        N_("Claims without support a description, French"),
        N_("Repeated sentences a description, French"),
        N_("Descriptions that share the most frequent sentence, French"),
    ),
}
OTHER_METRICS = (
    N_("Facts of the product told"),
    N_("Claims without support a description"),
    N_("Repeated sentences a description"),
    N_("Descriptions that share the most frequent sentence"),
)
HEADLINES = {
    "en": (
        N_("The English descriptions tell {ours} of a product’s facts, those of a plain template {theirs}."),
        N_("Their most frequent sentence stands in {ours} of them, the template’s in {theirs}."),
    ),
    "fr": (
        N_("The French descriptions tell {ours} of a product’s facts, those of a plain template {theirs}."),
        N_("Their most frequent sentence stands in {ours} of them, the template’s in {theirs}."),
    ),
}


def writing_measures(
    engine: str,
    write: Write,
    inputs: Sequence[DescribeProduct],
    language: str,
    seed: int,
    draws: int,
    progress: Callable[..., None] = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Measure, ...]:
    """Four measures of one engine in one language, each against the template on the same products."""
    ours: list[tuple[Description, Product]] = []
    for index, one in enumerate(inputs):
        stop_if(cancelled)
        progress(index / len(inputs), N_("Writing descriptions to measure"))
        ours.append((write(one, language), one.product))
    plain = [(from_template(one.product, language), one.product) for one in inputs]
    return measures_of(engine, ours, {TEMPLATE: plain}, inputs, language, seed, draws)


def measures_of(
    engine: str,
    ours: Texts,
    others: Mapping[str, Texts],
    inputs: Sequence[DescribeProduct],
    language: str,
    seed: int,
    draws: int,
) -> tuple[Measure, ...]:
    """Four measures of the texts of one engine against ``others`` (baseline -> texts) on the same products."""
    pairs = _Pairs(engine, seed, draws, language)
    told, unsupported, again, most = METRICS.get(language, OTHER_METRICS)
    whole, shared = HEADLINES.get(language, ("", "")) if engine == BUILT_IN else ("", "")
    counted = {name: repeated_in(skeletons_of(texts, language)) for name, texts in {"": ours, **others}.items()}
    return (
        pairs.measure(
            told,
            N_("share of facts"),
            {name: _covered(texts, language) for name, texts in {"": ours, **others}.items()},
            "higher",
            N_("Colour, materials, attributes, details, care and origin; found by concept or wording, whoever wrote."),
            whole,
        ),
        pairs.measure(
            unsupported,
            N_("claims"),
            {name: _unsupported(texts, language, inputs) for name, texts in {"": ours, **others}.items()},
            "lower",
            N_("Passages that the claims check marks as doubtful or without a source in the product’s data."),
        ),
        pairs.measure(
            again,
            N_("sentences"),
            {name: np.array(counts, dtype=np.float64) for name, (counts, _holds) in counted.items()},
            "lower",
            N_(
                "Sentences of opener and body whose skeleton (slots for what the product brings) stands in over 5% of "
                "the descriptions."
            ),
        ),
        pairs.measure(
            most,
            N_("share of descriptions"),
            {name: np.array(holds, dtype=np.float64) for name, (_counts, holds) in counted.items()},
            "lower",
            N_("The interval is for the one sentence that is the most frequent in these descriptions."),
            shared,
        ),
    )


def _covered(texts: Sequence[tuple[Description, Product]], language: str) -> Array:
    """(n,) share of each product's facts told; a product without facts counts as fully told, on both sides."""
    shares = (coverage(whole_text(text), product, language) for text, product in texts)
    return np.array([1.0 if share is None else share for share in shares])


def _unsupported(
    texts: Sequence[tuple[Description, Product]], language: str, inputs: Sequence[DescribeProduct]
) -> Array:
    """(n,) claims that the check warns of or fails."""
    counts = []
    for (text, product), one in zip(texts, inputs, strict=True):
        findings = trace(text, product, language, note=one.note, house=one.voice.house)
        counts.append(sum(finding.verdict in (Verdict.WARN, Verdict.FAIL) for finding in findings))
    return np.array(counts, dtype=np.float64)


def whole_text(text: Description) -> str:
    """Everything that a reader sees of a description but the search snippet, which repeats it."""
    return "\n".join((text.title, text.opener, text.body, *text.bullets, text.fit_and_care))


class _Pairs:
    """Means over products with intervals by drawing products anew, ours and the others' in the same draws."""

    def __init__(self, engine: str, seed: int, draws: int, language: str) -> None:
        self.engine, self.seed, self.draws, self.language = engine, seed, draws, language

    def measure(
        self, metric: str, unit: str, values: Mapping[str, Array], better: str, note: str, headline: str = ""
    ) -> Measure:
        """``values`` are (n,) a name; ours is ''."""
        generator = np.random.default_rng((self.seed, 5))
        count = len(values[""])
        rows = generator.integers(0, count, (self.draws, count))
        drawn = {name: one[rows].mean(axis=1) for name, one in values.items()}
        ours, others = float(values[""].mean()), [name for name in values if name]
        low, high = _ends(drawn[""])
        return Measure(
            metric=metric,
            unit=unit,
            n=count,
            ours=ours,
            low=low,
            high=high,
            baselines={name: float(values[name].mean()) for name in others},
            better="higher" if better == "higher" else "lower",
            baseline_intervals={name: _ends(drawn[name]) for name in others},
            engine=self.engine,
            note=note,
            differences={name: (ours - float(values[name].mean()), *_ends(drawn[""] - drawn[name])) for name in others},
            paired_by=SAME,
            headline=headline,
            language=self.language,
        )


def _ends(values: Array) -> tuple[float, float]:
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
