"""Review of a selection, and what is taken away of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from lib.commerce.stylist import exports
from lib.commerce.stylist.selection import Selection
from lib.files.provenance import Provenance, SourceType
from lib.i18n import _
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.page import review, section
from lib.shell.pictures import picture_downloads
from lib.shell.piece_names import piece_name
from lib.shell.stylist.state import of_who
from lib.shell.stylist.tables import Given

PDF = "application/pdf"


def show(given: Given, selection: Selection, name: str) -> None:
    """The human review, then the files."""
    run = str(of_who(given.source, selection.who.id)["run"])
    section(_("Review of the selection"))
    review(run)
    section(_("Take away"))
    source = _("the demo house") if given.demo else given.comments.name
    stem = f"selection-{run[:8]}"
    named = _in_readers_words(selection)
    downloads([Export("XLSX", f"{stem}.xlsx", lambda: exports.profile_xlsx(named), XLSX, run)], key=f"take_{run}")
    sheet = Export(
        "PDF",
        f"{stem}.pdf",
        lambda: exports.selection_pdf(named, _("Selection for {name}", name=name), source),
        PDF,
        run,
    )
    drawings = [
        Export(f"PNG {key}", f"{stem}-{key}.png", lambda content=content: content, "image/png")  # type: ignore[misc]
        for key, content in selection.drawings.items()
    ]
    provenance = Provenance("atelier", "", run, dt.datetime.now(dt.UTC), SourceType.ALGORITHMIC)
    picture_downloads([sheet, *drawings], provenance, key=f"pictures_{run}")


def _in_readers_words(selection: Selection) -> Selection:
    """The same selection with its pieces called as on the page."""
    near = {
        target: tuple(replace(one, piece=replace(one.piece, name=piece_name(one.piece.name))) for one in found)
        for target, found in selection.near.items()
    }
    return replace(selection, near=near)
