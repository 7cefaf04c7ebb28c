"""The seal: a small text to keep outside, against which the log can be held later.

It says how many links the chain had and what the last one was. Whoever rewrites the log later, with all of its links,
can't make the old seal fit. It holds nothing of what was recorded.
"""

from __future__ import annotations

import hashlib
import re

from lib.database.chain import Head
from lib.errors import InputError
from lib.i18n import N_

NAME = "toile-seal"
VERSION = "1"
NO_SEAL = N_("This is no seal of a log. Give the whole text of the file that was saved when the log was sealed.")
DAMAGED = N_("This seal was changed or copied in part: its own check doesn’t fit. Take the file as it was saved.")
LONGEST = 10_000  # characters
_LINE = re.compile(r"^\s*(records|link|sealed|check):\s*(\S+)\s*$", re.MULTILINE)
_LINK = re.compile(r"[0-9a-f]{64}")


def text_of(head: Head, at: str) -> str:
    """The seal as text; ``at`` is the time now (UTC, ISO 8601)."""
    lines = [f"{NAME} {VERSION}", f"records: {head.links}", f"link: {head.link}", f"sealed: {at}"]
    return "\n".join([*lines, f"check: {_check(head, at)}", ""])


def _check(head: Head, at: str) -> str:
    """Against slips of the hand only: everybody can compute it."""
    return hashlib.sha256(f"{head.links} {head.link} {at}".encode()).hexdigest()[:16]


def read(text: str) -> tuple[Head, str]:
    """The seal and when it was made.

    Raises:
        InputError: it is no seal, or it was changed.
    """
    if len(text) > LONGEST or NAME not in text:
        raise InputError(NO_SEAL)
    said = dict(_LINE.findall(text))
    if set(said) != {"records", "link", "sealed", "check"}:
        raise InputError(NO_SEAL)
    if not re.fullmatch(r"\d{1,12}", said["records"]) or not _LINK.fullmatch(said["link"]):
        raise InputError(DAMAGED)
    head = Head(int(said["records"]), said["link"])
    if _check(head, said["sealed"]) != said["check"]:
        raise InputError(DAMAGED)
    return head, said["sealed"]
