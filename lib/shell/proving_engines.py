"""Another engine's texts measured beside the built-in one's: the choice, what it costs, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.access import Right
from lib.catalogue import UseCase
from lib.database import connect
from lib.database.runs import recent
from lib.engines import registry
from lib.engines.registry import BUILT_IN, EngineInfo
from lib.errors import ToileError
from lib.evidence import code_version, read_measure
from lib.i18n import LANGUAGES, N_, _, amount, current_language, language_name, ngettext, number, translate
from lib.proofs import EngineProof, Measure, engine_proof
from lib.shell import background, errors, html, session
from lib.shell.html import element
from lib.shell.proving_picture import blocks, engine_title
from lib.shell.text import plain

TITLE = N_("Measuring another engine’s texts")
LOOK_BACK = 100
SEED = 0


@dataclass(frozen=True)
class Measured:
    """What was measured of one engine in one language on so many products."""

    engine: str
    language: str
    asked: int
    failed: int
    measures: tuple[Measure, ...]


def engines_part(case: UseCase) -> None:
    """Results of other engines for exactly this code, the newest of each first; then the choice of another."""
    if not case.engine_proof:
        return
    html.draw(
        element(
            "div",
            element("h3", _("Other engines")),
            element(
                "p",
                _(
                    "The built-in engine is the baseline that a model has to beat. Measure one on the same products, "
                    "beside it and the plain template."
                ),
            ),
            class_="toile-section",
        )
    )
    for found in measured(case):
        _show(found)
    if not session.actor().may(Right.RUN):
        return
    _choose(case, engine_proof(case.engine_proof))


def measured(case: UseCase) -> list[Measured]:
    """The newest result of each engine and language that holds for the present code."""
    with connect() as database:
        runs = recent(database, session.actor(), LOOK_BACK, use_case=case.slug, kind="comparison", status="done")
    found: dict[tuple[str, str], Measured] = {}
    for run in runs:
        output = run["output"] or {}
        if "engine" not in output or run["inputs"].get("code") != code_version(case):
            continue
        key = str(output["engine"]), str(output["language"])
        measures = tuple(read_measure(one) for one in output["measures"])
        found.setdefault(key, Measured(*key, int(output["asked"]), int(output["failed"]), measures))
    return list(found.values())


def _show(found: Measured) -> None:
    n = found.asked - found.failed
    heading = f"{engine_title(found.engine)} · {language_name(found.language)}"
    html.draw(element("p", heading, class_="toile-finding"))
    told = [ngettext("Measured on {n} product.", "Measured on {n} products.", n)]
    if n < 30:
        told.append(_("That is few: only large differences can show."))
    if found.failed:
        told.append(
            ngettext(
                "{n} more gave no usable text and is left out on all sides.",
                "{n} more gave no usable text and are left out on all sides.",
                found.failed,
            )
        )
    html.draw(element("p", " ".join(told), class_="toile-source"))
    html.draw(blocks(found.measures))


def _choose(case: UseCase, how: EngineProof) -> None:
    """Engine, language, number of products, what it costs, the button; or how far it is."""
    able = [one for one in registry.available() if one.name != BUILT_IN]
    if not able:
        st.caption(_("No other engine is connected. The page Engines says how to connect one."))
        return
    found = {one.name: one for one in able}
    titles = {one.name: translate(one.title) for one in able}
    left, middle, right = st.columns(3)
    with left:
        chosen = st.selectbox(_("Engine"), list(found), format_func=titles.__getitem__, key=f"proof_engine_{case.slug}")
        engine = found[chosen]
    with middle:
        language = _language(case, engine)
    with right:
        sizes = {size: number(size) for size in how.sizes}
        label = _("Number of products")
        products = int(st.selectbox(label, list(sizes), format_func=sizes.__getitem__, key=f"proof_size_{case.slug}"))
    arguments = {"code": code_version(case), "engine": engine.name, "language": language, "products": products}
    job = background.last(how.job, arguments, SEED)
    if job is not None and not job.ended:
        background.watch(job.id)
        return
    if job is not None and job.status == "failed" and (error := background.why(job)) is not None:
        errors.show(error)
    try:
        st.caption(plain(_cost(how.outlook(session.actor(), engine.name, language, products), products)))
    except ToileError as error:
        errors.show(error)
        return
    if engine.note:
        st.caption(plain(translate(engine.note)))
    if st.button(_("Measure this engine"), key=f"start_engine_{case.slug}"):
        background.begin(case, how.job, TITLE, arguments, SEED)
        st.rerun()


def _language(case: UseCase, engine: EngineInfo) -> str:
    """One that the engine writes and the measures know; the reader's first."""
    able = [code for code in LANGUAGES if not engine.languages or code in engine.languages]
    able.sort(key=lambda code: code != current_language())
    key = f"proof_language_{case.slug}_{engine.name}"
    names = {code: language_name(code) for code in able}
    return str(st.selectbox(_("Language of the texts"), able, format_func=names.__getitem__, key=key))


def _cost(expected: Any, products: int) -> str:
    """Calls, tokens and money, before anything is sent."""
    calls = ngettext("{n} text will be written", "{n} texts will be written", products)
    if expected.high is None:
        price = _("no price is known for this engine")
    elif expected.high == 0:
        price = _("nothing is paid per token")
    else:
        low, high = amount(expected.low, expected.currency), amount(expected.high, expected.currency)
        price = _("cost {low} to {high}", low=low, high=high)
    tokens = _("up to {read} tokens read and {written} written",
               read=number(expected.input_tokens[1]), written=number(expected.output_tokens[1]))  # fmt: skip
    return f"{calls} · {price} · {tokens}"
