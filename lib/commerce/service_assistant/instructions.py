"""Texts by others that try to instruct the assistant: found and taken out by the one check of such attempts.

Which tools run is decided by code and permissions; this keeps what such a text says out of answers, and shows it.
"""

from __future__ import annotations

from lib.checks.injection import instructs, without_instructions

__all__ = ["instructs", "without_instructions"]
