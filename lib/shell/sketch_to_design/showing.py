"""The grid: all variants on one plate, then each one large, to lock, vary, compare and open."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import streamlit as st

from lib.catalogue import UseCase
from lib.database import connect
from lib.database.jobs import job as job_of
from lib.engines.images.atelier import ATELIER
from lib.errors import NotFound
from lib.i18n import _, date_time, list_of, ngettext
from lib.merchandising.sketch_to_design import telling
from lib.merchandising.sketch_to_design.design import Brief, Design
from lib.merchandising.sketch_to_design.grid import changes
from lib.merchandising.sketch_to_design.jobs import GridRequest
from lib.merchandising.sketch_to_design.names import part_name, piece_name, value_name
from lib.settings import ROOT
from lib.shell import background, errors, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.picture_engine import picture_mark
from lib.shell.sketch_to_design import asking, boards
from lib.shell.sketch_to_design.state import (
    Grid,
    earlier,
    file_of,
    grid_in_view,
    grid_of,
    keep,
    locked,
    state,
    toggle_lock,
)
from lib.shell.text import plain

HERO = ROOT / "sample_data" / "designs" / "plate.webp"
MOST_COMPARED = 4
STOPPED = "sketch_to_design_stopped"


def working() -> bool:
    """Show the grid that is being drawn, if one is; take over one that is done."""
    identifier = str(state().get("job") or "")
    if not identifier:
        return False
    try:
        with connect() as database:
            found = job_of(database, session.actor(), identifier)
    except NotFound:
        keep(job="")
        return False
    if not found.ended:
        background.watch(identifier)
        return True
    keep(job="")
    if found.status == "done" and found.run:
        keep(grid=found.run, open="", compare=[])
    elif (why := background.why(found)) is not None:
        errors.show(why)
    if found.status == "cancelled":
        st.session_state[STOPPED] = True
    if st.session_state.pop(STOPPED, False):
        st.caption(_("Stopped. The grid before is shown."))
    return False


def hero(grid: Grid | None, at_work: bool = False) -> None:
    """All variants at a glance; before the first run what the sample's sentence gives. While a new grid is drawn
    (``at_work``), the one before is named as such.
    """
    with st.container(key="hero"):
        if grid is None:
            if HERO.is_file():
                st.image(HERO.read_bytes(), width="stretch")
                st.caption(_("Nine variants of the sentence on the left, as the atelier drew them for the demo house."))
            return
        content = grid.plate()
        if at_work:
            st.caption(_("The grid before; the new one is being drawn."))
        if content:
            st.image(_dimmed(content) if at_work else content, width="stretch")
        _mark(grid)


@st.cache_data(max_entries=8, show_spinner=False)
def _dimmed(content: bytes) -> bytes:
    """A plate at a third of its strength; the same for the same file."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as opened:
        plate = opened.convert("RGB")
    pale = Image.blend(plate, Image.new("RGB", plate.size, "white"), 0.66)
    out = io.BytesIO()
    pale.save(out, "WEBP", quality=80)
    return out.getvalue()


def _mark(grid: Grid) -> None:
    """Which engine drew, and the way to earlier grids."""
    picture_mark(ATELIER)
    rows = {row["id"]: _grid_name(row) for row in earlier()}
    if len(rows) < 2 or grid.id not in rows:
        return
    with st.popover(_("Earlier grids"), icon=":material/history:"):
        chosen = st.radio(
            _("Earlier grids"),
            list(rows),
            index=list(rows).index(grid.id),
            format_func=rows.__getitem__,
            label_visibility="collapsed",
            key=f"earlier_{grid.id}",
        )
    if chosen != grid.id:
        keep(grid=chosen, open="", compare=[])
        st.rerun()


def _grid_name(row: dict[str, Any]) -> str:
    designs = row["output"]["designs"]
    first = Design.model_validate(designs[0])
    when = date_time(dt.datetime.fromisoformat(row["started_at"]).astimezone())
    count = ngettext("{n} variant", "{n} variants", len(designs))
    return plain(f"{telling.title_of(first)} · {count} · {when}")


def plates(case: UseCase, grid: Grid) -> None:
    """Every variant large, two in a row."""
    fixed = {row.design.id for row in locked()}
    section(_("The variants"), _heading(grid))
    _compare(grid)
    with st.container(key="plates"):
        for start in range(0, len(grid.designs), 2):
            columns = st.columns(2, gap="large")
            for column, at in zip(columns, range(start, min(start + 2, len(grid.designs))), strict=False):
                with column:
                    _variant(case, grid, at + 1, grid.designs[at], grid.designs[at].id in fixed)


def _heading(grid: Grid) -> str:
    """What the grid is about: a brief, or what stands near to one variant."""
    if "vary" in grid.run["inputs"] and grid.run["inputs"]["vary"]:
        return _("The first one, and others that each change one thing of it.")
    return _("The first keeps everything that was asked for; each further one changes fabric, palette or pattern.")


def _variant(case: UseCase, grid: Grid, number: int, design: Design, fixed: bool) -> None:
    content = grid.picture(number)
    if content is not None:
        st.image(content, width="stretch")
    html.draw(_caption(grid, number, design))
    with st.container(horizontal=True):
        lock = _("Locked") if fixed else _("Lock it")
        st.button(
            lock,
            key=f"lock_{grid.id}_{number}",
            icon=":material/lock:" if fixed else ":material/lock_open:",
            type="primary" if fixed else "secondary",
            help=_("A locked variant stays for the next grid and can be taken away with the others."),
            on_click=toggle_lock,
            args=(design, grid.id, number),
        )
        if st.button(_("Vary it"), key=f"vary_{grid.id}_{number}", icon=":material/auto_awesome_motion:"):
            vary(case, grid, design)
        if st.button(_("Open it"), key=f"open_{grid.id}_{number}", icon=":material/open_in_full:"):
            keep(open=design.id)
            st.session_state["sketch_to_design_opened"] = design.id
            st.rerun()


def vary(case: UseCase, grid: Grid, design: Design) -> None:
    """Begin a grid of what stands near to one variant."""
    seed = int(state().get("seed", 0)) + 1
    keep(seed=seed)
    request = GridRequest.model_validate(grid.run["inputs"])
    asking.begin(case, request.model_copy(update={"vary": design, "seed": seed, "locked": ()}))
    st.rerun()


def _caption(grid: Grid, number: int, design: Design) -> Any:
    """Number, what it is made of, its colours, and what it keeps or proposes."""
    return element(
        "div",
        element("span", str(number), class_="toile-plate-number"),
        element("strong", telling.made_of(design)),
        boards.swatches(design.shown, named=False),
        element("span", telling.colours_of(design), class_="toile-hex"),
        element("p", _said(grid, number, design)),
        class_="toile-under",
    )


def _said(grid: Grid, number: int, design: Design) -> str:
    if grid.run["inputs"].get("vary"):
        names = [_changed(part, grid.designs[0], design) for part in changes(grid.designs[0], design)]
        return list_of(names) if names else _("The variant that this grid started from")
    kept, proposed = telling.kept_of(design, grid.brief)
    said = []
    if kept:
        said.append(_("as asked: {words}", words=", ".join(kept)))
    if proposed:
        said.append(_("proposed: {words}", words=", ".join(proposed)))
    return " · ".join(said)


def _changed(part: str, before: Design, after: Design) -> str:
    """One difference in words."""
    if part == "colour":
        return _("colours")
    if part == "scale":
        return _("size of the motif")
    value = {"fabric": after.cloth, "print": after.pattern or "none"}.get(part) or after.options.get(part, "")
    return _("{part}: {value}", part=part_name(part), value=value_name(value))


def _compare(grid: Grid) -> None:
    """Variants side by side with what tells them apart."""
    numbers = list(range(1, len(grid.designs) + 1))
    chosen = st.pills(
        _("Compare side by side"), numbers, selection_mode="multi", key=f"compare_{grid.id}", default=None
    )
    if len(chosen) < 2:
        if chosen:
            st.caption(_("Choose one more to compare."))
        return
    chosen = sorted(chosen)[:MOST_COMPARED]
    for column, number in zip(st.columns(len(chosen), gap="medium"), chosen, strict=True):
        design = grid.designs[number - 1]
        with column:
            content = grid.picture(number)
            if content is not None:
                st.image(content, width="stretch")
            html.draw(element("dl", *_facts(number, design), class_="toile-facts"))


def _facts(number: int, design: Design) -> list[Any]:
    rows = [
        (_("Variant"), str(number)),
        (part_name("fabric"), value_name(design.cloth)),
        (part_name("print"), value_name(design.pattern or "none")),
        (part_name("colour"), telling.colours_of(design)),
    ]
    return [element("div", element("dt", name), element("dd", value)) for name, value in rows]


def shelf() -> None:
    """What is locked, small and in a row, with a way to let each go."""
    rows = locked()
    if not rows:
        return
    section(_("Locked"), ngettext("{n} variant is kept.", "{n} variants are kept.", len(rows)))
    with st.container(horizontal=True, gap="medium"):
        for row in rows:
            grid = grid_of(row.run)
            content = grid.picture(row.number) if grid else None
            with st.container(width=150, gap="small"):
                if content is not None:
                    st.image(content, width=150, caption=plain(telling.title_of(row.design)))
                st.button(
                    _("Let go"),
                    key=f"unlock_{row.design.id}",
                    type="tertiary",
                    icon=":material/close:",
                    on_click=toggle_lock,
                    args=(row.design, row.run, row.number),
                )


def brief_of(grid: Grid | None) -> Brief | None:
    return grid.brief if grid else None


__all__ = ["brief_of", "file_of", "grid_in_view", "hero", "piece_name", "plates", "shelf", "working"]
