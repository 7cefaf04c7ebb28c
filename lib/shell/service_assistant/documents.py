"""What the assistant answers from: the demo house's policies, or documents of one's own."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.commerce.service_assistant.knowledge import SAMPLE_COLLECTION, Place, keep, with_sample
from lib.database import connect, knowledge
from lib.errors import Cancelled, ToileError
from lib.files.written import Written, read_written
from lib.i18n import _, ngettext, translate
from lib.shell import errors, html, session, work
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.service_assistant import embedding_choice, records
from lib.shell.service_assistant.state import OWN, SAMPLE, state, widget
from lib.shell.service_assistant.state import keep as remember
from lib.shell.text import plain

KINDS = ["md", "txt", "pdf", "docx", "html", "htm", "csv"]
WORK = "service_documents"


def show() -> None:
    """Which documents answer, what they are, and how to add some."""
    section(_("Documents"), _("Answers come from these and from nowhere else; each one cites its passages."))
    key = widget("source")
    if key not in st.session_state:
        st.session_state[key] = state().get("source", SAMPLE)
    names = {SAMPLE: _("Policies of the demo house"), OWN: _("Your own documents")}
    st.radio(
        _("Answers come from"),
        list(names),
        format_func=names.__getitem__,
        horizontal=True,
        key=key,
        on_change=lambda: remember(source=st.session_state[key], conversation="", waiting=""),
    )
    if st.session_state[key] == OWN:
        _own()
    else:
        with st.spinner(_("Reading the house’s documents")):
            found = with_sample(Place(session.actor(), SAMPLE_COLLECTION))
        _listed(found, removable=False)
    records.show()


def _own() -> None:
    found = embedding_choice.own_place()
    if session.actor().may(Right.RUN):
        files = st.file_uploader(
            _("Markdown, PDF, DOCX, HTML, CSV or plain text"), KINDS, accept_multiple_files=True, key=widget("files")
        )
        if files and st.button(_("Read them"), type="primary", icon=":material/menu_book:", key=widget("read")):
            work.start(WORK, _read, found, [(file.name, file.getvalue()) for file in files])
            st.rerun()
    embedding_choice.choose()
    ended = work.watch(WORK)
    for said in ended or ():
        st.warning(plain(said), icon=":material/info:")
    _listed(found, removable=True)


def _read(task: work.Work, found: Place, files: list[tuple[str, bytes]]) -> list[str]:
    """Read and index the files, one after the other; what could not be read, or not wholly, is told."""
    said: list[str] = []
    for number, (name, content) in enumerate(files):
        share = number / len(files)

        def tell(part: float, share: float = share, name: str = name) -> None:
            task.progress(share + part / len(files), _("Reading {name}", name=name))

        try:
            written: Written = read_written(content, name, lambda part: tell(0.2 * part), task.stop.is_set)
            keep(found, [written], lambda part: tell(0.2 + 0.8 * part), task.stop.is_set)
        except Cancelled:
            break
        except ToileError as problem:
            said.append(problem.text())
            continue
        said += [f"{name}: {translate(note)}" for note in written.notes]
    return said


def _listed(found: Place, removable: bool) -> None:
    with connect() as database:
        documents = knowledge.documents(database, found.actor, found.collection)
    if not documents:
        st.info(_("There are no documents yet. Upload some, or use those of the demo house."), icon=":material/info:")
    for one in documents:
        passages = ngettext("{n} passage", "{n} passages", one.passages)
        with st.container(horizontal=True, vertical_alignment="center", key=f"document_{one.id}"):
            html.draw(
                element(
                    "div",
                    element("strong", one.title or one.name),
                    " ",
                    element(
                        "span",
                        " · ".join(([one.name] if one.title not in ("", one.name) else []) + [passages]),
                        class_="toile-source",
                    ),
                )
            )
            if removable and st.button(_("Take out"), key=f"out_{one.id}", icon=":material/delete:", type="tertiary"):
                with errors.shown():
                    with connect() as database:
                        knowledge.remove_document(database, found.actor, one.id)
                    st.rerun()
