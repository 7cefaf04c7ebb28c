"""How well an automatic check was measured to read, in the reader's words."""

from __future__ import annotations

from typing import Any, Final

from lib.checks import measured
from lib.i18n import N_, number, translate

UNMEASURED: Final = N_("How well this check reads was not measured on labelled cases: look at its results yourself.")


def quality(check: str) -> dict[str, Any]:
    """How well it was measured to read, as plain values that can be kept: a message id and what fills it.

    Tenths, as on the use cases' own pages: ``found`` of what is wrong, ``false`` of the warnings.
    """
    result = measured.measured(check)
    if result is None:
        return {"message": UNMEASURED, "values": {}}
    if result.precision.value is None:
        return {"message": measured.SILENT, "values": {"cases": result.cases}}
    found, false = round(10 * (result.recall.value or 0)), round(10 * (1 - result.precision.value))
    message = measured.WEAK if result.weak else measured.WORKS
    return {"message": message, "values": {"found": found, "false": false, "cases": result.cases}}


def quality_said(kept: dict[str, Any], language: str | None = None) -> str:
    """What ``quality`` gave, in the reader's language."""
    filled = {name: number(value, 0, language) for name, value in kept["values"].items()}
    return translate(str(kept["message"]), language, **filled)
