"""How the ranking and the roadmap hold on 1,000 random portfolios; what the pages of *decide* say of their method."""

from __future__ import annotations

import json

from bench.model import Result
from lib.decide.method import SHIPPED, measured


def run() -> Result:
    """Measure, and write docs/method.json."""
    found = measured()
    SHIPPED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    agreed = found["ranking"]["agreement"]
    share = agreed["inside"] / agreed["chances"]
    return Result("method", "exact chances within the draws' 95% intervals", share, 0.95, "share", found)
