"""Where sentences end."""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(r"(?<=[.!?…])[\s\u202f\u00a0]+(?=[A-ZÀ-ÖØ-ÞŒ0-9«“\"(—–-])")


def sentences_of(text: str) -> list[str]:
    """The sentences of a section; a table's row is one."""
    return [part.strip() for part in _END.split(text) if part.strip(" .")]
