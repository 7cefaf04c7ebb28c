"""The list of candidates, each one's scores, and what Compare measured of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pandas as pd
import streamlit as st

from lib.database import connect
from lib.database import partners as stored
from lib.database.partners import MAX_TEXT, Partner, PartnerCriterion, PartnerKind, PartnerScore
from lib.decide.model import BASIS_NAMES, BASIS_SIGNS, Basis
from lib.decide.partners.criteria import KIND_TITLES, SCALES, Compared, scores_from
from lib.decide.partners.weighing import score_of
from lib.engines.registry import available
from lib.i18n import _, money, number, percent, translate
from lib.shell import html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.page import section
from lib.shell.page_state import PageState
from lib.shell.partners import live
from lib.shell.text import plain

MEMORY: Final = PageState("partners")
NO_ENGINE: Final = ""
WIDTHS: Final = {"criterion": 124, "low": 66, "likeliest": 90, "high": 70}  # pixels: together a phone's width


def draw(found: list[Partner], steers: bool) -> None:
    """The list, with a form for another one."""
    html.draw(element("p", _("Your own list: model providers, clouds, specialised firms, integrators.")))
    titles = {kind: translate(title) for kind, title in KIND_TITLES.items()}
    engines = _engines()
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"partner_{one.id}"):
            about = " · ".join(part for part in (titles[one.kind], engines.get(one.engine, "")) if part)
            st.markdown(f"**{plain(one.name)}**  \n{plain(about)}", width="stretch")
            if steers and st.button(_("Take off the list"), key=f"retire_{one.id}", type="tertiary"):
                with connect() as database:
                    stored.retire(database, session.actor(), one.id)
                st.rerun()
    if steers:
        _form(titles, engines, len(found))


def _engines() -> dict[str, str]:
    """The engines of this installation by name; a candidate may be none of them."""
    return {NO_ENGINE: "", **{engine.name: translate(engine.title) for engine in available()}}


def _form(titles: dict[PartnerKind, str], engines: dict[str, str], count: int) -> None:
    """A form for another one; its name's field is a new one, and empty, once one was added."""
    shown = {**engines, NO_ENGINE: _("not compared here")}
    with st.form(MEMORY.widget("new"), border=False, clear_on_submit=False):
        columns = st.columns([3, 2, 2, 1], vertical_alignment="bottom")
        name = columns[0].text_input(_("Name of the candidate"), max_chars=300, key=MEMORY.widget(f"name_{count}"))
        kind = columns[1].selectbox(
            _("What it is"), list(titles), format_func=lambda one: titles.get(one, ""), key=MEMORY.widget("kind")
        )
        engine = columns[2].selectbox(
            _("Its engine here"),
            list(shown),
            format_func=lambda one: shown.get(one, ""),
            key=MEMORY.widget("engine"),
            help=_("Its texts were compared through this engine: the figures of Compare can then be used."),
        )
        if columns[3].form_submit_button(_("Add"), type="primary"):
            with connect() as database:
                stored.add(database, session.actor(), name, kind, engine)
            st.rerun()


def scores(found: list[Partner], steers: bool) -> None:
    """One candidate's scores, to be changed, with the scale beside them."""
    section(_("Scores"), _("From 1 to 5 on anchored scales. Leave a wide range where you don’t know: it is reckoned."))
    names = {one.id: one.name for one in found}
    key = MEMORY.recall("candidate", found[0].id, list(names))
    chosen = st.selectbox(
        _("Candidate"), list(names), format_func=lambda one: names.get(one, ""), key=key,
        on_change=MEMORY.kept("candidate", key),
    )  # fmt: skip
    partner = next(one for one in found if one.id == chosen)
    _measured(partner, steers)
    _editor(partner, steers)
    with st.expander(_("What 1, 3 and 5 mean")):
        rows = [
            {
                _("Criterion"): f"{translate(scale.title)}: {translate(scale.question)}",
                "1": translate(scale.worst),
                "3": translate(scale.middle),
                "5": translate(scale.best),
            }
            for scale in SCALES.values()
        ]
        html.draw(html.table(pd.DataFrame(rows)))


def _measured(partner: Partner, steers: bool) -> None:
    """What Compare found of the candidate's engine, with a button that makes scores of it."""
    if steers:
        _engine(partner)
    if not partner.engine:
        return
    figures = live.compared(partner.engine)
    if not figures:
        said = _("No closed comparison has this engine yet. Compare it with another, and its figures appear here.")
        html.draw(element("p", said, class_="toile-null"))
        return
    newest = figures[0]
    html.draw(element("p", basis_markup(Basis.EVIDENCE), " ", figures_said(newest), class_="toile-outcome"))
    if newest.cost and newest.currency not in ("EUR", ""):
        said = _(
            "The price is in {currency} and isn’t converted, so it gives no score: type a score for the price in euros"
            " yourself.",
            currency=newest.currency,
        )
        html.draw(element("p", said, class_="toile-null"))
    made = scores_from(newest)
    kept = {key: partner.scores.get(key) for key in made}
    if not made or kept == made:
        return
    if steers and st.button(_("Use these figures as scores"), key=MEMORY.widget(f"use_{partner.id}")):
        with connect() as database:
            stored.save_scores(database, session.actor(), partner.id, made)
        st.rerun()


def _engine(partner: Partner) -> None:
    """Through which engine the candidate is compared here; changed at once."""
    engines = {**_engines(), NO_ENGINE: _("not compared here")}
    if partner.engine not in engines:  # it was taken out of this installation
        engines[partner.engine] = partner.engine
    wanted = st.selectbox(
        _("Its engine here"), list(engines), index=list(engines).index(partner.engine),
        format_func=lambda one: engines.get(one, ""), key=MEMORY.widget(f"engine_{partner.id}"),
        help=_("Its texts were compared through this engine: the figures of Compare can then be used."),
    )  # fmt: skip
    if wanted != partner.engine:
        with connect() as database:
            stored.link_engine(database, session.actor(), partner.id, wanted)
        st.rerun()


def figures_said(found: Compared) -> str:
    """A comparison's figures in one line."""
    parts = [_("“{question}”, {side}", question=found.question, side=found.title)]
    if found.preferred is not None and found.low is not None and found.high is not None:
        ends = _("({low} to {high})", low=percent(found.low), high=percent(found.high))
        parts.append(_("preferred {share} {ends}", share=percent(found.preferred), ends=ends))
    elif found.preferred is not None:
        parts.append(_("preferred {share}, too few inputs for an interval", share=percent(found.preferred)))
    if found.cost is not None:
        parts.append(_("{cost} a text", cost=money(found.cost, found.currency or "EUR", 4)))
    if found.seconds is not None:
        parts.append(_("{n} s", n=number(found.seconds, 2 if found.seconds < 10 else 0)))
    if not found.blind:
        parts.append(_("names were shown: no evidence of quality"))
    return " · ".join(parts)


def _editor(partner: Partner, steers: bool) -> None:
    names = {basis.value: f"{BASIS_SIGNS[basis]} {translate(name)}" for basis, name in BASIS_NAMES.items()}
    heads = {
        "criterion": _("Criterion"), "low": _("Min"), "likeliest": _("Likely"), "high": _("Max"),
        "basis": _("Rests on"), "source": _("Source"), "dated": _("Date"),
    }  # fmt: skip
    rows = pd.DataFrame([_row(partner, key, names) for key in PartnerCriterion]).rename(columns=heads)
    # Criterion and the three numbers fit a phone's width, so that a score is given without a scroll to the side.
    scale: dict[str, Any] = {"min_value": 1.0, "max_value": 5.0, "step": 0.1, "format": "localized"}
    config: dict[str, Any] = {
        heads[name]: st.column_config.NumberColumn(width=WIDTHS[name], **scale) for name in ("low", "likeliest", "high")
    }
    config[heads["criterion"]] = st.column_config.TextColumn(width=WIDTHS["criterion"], pinned=True)
    config[heads["basis"]] = st.column_config.SelectboxColumn(options=list(names.values()), required=True)
    config[heads["source"]] = st.column_config.TextColumn(max_chars=MAX_TEXT)
    config[heads["dated"]] = st.column_config.DateColumn(format="DD/MM/YYYY")
    edited = st.data_editor(
        rows, hide_index=True, placeholder="–", width="stretch",
        column_config=config, key=MEMORY.widget(f"scores_{partner.id}"),
        disabled=True if not steers else [heads["criterion"]],
    )  # fmt: skip
    if steers and st.button(_("Save the scores"), type="primary", key=MEMORY.widget(f"save_{partner.id}")):
        changed = changes(partner, edited.rename(columns={said: name for name, said in heads.items()}), names)
        with connect() as database:
            stored.save_scores(database, session.actor(), partner.id, changed)
        st.rerun()
    unsourced = [
        translate(SCALES[key].title)
        for key, score in partner.scores.items()
        if score.basis == Basis.ASSUMPTION.value and not score.source
    ]
    if unsourced:
        said = _("Assumed without a source: {names}", names=", ".join(unsourced))
        html.draw(element("p", basis_markup(Basis.ASSUMPTION), " ", said, class_="toile-source"))


def _row(partner: Partner, key: PartnerCriterion, names: dict[str, str]) -> dict[str, Any]:
    score = score_of(partner, key)
    return {
        "criterion": translate(SCALES[key].title),
        "low": score.low,
        "likeliest": score.likeliest,
        "high": score.high,
        "basis": names[score.basis],
        "source": score.source,
        "dated": dt.date.fromisoformat(score.dated[:10]) if score.dated else None,
    }


def changes(partner: Partner, edited: pd.DataFrame, names: dict[str, str]) -> dict[PartnerCriterion, PartnerScore]:
    """The rows that were changed. Whoever changes a measured score by hand makes an opinion of it.

    Args:
        edited: one row a criterion, in their order: low, likeliest, high, basis, source, dated.
        names: the bases' names in the reader's language, as the rows have them.
    """
    bases = {said: basis for basis, said in names.items()}
    found: dict[PartnerCriterion, PartnerScore] = {}
    for key, row in zip(PartnerCriterion, edited.to_dict("records"), strict=True):
        before = score_of(partner, key)
        dated = "" if pd.isna(row["dated"]) else str(row["dated"])[:10]
        ends = [float(row[name]) for name in ("low", "likeliest", "high")]
        basis, source = bases[row["basis"]], str(row["source"] or "")
        same = [round(end, 6) for end in ends] == [round(end, 6) for end in (before.low, before.likeliest, before.high)]
        if same and (basis, source, dated) == (before.basis, before.source, before.dated[:10]):
            continue
        if not same and before.reference and basis == Basis.EVIDENCE.value:
            basis = Basis.OPINION.value
        reference = before.reference if same and basis == Basis.EVIDENCE.value else ""
        found[key] = PartnerScore(ends[0], ends[1], ends[2], basis, source, dated, reference)
    return found
