"""Which messages lack a French text, and which French texts nobody uses: ``python -m lib.i18n.extract``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lib.i18n.messages import HERE, catalogue

ROOT = HERE.parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "translate": None}
SOURCES = ("Home.py", "lib", "pages")
BRACES = re.compile(r"{(\w*)[^}]*}")


def messages_in(root: Path = ROOT) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Every marked message in the code, as (place, id); the id of a counted message is a pair."""
    from babel.messages.extract import extract_from_file

    for source in SOURCES:
        path = root / source
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                for line, message, _comments, _context in extract_from_file("python", file, keywords=KEYWORDS):
                    if message:
                        yield f"{file.relative_to(root)}:{line}", message


def missing(language: str = "fr", root: Path = ROOT) -> dict[str, str]:
    """Message ids without a text in ``language``, with the first place where each stands."""
    known = catalogue(language)
    found: dict[str, str] = {}
    for place, message in messages_in(root):
        key = message if isinstance(message, str) else message[0]
        if key not in known:
            found.setdefault(key, place)
    return found


def unused(language: str = "fr", root: Path = ROOT) -> set[str]:
    """Texts in ``language`` whose id is no longer in the code."""
    ids = {message if isinstance(message, str) else message[0] for _place, message in messages_in(root)}
    return set(catalogue(language)) - ids


def braces_differ(language: str = "fr") -> list[str]:
    """Message ids whose text names other values than the id does."""
    wrong = []
    for key, text in catalogue(language).items():
        for form in (text,) if isinstance(text, str) else text:
            if set(BRACES.findall(form)) - {"n"} != set(BRACES.findall(key)) - {"n"}:
                wrong.append(key)
    return wrong


if __name__ == "__main__":
    lacking = missing()
    for key, place in lacking.items():
        print(f"{place}: {key!r}")
    for key in sorted(unused()):
        print(f"unused: {key!r}")
    sys.exit(bool(lacking))
