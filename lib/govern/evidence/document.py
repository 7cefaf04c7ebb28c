"""One run as a PDF to read and file: what it was, what went in and came out, what was said of it, its link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lib.checks.measured import measured
from lib.checks.spans import CHECK_TITLES
from lib.database.chain import Link
from lib.database.chain_check import Broken
from lib.files.documents.pdf import Pdf
from lib.govern.evidence import saying
from lib.govern.evidence.files import as_object, findings_said, verdict_said
from lib.govern.evidence.reading import lines
from lib.i18n import _, amount, date_time, ngettext, number, translate
from lib.tasks.check_titles import check_title
from lib.verdicts import Verdict

MOST_LINES = 600  # of inputs or of output; the JSON has all
LONGEST = 4_000  # characters of one line


def pdf(run: dict[str, Any], title: str, link: Link | None, broken: Broken | None, prompt: str = "") -> bytes:
    """The document.

    Args:
        run: as ``lib.database.evidence_log.one_run`` gives it.
        title: what the run did, in the reader's language.
        link: where it stands in the chain; None where it isn't linked yet.
        broken: what ``check_run`` found.
        prompt: the text of its prompt, where that is kept.
    """
    whole = as_object(run)
    about = f"{saying.use_case_title(run['use_case'])} · {_moment(run['started_at'])}"
    made = Pdf(title, about, footer=_("Evidence of run {run}", run=run["id"]))
    made.facts(facts(run))
    made.heading(_("Its place in the log"))
    made.facts(_proof(link, broken))
    if run["erased_at"]:
        made.text(_("The content of this run was erased on {day}.", day=_moment(run["erased_at"])))
    for heading, value in ((_("What went in"), whole["inputs"]), (_("What came out"), whole["output"])):
        made.heading(heading)
        _texts(made, value)
    if prompt:
        made.heading(_("The prompt"))
        _texts(made, prompt.split("\n"), numbered=False)
    _judged(made, whole)
    return made.to_bytes()


def facts(run: dict[str, Any]) -> list[tuple[str, str]]:
    """Who, when, on what, at what cost; only what is known."""
    known = [
        (_("Run"), run["id"]),
        (_("Who"), run["person"] or _("Someone without a name")),
        (_("When"), _moment(run["started_at"])),
        (_("Use case"), saying.use_case_title(run["use_case"])),
        (_("Task"), run["task"] or ""),
        (_("Engine"), " · ".join(part for part in (run["engine"], run["model"]) if part)),
        (_("Version"), f"{run['method']} {run['method_version']}"),
        (_("Prompt"), run["prompt_hash"] or ""),
        (_("Seconds"), number(run["seconds"], 2) if run["seconds"] is not None else ""),
        (_("Cost"), amount(run["cost"], run["currency"]) if run["cost"] is not None and run["currency"] else ""),
    ]
    return [(name, said) for name, said in known if said]


def _proof(link: Link | None, broken: Broken | None) -> list[tuple[str, str]]:
    if link is None:
        return [(_("State"), _("Not linked yet: the run isn’t finished."))]
    state = saying.found(broken) if broken else _("The run and what was said of it are as they were recorded.")
    return [
        (_("State"), state),
        (_("Place in the chain"), number(link.position)),
        (_("Linked"), _moment(link.at)),
        (_("Digest"), link.digest),
        (_("Link in the chain"), link.link),
    ]


def _texts(made: Pdf, value: Any, numbered: bool = True) -> None:
    shown = lines(value) if numbered else list(value)
    if value in (None, {}, []):
        made.text(_("Nothing is recorded."), small=True)
        return
    for line in shown[:MOST_LINES]:
        made.text(line if len(line) <= LONGEST else line[:LONGEST] + " […]")
    if len(shown) > MOST_LINES:
        left = len(shown) - MOST_LINES
        said = ngettext("{n} more line is in the JSON file.", "{n} more lines are in the JSON file.", left)
        made.text(said, small=True)


def _judged(made: Pdf, whole: dict[str, Any]) -> None:
    if whole["checks"]:
        made.heading(_("Checks"))
        rows = [
            (check_title(row["check"]), _title(row["verdict"]), _findings(row["findings"]), reads(row["check"]))
            for row in whole["checks"]
        ]
        made.table((_("Check"), _("Verdict"), _("Finding"), _("How well it reads")), rows, (2, 1.7, 4, 2.3))
        made.text(
            _(
                "How well a check reads was measured on labelled cases that it had never seen, over French and English,"
                " on the checks as they are today. Found: of 10 faults. False: of 10 warnings."
            ),
            small=True,
        )
    if whole["verdicts"]:
        made.heading(_("Verdicts"))
        given = [
            (_moment(row["created_at"]), row["person"] or _("Someone without a name"), verdict_said(row["verdict"]),
             f"{row['rating'] or ''}", " · ".join(part for part in (row["comment"], row["reason"]) if part))
            for row in whole["verdicts"]
        ]  # fmt: skip
        made.table((_("When"), _("Who"), _("Verdict"), _("Rating"), _("Comment")), given, (2.5, 2, 2, 1, 4))


def reads(check: str) -> str:
    """How well a check was measured to read, in few words: 'Found 9, false 1 · 240 cases'; that it wasn't."""
    result = measured(check)
    if result is None:
        return _("Not measured")
    cases = ngettext("{n} case", "{n} cases", result.cases)
    if result.precision.value is None or result.recall.value is None:
        return _("Weak: no warning on {cases}", cases=cases)
    said = _(
        "Found {found}, false {false} · {cases}",
        found=round(10 * result.recall.value), false=round(10 * (1 - result.precision.value)), cases=cases,
    )  # fmt: skip
    return _("Weak: {said}", said=said[:1].lower() + said[1:]) if result.weak else said


def _title(verdict: str) -> str:
    return translate(CHECK_TITLES[Verdict(verdict)]) if verdict in list(Verdict) else verdict


def _findings(found: Any) -> str:
    return "\n".join(said[:LONGEST] for _field, said in findings_said(found)[:40])


def _moment(written: str) -> str:
    try:
        return date_time(dt.datetime.fromisoformat(written).astimezone())
    except ValueError:
        return written
