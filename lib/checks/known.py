"""Every check by its name: what a page needs that shows recorded verdicts."""

from __future__ import annotations

from lib.checks.house import with_house
from lib.checks.injection import CANARIES
from lib.checks.made_pictures import PICTURE_CHECKS
from lib.checks.model import Check


def known_checks(own: tuple[Check, ...] = ()) -> dict[str, Check]:
    """Every check whose verdict may stand on a run of a task with these checks of its ``own``, by its name."""
    return {check.name: check for check in (CANARIES, *PICTURE_CHECKS, *with_house(own))}
