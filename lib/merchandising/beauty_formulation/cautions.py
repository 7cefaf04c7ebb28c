"""What somebody must look at before a formula goes on: law, incompatibilities, pH, claims. No safety assessment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from lib.i18n import N_
from lib.merchandising.beauty_formulation.caution import Caution
from lib.merchandising.beauty_formulation.label import is_colourant, label
from lib.merchandising.beauty_formulation.legal import legal
from lib.merchandising.beauty_formulation.model import Formula, Ingredient, Product
from lib.merchandising.beauty_formulation.regulation import is_preservative, is_uv_filter
from lib.merchandising.beauty_formulation.space import Bound, incompatible
from lib.verdicts import Verdict

Claim = Literal["natural", "fragrance_free", "preservative_free", "colourant_free", "spf", "hypoallergenic", "tested"]
CLAIMS: dict[str, str] = {
    "natural": N_("Natural origin, in percent"),
    "fragrance_free": N_("Fragrance-free"),
    "preservative_free": N_("Preservative-free"),
    "colourant_free": N_("Colourant-free"),
    "spf": N_("Sun protection factor"),
    "hypoallergenic": N_("Hypoallergenic"),
    "tested": N_("Dermatologically tested"),
}
WATER = ("aqua", "water", "eau")
_FRAGRANCE = ("parfum", "fragrance", "aroma")


def cautions(
    formula: Formula,
    product: Product,
    ph: float | None = None,
    claims: Sequence[str] = (),
    natural_claim: float = 0,
) -> tuple[Caution, ...]:
    """Everything to look at, the gravest first."""
    found = [
        *legal(formula, product, ph),
        *_together(formula),
        *_ph(formula, ph),
        *_claims(formula, claims, natural_claim),
        *_table(formula, product),
    ]
    order = [Verdict.FAIL, Verdict.WARN, Verdict.NOTE, Verdict.PASS]
    return tuple(sorted(found, key=lambda one: order.index(one.verdict)))


def outside(broken: Sequence[Bound]) -> tuple[Caution, ...]:
    """A formula that was weighed outside of what the table and the targets allow, bound by bound."""
    return tuple(
        Caution(
            Verdict.FAIL,
            N_("Outside your own limits: {limit}. Weigh it again within them, or correct the table."),
            {"limit": bound},
        )
        for bound in broken
    )


def _together(formula: Formula) -> list[Caution]:
    return [
        Caution(
            Verdict.FAIL,
            N_("{one} and {other} don’t go together by your table, and both are in it. Take one out."),
            {"one": formula.ingredients[first].inci, "other": formula.ingredients[second].inci},
        )
        for first, second in incompatible(formula.ingredients)
        if formula.shares[first] > 5e-4 and formula.shares[second] > 5e-4
    ]


def _ph(formula: Formula, ph: float | None) -> list[Caution]:
    ranged = [one for one, _share in formula.used() if one.ph_low is not None or one.ph_high is not None]
    if ph is None:
        if not ranged:
            return []
        names = ", ".join(one.inci for one in ranged)
        return [
            Caution(
                Verdict.NOTE,
                N_("The pH isn’t given, and {names} depend on it. Measure and enter it."),
                {"names": names},
            )
        ]
    found = []
    for one in ranged:
        low, high = one.ph_low if one.ph_low is not None else 0.0, one.ph_high if one.ph_high is not None else 14.0
        if not low <= ph <= high:
            found.append(
                Caution(
                    Verdict.WARN,
                    N_("At pH {ph} {name} is outside the range in which it works ({low} to {high})."),
                    {"ph": ph, "name": one.inci, "low": low, "high": high},
                )
            )
    return found


def _has(formula: Formula, words: Sequence[str]) -> list[str]:
    return [
        one.inci
        for one, _share in formula.used(0.0)
        if any(word in one.inci.casefold() or word in one.function.casefold() for word in words)
    ]


def _claims(formula: Formula, claims: Sequence[str], natural_claim: float) -> list[Caution]:
    """What the table says of each claim: borne out, contradicted, or nothing."""
    found = []
    contradicted = {
        "fragrance_free": _has(formula, _FRAGRANCE),
        "preservative_free": [one.inci for one, _share in formula.used(0.0) if is_preservative(one)],
        "colourant_free": [one.inci for one, _share in formula.used(0.0) if is_colourant(one)],
    }
    for claim in claims:
        values: dict[str, Any] = {"claim": CLAIMS[claim]}
        if claim == "natural":
            found.append(_natural_claim(formula, natural_claim))
        elif contradicted.get(claim):
            values["names"] = ", ".join(contradicted[claim])
            found.append(
                Caution(Verdict.FAIL, N_("The claim “{claim}” isn’t true: {names} is in it. Drop the claim."), values)
            )
        elif claim in contradicted:
            found.append(
                Caution(
                    Verdict.NOTE,
                    N_(
                        "The claim “{claim}” isn’t contradicted by the table. “Free from” claims must not disparage "
                        "permitted ingredients (Regulation (EU) No 655/2013)."
                    ),
                    values,
                )
            )
        elif claim == "spf" and not any(is_uv_filter(one) for one, _share in formula.used()):
            found.append(
                Caution(
                    Verdict.FAIL,
                    N_("A sun protection factor is claimed and no UV filter of Annex VI is in it. Drop the claim."),
                )
            )
        else:
            found.append(
                Caution(
                    Verdict.WARN,
                    N_(
                        "The claim “{claim}” isn’t supported by anything here: it needs a test of its own on the "
                        "product."
                    ),
                    values,
                )
            )
    return found


def _natural_claim(formula: Formula, claimed: float) -> Caution:
    share = natural_share(formula)
    values = {"claimed": claimed, "share": round(share, 1)}
    if share + 1e-9 < claimed:
        return Caution(
            Verdict.FAIL,
            N_(
                "{claimed}% of natural origin is claimed; by the table it is {share}%. Lower the claim or the "
                "formula’s rest."
            ),
            values,
        )
    return Caution(
        Verdict.PASS, N_("{claimed}% of natural origin is borne out by the table: {share}% (ISO 16128)."), values
    )


def natural_share(formula: Formula) -> float:
    """The natural origin content by ISO 16128-2 in percent; what the table leaves open counts as none."""
    return sum(
        share * (one.natural or 0.0) / 100 for one, share in zip(formula.ingredients, formula.shares, strict=True)
    )


def _table(formula: Formula, product: Product) -> list[Caution]:
    """What the table leaves open, and what only a test can answer."""
    found = []
    unknown = [one.inci for one, _share in formula.used(0.0) if one.natural is None]
    if unknown:
        found.append(
            Caution(
                Verdict.NOTE,
                N_("The natural origin of {names} isn’t given and counts as 0%. Ask the supplier."),
                {"names": ", ".join(unknown)},
            )
        )
    made = label(formula, product)
    if made.unknown_allergens:
        found.append(
            Caution(
                Verdict.WARN,
                N_(
                    "{names}: not among the fragrance allergens that this page knows. Regulation (EU) 2023/1545 "
                    "lengthened "
                    "the list; check it there."
                ),
                {"names": ", ".join(made.unknown_allergens)},
            )
        )
    scented = [one.inci for one, _share in formula.used(0.0) if _smells(one) and not one.allergens]
    if scented:
        found.append(
            Caution(
                Verdict.WARN,
                N_(
                    "No allergens are given for {names}. Enter those of the supplier’s certificate before a label is "
                    "printed."
                ),
                {"names": ", ".join(scented)},
            )
        )
    watery = any(one.inci.casefold() in WATER and share > 5 for one, share in formula.used())
    if watery and not any(is_preservative(one) for one, _share in formula.used(0.0)):
        found.append(
            Caution(
                Verdict.WARN,
                N_(
                    "Water and no preservative of Annex V that this page knows: a challenge test (ISO 11930) must "
                    "show that it keeps."
                ),
            )
        )
    return found


def _smells(one: Ingredient) -> bool:
    return any(word in one.inci.casefold() or word in one.function.casefold() for word in _FRAGRANCE)


ASSESSOR = N_(
    "This is no safety assessment. Before it is placed on the market a qualified assessor must sign the cosmetic "
    "product "
    "safety report (Article 10), and every limit here must be checked in the annexes as they stand that day."
)
