"""What is said of the log: what was done to it by hand and what that means, and what a deletion did."""

from __future__ import annotations

from lib.catalogue import STEERING_PAGES, USE_CASES
from lib.database.chain_check import Broken, Fault
from lib.i18n import N_, _, ngettext, number, translate

RECORD_NAMES = {
    "runs": N_("run"),
    "check_results": N_("result of a check"),
    "reviews": N_("verdict of a person"),
    "prompt_versions": N_("version of a prompt"),
    "tool_calls": N_("call of a tool"),
    "risk_answers": N_("answer of a risk review"),
    "risk_classifications": N_("risk class of a review"),
    "risk_evidence": N_("piece of evidence of a risk review"),
    "risk_signatures": N_("signature under a risk review"),
    "incident_entries": N_("entry about an incident"),
    "queue_verdicts": N_("verdict of the review queue"),
    "deletions": N_("record of a deletion"),
}
FOUND = {
    Fault.CHANGED: N_("A record was changed outside the app."),
    Fault.REMOVED: N_("A record was taken out outside the app."),
    Fault.SWAPPED: N_("Two records were exchanged outside the app."),
    Fault.LINK: N_("The chain itself was changed outside the app, or a link taken out of it."),
    Fault.CUT: N_("The end of the log was cut off."),
    Fault.INSERTED: N_("A record was slipped in outside the app."),
    Fault.REWRITTEN: N_("This is not the log that was sealed: it was written anew from this place on or before it."),
}
MEANS = {
    Fault.CHANGED: N_("What the log says there is not what was recorded. Everything before it is as it was recorded."),
    Fault.REMOVED: N_("What was recorded there is gone, and no deletion tells of it. Everything before it is whole."),
    Fault.SWAPPED: N_("Each of the two now says what the other one said. Everything before them is whole."),
    Fault.LINK: N_(
        "From there on nothing vouches for the order and the number of records. Before it the log is whole."
    ),
    Fault.CUT: N_("The newest records can no longer be vouched for, or they are gone. What is left is whole."),
    Fault.INSERTED: N_("The app never recorded it. What the app did record is whole."),
    Fault.REWRITTEN: N_("Only the part of the log that another, older seal still confirms can be relied on."),
}
DELETION_NAMES = {
    "person": N_("A person’s data"),
    "run": N_("Runs"),
    "upload": N_("An uploaded table"),
    "retention": N_("What was older than it is kept"),
}
# What a deletion counted, by the name that the database gives it; what isn't here is counted as other things.
COUNTED = ("runs", "uploads", "files", "documents", "conversations", "prompt_versions", "jobs")


def found(broken: Broken) -> str:
    """One sentence: what was done."""
    return _(FOUND[broken.fault])


def means(broken: Broken) -> str:
    """One or two sentences: what that means for whoever relies on the log."""
    return _(MEANS[broken.fault])


def place(broken: Broken) -> str:
    """Which record it is: 'Run 01a2… · place 17 in the chain'."""
    said = [_("place {n} in the chain", n=number(broken.position))]
    if broken.row:
        name = translate(RECORD_NAMES.get(broken.kind, broken.kind))
        said.insert(0, f"{name} {broken.row}")
    where = " · ".join(said)
    return where[:1].upper() + where[1:]


def use_case_title(slug: str) -> str:
    """The title of a use case or of a steering page; the slug where there is none (any more)."""
    titles = {case.slug: case.title for case in USE_CASES} | {page.slug: page.title for page in STEERING_PAGES}
    return translate(titles[slug]) if slug in titles else slug


def counted(counts: dict[str, int]) -> str:
    """'3 runs, 1 file': how much a deletion took."""
    n = {name: counts.get(name, 0) for name in COUNTED}
    parts = [
        ngettext("{n} run", "{n} runs", n["runs"]) if n["runs"] else "",
        ngettext("{n} table", "{n} tables", n["uploads"]) if n["uploads"] else "",
        ngettext("{n} file", "{n} files", n["files"]) if n["files"] else "",
        ngettext("{n} document", "{n} documents", n["documents"]) if n["documents"] else "",
        ngettext("{n} conversation", "{n} conversations", n["conversations"]) if n["conversations"] else "",
        ngettext("{n} prompt", "{n} prompts", n["prompt_versions"]) if n["prompt_versions"] else "",
        ngettext("{n} job", "{n} jobs", n["jobs"]) if n["jobs"] else "",
    ]
    return ", ".join(part for part in parts if part) or _("nothing that counts")
