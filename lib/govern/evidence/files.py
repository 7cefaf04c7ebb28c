"""The log as XLSX, CSV and JSON Lines, each with the verdicts; written as the runs come, not held as a whole."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.checks.spans import CHECK_TITLES
from lib.database.evidence_log import Wanted, every_run, log_page
from lib.errors import InputError
from lib.files.writers import MAX_CELL_CHARACTERS, Cell, Sheet, csv_parts, write_xlsx
from lib.govern.evidence.saying import use_case_title
from lib.i18n import N_, _, translate
from lib.tasks.check_titles import check_title
from lib.verdicts import Verdict

MOST_IN_A_WORKBOOK = 20_000  # runs; a spreadsheet of more takes minutes to write and to open
NOTHING = N_("No run fits, so there is nothing to export. Leave one of the choices open.")
TOO_MANY = N_(
    "{n} runs are too many for one workbook: {most} are the most. Choose a shorter period, or export CSV or JSON Lines."
)
CUT = " […]"
"""What ends a text that is longer than a cell; JSON Lines has the whole."""
VERDICTS = {"approved": N_("Approved"), "sent_back": N_("Sent back"), "rated": N_("Rated")}
HIDDEN = {"person_erased", "number"}


def _require_some(database: Database, actor: Actor, wanted: Wanted) -> int:
    total = log_page(database, actor, wanted, limit=1).total
    if not total:
        raise InputError(NOTHING)
    return total


def csv(database: Database, actor: Actor, wanted: Wanted, separator: str = ",") -> bytes:
    """One row a run, its verdicts and checks in columns.

    Raises:
        InputError: no run fits.
    """
    _require_some(database, actor, wanted)
    out = io.BytesIO()
    for part in csv_parts((_row(run) for run in every_run(database, actor, wanted)), _heads(), separator):
        out.write(part)
    return out.getvalue()


def jsonl(database: Database, actor: Actor, wanted: Wanted) -> bytes:
    """One JSON object a line and run, with its inputs, output, checks, findings and verdicts whole.

    Raises:
        InputError: no run fits.
    """
    _require_some(database, actor, wanted)
    out = io.BytesIO()
    for run in every_run(database, actor, wanted):
        out.write(json.dumps(as_object(run), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return out.getvalue()


def xlsx(database: Database, actor: Actor, wanted: Wanted) -> bytes:
    """Three sheets: the runs, the results of their checks, the verdicts.

    Raises:
        InputError: no run fits, or more than a workbook should hold.
    """
    total = _require_some(database, actor, wanted)
    if total > MOST_IN_A_WORKBOOK:
        raise InputError(TOO_MANY, n=total, most=MOST_IN_A_WORKBOOK)
    heads = _heads()
    texts = {heads[-2]: 60, heads[-1]: 60}
    return write_xlsx(
        [
            Sheet(_("Runs"), heads, (_row(run) for run in every_run(database, actor, wanted)), texts),
            Sheet(_("Checks"), _check_heads(), _checks(every_run(database, actor, wanted))),
            Sheet(_("Verdicts"), _verdict_heads(), _verdicts(every_run(database, actor, wanted))),
        ]
    )


def as_object(run: dict[str, Any]) -> dict[str, Any]:
    """A run of ``every_run`` as JSON Lines has it."""
    made = {name: value for name, value in run.items() if name not in HIDDEN}
    made["person"] = run["person"] or ""
    for name in ("inputs", "output", "error"):
        made[name] = _parsed(run[name])
    made["checks"] = [
        {"check": row["check_name"], "verdict": row["verdict"], "findings": _parsed(row["findings"])}
        for row in made.pop("all_checks")
    ]
    made["verdicts"] = [
        {
            **{name: value for name, value in row.items() if name != "run_id"},
            "edited_output": _parsed(row["edited_output"]),
        }
        for row in made.pop("reviews")
    ]
    return made


def _parsed(written: str | None) -> Any:
    """JSON as it was recorded; a text that somebody broke by hand as it stands."""
    if written is None:
        return None
    try:
        return json.loads(written)
    except ValueError:
        return written


def _heads() -> list[str]:
    return [
        _("Run"), _("Place in the chain"), _("When"), _("Who"), _("Use case"), _("Kind"), _("Task"), _("State"),
        _("Engine"), _("Model"), _("Version"), _("Prompt"), _("Language"), _("Seconds"), _("Tokens read"),
        _("Tokens written"), _("Cost"), _("Currency"), _("Checks"), _("Verdict"), _("Rating"), _("Comment"),
        _("Erased"), _("Inputs"), _("Output"),
    ]  # fmt: skip


def _row(run: dict[str, Any]) -> list[Cell]:
    said = [" · ".join(part for part in (row["comment"], row["reason"]) if part) for row in run["reviews"]]
    return [
        run["id"], run["position"], _time(run["started_at"]), run["person"] or "", use_case_title(run["use_case"]),
        run["kind"], run["task"] or run["method"], run["status"], run["engine"] or "", run["model"] or "",
        run["method_version"], run["prompt_hash"] or "", run["language"] or "", run["seconds"], run["input_tokens"],
        run["output_tokens"], run["cost"], run["currency"] or "", checks_said(run["checks"]),
        verdict_said(run["verdict"]), run["rating"], _short("\n".join(part for part in said if part)),
        _time(run["erased_at"]) if run["erased_at"] else "", _short(run["inputs"]), _short(run["output"] or ""),
    ]  # fmt: skip


def checks_said(checks: dict[str, int]) -> str:
    """'1 Must be changed, 3 Nothing to object': how many checks of each verdict."""
    order = [verdict for verdict in reversed(list(Verdict)) if checks.get(verdict.value)]
    return ", ".join(f"{checks[verdict.value]} {translate(CHECK_TITLES[verdict])}" for verdict in order)


def verdict_said(verdict: str | None) -> str:
    """A person's verdict in the reader's language."""
    return translate(VERDICTS.get(verdict or "", verdict or ""))


def _check_heads() -> list[str]:
    return [_("Run"), _("Check"), _("Verdict"), _("Field"), _("Finding")]


def _checks(runs: Iterable[dict[str, Any]]) -> Iterator[list[Cell]]:
    for run in runs:
        for row in run["all_checks"]:
            verdict = translate(CHECK_TITLES[Verdict(row["verdict"])]) if row["verdict"] in list(Verdict) else ""
            title = check_title(row["check_name"])
            for field, said in findings_said(_parsed(row["findings"])) or [("", "")]:
                yield [run["id"], title, verdict, field, _short(said)]


def findings_said(findings: Any) -> list[tuple[str, str]]:
    """What a check found, as (field, sentence); nothing where somebody wrote something else into it by hand."""
    rows = [one for one in findings if isinstance(one, dict)] if isinstance(findings, list) else []
    said = []
    for one in rows:
        values = one.get("values")
        filled = translate(str(one.get("message", "")), None, **(values if isinstance(values, dict) else {}))
        said.append((str(one.get("field", "")), filled))
    return said


def _verdict_heads() -> list[str]:
    return [_("Run"), _("When"), _("Who"), _("Verdict"), _("Rating"), _("Minutes saved"), _("Comment"), _("Reason")]


def _verdicts(runs: Iterable[dict[str, Any]]) -> Iterator[list[Cell]]:
    for run in runs:
        for row in run["reviews"]:
            yield [
                run["id"], _time(row["created_at"]), row["person"] or "", verdict_said(row["verdict"]), row["rating"],
                row["minutes_saved"], _short(row["comment"]), _short(row["reason"]),
            ]  # fmt: skip


def _time(written: str) -> Cell:
    """A moment as a spreadsheet's date, in the machine's own time; a text that is none as it stands."""
    try:
        return dt.datetime.fromisoformat(written).astimezone().replace(tzinfo=None)
    except ValueError:
        return written


def _short(text: str) -> str:
    return text if len(text) <= MAX_CELL_CHARACTERS else text[: MAX_CELL_CHARACTERS - len(CUT)] + CUT
