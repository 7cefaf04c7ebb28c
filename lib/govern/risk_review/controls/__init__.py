"""All questions of a review, by heading. The texts are the house's own words; sources stand beside each."""

from __future__ import annotations

from typing import Final

from lib.govern.risk_review.controls.awareness import AWARENESS
from lib.govern.risk_review.controls.fairness import FAIRNESS
from lib.govern.risk_review.controls.process import PROCESS
from lib.govern.risk_review.controls.reputation import REPUTATION
from lib.govern.risk_review.controls.rights import RIGHTS
from lib.govern.risk_review.model import Control

CONTROLS: Final[tuple[Control, ...]] = (*RIGHTS, *FAIRNESS, *REPUTATION, *AWARENESS, *PROCESS)
BY_ID: Final = {control.id: control for control in CONTROLS}
