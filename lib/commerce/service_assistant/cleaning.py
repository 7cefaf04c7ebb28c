"""What a message says, without what says nothing of its matter: addresses, numbers, greetings, signatures."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 4_000  # characters of a message that are read
EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
ORDER: Final = re.compile(r"(?<![A-Za-z0-9])MS[\s-]?\d{6}(?!\d)", re.IGNORECASE)
_GREETING: Final = re.compile(
    (
        r"^\s*(?:(?:bonjour|bonsoir|salut|coucou|hello|hi+|hey|dear [\w ]{1,30}|good "
        r"(?:morning|afternoon|evening)|hallo|hola|"
        r"ciao|ol[áa]|guten tag|madame,? monsieur|chère maison)(?: (?:madame|monsieur|à "
        r"tous|there|all|team))?\s*[,!.:]*\s*)+"
    ),
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"(?:\n\s*|(?<=[.!?])\s+)(?:cordialement|bien à vous|bien cordialement|merci "
    r"d.avance|salutations|kind regards|best(?: wishes| regards)?|"
    r"regards|yours (?:sincerely|faithfully)|many thanks|with thanks|thanks|thank you|merci|mit freundlichen)\b.*\Z",
    re.IGNORECASE | re.DOTALL,
)


def matter_of(text: str, orders: re.Pattern[str] = ORDER) -> str:
    """The message as it is classified and searched."""
    bare = text[:LONGEST].replace("\u2019", "'")
    bare = EMAIL.sub(" ", orders.sub(" ", bare))
    bare = _CLOSING.sub("", _GREETING.sub("", bare))
    return re.sub(r"\s+", " ", bare).strip()


def matter_of_all(texts: list[str] | tuple[str, ...], orders: re.Pattern[str] = ORDER) -> str:
    """Of a whole conversation, the last message last."""
    return " ".join(part for part in (matter_of(text, orders) for text in texts) if part)[-LONGEST:]
