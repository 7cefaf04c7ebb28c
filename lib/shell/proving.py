"""The Proof tab: a use case's measurements against its baselines, with what they win, lose and leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.access import Actor
from lib.catalogue import UseCase
from lib.database import connect
from lib.database.runs import recent
from lib.evidence import code_version, read_proof, shipped
from lib.i18n import N_, _, current_language, duration, language_name, list_of, ngettext, translate
from lib.proofs import Measure, Proof, tally
from lib.shell import background, errors, html, session
from lib.shell.html import element
from lib.shell.proving_engines import engines_part
from lib.shell.proving_picture import blocks, said
from lib.shell.text import plain

SAMPLE = "sample"
SEED = 0
TITLE = N_("Measurements against the baselines")
LOOK_BACK = 50  # comparisons of this use case in which an earlier result is looked for


@dataclass(frozen=True)
class OwnData:
    """A person's own data for a proof.

    ``key`` names it (data set ids). ``job`` is the dotted name, among the use case's jobs, of the function that reads
    the data again in the worker and measures; ``arguments`` tells it which data sets.
    """

    key: str
    title: str
    job: str
    arguments: dict[str, Any]
    data_set: str | None = None  # the one that the run is filed under


def cached(actor: Actor, use_case: UseCase, data: str = SAMPLE, seed: int = SEED) -> Proof | None:
    """The last result for the present code, these data and this seed, or the one that comes with the product."""
    wanted = {"code": code_version(use_case), "data": data, "seed": seed}
    with connect() as database:
        runs = recent(database, actor, LOOK_BACK, use_case=use_case.slug, kind="comparison", status="done")
    found = next((read_proof(run["output"]) for run in runs if run["inputs"] == wanted and run["output"]), None)
    return found or (shipped(use_case, seed) if data == SAMPLE else None)


def proof_tab(use_case: UseCase) -> None:
    """Show the proof on the sample or on the person's own data, or offer to compute it."""
    actor = session.actor()
    own = _which(use_case)
    function, arguments = asked(use_case, own)
    job = background.last(function, arguments, SEED)
    if job is not None and not job.ended:
        background.watch(job.id)
        return
    proof = cached(actor, use_case, own.key if own else SAMPLE)
    if job is not None and job.status == "failed" and (error := background.why(job)) is not None:
        errors.show(error)
    if proof is not None:
        show(proof)
    elif own:
        st.markdown(_("These measurements have not been made on your data yet."))
    else:
        st.markdown(_("The measurements have not been made on this version yet. They run on the sample data, here."))
    label = _("Measure now") if proof is None else _("Run again")
    key = f"start_proof_{use_case.slug}_{own.key if own else SAMPLE}"
    if st.button(label, type="primary" if proof is None else "secondary", key=key):
        background.begin(use_case, function, TITLE, arguments, SEED, own.data_set if own else None)
        st.rerun()
    engines_part(use_case)


def asked(use_case: UseCase, own: OwnData | None = None) -> tuple[str, dict[str, Any]]:
    """The proof as work for the worker: the function's dotted name and its arguments; another code is other work."""
    named = {"code": code_version(use_case), "data": own.key if own else SAMPLE}
    return (own.job, {**own.arguments, **named}) if own else (use_case.proof, named)


def offer_own_data(use_case: UseCase, own: OwnData | None) -> None:
    """Called by a page's Try: the data in use, when it is the person's own, for the Proof tab."""
    st.session_state[f"proof_data_{use_case.slug}"] = own


def _which(use_case: UseCase) -> OwnData | None:
    """The person's own data where they chose it; None for the sample."""
    own: OwnData | None = st.session_state.get(f"proof_data_{use_case.slug}")
    if own is None:
        st.caption(_("Measured on the demo house’s sample. Choose files of your own under Try to measure on them."))
        return None
    names = {SAMPLE: _("the demo house’s sample"), own.key: plain(own.title)}
    chosen = st.radio(
        _("Measured on"), list(names), format_func=names.__getitem__, horizontal=True, key=f"proof_on_{use_case.slug}"
    )
    return own if chosen == own.key else None


def show(proof: Proof) -> None:
    """The outcome in words, the most important numbers, then every measure in small, and how it was measured."""
    html.draw(element("p", summary(proof), class_="toile-finding"))
    points = headlines(proof)
    if points:
        html.draw(element("ul", *(element("li", point) for point in points), class_="toile-points"))
    html.draw(element("p", null_control(proof), class_="toile-null"))
    near, apart = _by_language(proof.measures)
    html.draw(blocks(near))
    for language, measures in apart.items():
        title = _(
            "The same for the texts in another language: {tongue} ({n} measures)",
            tongue=language_name(language),
            n=len(measures),
        )
        html.draw(element("details", element("summary", title), blocks(measures), class_="toile-apart-language"))
    html.draw(element("p", conditions(proof), class_="toile-source"))


def _by_language(measures: Sequence[Measure]) -> tuple[list[Measure], dict[str, list[Measure]]]:
    """What is shown at once, checks of the method last, and what is folded: texts in a language that isn't read."""
    languages = {measure.language for measure in measures if measure.language}
    near = {"", current_language()} if current_language() in languages else {"", *languages}
    first = sorted((one for one in measures if one.language in near), key=lambda one: one.control)
    apart: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.language not in near:
            apart.setdefault(measure.language, []).append(measure)
    return first, apart


def summary(proof: Proof) -> str:
    """How many comparisons are won, open and lost, for a reader who reads nothing else."""
    count = tally(proof.measures)
    if not count.all:
        return _("Nothing was compared.")
    parts = [ngettext("wins {n}", "wins {n}", count.won)]
    if count.open:
        parts.append(ngettext("leaves {n} open", "leaves {n} open", count.open))
    parts.append(ngettext("loses {n}", "loses {n}", count.lost) if count.lost else _("loses none"))
    comparisons = ngettext("Of {n} comparison with a baseline", "Of {n} comparisons with baselines", count.all)
    return _("{comparisons}, this use case {outcome}.", comparisons=comparisons, outcome=list_of(parts))


def headlines(proof: Proof) -> list[str]:
    """The most important numbers as sentences; of texts in several languages those in the reader's."""
    return [
        translate(measure.headline, None, ours=said(measure.ours, measure), theirs=said(theirs, measure))
        for measure in proof.measures
        if measure.headline and measure.language in ("", current_language())
        for theirs in [next(iter(measure.baselines.values()))]
    ]


def null_control(proof: Proof) -> str:
    """What the method says where nothing is to be found."""
    if proof.null_win:
        return _(
            "Null control failed: it claims a win on shuffled data, in which there is nothing to find."
            " Don't rely on it."
        )
    return _("Null control passed: on shuffled data, in which there is nothing to find, it claims no win.")


def conditions(proof: Proof) -> str:
    """Data, seed and time of a proof."""
    data = _("sample data") if proof.data == SAMPLE else _("your data")
    return " · ".join((data, _("seed {seed}", seed=proof.seed), duration(proof.seconds)))
