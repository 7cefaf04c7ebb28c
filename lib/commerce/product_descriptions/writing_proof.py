"""What a writer tells of the products, what it claims without support, and how often it repeats itself.

All three are counted by modules that do not know who wrote: ``coverage``, the claims check and ``repetition``. The
baseline is the plain template on the same products.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lib.checks.model import Verdict
from lib.commerce.product_descriptions.checks import trace
from lib.commerce.product_descriptions.coverage import coverage
from lib.commerce.product_descriptions.model import DescribeProduct, Description, Product
from lib.commerce.product_descriptions.plain_template import from_template
from lib.commerce.product_descriptions.regression import Array, stop_if
from lib.commerce.product_descriptions.repetition import repeated
from lib.commerce.product_descriptions.table import silent
from lib.i18n import N_
from lib.proofs import Measure

TEMPLATE = N_("plain template")
Write = Callable[[DescribeProduct, str], Description]  # inputs and language in, the first option out
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
    told, unsupported, again, most = METRICS[language]
    counts, share = repeated(ours, language)
    plain_counts, plain_share = repeated(plain, language)
    paired = _Pairs(engine, seed, draws)
    return (
        paired.measure(
            told,
            N_("share of facts"),
            _covered(ours, language),
            _covered(plain, language),
            "higher",
            N_("Colour, materials, attributes, details, care and origin; found by concept or wording, whoever wrote."),
        ),
        paired.measure(
            unsupported,
            N_("claims"),
            _unsupported(ours, language, inputs),
            _unsupported(plain, language, inputs),
            "lower",
            N_("Passages that the claims check marks as doubtful or without a source in the product’s data."),
        ),
        paired.measure(
            again,
            N_("sentences"),
            np.array(counts, dtype=np.float64),
            np.array(plain_counts, dtype=np.float64),
            "lower",
            N_(
                "Sentences of opener and body whose skeleton (slots for what the product brings) stands in over 5% of "
                "the descriptions."
            ),
        ),
        Measure(
            metric=most,
            unit=N_("share of descriptions"),
            n=len(ours),
            ours=share,
            low=None,
            high=None,
            baselines={TEMPLATE: plain_share},
            better="lower",
            engine=engine,
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
    """Means over products with intervals by drawing products anew, ours and the template's in the same draws."""

    def __init__(self, engine: str, seed: int, draws: int) -> None:
        self.engine, self.seed, self.draws = engine, seed, draws

    def measure(self, metric: str, unit: str, ours: Array, plain: Array, better: str, note: str) -> Measure:
        generator = np.random.default_rng((self.seed, 5))
        rows = generator.integers(0, len(ours), (self.draws, len(ours)))
        mine, theirs = ours[rows].mean(axis=1), plain[rows].mean(axis=1)
        low, high = _ends(mine)
        return Measure(
            metric=metric,
            unit=unit,
            n=len(ours),
            ours=float(ours.mean()),
            low=low,
            high=high,
            baselines={TEMPLATE: float(plain.mean())},
            better="higher" if better == "higher" else "lower",
            baseline_intervals={TEMPLATE: _ends(theirs)},
            engine=self.engine,
            note=note,
            differences={TEMPLATE: (float(ours.mean() - plain.mean()), *_ends(mine - theirs))},
        )


def _ends(values: Array) -> tuple[float, float]:
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
