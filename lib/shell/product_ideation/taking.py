"""Review of a round, and what is taken away of it."""

from __future__ import annotations

from lib.files.provenance import Provenance, SourceType
from lib.i18n import _
from lib.merchandising.product_ideation import exports
from lib.merchandising.product_ideation.feasible import garment_of
from lib.merchandising.product_ideation.model import Round
from lib.merchandising.product_ideation.vector import vector
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.page import review, section
from lib.shell.pictures import picture_downloads
from lib.shell.product_ideation.held import Held
from lib.shell.product_ideation.tables import Given

PDF = "application/pdf"
SVG = "image/svg+xml"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def show(held: Held, given: Given) -> None:
    """The automatic and human review, then the files."""
    section(_("Review"))
    review(held.run)
    section(_("Take away"))
    source, title = given.line.name, _("Ideas for the next season")
    stem = f"ideas-{held.round.number}"
    round_: Round = held.round
    downloads(
        [
            Export(
                "PPTX", f"{stem}.pptx", lambda: exports.slides(round_, held.pictures(), source, title), PPTX, held.run
            ),
            Export("XLSX", f"{stem}.xlsx", lambda: exports.table(round_), XLSX, held.run),
        ],
        key=f"take_{held.run}",
    )
    sheet = Export(
        _("Line sheet (PDF)"),
        f"{stem}.pdf",
        lambda: exports.line_sheet(round_, held.pictures(), source, title),
        PDF,
        held.run,
    )
    drawings = [
        Export(f"PNG {idea.id}", f"idea-{idea.id}.png", lambda idea=idea: held.picture(idea.id) or b"", "image/png")  # type: ignore[misc]
        for idea in round_.ideas
        if held.picture(idea.id) is not None
    ]
    vectors = [
        Export(f"SVG {idea.id}", f"idea-{idea.id}.svg", lambda idea=idea: (vector(idea.genome) or "").encode(), SVG)  # type: ignore[misc]
        for idea in round_.ideas
        if garment_of(idea.genome) is not None
    ]
    picture_downloads([sheet, *drawings, *vectors], _provenance(held), key=f"pictures_{held.run}")


def _provenance(held: Held) -> Provenance:
    """Drawn by rules, whoever spoke."""
    return Provenance("atelier", "", held.run, held.made_at, SourceType.ALGORITHMIC)
