"""The words of the incident log."""

from __future__ import annotations

from typing import Final

from lib.i18n import N_

KIND_NAMES: Final = {"incident": N_("Incident"), "near_miss": N_("Near-miss")}
SEVERITY_NAMES: Final = {
    "minor": N_("minor"),
    "serious": N_("serious"),
    "severe": N_("severe"),
}
