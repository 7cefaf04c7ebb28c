"""What the recognisers of personal data give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of personal data, the surest first: where two lie over each other, the first is kept."""

    EMAIL = "email"
    IBAN = "iban"
    NATIONAL_NUMBER = "nir"
    CARD = "card"
    IP = "ip"
    PASSPORT = "passport"
    BIRTH_DATE = "birth_date"
    CUSTOMER_NUMBER = "customer_number"
    ORDER_NUMBER = "order_number"
    PHONE = "phone"
    PLATE = "plate"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """A passage of the text (characters, end exclusive) that looks like personal data."""

    start: int
    end: int
    kind: Kind


BEFORE = 40  # characters before a passage in which its cue is looked for


def cue_before(cue: re.Pattern[str], text: str, start: int, reach: int = BEFORE) -> bool:
    """Whether ``cue`` stands shortly before ``start``."""
    return bool(cue.search(text, max(0, start - reach), start))
