"""'Take to the board': one panel for all pages of *decide*. The pack is a recorded run, so a refresh finds it again."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from lib.access import Right
from lib.database import artefacts, connect
from lib.database.people import workspace
from lib.decide.model import Reference
from lib.decide.pack import collecting, writing
from lib.decide.pack.collecting import Deck
from lib.decide.pack.house import MAIN, MAX_NAME, SECOND, House
from lib.files.documents.pdf import MEDIA_TYPE as PDF
from lib.files.documents.slides import MEDIA_TYPE as PPTX
from lib.i18n import LANGUAGES, _, date, date_time, language_name, list_of, ngettext
from lib.navigation import has_page
from lib.shell import errors, html, session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.page_state import PageState
from lib.tasks.recorded import read_back, recorded

METHOD: Final = "board_pack"
VERSION: Final = "1"
PARAMETERS: Final = {
    "runs": "run",
    "compare": "comparison",
    "pilots": "pilot",
    "jobs": "job",
    "prioritisation_matrix": "case",
    "risk_review": "case",
}
KINDS: Final = (("pptx", "PPTX", PPTX), ("pdf", "PDF", PDF), ("xlsx", "XLSX", XLSX))
MEMORY: Final = PageState("board_pack")


def panel(page: str) -> None:
    """Language, house and colours, a button that makes the pack, and the last one's files.

    Args:
        page: the slug of the page that shows it, under which the run is recorded.
    """
    section(
        _("Take to the board"),
        _("Six to twelve slides from all pages of this section, each number with what it rests on; scores as XLSX."),
    )
    with errors.shown():
        chosen = _choices()
        if chosen is not None:
            house, language = chosen
            with st.spinner(_("The pack is being written"), show_time=True):
                make(page, house, language)
    _last(page)


def _choices() -> tuple[House, str] | None:
    """What was chosen, when the button was clicked; remembered whether or not the pack can be written."""
    if not session.actor().may(Right.RUN):
        st.caption(_("Your role in this workspace reads packs; it doesn’t make them."))
        return None
    with st.form(MEMORY.widget("form"), border=False):
        columns = st.columns([2, 3, 2], vertical_alignment="bottom")
        names = {one: language_name(one) for one in LANGUAGES}
        key = MEMORY.recall("language", session.language(), LANGUAGES)
        language = columns[0].selectbox(_("Language of the pack"), LANGUAGES, key=key, format_func=names.__getitem__)
        name = columns[1].text_input(
            _("Name of the house"), key=MEMORY.recall("house", _house_name()), max_chars=MAX_NAME
        )
        with columns[2], st.container(horizontal=True):  # side by side on a phone, too
            main = st.color_picker(_("Main colour"), key=MEMORY.recall("main", MAIN))
            second = st.color_picker(
                _("Second colour"),
                key=MEMORY.recall("second", SECOND),
                help=_("For evidence, and for marks in charts."),
            )
        if not st.form_submit_button(_("Make the pack"), type="primary", icon=":material/co_present:"):
            return None
    MEMORY.keep(language=language, house=name, main=main, second=second)
    house = House(name.strip(), main.upper(), second.upper())
    house.require_sound()
    return house, str(language)


def _house_name() -> str:
    with connect() as database:
        found = workspace(database, session.actor())
    return str(found["house"] or found["name"])


def make(page: str, house: House, language: str) -> None:
    """Write the pack's three files and keep them with their run."""
    actor = session.actor()
    with connect() as database:
        parts = collecting.handed(database, actor, language)
    deck = collecting.composed(parts, house, language, date(dt.date.today(), "long", language))
    inputs = {"house": house.name, "main": house.main, "second": house.second, "parts": list(collecting.modules())}
    with recorded(
        actor, use_case=page, kind="analysis", method=METHOD, method_version=VERSION, inputs=inputs, language=language
    ) as run:
        link = links(language)
        stem = f"board_pack_{_plain(house.name)}"
        run.keep(f"{stem}.pptx", writing.pptx(deck, link), PPTX)
        run.keep(f"{stem}.pdf", writing.pdf(deck, link), PDF)
        run.keep(f"{stem}.xlsx", writing.xlsx(deck), XLSX)
        run.output = _said(deck)


def _said(deck: Deck) -> dict[str, Any]:
    return {
        "titles": [slide.title for slide in deck.slides],
        "references": [
            {"basis": one.basis.value, "said": one.said, "page": one.page, "key": one.key} for one in deck.references
        ],
        "left_out": list(deck.left_out),
    }


def links(language: str) -> Any:
    """What gives a reference its address in this installation; empty where there is no page to open."""
    parts = urlsplit(st.context.url or "http://localhost:8501/")
    base = urlunsplit((parts.scheme, parts.netloc, "/", "", ""))

    def address(reference: Reference) -> str:
        if not reference.page or not has_page(reference.page):
            return ""
        named = {PARAMETERS[reference.page]: reference.key} if reference.key and reference.page in PARAMETERS else {}
        return f"{base}{reference.page}?{urlencode({'lang': language, **named})}"

    return address


def _last(page: str) -> None:
    """The files of this person's last pack."""
    actor = session.actor()
    run = read_back(actor, page, METHOD)
    if run is None:
        return
    with connect() as database:
        files = {row["name"].rpartition(".")[2]: row for row in artefacts.of_run(database, actor, run["id"])}
    output = run["output"] or {}
    when = date_time(dt.datetime.fromisoformat(run["started_at"]).astimezone())
    count = len(output.get("titles", ())) + 2
    told = ngettext("Your last pack has {n} slide.", "Your last pack has {n} slides.", count)
    html.draw(element("p", f"{told} {when}", class_="toile-source"))
    if output.get("left_out"):
        left = list_of(output["left_out"])
        html.draw(element("p", _("No room on twelve slides for: {titles}", titles=left), class_="toile-source"))
    exports = [
        Export(label, files[kind]["name"], _loader(files[kind]["id"]), media)
        for kind, label, media in KINDS
        if kind in files
    ]
    downloads(exports, key=f"pack_{page}")


def _loader(artefact: str) -> Any:
    actor = session.actor()

    def load() -> bytes:
        with connect() as database:
            return artefacts.load(database, actor, artefact)

    return load


def _plain(name: str) -> str:
    """A house's name for a file's."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:40] or "house"
