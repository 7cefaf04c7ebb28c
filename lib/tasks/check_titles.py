"""What a recorded check is called, by the name under which its result stands in the database."""

from __future__ import annotations

import importlib
from functools import cache

from lib.catalogue import ready
from lib.checks.known import known_checks
from lib.i18n import translate


@cache
def _titles() -> dict[str, str]:
    """Message ids of the titles by check name: of the product's checks, and of the tasks that the catalogue names."""
    found = {name: check.title for name, check in known_checks().items()}
    for dotted in (dotted for case in ready() for dotted in case.tasks):
        module, attribute = dotted.rsplit(".", 1)
        for check in getattr(importlib.import_module(module), attribute).checks:
            found.setdefault(check.name, check.title)
    return found


def is_check(name: str) -> bool:
    """Whether a check of this installation has that name."""
    return name in _titles()


def check_title(name: str, language: str | None = None) -> str:
    """The check's title in the reader's language; of one that this installation has no more, its name as words."""
    title = _titles().get(name)
    return translate(title, language) if title else name.replace("_", " ")
