"""What a cell says: numbers, dates and lists as French and English people type them. Pure functions.

Each reader returns None where the text isn't such a value; the caller decides whether that is a ``RowProblem``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Literal

DecimalMark = Literal[",", ".", ""]

# What stands around an amount: currency signs and codes, percent, and the white space that groups thousands.
CURRENCY = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "us$": "USD", "fr.": "CHF", "euro": "EUR", "euros": "EUR",
    "eur": "EUR", "usd": "USD", "gbp": "GBP", "chf": "CHF", "jpy": "JPY", "cny": "CNY", "cad": "CAD", "aud": "AUD",
    "hkd": "HKD", "aed": "AED", "sek": "SEK", "dkk": "DKK", "nok": "NOK", "krw": "KRW", "sgd": "SGD",
}  # fmt: skip
_CURRENCY = "|".join(sorted((re.escape(word) for word in CURRENCY), key=len, reverse=True))
_AMOUNT = re.compile(rf"(?P<before>{_CURRENCY})?(?P<number>[+-]?[\d.,'’_ ]*\d[\d.,]*)(?P<after>{_CURRENCY}|%)?", re.I)
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,'’ ])\d{3}(\1\d{3})*")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_EXPONENT = re.compile(r"[+-]?\d+([.,]\d+)?e[+-]?\d{1,2}", re.I)
_PLAIN = re.compile(r"0\.[0-9]{1,15}|0|[1-9][0-9]{0,2}")  # written one way everywhere: a log has 100,000 of these
MAX_DIGITS = 30

LANGUAGES = {
    "francais": "fr", "french": "fr", "fra": "fr", "fre": "fr", "anglais": "en", "english": "en", "eng": "en",
    "uk": "en", "allemand": "de", "german": "de", "deutsch": "de", "italien": "it", "italian": "it", "italiano": "it",
    "espagnol": "es", "spanish": "es", "espanol": "es",
}  # fmt: skip

MONTHS = {
    "jan": 1, "janv": 1, "janvier": 1, "january": 1, "feb": 2, "fev": 2, "fevr": 2, "fevrier": 2, "february": 2,
    "mar": 3, "mars": 3, "march": 3, "apr": 4, "avr": 4, "avril": 4, "april": 4, "mai": 5, "may": 5, "jun": 6,
    "juin": 6, "june": 6, "jul": 7, "juil": 7, "juillet": 7, "july": 7, "aug": 8, "aou": 8, "aout": 8, "august": 8,
    "sep": 9, "sept": 9, "septembre": 9, "september": 9, "oct": 10, "octobre": 10, "october": 10, "nov": 11,
    "novembre": 11, "november": 11, "dec": 12, "decembre": 12, "december": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})([T ].*)?")
_NAMED_DAY_FIRST = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[-/. ]+([a-z]{3,9})\.?,?[-/. ]+(\d{4})")
_NAMED_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")


def plain_letters(text: str) -> str:
    """Lower case without accents, for comparison only."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def read_number(text: str, decimal: DecimalMark = "") -> float | None:
    """The number in ``text``, with or without currency or percent sign: '1 234,50 €' is 1234.5, '12 %' is 12.0.

    ``decimal`` is the decimal mark of the column (see ``decimal_mark``); when it is unknown ('') a single mark followed
    by exactly three digits ('1,234') counts as thousands, any other as decimals. Words ('free', 'sur demande'), ranges
    and numbers over 30 digits are None, never a guess.
    """
    if not decimal and _PLAIN.fullmatch(text):
        return float(text)
    cell = _SPACES.sub(" ", text).strip().replace("\u2212", "-")
    if len(cell) > MAX_DIGITS * 2:
        return None
    if _EXPONENT.fullmatch(cell):
        return float(cell.replace(",", "."))
    match = _AMOUNT.fullmatch(cell.replace(" ", " ").strip()) or _AMOUNT.fullmatch(_without_currency_spaces(cell))
    if match is None or (match["before"] and match["after"] not in (None, "%") and match["before"] != match["after"]):
        return None
    return _plain_number(match["number"].strip(), decimal)


def _without_currency_spaces(cell: str) -> str:
    cell = re.sub(rf"^({_CURRENCY}) ", r"\1", cell, flags=re.I)
    cell = re.sub(rf" ({_CURRENCY}|%)$", r"\1", cell, flags=re.I)
    return re.sub(r"^([+-]) ?", r"\1", cell)


def _plain_number(digits: str, decimal: DecimalMark) -> float | None:
    marks = [mark for mark in ",." if mark in digits]
    if len(marks) == 2:  # the cell itself tells, whatever its column does
        decimal = "," if digits.rindex(",") > digits.rindex(".") else "."
    elif not decimal and marks:
        decimal = _lone_mark(digits, marks[0])
    whole, _mark, fraction = digits.rpartition(decimal) if decimal and decimal in digits else (digits, "", "")
    grouping = set(whole) - set("0123456789+-")
    if len(grouping) > 1 or (fraction and not fraction.isdigit()) or decimal in grouping - {""}:
        return None
    if grouping and not _GROUPED.fullmatch(whole):
        return None
    plain = re.sub(r"[^\d+-]", "", whole) or "0"
    if len(plain) > MAX_DIGITS or not re.fullmatch(r"[+-]?\d*", plain) or plain in "+-":
        return None
    return float(f"{plain}.{fraction or 0}")


def _lone_mark(digits: str, mark: str) -> DecimalMark:
    """The decimal mark of a number in which only ``mark`` occurs, or '' where it groups thousands."""
    before, _mark, after = digits.rpartition(mark)
    groups = digits.count(mark) > 1 or (len(after) == 3 and before.lstrip("+-") not in ("", "0"))
    if groups and len(before.split(mark)[0].lstrip("+-")) <= 3:
        return ""
    return "," if mark == "," else "."


def decimal_mark(cells: list[str]) -> DecimalMark:
    """The decimal mark that a column's cells use, '' where none tells: '1.234,5' or '12,50' say comma."""
    votes = {",": 0, ".": 0}
    for cell in cells:
        text = re.sub(r"[^\d.,]", "", cell)
        marks = [mark for mark in ",." if mark in text]
        if len(marks) == 2:
            votes["," if text.rindex(",") > text.rindex(".") else "."] += 1
        elif marks and text.count(marks[0]) == 1 and len(text.rpartition(marks[0])[2]) != 3:
            votes[marks[0]] += 1
        elif marks and text.count(marks[0]) > 1:
            votes["." if marks[0] == "," else ","] += 1
    if votes[","] == votes["."]:
        return ""
    return "," if votes[","] > votes["."] else "."


def settled(text: str, decimal: DecimalMark) -> str:
    """``text`` rewritten so that ``read_number`` needs no column to read it: under ',' '1,234' becomes '1.2340'."""
    value = read_number(text, decimal)
    if value is None or value == read_number(text):
        return text
    return f"{value:.4f}" if value == round(value, 4) else repr(value)


def read_integer(text: str, decimal: DecimalMark = "") -> int | None:
    """The whole number in ``text``, or None; '12.0' is 12, '12.5' is None."""
    value = read_number(text, decimal)
    return int(value) if value is not None and value == int(value) else None


def read_currency(text: str) -> str | None:
    """The ISO 4217 code of the currency that ``text`` names, or None where it names none."""
    match = re.search(rf"(?<![a-z])({_CURRENCY})(?![a-z])", text, flags=re.I)
    return CURRENCY[match[1].casefold()] if match else None


def read_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that ``text`` names: 'fr', 'en-GB', 'Français'; None where it names none."""
    name = re.sub(r"[-_\s]+", " ", plain_letters(text)).strip()
    if name in LANGUAGES:
        return LANGUAGES[name]
    return name[:2] if re.fullmatch(r"[a-z]{2}( [a-z]{2})?", name) else None


def read_date(text: str) -> dt.date | None:
    """The day in ``text``: ISO, or day first as France and Britain write it, or with a month's name in either language.

    '03/04/2026' is 3 April. Where the second number is over 12 ('03/25/2026') the month stands first.
    """
    cell = plain_letters(_SPACES.sub(" ", text).strip())[:40]
    if match := _ISO.fullmatch(cell):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(cell):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        return _day(year, second, first) or _day(year, first, second)
    if match := _NAMED_DAY_FIRST.fullmatch(cell):
        return _day(int(match[3]), MONTHS.get(match[2], 0), int(match[1]))
    if match := _NAMED_MONTH_FIRST.fullmatch(cell):
        return _day(int(match[3]), MONTHS.get(match[1], 0), int(match[2]))
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_list(text: str) -> tuple[str, ...]:
    """The items of a cell that holds several: separated by line breaks, bars, semicolons, or else commas.

    'S, M, L' has three, and so has '36,38,40'; in '36/38, 40' the slash stays. The comma of '1,5 cm' doesn't separate.
    """
    for separator in (r"[\r\n]+", r"\|", ";"):
        parts = [part.strip(" \t•·-–—") for part in re.split(separator, text)]
        if len(parts) > 1:
            return tuple(part for part in parts if part)
    whole_numbers = re.fullmatch(r"\s*\d{2,}(\s*,\s*\d{2,})+\s*", text)
    parts = re.split("," if whole_numbers else r",(?!\d)|(?<!\d),", text)
    return tuple(stripped for part in parts if (stripped := part.strip()))
