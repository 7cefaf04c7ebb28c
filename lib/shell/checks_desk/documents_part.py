"""Documents of one's own: what a machine would read in them that people don't see or didn't mean."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from lib.checks import Verdict
from lib.files.written import Place
from lib.files.written.unseen import MOST_PAGES
from lib.govern.checks_desk import sample_files
from lib.govern.checks_desk.documents import BESIDE, KINDS, Document, Found, read_documents
from lib.govern.checks_desk.naming import DOCUMENTS, KNOWN
from lib.i18n import _, ngettext, number, translate
from lib.shell import html
from lib.shell.checks_desk import marks_part, taking
from lib.shell.checks_desk.findings import NOT_FOUND, more, trust
from lib.shell.checks_desk.holding import held
from lib.shell.html import element
from lib.shell.marks import findings_markup
from lib.shell.page import section
from lib.shell.spans import SIGNS
from lib.shell.text import plain

NAME = "documents"


def draw() -> None:
    """Upload, what was found, and the planted marks."""
    section(
        _("What stands in a document for a machine"),
        _("Hidden passages and instructions to a model, before the document is given to one."),
    )
    marks = marks_part.kept()

    def read(files: taking.Files, progress: taking.Progress, stopped: Callable[[], bool]) -> tuple[Document, ...]:
        return read_documents(files, marks, progress, stopped)

    busy = taking.files(NAME, _("PDF, Word, HTML, Markdown, CSV or plain text"), KINDS, read)
    found: tuple[Document, ...] = held(NAME, ())
    if not busy:
        _choices(bool(found), read)
    if not found and not busy:
        html.draw(element("p", _("No document has been read yet."), class_="toile-empty"))
    for one in reversed(found):
        _document(one)
    html.draw(element("div", *(trust(KNOWN[name], named=True) for name in ("injection", "hidden_text"))))
    marks_part.draw()


def _choices(any_found: bool, read: taking.Reader) -> None:
    with st.container(horizontal=True):
        if st.button(_("Read three invented samples"), key="checks_sample_documents", icon=":material/draft:"):
            taking.begin(NAME, sample_files.documents(), read)
        if any_found:
            st.button(
                _("Forget these documents"),
                key="checks_forget_documents",
                type="tertiary",
                icon=":material/close:",
                on_click=taking.forget,
                args=(NAME,),
            )


def _document(one: Document) -> None:
    """One document's name, size and findings; or why it couldn't be read."""
    if one.problem is not None:
        st.error(plain(one.problem.text()), icon=":material/error:")
        return
    verdict = max((found.finding.verdict for found in one.found), key=list(Verdict).index, default=None)
    facts = [ngettext("{n} page", "{n} pages", one.pages)] if one.pages else []
    facts.append(ngettext("{n} character", "{n} characters", one.characters))
    facts.append(ngettext("{n} finding", "{n} findings", len(one.found) + one.left) if one.found else _("no finding"))
    sign = SIGNS[verdict] if verdict else NOT_FOUND
    head = element(
        "li",
        element("span", sign, class_="toile-sign", aria_hidden="true"),
        element("span", one.name, class_="toile-desk-name"),
        element("p", " · ".join(facts), class_="toile-desk-small"),
        *_told(one),
        class_=f"toile-is-{verdict.value}" if verdict else "toile-desk-none",
    )
    html.draw(element("ul", head, class_="toile-checks"))
    for note in one.notes:
        st.caption(plain(translate(note, None, name=one.name, most=number(MOST_PAGES))))


def _told(one: Document) -> list[Markup]:
    if not one.found:
        said = _("Nothing was found. New wordings get through: what a model may do with it is decided by rights.")
        return [element("p", said, class_="toile-desk-small")]
    return [*(_finding(found) for found in one.found), *more(one.left)]


def _finding(found: Found) -> Markup:
    titles = {known.name: known.title for known in DOCUMENTS}
    where = [place_said(found.place), translate(BESIDE) if found.beside else ""]
    where.append(translate(titles.get(found.check, KNOWN["injection"].title)))
    return findings_markup([found.finding], lambda _one: " · ".join(part for part in where if part))


def place_said(place: Place) -> str:
    """Where in its document a passage stands."""
    if place.page:
        return _("Page {page}", page=place.page)
    return " › ".join(place.heading)
