"""The pack as files: PPTX with charts that stay editable, the same as PDF, and XLSX of all scores and references."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lib.decide.model import BASIS_NAMES, Reference
from lib.decide.pack.collecting import MOST, REFERENCES, Deck
from lib.decide.pack.layout import Address, Drawing, draw_references, draw_slide, draw_title
from lib.files.documents.pages import Pages
from lib.files.documents.slides import Slides
from lib.files.writers import Sheet, write_xlsx
from lib.i18n import _, translate, use_language

LINE_BREAKS = str.maketrans({"\r": " ", "\n": " ", "\t": " "})


def nowhere(reference: Reference) -> str:
    """Where there is nothing to open."""
    return ""


def pptx(deck: Deck, address: Address = nowhere) -> bytes:
    """The slides as PPTX. ``address`` gives the link of a reference, empty where there is none."""
    written = Slides(f"{deck.house.name} · {deck.title}", opening=False)
    _draw(deck, address, written.blank)
    return written.to_bytes()


def pdf(deck: Deck, address: Address = nowhere) -> bytes:
    """The same slides as PDF."""
    written = Pages(f"{deck.house.name} · {deck.title}")
    _draw(deck, address, written.blank)
    return written.to_bytes()


def _draw(deck: Deck, address: Address, blank: Callable[[], Any]) -> None:
    with use_language(deck.language):
        draw_title(Drawing(blank(), deck, address))
        for at, slide in enumerate(deck.slides, start=2):
            draw_slide(Drawing(blank(), deck, address), slide, at)
        number = len(deck.slides) + 2
        for at in range(0, max(len(deck.references), 1), REFERENCES):
            if number <= MOST:
                draw_references(Drawing(blank(), deck, address), deck.references[at : at + REFERENCES], number)
            number += 1


def xlsx(deck: Deck) -> bytes:
    """All sheets that pages handed in, then all references. No text is read as a formula."""
    with use_language(deck.language):
        sheets = [Sheet(one.name, one.columns, one.rows) for one in deck.sheets]
        rows = [
            (at, translate(BASIS_NAMES[one.basis]), one.said, one.page, one.key, one.dated)
            for at, one in enumerate(deck.references, start=1)
        ]
        columns = (_("Number"), _("Rests on"), _("Reference"), _("Page"), _("Key"), _("Date"))
        return write_xlsx([*sheets, Sheet(_("References"), columns, rows)])
