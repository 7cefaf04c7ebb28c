"""Message lookup: gettext catalogues from .po files, chosen by a context variable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr")
DEFAULT_LANGUAGE = "en"
HERE = Path(__file__).parent

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def N_(message: str) -> str:
    """Mark a message for translation without translating it now."""
    return message


def current_language() -> str:
    """The reader's language in this context: 'en' or 'fr'."""
    return _language.get()


def set_language(language: str) -> None:
    """Set the reader's language for this context; an unknown one becomes English."""
    _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """The reader's language inside a with block."""
    token = _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(language: str) -> dict[str, str | tuple[str, ...]]:
    """All messages of one language: id to text, or to (singular, plural) for counted ones.

    An id that stands in two files keeps the first by file name; the test run refuses two different texts for one id.
    """
    from babel.messages.pofile import read_po

    messages: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((HERE / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string and not message.fuzzy:
                    key = message.id[0] if isinstance(message.id, tuple | list) else message.id
                    text = message.string
                    messages.setdefault(key, tuple(text) if isinstance(text, tuple | list) else text)
    return messages


def translate(message: str, language: str | None = None, **values: Any) -> str:
    """``message`` in ``language`` (the reader's when None), its braces filled with ``values``.

    Only the message is a format string; values are inserted as they are, braces and all.
    """
    found = catalogue(language or _language.get()).get(message, message)
    text = found if isinstance(found, str) else found[0]
    return text.format(**values) if values else text


def _(message: str, **values: Any) -> str:
    """``message`` in the reader's language, its braces filled with ``values``."""
    return translate(message, None, **values)


def ngettext(singular: str, plural: str, n: float, **values: Any) -> str:
    """The counted message for ``n`` in the reader's language; ``{n}`` is written in the reader's way.

    French takes the singular for 0 and 1, English for 1 only.
    """
    from lib.i18n.formats import number

    language = _language.get()
    one = abs(n) < 2 if language == "fr" else n == 1
    found = catalogue(language).get(singular)
    forms = found if isinstance(found, tuple) else (singular, plural)
    return forms[0 if one else -1].format(**{"n": number(n), **values})


def language_name(code: str, language: str | None = None) -> str:
    """The name of language ``code`` as the reader calls it: 'fr' is 'French' in English."""
    from babel import Locale

    name = Locale.parse(language or _language.get()).languages.get(code)
    return name[0].upper() + name[1:] if name else code
