"""Samples of bulk jobs: drawing one, and what it says of the whole job so far."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.database import connect, jobs, queue_samples, review_queue
from lib.database.jobs import Job
from lib.database.review_queue import Wanted
from lib.errors import InputError
from lib.figures import Figure, Mark
from lib.files.writers import Sheet, write_xlsx
from lib.govern.review_queue.estimating import Estimate, Plan, Stratum, acceptance, decide, estimate
from lib.govern.review_queue.sampling import TRAITS, proportional, size_of, strata_of
from lib.govern.review_queue.sampling import draw as drawn
from lib.i18n import N_, _, date_time, language_name, ngettext, number, percent, translate
from lib.shell import charts, errors, html, session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.review_queue import desk
from lib.shell.review_queue.names import TRAIT_NAMES
from lib.shell.text import plain

PARAMETER = "job"
GOOD = ("approved",)  # every other outcome is an error: it couldn't go out as it was
LIMITS = (0.01, 0.02, 0.05, 0.1, 0.2)
RISK = 0.1
CHECK_NAMES = {"pass": N_("nothing to object"), "note": N_("with a note"), "warn": N_("to check"),
               "fail": N_("must be changed")}  # fmt: skip
METHODS = {
    "census": N_("All outputs were judged: no interval is needed."),
    "exact": N_("Interval at 95%: Clopper and Pearson, 1934."),
    "exact_stratified": N_("Bound at 97.5%: exact, over the worst division of errors among the parts."),
    "wilson": N_("Interval at 95%: Wilson, 1927, corrected for the job’s size (Cochran, 1977)."),
    "stratified": N_("Interval at 95%: stratified estimator with the correction for the parts’ sizes (Cochran, 1977)."),
}
DECISIONS = {
    "accept": N_("Accept the job"),
    "hold": N_("Hold the job"),
    "open": N_("Not decided yet"),
}


def draw() -> None:
    """The samples, then the form for a new one."""
    actor = session.actor()
    with connect() as database:
        samples = queue_samples.listing(database, actor)
        bulk = [job for job in jobs.jobs(database, actor, kind="rows") if job.counts.get("done", 0)]
    for sample in samples:
        _sample(sample)
    if not bulk:
        html.draw(
            element("p", _("No bulk job of this workspace has an output yet. Start one on a use case’s page: product"
                           " descriptions for a whole catalogue, for instance."), class_="toile-empty")
        )  # fmt: skip
        return
    if not actor.may(Right.GOVERN):
        st.caption(_("Your role in this workspace judges samples; it doesn’t draw them."))
        return
    _new(bulk)


def chosen_key() -> str:
    """Where the bulk job is kept that a sample is to be drawn of."""
    return f"sample_job_{session.language()}"


def _new(bulk: list[Job]) -> None:
    section(_("A new sample"), _("People read the outputs that are drawn; the sample says what the rest is like."))
    names = {job.id: _("{job}, {n} done", job=translate(job.title, None, **job.title_values),
                       n=number(job.counts["done"])) for job in bulk}  # fmt: skip
    tongue = session.language()
    if st.session_state.get(chosen_key()) not in names:
        st.session_state.pop(chosen_key(), None)
    chosen = st.selectbox(_("Bulk job"), list(names), format_func=names.__getitem__, key=chosen_key())
    with connect() as database:
        rows = queue_samples.population(database, session.actor(), str(chosen))
    first, second, third = st.columns(3)
    kinds = {"number": _("A number"), "share": _("A share")}
    with first:
        kind = st.segmented_control(_("Size"), list(kinds), format_func=kinds.__getitem__, default="number",
                                    required=True, key=f"sample_kind_{tongue}")  # fmt: skip
    with second:
        if kind == "share":
            share = st.number_input(_("Percent of the outputs"), 0.1, 100.0, 10.0, key="sample_share") / 100
            wanted: dict[str, Any] = {"share": share}
        else:
            enough = acceptance(len(rows), len(rows), LIMITS[2], RISK).needed if rows else 1
            wanted = {"number": int(st.number_input(_("Outputs"), 1, max(1, len(rows)), enough,
                                                    key=f"sample_number_{chosen}"))}  # fmt: skip
    with third:
        seed = int(st.number_input(_("Random seed"), 0, 2**31 - 1, 1, key="sample_seed",
                                   help=_("The same seed draws the same outputs again.")))  # fmt: skip
    by = st.pills(_("Divide the job by"), TRAITS, selection_mode="multi", key=f"sample_by_{tongue}",
                  format_func=lambda trait: translate(TRAIT_NAMES[trait]),
                  help=_("Each part gets its share of the sample, at least one."))  # fmt: skip
    limit = st.select_slider(
        _("Errors that you could live with at most"), LIMITS, value=0.05, format_func=percent, key="sample_limit",
        help=_("A job with so many errors is to pass one time in ten at most."),
    )  # fmt: skip
    _preview(rows, wanted, list(by), seed, float(limit), str(chosen))


def _preview(
    rows: list[dict[str, Any]], wanted: dict[str, Any], by: list[str], seed: int, limit: float, job: str
) -> None:
    """What the sample would be able to say, and the button that draws it."""
    with errors.shown():
        size = size_of(len(rows), **wanted)
        strata = drawn(rows, by, size, seed)
        html.draw(_rule(acceptance(len(rows), size, limit, RISK)))
        if by:
            parts = len(strata_of(rows, by))
            st.caption(ngettext("{n} part of the job is sampled.", "{n} parts of the job are sampled.", parts))
        if st.button(ngettext("Draw {n} output", "Draw {n} outputs", size), type="primary", icon=":material/casino:",
                     key="sample_draw"):  # fmt: skip
            actor = session.actor()
            plan = {"by": by, "size": size, "limit": limit, "risk": RISK, **wanted}
            with connect() as database:
                people = review_queue.rule(database, actor)
                queue_samples.add(database, actor, job, seed, plan, strata, people)
            st.rerun()


def _rule(plan: Plan) -> Markup:
    """The acceptance rule as a sentence, and how often jobs of some quality pass it."""
    if plan.allowed is None:
        said = _(
            "With {size} of {n} outputs even a sample without an error wouldn’t rule out {limit} errors: it takes"
            " {needed}.",
            size=number(plan.size), n=number(plan.population), limit=percent(plan.limit), needed=number(plan.needed),
        )  # fmt: skip
        return element("p", said, class_="toile-null")
    none = _("Accept the job if none of the {size} outputs drawn is wrong, hold it otherwise.", size=number(plan.size))
    said = (
        none
        if plan.allowed == 0
        else ngettext(
            "Accept the job if at most {n} of the {size} outputs drawn is wrong, hold it otherwise.",
            "Accept the job if at most {n} of the {size} outputs drawn are wrong, hold it otherwise.",
            plan.allowed,
            size=number(plan.size),
        )
    )
    chances = ", ".join(
        _("{chance} at {share} errors", chance=percent(chance), share=percent(share, 1))
        for share, chance in plan.passing
    )
    told = _(
        "Chance to pass: {chances}. Computed for this job and this sample, as ISO 2859-2 does by limiting quality.",
        chances=chances,
    )
    return element("p", element("strong", said), " ", told)


def _sample(sample: dict[str, Any]) -> None:
    with connect() as database:
        strata = queue_samples.results(database, session.actor(), sample["id"])
    found = estimate([_stratum(one) for one in strata])
    even = proportional([(one["population"], one["size"]) for one in strata])
    plan = acceptance(sample["population"], sample["size"], sample["plan"]["limit"], sample["plan"]["risk"])
    message = sample["title"]
    title = translate(message, None, **sample["title_values"])
    when = date_time(dt.datetime.fromisoformat(sample["created_at"]).astimezone())
    section(title, _("Drawn on {day} with seed {seed}: {size} of {n} outputs.", day=when, seed=sample["seed"],
                     size=number(sample["size"]), n=number(sample["population"])))  # fmt: skip
    decision = decide(plan, found, even)
    html.draw(_decided(decision, plan, found, even))
    if found:
        charts.draw(_figure(strata, found))
    st.progress(sample["judged"] / sample["size"], plain(_("{done} of {n} judged", done=number(sample["judged"]),
                                                          n=number(sample["size"]))))  # fmt: skip
    with st.container(horizontal=True):
        if sample["judged"] < sample["size"] and st.button(_("Review this sample"), key=f"review_{sample['id']}",
                                                           icon=":material/play_arrow:"):  # fmt: skip
            desk.go_on(Wanted(sample=sample["id"]))
    actor = session.actor()
    made = Export(
        _("This sample as XLSX"), f"sample-{sample['id'][:8]}.xlsx", lambda: workbook(actor, sample["id"]), XLSX
    )
    downloads([made], key=f"sample_{sample['id']}")


def _stratum(row: dict[str, Any]) -> Stratum:
    wrong = sum(outcome not in GOOD for outcome in row["outcomes"])
    return Stratum(row["name"], row["population"], len(row["outcomes"]), wrong)


def _decided(decision: str, plan: Plan, found: Estimate | None, even: bool) -> Markup:
    head = element("p", translate(DECISIONS[decision]), class_="toile-finding")
    if found is None:
        return html.joined(head, _rule(plan))
    share = _("{errors} of {n} judged outputs couldn’t go out as they were: about {share} of the job ({low} to"
              " {high}).", errors=number(found.errors), n=number(found.judged), share=percent(found.value, 1),
              low=percent(found.low, 1), high=percent(found.high, 1))  # fmt: skip
    parts = [head, element("p", share), element("p", translate(METHODS[found.method]), class_="toile-source")]
    if found.left_out:
        parts.append(element("p", ngettext("{n} output lies in parts of which nothing is judged yet.",
                                           "{n} outputs lie in parts of which nothing is judged yet.", found.left_out),
                             class_="toile-null"))  # fmt: skip
    if even:
        parts.append(_rule(plan))
    else:
        said = _("The parts were not drawn alike, so the interval decides: accept once all of it lies under {limit}.",
                 limit=percent(plan.limit))  # fmt: skip
        parts.append(element("p", said))
    return html.joined(*parts)


def _figure(strata: list[dict[str, Any]], found: Estimate) -> Figure:
    """The share of errors in the job and, where it is divided, in each part."""
    whole = Mark(_("The whole job"), found.value, found.low, found.high)
    parts = []
    for row in strata:
        one = estimate([_stratum(row)])
        if one and len(strata) > 1:
            parts.append(Mark(stratum_said(row["name"]), one.value, one.low, one.high, role="neutral"))
    title = _("Share of outputs that can’t go out as they are: {share}", share=percent(found.value, 1))
    return Figure(title, (whole, *parts), "", number_format="percent")


def stratum_said(name: str) -> str:
    """A stratum's name as the reader reads it."""
    values = json.loads(name)
    return " · ".join(_value(str(value)) for value in values) or _("All outputs")


def _value(value: str) -> str:
    if value in CHECK_NAMES:
        return translate(CHECK_NAMES[value])
    return language_name(value) if value in ("en", "fr") else value or "–"


def workbook(actor: Any, sample: str) -> bytes:
    """A sample's plan and results as XLSX, in the reader's language."""
    with connect() as database:
        row = next((one for one in queue_samples.listing(database, actor) if one["id"] == sample), None)
        strata = queue_samples.results(database, actor, sample)
    if row is None:
        raise InputError(queue_samples.NO_SAMPLE)
    columns = (_("Part"), _("Outputs"), _("Drawn"), _("Judged"), _("Errors"), _("Share"), _("Low"), _("High"))
    lines: list[tuple[Any, ...]] = []
    everything = [_stratum(one) for one in strata]
    for name, parts in [*((stratum_said(one.name), [one]) for one in everything), (_("The whole job"), everything)]:
        found, size = estimate(parts), sum(one["size"] for one in strata if one["name"] in {p.name for p in parts})
        shares = (found.value, found.low, found.high) if found else (None, None, None)
        lines.append((name, sum(p.population for p in parts), size, sum(p.judged for p in parts),
                      sum(p.errors for p in parts), *shares))  # fmt: skip
    about = [
        (key, json.dumps(value)) for key, value in {**row["plan"], "seed": row["seed"], "job": row["job_id"]}.items()
    ]
    return write_xlsx(
        [Sheet(_("Sample"), columns, lines), Sheet(_("How it was drawn"), (_("What"), _("Value")), about)]
    )
