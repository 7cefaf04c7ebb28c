"""Every message has a French text, with the same values in it, and no two files disagree."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict

import pytest
from babel.messages.pofile import read_po

from lib.errors import FileRejected
from lib.i18n import date, list_of, money, ngettext, number, percent, translate, use_language
from lib.i18n.extract import braces_differ, missing, unused
from lib.i18n.messages import HERE


def test_every_message_has_a_french_text():
    lacking = missing("fr")
    assert not lacking, "\n".join(f"{place}: {message!r}" for message, place in lacking.items())


def test_no_french_text_is_left_over():
    assert not unused("fr")


def test_translations_name_the_same_values():
    assert not braces_differ("fr")


def test_no_two_files_give_one_message_two_texts():
    texts = defaultdict(set)
    for path in (HERE / "fr").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="fr"):
                if message.id:
                    texts[str(message.id)].add(str(message.string))
    assert not {key: found for key, found in texts.items() if len(found) > 1}


def test_french_texts_have_french_typography():
    """A narrow or plain no-break space stands before high punctuation, never an ordinary one or nothing."""
    import re

    wrong = []
    for path in (HERE / "fr").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="fr"):
                forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
                for form in forms:
                    text = re.sub(r"`[^`]*`|https?://\S+|:material/\w+:", "", form)
                    if message.id and re.search(
                        r"[ \w»)][;!?](?![\w}])| :(?!\w)|[«](?![\u202f\u00a0])|(?<![\u202f\u00a0])»|'", text
                    ):
                        wrong.append(f"{path.name}: {form!r}")
    assert not wrong, "\n".join(wrong)


def test_values_are_never_read_as_a_format():
    assert translate("Hello {name}", "en", name="{secret} {0}") == "Hello {secret} {0}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("12,345.68", "12.5%", "€1,250.00", "22 November 2026", "a, b and c")),
        ("fr", ("12\u202f345,68", "12,5\u202f%", "1\u202f250,00\u00a0€", "22 novembre 2026", "a, b et c")),
    ],
)
def test_numbers_money_and_dates_are_written_the_readers_way(language, expected):
    with use_language(language):
        found = (
            number(12345.678, 2),
            percent(0.125, 1),
            money(1250),
            date(dt.date(2026, 11, 22)),
            list_of(["a", "b", "c"]),
        )
    assert found == expected


def test_french_counts_zero_as_singular():
    with use_language("fr"):
        assert ngettext("{n} second", "{n} seconds", 0) == "0 seconde"
        assert ngettext("{n} second", "{n} seconds", 2) == "2 secondes"
    with use_language("en"):
        assert ngettext("{n} second", "{n} seconds", 0) == "0 seconds"


def test_an_error_reads_in_the_language_of_whoever_opens_it():
    error = FileRejected(
        "Nothing was saved: {reason}. Free some disk space or wait a moment, then try again.", reason="x"
    )
    assert error.text("en").startswith("Nothing was saved: x")
    assert error.text("fr").startswith("Rien n’a été enregistré")


def test_no_file_says_a_message_twice() -> None:
    """Its reader would take one of the texts, or both, without a word."""
    quoted = r'"((?:[^"\\]|\\.)*)"'
    twice = []
    for path in sorted((HERE / "fr").glob("*.po")):
        entries = re.findall(rf"(?m)^msgid ((?:{quoted}\n?)+)", path.read_text(encoding="utf-8"))
        ids = Counter("".join(re.findall(quoted, entry[0])) for entry in entries)
        twice += [f"{path.name}: {one}" for one, times in ids.items() if times > 1]
    assert twice == []
