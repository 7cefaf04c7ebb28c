"""Countries that a client asks about, against those that a page on delivery names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from lib.commerce.service_assistant.knowledge import Section
from lib.retrieval.words import fold

_IN_EUROPE = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "MC",
        "GB",
        "CH",
        "US",
        "JP",
    ]
)


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    found = {}
    for language in ("en", "fr"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and len(str(name)) > 3:
                found[fold(str(name)).replace("’", "'")] = code
    return found


def country_asked(text: str) -> str:
    """The code of the last country that is named in a question on delivery; '' where none is."""
    bare = fold(text.replace("’", "'"))
    if not re.search(r"deliver|ship|send|livr|envoy|expedi", bare):
        return ""
    found = [
        (match.start(), code)
        for name, code in _names().items()
        if (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare))
    ]
    return max(found)[1] if found else ""


def served(country: str, sections: Sequence[Section]) -> bool:
    """Whether the house delivers there: one of the European Union and the named countries, or a page names it."""
    if country in _IN_EUROPE:
        return True
    names = [name for name, code in _names().items() if code == country]
    return any(
        name in (text := fold(section.text))
        and not re.search(rf"(?:ne livrons pas|don't deliver)[^.]*{re.escape(name)}", text)
        for section in sections
        for name in names
    )
