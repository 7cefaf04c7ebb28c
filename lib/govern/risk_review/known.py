"""What the workbench knows already: proposals with their source, which a person takes over or not. Nothing is answered
by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import UseCase
from lib.database import incidents, pilots
from lib.database.people import workspace
from lib.database.risk_answers import Answered, Review
from lib.database.risk_facts import Facts, facts
from lib.evidence import shipped
from lib.govern.risk_review import check_words
from lib.govern.risk_review.choosing import Case
from lib.i18n import N_, list_of, number, translate
from lib.proofs import Measure, Proof
from lib.settings import settings
from lib.tasks.check_titles import check_title, is_check
from lib.verdicts import Verdict

SEED: Final = 0  # of the proofs that come with the product
GROUPS: Final = ("skin tone", "size", "faces", "gender", "age")  # words in the measures that are told by group
MOST_NAMED: Final = 4
OWN_ENGINES: Final = ("built-in", "atelier", "smollm2")  # which send nothing to anybody


@dataclass(frozen=True)
class Known:
    """One thing that the workbench knows: a message id with its values, where it can be looked up, and the answer
    that it speaks for. ``page`` is a page's slug, ``key`` what the page finds it by."""

    control: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    page: str = ""
    key: str = ""
    suggests: Answered = "partly"

    def said(self, language: str | None = None) -> str:
        """It in the reader's language."""
        return said(self.message, self.values, language)


def said(message: str, values: Mapping[str, Any], language: str | None = None) -> str:
    """A known thing in the reader's language: lists are joined, message ids in them translated, numbers written."""
    filled: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, list):
            filled[name] = list_of([_named(str(one), language) for one in value], language)
        elif name == "check":
            filled[name] = check_title(str(value), language)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            filled[name] = number(value, 2 if isinstance(value, float) else 0, language)
        elif name != "quality":
            filled[name] = translate(str(value), language) if name == "metric" else value
    told = translate(message, language, **filled)
    return f"{told} {check_words.quality_said(values['quality'], language)}" if "quality" in values else told


def _named(one: str, language: str | None) -> str:
    """One of a list: a check by its title (evidence taken over earlier lists their names), else what it is."""
    return check_title(one, language) if is_check(one) else translate(one, language)


def known(database: Database, actor: Actor, case: Case, review: Review) -> dict[str, tuple[Known, ...]]:
    """What is known for each question, by the question's id; for a pilot, of the pilot's days alone."""
    found = facts_of(database, actor, review)
    proof = shipped(case, SEED) if isinstance(case, UseCase) and case.status == "ready" else None
    things = [*_from_runs(found), *_from_checks(found), *_from_people(found)]
    things += [*_from_proof(proof, case.slug), *_from_house(database, actor, review), *_from_product(case)]
    collected: dict[str, tuple[Known, ...]] = {}
    for one in things:
        collected[one.control] = (*collected.get(one.control, ()), one)
    return collected


def facts_of(database: Database, actor: Actor, review: Review) -> Facts:
    """The facts of the runs that a review looks at; for a pilot, of the pilot's days alone."""
    if not review.pilot:
        return facts(database, actor, review.use_case)
    plan = pilots.get(database, actor, review.pilot).plan
    return facts(database, actor, review.use_case, plan.starts_on, plan.ends_on)


def _from_runs(found: Facts) -> Iterator[Known]:
    if not found.runs:
        return
    names = [N_("Built-in") if one == "built-in" else one for one in (*found.engines, *found.methods)]
    yield Known("inventory", N_("Used here so far: {engines}. The owner is yours to name."),
                {"engines": names[:MOST_NAMED]}, "runs")  # fmt: skip
    yield Known(
        "retained", N_("{kept} of {runs} runs keep inputs, output, method and version; {prompted} a prompt’s version."),
        {"kept": found.kept, "runs": found.runs, "prompted": found.prompted}, "runs",
        suggests="yes" if found.kept == found.runs else "partly",
    )  # fmt: skip
    connected = [name for name in found.engines if name.split(" ")[0] not in OWN_ENGINES]
    if connected:
        yield Known("vendor_terms", N_("Connected engines were used: {engines}. Their terms apply."),
                    {"engines": connected[:MOST_NAMED]}, "runs", suggests="no")  # fmt: skip
    else:
        yield Known("vendor_terms", N_("All runs so far are by engines on this machine: nothing was sent to a vendor."),
                    {}, "runs")  # fmt: skip


# Which automatic checks speak to which question, by their names. A check on a product's own name knows nothing of
# anybody's likeness, so they are named in full.
CHECKED: Final[dict[str, tuple[str, ...]]] = {
    "protected_works": ("near_copy", "near_copy_images", "brands", "kinship"),
    "likeness": ("brands",),
    "no_confusing_marks": ("brands",),
    "facts_checked": ("claims", "claims_plus", "unsupported_numbers", "data", "offer"),
    "green_claims": ("claims_plus", "claims"),
    "personal_data_scanned": ("pii",),
    "red_teamed": ("injection",),
    "stereotypes": ("inclusivity", "tone"),
    "compared_groups": ("inclusivity_images",),
    "fakes_disclosed": ("disclosure",),
    "marked_outputs": ("provenance",),
}
# Evidence that was taken over by earlier versions says it so, and still has to read in both languages.
EARLIER: Final = (
    N_("Checks that ran ({names}): {total} results, failed: {failed}."),
    N_("{check}: {total} results; please check: {warned}, must be changed: {failed}."),
)
CHECK_RAN: Final = N_("{check}, results: {total}; please check: {warned}, must be changed: {failed}.")


def _from_checks(found: Facts) -> Iterator[Known]:
    for control, names in CHECKED.items():
        for name in (one for one in names if one in found.checks):
            counted = found.checks[name]
            values = {
                "check": name,
                "total": sum(counted.values()),
                "warned": counted.get(Verdict.WARN.value, 0),
                "failed": counted.get(Verdict.FAIL.value, 0),
                "quality": check_words.quality(name),
            }
            yield Known(control, CHECK_RAN, values, "runs")


def _from_people(found: Facts) -> Iterator[Known]:
    judged = found.approved + found.sent_back
    if judged:
        yield Known(
            "named_reviewer", N_("Outputs approved: {approved}, sent back: {back}, people who judged: {people}."),
            {"approved": found.approved, "back": found.sent_back, "people": found.reviewers}, "runs",
        )  # fmt: skip
        yield Known(
            "override", N_("Of {judged} verdicts, {changed} changed the output or sent it back."),
            {"judged": judged, "changed": found.sent_back + found.edited}, "runs",
            suggests="partly" if found.sent_back + found.edited else "no",
        )  # fmt: skip


def _from_proof(proof: Proof | None, slug: str) -> Iterator[Known]:
    """Measures of the use case's own Proof on the sample: how many, and those told by body or skin."""
    if proof is None:
        return
    measured = [one for one in proof.measures if not one.control]
    yield Known(
        "tested_broadly", N_("Proof on the sample: {n} measures against baselines, the largest over {cases} cases."),
        {"n": len(measured), "cases": max((one.n for one in measured), default=0)}, slug,
    )  # fmt: skip
    for measure in (one for one in measured if _by_group(one)):
        values: dict[str, Any] = {"metric": measure.metric, "value": float(measure.ours), "n": measure.n}
        message = N_("Measured on the sample: {metric}, {value} over {n} cases")
        if measure.low is not None and measure.high is not None:
            message = N_("Measured on the sample: {metric}, {value} ({low} to {high}) over {n} cases")
            values |= {"low": float(measure.low), "high": float(measure.high)}
        yield Known("compared_groups", message, values, slug)


def _by_group(measure: Measure) -> bool:
    return any(word in measure.metric.lower() for word in GROUPS) and "fitted by" not in measure.metric


def _from_house(database: Database, actor: Actor, review: Review) -> Iterator[Known]:
    """What holds for the workspace: its budget, its incident log, this review's own doings."""
    budget = workspace(database, actor)["budget"]
    if budget is not None:
        yield Known("stop_switch", N_("A budget stops runs of paid engines once it is spent."), {}, "workspace")
    logged = incidents.listing(database, actor, review.use_case)
    if logged:
        closed = sum(bool(one.entry.closed_on) for one in logged)
        yield Known("near_misses", N_("Entries in the incident log: {n}, closed with what was changed: {closed}."),
                    {"n": len(logged), "closed": closed}, suggests="yes")  # fmt: skip
    yield Known("reassessed", N_("This review re-opens by itself when engine, prompt or data change after it is"
                                 " signed."), suggests="yes")  # fmt: skip
    if review.classification is not None:
        yield Known("risk_class", N_("A person recorded class and reason in this review."), suggests="yes")
    planned = pilots.listing(database, actor, review.use_case)
    if planned:
        yield Known(
            "thresholds", N_("Pilots with target and sample set beforehand: {n}."), {"n": len(planned)}, "pilots"
        )


def _from_product(case: Case) -> Iterator[Known]:
    """What holds for each use case that has a page here."""
    if not isinstance(case, UseCase) or case.status != "ready":
        return
    yield Known("warned", N_("Here each output says which engine made it, and each page its method’s limits."))
    if "image" in case.modalities and settings().signing is not None:
        yield Known(
            "marked_outputs", N_("Exported pictures carry their provenance in IPTC and XMP metadata, signed as C2PA.")
        )
    elif "image" in case.modalities:
        yield Known(
            "marked_outputs",
            N_("Exported pictures carry their provenance in IPTC and XMP metadata; no certificate signs them yet."),
        )
