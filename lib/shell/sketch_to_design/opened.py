"""One variant in full: front and back large, what it is, and everything to take away; and all locked ones as a ZIP."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.access import Actor
from lib.database import artefacts, connect
from lib.database.runs import get_run, recent
from lib.engines.images.atelier import ATELIER
from lib.files.documents.pdf import MEDIA_TYPE as PDF
from lib.files.provenance import Provenance, SourceType, with_provenance
from lib.i18n import _, ngettext, translate
from lib.merchandising.sketch_to_design import detail, sketched, telling
from lib.merchandising.sketch_to_design.callouts import callouts
from lib.merchandising.sketch_to_design.design import Brief, Design
from lib.merchandising.sketch_to_design.sheet import tech_sheet
from lib.merchandising.sketch_to_design.vectors import layered
from lib.shell import html, session, work
from lib.shell.exports import Export
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.picture_engine import picture_mark
from lib.shell.pictures import picture_downloads
from lib.shell.product_descriptions.arrival import announce, arrive
from lib.shell.sketch_to_design import boards, modelled, worn
from lib.shell.sketch_to_design.state import USE_CASE, Grid, file_of, keep, locked, state
from lib.shell.text import plain

if TYPE_CHECKING:
    from lib.vision.sketches import Sketch

SVG, PNG, ZIP = "image/svg+xml", "image/png", "application/zip"
ZIP_NAME = "designs.zip"
LOOKED_THROUGH = 200  # of a person's last renderings, for one that was drawn before


def draw(grid: Grid) -> None:
    """The variant that was opened; the first one of a grid that nobody opened anything of isn't drawn."""
    wanted = str(state().get("open") or "")
    found = next(((at, one) for at, one in enumerate(grid.designs, 1) if one.id == wanted), None)
    if found is None:
        return
    number, design = found
    if st.session_state.pop("sketch_to_design_opened", None) == design.id:
        announce(f"open_{design.id}")
    with st.container(key="detail"):
        section(_("Variant {number}", number=number), telling.title_of(design))
        _sides(grid, design)
        if st.button(_("Close"), key="close_detail", type="tertiary", icon=":material/close:"):
            keep(open="")
            st.rerun()
    arrive(f"open_{design.id}", "detail")


def _sides(grid: Grid, design: Design) -> None:
    """Front and back, drawn once and kept; then the parts and the files."""
    run = _known(design) or _drawing(grid, design)
    if run is None:
        return
    files = _files(run["id"])
    seen = file_of(files.get(detail.SEEN, ""))
    if seen is not None:
        st.image(seen, width="stretch")
        picture_mark(str(run["engine"] or ATELIER), str(run["model"] or ""))
    _facts(design)
    worn.draw(design, run["id"], files)
    modelled.draw(design, run["id"])
    _take(grid, design, run, files)


def _drawing(grid: Grid, design: Design) -> dict[str, Any] | None:
    """Have it drawn, once for each time that it is opened; its run when that is done."""
    key = f"detail_{design.id}"
    begun = st.session_state.setdefault("sketch_to_design_begun", set())
    if not work.running(key) and design.id not in begun:
        begun.add(design.id)
        work.start(key, _work, session.actor(), design, grid.id)
    if work.watch(key) is not None:
        return _known(design)
    if not work.running(key) and st.button(_("Draw it again"), key=f"again_{design.id}"):
        begun.discard(design.id)
        st.rerun()
    return None


def _work(job: work.Work, actor: Actor, design: Design, parent: str) -> str:
    return detail.draw_detail(actor, design, parent, detail.Steps(job.progress, job.stop.is_set), translate)


def _known(design: Design) -> dict[str, Any] | None:
    """This person's run in which a design was drawn in full; None where it wasn't yet."""
    found = {"use_case": USE_CASE, "kind": "rendering", "status": "done"}
    with connect() as database:
        rows = recent(database, session.actor(), LOOKED_THROUGH, mine=True, **found)
    drawn = (row for row in rows if row["method"] == detail.METHOD)
    return next((row for row in drawn if Design.model_validate(row["inputs"]["design"]) == design), None)


def _files(run: str) -> dict[str, str]:
    with connect() as database:
        return {row["name"]: row["id"] for row in artefacts.of_run(database, session.actor(), run)}


def _facts(design: Design) -> None:
    """Its colours, and each part that the sheet points at."""
    html.draw(boards.swatches(design.shown))
    if design.sketch:  # its parts are what is drawn, not a flat's
        return
    items = []
    for one in callouts(design):
        part, _colon, value = one.text.partition(": ")
        items.append(element("li", element("span", part), element("strong", value)))
    html.draw(element("ul", *items, class_="toile-callouts"))


def _take(grid: Grid, design: Design, run: dict[str, Any], files: dict[str, str]) -> None:
    actor, house = session.actor(), _house()
    stem = stem_of(design)
    _ask_length(design)
    length = _length(design)
    front, back = file_of(files.get(detail.FRONT, "")), file_of(files.get(detail.BACK, ""))
    exports = []
    if front is not None:
        exports.append(Export(_("PNG, front"), f"{stem}_front.png", lambda: front, PNG, run["id"]))
    if back is not None:
        exports.append(Export(_("PNG, back"), f"{stem}_back.png", lambda: back, PNG, run["id"]))
    exports.append(
        Export(_("SVG, layered"), f"{stem}.svg", lambda: layered(design, actor).encode("utf-8"), SVG, run["id"])
    )
    if front is not None:
        exports.append(
            Export(
                _("Tech sheet, PDF"),
                f"{stem}.pdf",
                lambda: tech_sheet(
                    design, front, back, grid.brief.fibres, house, run["id"], _sketch(design, actor), length
                ),
                PDF,
                run["id"],
            )
        )
    picture_downloads(exports, provenance_of(run, design), key=f"take_{design.id}")


def provenance_of(run: dict[str, Any], design: Design) -> Provenance:
    """What a file says of itself: rules drew it, in a person's lines where a sketch is in it."""
    return Provenance.of_run(run, SourceType.of(model=False, photo=bool(design.sketch)))


def _sketch(design: Design, actor: Actor) -> Sketch | None:
    """The sketch in whose lines a design is drawn."""
    if not design.sketch:
        return None
    return sketched.open_sketch(sketched.content_of(design.sketch, actor))


def _length(design: Design) -> float:
    """How long the sketched piece is, in centimetres: what a person gave; 0 where nobody did."""
    return float(state().get("lengths", {}).get(design.sketch, 0.0)) if design.sketch else 0.0


def _ask_length(design: Design) -> None:
    """A sketch has no scale: whoever knows the piece's length gives it."""
    if not design.sketch:
        return
    before = _length(design)
    given = st.number_input(
        _("Length of the piece from top to hem, in cm (0: assumed)"),
        min_value=0.0,
        max_value=400.0,
        value=before,
        step=1.0,
        key=f"length_{design.id}",
        help=_("A sketch shows proportions and no scale. The tech sheet’s measures follow this length."),
        width=340,
    )
    if given != before:
        keep(lengths={**state().get("lengths", {}), design.sketch: given})


def _house() -> str:
    return next((str(one["house"]) for one in session.workspaces() if one["id"] == session.workspace()), "")


def stem_of(design: Design) -> str:
    """A file's name, less its ending."""
    said = f"{design.kind}_{design.pattern or design.cloth}_{design.shown[0].name}_{design.id}"
    return re.sub(r"[^a-z0-9]+", "_", said.lower()).strip("_")


def take_all() -> None:
    """Everything that is locked, as one ZIP: made with its progress shown, then offered."""
    rows = locked()
    if not rows:
        return
    section(_("Take away"), _("Of every locked variant: front and back as PNG, layered SVG, tech sheet as PDF."))
    names = sorted(f"{row.design.id}_{_length(row.design):g}" for row in rows)
    made = state().get("zip", {})
    key = "zip_" + "_".join(names)[:80]
    content = file_of(str(made.get("artefact", ""))) if made.get("of") == names else None
    if content is None:
        if not work.running(key) and st.button(_("Make the ZIP"), key="make_zip", icon=":material/folder_zip:"):
            work.start(
                key, _pack, session.actor(), [(row.design, row.run, _length(row.design)) for row in rows], _house()
            )
        artefact = work.watch(key)
        if artefact is not None:
            keep(zip={"of": names, "artefact": artefact})
            st.rerun()
        return
    st.download_button(
        ngettext("ZIP of {n} design", "ZIP of {n} designs", len(rows)),
        content,
        file_name=ZIP_NAME,
        mime=ZIP,
        icon=":material/download:",
        on_click="ignore",
    )


def _pack(job: work.Work, actor: Actor, designs: list[tuple[Design, str, float]], house: str) -> str:
    """Draw what isn't drawn yet, and put everything into one file; its artefact's id."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for at, (design, parent, length) in enumerate(designs):

            def progress(share: float, message: str, at: int = at) -> None:
                job.progress((at + share) / len(designs), plain(f"{telling.title_of(design)}: {message}"))  # noqa: B023

            run = detail.draw_detail(actor, design, parent, detail.Steps(progress, job.stop.is_set), translate)
            _add(packed, actor, design, run, house, _fibres(actor, parent), length)
    with connect() as database:
        return artefacts.store(database, actor, ZIP_NAME, out.getvalue(), ZIP)


def _fibres(actor: Actor, grid: str) -> tuple[str, ...]:
    """The fibres that a grid's brief named."""
    with connect() as database:
        output = get_run(database, actor, grid)["output"] or {}
    return Brief.model_validate(output["brief"]).fibres if "brief" in output else ()


def _add(
    packed: zipfile.ZipFile,
    actor: Actor,
    design: Design,
    run_id: str,
    house: str,
    fibres: Sequence[str] = (),
    length: float = 0.0,
) -> None:
    """One design's files, each with its provenance in it."""
    with connect() as database:
        run = get_run(database, actor, run_id)
        kept = {
            row["name"]: artefacts.load(database, actor, row["id"]) for row in artefacts.of_run(database, actor, run_id)
        }
    said, stem = provenance_of(run, design), stem_of(design)
    front, back = kept[detail.FRONT], kept.get(detail.BACK)
    packed.writestr(f"{stem}/front.png", with_provenance(front, PNG, said))
    if back is not None:
        packed.writestr(f"{stem}/back.png", with_provenance(back, PNG, said))
    packed.writestr(f"{stem}/design.svg", with_provenance(layered(design, actor).encode("utf-8"), SVG, said))
    packed.writestr(
        f"{stem}/tech_sheet.pdf",
        with_provenance(
            tech_sheet(design, front, back, fibres, house, run_id, _sketch(design, actor), length), PDF, said
        ),
    )
    packed.writestr(f"{stem}/design.json", design.model_dump_json(indent=1))
