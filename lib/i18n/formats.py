"""Numbers, money, dates and lists in the reader's way."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from lib.i18n.messages import current_language, ngettext

# The region decides separators and the order of day and month; British English writes the day first, as our readers do.
REGION = {"en": "en_GB", "fr": "fr_FR"}


def _region(language: str | None) -> str:
    return REGION[language or current_language()]


def number(value: float, decimals: int | None = None, language: str | None = None) -> str:
    """A number with the reader's separators; ``decimals`` fixes the digits after the point (at most 3 when None)."""
    from babel.numbers import format_decimal

    pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_region(language))


def percent(share: float, decimals: int = 0, language: str | None = None) -> str:
    """A share between 0 and 1 as a percentage: 0.125 is '13%' in English, '13 %' in French."""
    from babel.numbers import format_percent

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    suffix = "\u202f%" if _region(language) == "fr_FR" else "%"
    return format_percent(share, format=pattern + suffix, locale=_region(language), decimal_quantization=True)


def money(amount: float, currency: str = "EUR", decimals: int | None = None, language: str | None = None) -> str:
    """An amount with its currency: 1250 EUR is '€1,250.00' in English, '1 250,00 €' in French."""
    from babel.numbers import format_currency

    if decimals is None:
        return format_currency(amount, currency, locale=_region(language))
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    pattern = f"{digits}\u00a0¤" if _region(language) == "fr_FR" else f"¤{digits}"
    return format_currency(amount, currency, format=pattern, locale=_region(language), currency_digits=False)


def amount(value: float, currency: str = "EUR", language: str | None = None) -> str:
    """Money with as many decimals as it takes to show two digits of a small amount: 0.00042 EUR is '€0.00042'."""
    if value == 0 or abs(value) >= 1:
        return money(value, currency, None, language)
    return money(value, currency, max(2, min(8, 1 - math.floor(math.log10(abs(value))))), language)


def date(value: dt.date, length: str = "long", language: str | None = None) -> str:
    """A date as the reader writes it; ``length`` is Babel's short, medium, long or full."""
    from babel.dates import format_date

    return format_date(value, format=length, locale=_region(language))


def date_time(value: dt.datetime, language: str | None = None) -> str:
    """Date and time of day, to the minute."""
    from babel.dates import format_datetime

    pattern = "d MMM y 'à' HH:mm" if _region(language) == "fr_FR" else "d MMM y, HH:mm"
    return format_datetime(value, pattern, locale=_region(language))


def duration(seconds: float) -> str:
    """A span of time in its largest fitting unit: seconds, minutes, hours."""
    if seconds < 60:
        return ngettext("{n} second", "{n} seconds", round(seconds, 1) if seconds < 10 else round(seconds))
    if seconds < 3600:
        return ngettext("{n} minute", "{n} minutes", round(seconds / 60))
    return ngettext("{n} hour", "{n} hours", round(seconds / 3600, 1))


def list_of(items: Sequence[str], language: str | None = None) -> str:
    """Items joined with commas and a final 'and' ('et')."""
    from babel.lists import format_list

    return format_list(list(items), locale=_region(language))
