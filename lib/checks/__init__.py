"""Automatic tests of a run's output. One module per check; each is a function that returns a ``CheckResult``."""

from lib.checks.model import Check, CheckResult, Finding, Verdict

__all__ = ["Check", "CheckResult", "Finding", "Verdict"]
