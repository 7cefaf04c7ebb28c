"""What the law and its advisers say of a formula in its kind of product, as far as ``regulation.toml`` knows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lib.i18n import N_
from lib.merchandising.beauty_formulation.caution import Caution
from lib.merchandising.beauty_formulation.label import is_colourant
from lib.merchandising.beauty_formulation.model import KINDS, Formula, Ingredient, Product
from lib.merchandising.beauty_formulation.regulation import (
    LegalLimit,
    advice,
    folded,
    legal_limits,
    parts,
    prohibited,
    unchecked,
    unread,
)
from lib.verdicts import Verdict

NEARLY = 0.9  # of a legal limit, from which it is said how near it is
OLD = ("", "cosing_2015")  # conditions that weren't compared with a text of today
ALKALI, ALKALI_PH = ("Sodium Hydroxide", "Potassium Hydroxide"), 11.0  # Annex III/15a, as a pH adjuster
RELEASES = ("V/20", "V/21", "V/27", "V/30", "V/33", "V/46", "V/51")
NEW = ("III/70", "III/75", "III/380")
UNCHECKED: dict[str, str] = {
    "preservative": N_(
        "{name} is known here only as a preservative; its limit as “{function}” wasn’t checked. Look it up in the "
        "annexes and enter it in the table."
    ),
    "uv_filter": N_(
        "{name} is known here only as a UV filter; its limit as “{function}” wasn’t checked. Look it up in the annexes "
        "and enter it in the table."
    ),
}
Applies = Callable[[Product, float], bool]
_ALWAYS: Applies = lambda product, held: True  # noqa: E731
ON_THE_PACK: dict[str, tuple[Applies, str]] = {
    "III/376": (
        _ALWAYS,
        N_("{name}: “Contains Vitamin A. Consider your daily intake before use.” must stand on the pack ({entry})."),
    ),
    "VI/4": (
        lambda product, held: held > 0.5,
        N_("{name}: “Contains Benzophenone-3” must stand on the pack ({entry})."),
    ),
    "V/11": (_ALWAYS, N_("{name}: “Contains Chlorobutanol” must stand on the pack ({entry}).")),
    "V/12a": (
        lambda product, held: product.under_three and not product.rinsed,
        N_("{name}: never for the nappy area; “Do not use on the nappy area” must stand on the pack ({entry})."),
    ),
    "III/98": (
        lambda product, held: not product.under_three,
        N_(
            "{name}: where children under three might use it, “Not to be used for children under 3 years of age” must "
            "stand on the pack ({entry})."
        ),
    ),
    "III/12": (
        _ALWAYS,
        N_(
            "{name}: “Contains hydrogen peroxide. Avoid contact with eyes. Rinse immediately if product comes into "
            "contact with them.” must stand on the pack ({entry})."
        ),
    ),
}


def legal(formula: Formula, product: Product, ph: float | None) -> list[Caution]:
    """Prohibitions, limits, words that the pack must bear, advice, and what follows from the kind of product."""
    found = [*_ingredients(formula), *_alkali(formula, ph), *_advice(formula, ph), *_kind(formula, product)]
    for law in legal_limits(formula.ingredients, product):
        if (held := law.of(formula.shares)) > 1e-9:
            found += _limit(formula, product, law, held)
    return found


def _ingredients(formula: Formula) -> list[Caution]:
    """What is forbidden, what wasn't checked in this use, and entries that nobody has taken apart here."""
    found = []
    for one, _share in formula.used(0.0):
        for name, _percent in parts(one):
            if annex := prohibited(name):
                message = N_("{name} is prohibited (Annex {annex}). Take it out.")
                found.append(Caution(Verdict.FAIL, message, {"name": name, "annex": annex}))
            if entry := unread(name):
                message = N_(
                    "{name}: Annex {entry} limits it by kind of product, and this page doesn’t hold that entry."
                )
                found.append(Caution(Verdict.WARN, message, {"name": name, "entry": entry}))
        found += not_checked(one)
    return found


def not_checked(ingredient: Ingredient) -> list[Caution]:
    """Substances in it that are limited in another use: nobody looked whether they are in this one."""
    return [
        Caution(Verdict.WARN, UNCHECKED[use], {"name": name, "function": ingredient.function})
        for name, use in unchecked(ingredient)
        if ingredient.legal_max is None and use in UNCHECKED
    ]


def _limit(formula: Formula, product: Product, law: LegalLimit, held: float) -> list[Caution]:
    """One row of the table, or one limit of the house's, that the formula holds something of."""
    places = [place for place, _factor in law.shares if formula.shares[place]]
    values: dict[str, Any] = {
        "name": " + ".join(dict.fromkeys(formula.ingredients[place].inci for place in places)),
        "held": round(held, 4),
        "most": law.most,
        "entry": law.source if law.source else law.entry,
    }
    if law.rule is None:
        return _own_limit(law, held, values)
    if law.never:
        return _forbidden(law, product, values)
    found = _measured(law, held, values)
    if law.rule.part == "":
        found += _duties(law.entry, product, held, values)
    return found


def _own_limit(law: LegalLimit, held: float, values: dict[str, Any]) -> list[Caution]:
    found = []
    if held > law.most + 1e-9:
        message = N_("{name}: {held}% is above the {most}% that your table gives ({entry}). Lower it.")
        found.append(Caution(Verdict.FAIL, message, values))
    elif held > NEARLY * law.most:
        message = N_("{name}: {held}% of at most {most}% ({entry}, from your table). Mind the weighing tolerance.")
        found.append(Caution(Verdict.NOTE, message, values))
    if law.source == "?":
        message = N_("{name}: the limit of {most}% in your table has no source. Check it in the annexes.")
        found.append(Caution(Verdict.WARN, message, values))
    return found


def _forbidden(law: LegalLimit, product: Product, values: dict[str, Any]) -> list[Caution]:
    """Something that must not be in this kind of product at all."""
    values = {**values, "product": KINDS[product.kind]}
    message = N_("{name}: Annex {entry} doesn’t allow it in this product ({product}). Take it out.")
    found = [Caution(Verdict.FAIL, message, values)]
    if law.rule and law.rule.forbids(product) and law.rule.conditions in OLD:
        message = N_(
            "{name}: this condition of Annex {entry} wasn’t compared with the annex as it stands. Check it there."
        )
        found.append(Caution(Verdict.WARN, message, values))
    return found


def _measured(law: LegalLimit, held: float, values: dict[str, Any]) -> list[Caution]:
    """How much of the limit is used."""
    if held > law.most + 1e-9:
        message = N_("{name}: {held}% is above the {most}% of Annex {entry}, counted as the entry counts. Lower it.")
        return [Caution(Verdict.FAIL, message, values)]
    if held > NEARLY * law.most:
        message = N_("{name}: {held}% of at most {most}% (Annex {entry}). Mind the weighing tolerance.")
        return [Caution(Verdict.NOTE, message, values)]
    return []


def _duties(entry: str, product: Product, held: float, values: dict[str, Any]) -> list[Caution]:
    """What an entry asks besides its limit."""
    found = []
    applies, message = ON_THE_PACK.get(entry, (None, ""))
    if applies is not None and applies(product, held):
        found.append(Caution(Verdict.WARN, message, values))
    if entry in RELEASES:
        message = N_(
            "{name} releases formaldehyde: above 0.001% of it in the product, “releases formaldehyde” must stand on "
            "the pack (Annex V)."
        )
        found.append(Caution(Verdict.WARN, message, values))
    if entry in NEW:
        message = N_("{name}: the limit of Annex {entry} is of 2026; from when it binds wasn’t looked up.")
        found.append(Caution(Verdict.NOTE, message, values))
    return found


def _alkali(formula: Formula, ph: float | None) -> list[Caution]:
    names = [one.inci for one, _share in formula.used(0.0) if folded(one.inci) in map(folded, ALKALI)]
    if not names or (ph is not None and ph < ALKALI_PH):
        return []
    values = {"names": ", ".join(names), "most": ALKALI_PH}
    if ph is None:
        message = N_("{names}: as a pH adjuster only below pH {most} (Annex III/15a). Measure and enter the pH.")
        return [Caution(Verdict.WARN, message, values)]
    message = N_("{names}: the pH must lie below {most} (Annex III/15a). Lower it.")
    return [Caution(Verdict.FAIL, message, values)]


def _advice(formula: Formula, ph: float | None) -> list[Caution]:
    """Alpha-hydroxy acids: nothing in the annexes limits them, a committee advised."""
    found = []
    for one in advice():
        names = {folded(name) for name in one.names}
        held = sum(
            share * percent / 100
            for ingredient, share in formula.used(0.0)
            for name, percent in parts(ingredient)
            if folded(name) in names
        )
        if not held:
            continue
        values = {"name": one.names[0], "held": round(held, 3), "most": one.most, "least": one.ph}
        message = N_(
            "{name} makes the skin more sensitive to the sun: the pack should say so and ask for sun protection."
        )
        found.append(Caution(Verdict.WARN, message, values))
        if held > one.most or ph is None or ph < one.ph:
            message = N_(
                "{name}, {held}%: no annex limits it; the committee SCCNFP advised in 2000 at most {most}% and a pH of "
                "{least} or more (its figures from memory). An assessor must judge it."
            )
            found.append(Caution(Verdict.WARN, message, values))
    return found


def _kind(formula: Formula, product: Product) -> list[Caution]:
    """What follows from the kind of product itself."""
    found = []
    if product.under_three:
        message = N_("For children under three the safety report needs an assessment of its own (Annex I).")
        found.append(Caution(Verdict.WARN, message))
    if product.under_three or product.kind in ("eye", "lip"):
        message = N_("In such a product at most 100 germs a gram are accepted (ISO 17516). Have it tested.")
        found.append(Caution(Verdict.NOTE, message))
    if product.spray != "none":
        message = N_(
            "Sprayed: the assessor needs the size of the droplets. What is safe on the skin may not be in the lungs."
        )
        found.append(Caution(Verdict.WARN, message))
    if product.kind == "lip":
        found.append(Caution(Verdict.NOTE, N_("Part of a lip product is swallowed: the assessor counts that as well.")))
    found += _colourants([one.inci for one, _share in formula.used(0.0) if is_colourant(one)], product)
    return found


def _colourants(names: Sequence[str], product: Product) -> list[Caution]:
    """Annex IV isn't held here; at the lips and eyes it forbids some of what it allows elsewhere."""
    if not names:
        return []
    values = {"names": ", ".join(names)}
    if product.kind in ("eye", "lip"):
        message = N_(
            "{names}: whether Annex IV allows it at the eyes or lips wasn’t checked: this page doesn’t hold it."
        )
        return [Caution(Verdict.WARN, message, values)]
    message = N_("{names}: colourants are ruled by Annex IV, which this page doesn’t hold. Check it there.")
    return [Caution(Verdict.NOTE, message, values)]
