"""How good each check is, on cases that it had never seen, and where it runs; then the house's own names."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.catalogue import use_case
from lib.checks.measured import BAR, Measured, Share, sentence
from lib.govern.checks_desk.standing import Standing, standings, weak
from lib.i18n import _, language_name, list_of, ngettext, number, translate
from lib.navigation import address_of
from lib.shell import errors, house_names, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.workbench.task_list import all_tasks, use_case_of

MORE = "toile-more"  # what a phone shows of a check once it is opened


def draw() -> None:
    """The table, then the names of other houses."""
    tasks = [(case.slug, task) for task in all_tasks() if (case := use_case_of(task)) is not None]
    found = standings(tasks)
    section(_("How well the checks read"), _headline(found))
    html.draw(_table(found))
    st.caption(
        _(
            "Precision: how many of its warnings are right. Recall: how much of what is wrong it finds. F1 joins both; "
            "under {bar} a check is weak. In brackets the 95% interval. Texts are in French and English, with hard "
            "negatives from fashion; the half that counts here was kept from the check. They were labelled before it "
            "was written, those of language and length before it was mended. Pictures are changed drawings of the demo "
            "house, made for the measurement.",
            bar=number(BAR, 1),
        )
    )
    section(_("Names of other houses"))
    with errors.shown():
        house_names.edit()


def _headline(found: tuple[Standing, ...]) -> str:
    count = weak(found)
    measured = sum(one.overall is not None for one in found)
    said = _("The weakest comes first. {measured} of {n} are measured.", measured=measured, n=len(found))
    if not count:
        return said + " " + _("None is weak over both languages; each one misses something.")
    return said + " " + ngettext("{n} is weak.", "{n} are weak.", count)


def _table(found: tuple[Standing, ...]) -> Markup:
    names = (_("Check"), _("In words"), _("Precision"), _("Recall"), _("F1"), _("Cases"), _("Runs in"))
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in names)))
    lines = [element("tr", *_cells(one, names)) for one in found]
    made = element("table", head, element("tbody", *lines), class_="toile-runs toile-folds toile-desk-table")
    return element("div", made, class_="toile-table toile-whole")


def _cells(one: Standing, names: tuple[str, ...]) -> list[Markup]:
    """On a phone a check folds to its name and what it is worth in words; the rest opens with its name."""
    result = one.overall
    shares = [_share(result.precision), _share(result.recall), _share(result.f1)] if result else ["–"] * 3
    none = "" if result else " toile-none"
    cells: list[str | Markup] = [
        _named(one),
        element("div", *_in_words(one)),
        *shares,
        number(result.cases) if result else "–",
        _places(one),
    ]
    classes = ("", "", *[f"toile-desk-number {MORE}{none}"] * 3, f"toile-desk-cases{none}", MORE)
    return [
        element("td", cell, data_name=name, class_=style)
        for name, cell, style in zip(names, cells, classes, strict=True)
    ]


def _named(one: Standing) -> Markup:
    name, looks_for = translate(one.known.title), translate(one.known.looks_for)
    wide = element(
        "div", element("strong", name), element("p", looks_for, class_="toile-desk-small"), class_="toile-wide"
    )
    folded = element("summary", element("strong", name))
    narrow = element("details", folded, element("p", looks_for, class_="toile-desk-small"), class_="toile-narrow")
    return html.joined(wide, narrow)


def _in_words(one: Standing) -> list[Markup]:
    if one.overall is None:
        return [element("p", _("Not measured on labelled cases; its tests show what it finds."))]
    said = [element("p", sentence(one.known.name), class_="toile-desk-weak" if one.overall.weak else "")]
    behind = [language_name(each.language) for each in one.by_language if each.weak]
    if behind and not one.overall.weak:
        told = _("Weak in one language: {languages}.", languages=list_of(behind))
        said.append(element("p", told, class_="toile-desk-weak"))
    if one.by_language:
        said.append(
            element("p", " · ".join(_of_language(each) for each in one.by_language), class_=f"toile-desk-small {MORE}")
        )
    return said


def _of_language(one: Measured) -> str:
    value = number(one.f1.value, 2) if one.f1.value is not None else "–"
    return f"{language_name(one.language)} {value}"


def _share(share: Share) -> Markup | str:
    if share.value is None or share.low is None or share.high is None:
        return "–"
    interval = element("span", f"({number(share.low, 2)}–{number(share.high, 2)})", class_="toile-desk-small")
    return element("div", number(share.value, 2), element("br"), interval)


def _places(one: Standing) -> Markup | str:
    """Links to the use cases in whose tasks the check runs."""
    if one.everywhere:
        return _("every text that an engine writes")
    if not one.slugs:
        return _("this page alone")
    links = [
        element(
            "a",
            translate(use_case(slug).title),
            href=address_of(slug, session.language()),
            data_page=slug,
            class_="toile-link",
        )
        for slug in one.slugs
    ]
    return element("div", *(element("p", link) for link in links))
