"""What a check takes and gives; the types stand lower, in ``lib.verdicts``, since the database keeps them."""

from lib.verdicts import Check, CheckResult, Finding, Verdict

__all__ = ["Check", "CheckResult", "Finding", "Verdict"]
