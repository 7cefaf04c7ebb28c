"""The label of a formula and what somebody must look at; then what is taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup

from lib.i18n import _, date, ngettext, number, translate
from lib.merchandising.beauty_formulation import sheets
from lib.merchandising.beauty_formulation.caution import Caution
from lib.merchandising.beauty_formulation.cautions import ASSESSOR, cautions, outside
from lib.merchandising.beauty_formulation.label import Label, Line, label
from lib.merchandising.beauty_formulation.model import Formula, Ingredient, Product, Trial
from lib.merchandising.beauty_formulation.planning import Question
from lib.merchandising.beauty_formulation.regulation import COMPARED, Rule, allergen_threshold, legal_limits, rules
from lib.merchandising.beauty_formulation.rounds import Round
from lib.merchandising.beauty_formulation.samples import Settings
from lib.merchandising.beauty_formulation.space import broken
from lib.merchandising.beauty_formulation.telling import product_said, told
from lib.shell import html
from lib.shell.beauty_formulation.lasting import choose
from lib.shell.beauty_formulation.pictures import model_of
from lib.shell.exports import XLSX, Export, copy_button, downloads
from lib.shell.html import element, joined
from lib.shell.page import section
from lib.shell.spans import SIGNS
from lib.verdicts import Verdict

PDF = "application/pdf"


@dataclass(frozen=True)
class Choice:
    """A formula that label and formula sheet may describe. ``key`` outlasts a change of language."""

    key: str
    said: str
    formula: Formula


def formulas(round_: Round) -> tuple[Choice, ...]:
    """The formulas that can be looked at: the best that is admitted, the expected best, proposals, other trials."""
    question, plan = round_.question, round_.plan
    outside = {trial.name for trial in question.trials if question.broken(trial)}
    best = question.trials[plan.best] if plan.best is not None else None
    found: list[Choice] = []
    if best is not None and best.name not in outside:
        found.append(_choice(question, best, _("{name}, the best trial that your limits allow", name=best.name)))
    if plan.expected_best is not None:
        said = _("Expected to be best, not weighed yet")
        found.append(Choice("expected", said, Formula(question.ingredients, plan.expected_best)))
    known = {trial.name for trial in question.trials}
    found += [
        Choice(one.name, _("{name}, to weigh next", name=one.name), Formula(question.ingredients, one.shares))
        for one in plan.proposals
        if one.name not in known
    ]
    taken = {one.key for one in found}
    for trial in question.trials:
        if trial.name not in taken:
            said = _("{name}, outside your limits", name=trial.name) if trial.name in outside else trial.name
            found.append(_choice(question, trial, said))
    return tuple(found)


def _choice(question: Question, trial: Trial, said: str) -> Choice:
    return Choice(trial.name, said, Formula(question.ingredients, trial.shares))


def show(round_: Round, settings: Settings) -> None:
    """Which formula it is of; its label and cautions; then the files."""
    section(_("Label and formula sheet"))
    known = {one.key: one for one in formulas(round_)}
    picked = choose(
        _("Of which formula"), {key: one.said for key, one in known.items()}, f"beauty_formula_{round_.run}"
    )
    chosen = known[picked]
    dossier = _dossier(round_, settings, chosen)
    grave = sum(one.verdict is Verdict.FAIL for one in dossier.looked)
    with st.expander(_("Label and what to look at"), icon=":material/label:", key=f"beauty_label_{round_.run}"):
        _label(round_, settings, dossier)
    if grave:
        said = ngettext(
            "{name}: {n} thing to correct, see the label.",
            "{name}: {n} things to correct, see the label.",
            grave,
            name=chosen.said,
        )
        html.draw(element("p", said, class_="toile-stop"))
    _take_away(round_, settings, dossier)


def looked_at(round_: Round, settings: Settings, formula: Formula) -> tuple[Caution, ...]:
    """Limits of the house that a formula breaks, then what else somebody must look at."""
    question = round_.question
    return (
        *outside(broken(formula.shares, question.ingredients, settings.product, question.targets)),
        *cautions(formula, settings.product, settings.ph, settings.claims, settings.natural_claim),
    )


def _dossier(round_: Round, settings: Settings, chosen: Choice) -> sheets.Dossier:
    """All that is known of the formula."""
    formula = chosen.formula
    return sheets.Dossier(
        chosen.said,
        settings.product,
        formula,
        settings.batch,
        label(formula, settings.product),
        looked_at(round_, settings, formula),
        _expected(round_, formula),
        next((trial for trial in round_.question.trials if trial.shares == formula.shares), None),
    )


def _label(round_: Round, settings: Settings, dossier: sheets.Dossier) -> None:
    """The label of a formula beside what to look at, and the limits behind it."""
    left, right = st.columns(2, gap="large")
    with left:
        html.draw(element("p", sheets.draft_lines(dossier)[0], class_="toile-source"))
        html.draw(_list(dossier.label, settings))
        copy_button(sheets.label_text(dossier), _("Copy the list, as a draft"), key=f"beauty_copy_{round_.run}")
    with right:
        html.draw(_looked(dossier.looked))
        html.draw(element("p", translate(ASSESSOR), class_="toile-source"))
    _limits(round_.question.ingredients, settings.product)


def _limits(ingredients: Sequence[Ingredient], product: Product) -> None:
    """Every limit that counts for these ingredients in this kind of product, and what it was compared with."""
    found = [law for law in legal_limits(ingredients, product) if law.rule is not None]
    title = ngettext("{n} legal limit on this table", "{n} legal limits on this table", len(found))
    with st.popover(title, icon=":material/gavel:"):
        rows = [
            {
                _("Annex and entry"): law.entry,
                _("Ingredients"): " + ".join(dict.fromkeys(ingredients[place].inci for place, _factor in law.shares)),
                _("At most in this product"): _("not allowed") if law.never else f"{number(law.most, None)}%",
                _("Compared with"): compared_said(law.rule) if law.rule else "",
            }
            for law in found
        ]
        if rows:
            html.draw(html.table(pd.DataFrame(rows)))
        st.caption(
            _(
                "For: {product}. The page knows {n} limits of Regulation (EC) No 1223/2009, compared on {day} with a "
                "public copy of CosIng’s annexes of 2026 or the amending text, and not with the Official Journal "
                "line by line. What isn’t listed is not thereby allowed.",
                product=product_said(product),
                n=len(rules()),
                day=date(dt.date.fromisoformat(COMPARED)),
            )
        )


def compared_said(rule: Rule) -> str:
    """What a limit, and where it has one its condition, was compared with."""
    known = {
        "cosing": _("CosIng, 2026"),
        "cosing_2015": _("CosIng, 2015"),
        "echa": _("ECHA’s list, 2022 to 2024"),
        "oj": _("Official Journal"),
        "": _("nothing: from memory"),
    }
    if not rule.never or rule.conditions == rule.source:
        return known[rule.source]
    return _("{limit}; its exclusions: {conditions}", limit=known[rule.source], conditions=known[rule.conditions])


def _list(made: Label, settings: Settings) -> Markup:
    """The list as printed; what may be reordered is quieter, allergens are slanted."""
    parts: list[Markup | str] = []
    for at, line in enumerate(made.lines):
        parts += [", "] if at else []
        parts.append(element("span", line.name, class_=line.role, title=_line_title(line)))
    threshold = number(allergen_threshold(settings.product), 3)
    notes = [
        _("Down to 1% by weight; from the quieter names on the order is free, colourants last."),
        _("Slanted: fragrance allergens above {threshold}%.", threshold=threshold),
    ]
    if made.below_threshold:
        names = ", ".join(line.name for line in made.below_threshold)
        notes.append(_("Below the threshold and not named: {names}.", names=names))
    return joined(
        element("p", element("strong", "Ingredients: "), *parts, class_="toile-inci"),
        *(element("p", note, class_="toile-source") for note in notes),
    )


def _line_title(line: Line) -> str:
    entry = f" · {line.entry}" if line.entry else ""
    return f"{number(line.share, 4)}% · {sheets.line_said(line.role)}{entry}"


def _looked(looked: Sequence[Caution]) -> Markup:
    items = [
        element(
            "li",
            element("span", SIGNS[one.verdict], class_="toile-sign", aria_hidden="true"),
            element("span", sheets.translate_verdict(one), class_="toile-verdict"),
            " ",
            told(one),
            class_=f"toile-is-{one.verdict.value}",
        )
        for one in looked
    ]
    if not items:
        return element("p", _("Nothing that this page knows stands against it."))
    return element("ul", *items, class_="toile-checks")


def _expected(round_: Round, formula: Formula) -> dict[str, tuple[float, float, float]]:
    """What a formula is expected to be like, where something was learned."""
    if not round_.plan.learned:
        return {}
    judge, _space = model_of(round_)
    row = np.array([formula.shares])
    found = {}
    for key in (*judge.processes, "cost", "natural"):
        low, high = judge.interval(key, row, measured=True)
        found[key] = (float(judge.middle(key, row)[0]), float(low[0]), float(high[0]))
    return found


def _take_away(round_: Round, settings: Settings, dossier: sheets.Dossier) -> None:
    section(
        _("Take away"),
        _(
            "Weights for {batch} g; the results sheet can be filled in and brought back under Data. Formula sheet and "
            "label are of: {name}.",
            batch=number(settings.batch, 0),
            name=dossier.name,
        ),
    )
    batch, run, question = settings.batch, round_.run, round_.question
    looked = {
        one.name: looked_at(round_, settings, Formula(question.ingredients, one.shares))
        for one in round_.plan.proposals
    }
    lab = _("laboratory_sheet_round_{n}", n=question.round)
    sheet = _("formula_sheet")
    downloads(
        [
            Export(
                _("Laboratory sheet, XLSX"),
                f"{lab}.xlsx",
                lambda: sheets.lab_workbook(round_, batch, looked),
                XLSX,
                run,
            ),
            Export(_("Laboratory sheet, PDF"), f"{lab}.pdf", lambda: sheets.lab_pdf(round_, batch, looked), PDF, run),
            Export(_("Formula sheet, XLSX"), f"{sheet}.xlsx", lambda: sheets.formula_workbook(dossier), XLSX, run),
            Export(_("Formula sheet, PDF"), f"{sheet}.pdf", lambda: sheets.formula_pdf(dossier), PDF, run),
            Export(
                _("Label, text"), _("label") + ".txt", lambda: sheets.label_text(dossier).encode(), "text/plain", run
            ),
        ],
        key=f"beauty_{run}",
    )
