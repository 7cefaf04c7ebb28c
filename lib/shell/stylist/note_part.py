"""The note to the client: written for the ticked pieces, checked, edited, reviewed, taken away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.access import Right
from lib.catalogue import UseCase
from lib.commerce.stylist.exports import DOCX, note_docx, note_text
from lib.commerce.stylist.naming import kind_name, said_in
from lib.commerce.stylist.nearest import Near
from lib.commerce.stylist.note.checks import CHECKS
from lib.commerce.stylist.note.drafting import WITH_ARTICLE
from lib.commerce.stylist.note.model import MOST_PIECES, ClientNote, ClientNoteInputs, NotePiece
from lib.commerce.stylist.note.task import WRITE_CLIENT_NOTE
from lib.commerce.stylist.pieces import colour_name
from lib.commerce.stylist.samples import House
from lib.commerce.stylist.selection import CLIENT, Selection
from lib.database import connect
from lib.database.runs import get_run
from lib.errors import NotFound
from lib.i18n import _, language_name, money, use_language
from lib.shell import session
from lib.shell.exports import Export, downloads
from lib.shell.page import engine_mark, review, section
from lib.shell.piece_names import own_name, piece_name
from lib.shell.stylist.state import keep, keep_who, of_who, recall
from lib.shell.stylist.tables import Given
from lib.tasks import Context
from lib.tasks.checking import all_checks, run_checks
from lib.tasks.run import run_task

LANGUAGES = ("fr", "en")
HOUSE = "Maison Solène"


def show(case: UseCase, given: Given, house: House, selection: Selection, ticked: list[str]) -> None:
    """What the note needs, the button, and the last note."""
    section(
        _("Note to the client"),
        _("It names the ticked pieces and what each was chosen for. Nothing that was written is quoted."),
    )
    chosen = [one for one in selection.pieces() if one.piece.sku in ticked]
    who = selection.who.id
    stylist, occasion, language = _asked(house, selection)
    wish = st.text_input(
        _("For the engine: tone or content, in a sentence (optional)"), max_chars=300, key=f"wish_{who}"
    )
    if not chosen:
        st.caption(_("Tick one to {most} pieces above for the note.", most=MOST_PIECES))
    elif len(chosen) > MOST_PIECES:
        st.caption(_("At most {most} pieces stand in a note; the first ones are taken.", most=MOST_PIECES))
    may = session.actor().may(Right.RUN)
    if st.button(_("Write the note"), type="primary", key=f"note_{who}", disabled=not (chosen and may)):
        inputs = inputs_for(house, selection, chosen[:MOST_PIECES], language, stylist, occasion, wish, given)
        context = Context(
            session.actor(), language=language, use_case=case.slug, parent=of_who(given.source, who)["run"] or None
        )
        with st.spinner(_("Writing")):
            run = run_task(WRITE_CLIENT_NOTE, inputs, context, session.engine_name())
        keep_who(given.source, who, note=run.id)
        st.rerun()
    _last(given, selection)


def _asked(house: House, selection: Selection) -> tuple[str, str, str]:
    who = selection.who.id
    one, two, three = st.columns(3)
    key = recall("stylist", "")
    stylist = one.text_input(
        _("Signed by"), key=key, max_chars=80, on_change=lambda: keep(stylist=st.session_state[key])
    )
    occasion = two.text_input(_("Occasion (optional)"), max_chars=80, key=f"occasion_{who}")
    client = house.clients.get(selection.who.key) if selection.who.kind == CLIENT else None
    begin = client.language if client and client.language in LANGUAGES else session.language()
    names = {one: language_name(one) for one in LANGUAGES}
    language = three.selectbox(
        _("Language of the note"), LANGUAGES, index=LANGUAGES.index(begin), format_func=names.__getitem__,
        key=f"note_language_{who}_{session.language()}",
    )  # fmt: skip
    return stylist, occasion, str(language)


def inputs_for(
    house: House,
    selection: Selection,
    chosen: list[Near],
    language: str,
    stylist: str,
    occasion: str,
    wish: str,
    given: Given,
) -> ClientNoteInputs:
    """What the note is written from, in the note's language."""
    client = house.clients.get(selection.who.key) if selection.who.kind == CLIENT else None
    with use_language(language):
        pieces = tuple(
            NotePiece(
                name=called(near),
                kind=kind_name(near.piece.kind),
                colour=colour_name(near.piece.colour, language) if near.piece.colour else "",
                fabric=said_in(near.piece.fabric_said, "fabric", language),
                price=money(near.piece.price, near.piece.currency) if near.piece.price is not None else "",
                size=near.own,
                because=near.agree,
            )
            for near in chosen
        )
    return ClientNoteInputs(
        first_name=client.first_name if client else "",
        house=HOUSE if given.demo else "",
        stylist=stylist.strip(),
        occasion=occasion.strip(),
        pieces=pieces,
        wish=wish.strip(),
    )


def called(near: Near) -> str:
    """A piece as the note calls it: where its name begins with another word for its kind, its own name is enough.

    The built-in engine sets the kind before it: 'la chemise Orangerie', not 'la chemise Surchemise Orangerie'.
    """
    said, kind = piece_name(near.piece.name), kind_name(near.piece.kind).casefold()
    doubled = kind in WITH_ARTICLE and not said.casefold().startswith(kind)
    return (doubled and own_name(near.piece.name)) or said


def _last(given: Given, selection: Selection) -> None:
    """The last note: as it was written, to edit, with its checks, review and files."""
    identifier = of_who(given.source, selection.who.id)["note"]
    if not identifier:
        return
    try:
        with connect() as database:
            row = get_run(database, session.actor(), identifier)
    except NotFound:
        return
    if not row["output"]:
        return
    inputs = ClientNoteInputs.model_validate(row["inputs"])
    note = _edited(row, ClientNote.model_validate(row["output"]))
    engine_mark(row["engine"] or "built-in", row["model"] or "")
    checks = all_checks(WRITE_CLIENT_NOTE, session.actor())
    results = [_result(one) for one in run_checks(checks, inputs, note, row["language"] or "en")]
    review(identifier, CHECKS, note.model_dump(), results)
    stem = f"note-{identifier[:8]}"
    downloads(
        [
            Export("DOCX", f"{stem}.docx", lambda: note_docx(note), DOCX, identifier),
            Export(_("Text"), f"{stem}.txt", lambda: note_text(note), "text/plain", identifier),
        ],
        key=f"take_note_{identifier}",
    )


def _edited(row: dict[str, Any], note: ClientNote) -> ClientNote:
    key = f"note_{row['id']}"
    subject = st.text_input(_("Subject"), value=note.subject, key=f"{key}_subject", max_chars=200)
    text = st.text_area(_("Text of the note"), value=note.text(), height=320, key=f"{key}_text")
    if text.strip() == note.text().strip():
        return note.model_copy(update={"subject": subject})
    return ClientNote(subject=subject, greeting="", body=text.strip(), closing="")


def _result(result: Any) -> dict[str, Any]:
    """A check's result in the form in which the database gives them."""
    return {
        "check_name": result.check,
        "verdict": result.verdict.value,
        "findings": [
            {
                "field": one.field, "verdict": one.verdict.value, "message": one.message, "values": one.values,
                "start": one.start, "end": one.end, "evidence": one.evidence, "kind": one.kind,
            }
            for one in result.findings
        ],
    }  # fmt: skip
