"""French and English for everything that a person reads.

Messages are written in English in the code, inside ``_()`` (or ``N_()`` where they are translated later), and have
their French text in one of the ``lib/i18n/fr/*.po`` files: one file per part of the product, read together. The
language is a context variable, set for each script run by the frame and for each job by the worker, never a global
install: two people on one server read two languages.
"""

from lib.i18n.formats import amount, date, date_time, duration, list_of, money, number, percent
from lib.i18n.messages import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    N_,
    _,
    current_language,
    language_name,
    ngettext,
    set_language,
    translate,
    use_language,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "N_",
    "_",
    "amount",
    "current_language",
    "date",
    "date_time",
    "duration",
    "language_name",
    "list_of",
    "money",
    "ngettext",
    "number",
    "percent",
    "set_language",
    "translate",
    "use_language",
]
