"""A text of one's own or a sample, and what it is read against."""

from __future__ import annotations

import streamlit as st

from lib.checks import CheckResult
from lib.database import connect
from lib.govern.checks_desk import reading, samples
from lib.govern.checks_desk.reading import PLACES, READ_IN, Asked
from lib.i18n import _, language_name, translate
from lib.shell import session
from lib.shell.checks_desk import findings
from lib.shell.checks_desk.holding import field, held, hold, put
from lib.shell.text import plain
from lib.tasks.checking import terms_of

FOUND = "found"
HEIGHT = 170


def draw() -> None:
    """The text, its choices, and what every check finds in it."""
    asked, found = _asked()
    if not asked.text.strip():
        findings.empty()
        return
    if found and found not in READ_IN and held("tongue", FOUND) == FOUND:
        said = _(
            "This text reads as {tongue}. Most checks work with French and English lists and will see little in it.",
            tongue=language_name(found),
        )
        st.warning(plain(said), icon=":material/translate:")
    example = samples.sample_of(asked.text)
    findings.draw(asked, _read(asked), translate(example.title) if example else "")


def _asked() -> tuple[Asked, str | None]:
    """What the reader gave, and the language found in the text."""
    _open_a_sample()
    text = str(
        st.text_area(
            _("The text to read"),
            key=field("text", ""),
            height=HEIGHT,
            placeholder=_("Paste a text, or open a sample above."),
        )
    )
    hold("text", text)
    found = reading.found_language(text) if text.strip() else None
    left, right = st.columns(2)
    language = _language(left, found)
    where = _place(right)
    given, most = _against()
    st.button(_("Check the text"), type="primary", key="run", icon=":material/spellcheck:")
    return Asked(text, language, given, where, most), found


def _open_a_sample() -> None:
    offered = samples.offered(session.language())
    names = {one.name: f"{translate(one.title)} · {language_name(one.language)}" for one in offered}
    key = field("sample", None)
    st.selectbox(
        _("Open a sample (invented)"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        placeholder=_("Choose one"),
        key=key,
        on_change=lambda: _fill(st.session_state[key]),
    )


def _fill(name: str | None) -> None:
    """Put a sample into the fields; what was typed there gives way."""
    hold("sample", name)
    one = samples.sample(name) if name else None
    if one is not None:
        for part, value in (("text", one.text), ("given", one.given), ("where", one.where), ("tongue", FOUND)):
            put(part, value)


def _language(place: st.delta_generator.DeltaGenerator, found: str | None) -> str:
    shown = language_name(found) if found else _("not told yet")
    names = {FOUND: _("As found: {tongue}", tongue=shown)} | {code: language_name(code) for code in READ_IN}
    chosen = str(
        place.selectbox(
            _("Language of the text"), list(names), format_func=names.__getitem__, key=field("tongue", FOUND)
        )
    )
    hold("tongue", chosen)
    return reading.read_by(found if chosen == FOUND else chosen, session.language())


def _place(place: st.delta_generator.DeltaGenerator) -> str:
    names = {name: translate(title) for name, title in PLACES.items()}
    where = place.selectbox(
        _("Where it appears"), list(names), format_func=names.__getitem__, key=field("where", "copy")
    )
    hold("where", where)
    return str(where)


def _against() -> tuple[str, int]:
    """Facts or earlier texts, and the most characters; closed until somebody needs them."""
    with st.expander(_("Facts, earlier texts and a limit to read it against"), expanded=bool(held("given", ""))):
        given = str(
            st.text_area(
                _("Facts or earlier texts, an empty line between two"),
                key=field("given", ""),
                height=HEIGHT,
                placeholder=_("With these, copied passages and numbers without a source are found, too."),
            )
        )
        most = int(
            st.number_input(_("Characters allowed (0: no limit)"), 0, reading.LONGEST, step=10, key=field("most", 0))
        )
    hold("given", given)
    hold("most", most)
    return given, most


def _read(asked: Asked) -> tuple[CheckResult, ...]:
    """The checks' results, computed once for the same text, choices and list of names."""
    with connect() as database:
        terms = terms_of(database, session.actor())
    kept = held("read")
    if kept is None or kept[0] != (asked, terms):
        with st.spinner(_("Reading the text")):
            kept = ((asked, terms), reading.read(asked, terms))
        hold("read", kept)
    results: tuple[CheckResult, ...] = kept[1]
    return results
