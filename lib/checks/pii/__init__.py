"""Personal data in a text: contact data, numbers that name a person, dates of birth, addresses, names."""

from lib.checks.pii.check import PII, pii_findings

__all__ = ["PII", "pii_findings"]
