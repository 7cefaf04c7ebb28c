"""The fit that was kept last: read back from its run, with its review and its files."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from lib.atelier.solids import glb, stl
from lib.files.provenance import Provenance, SourceType
from lib.i18n import _, date_time, translate
from lib.merchandising.made_to_measure_eyewear import fit_run, order
from lib.merchandising.made_to_measure_eyewear.fit_run import GLB_TYPE, STL_TYPE, Fit
from lib.merchandising.made_to_measure_eyewear.frames import SHAPE_TITLES, finish_of, piece_of
from lib.shell import html, session
from lib.shell.exports import XLSX, Export
from lib.shell.html import element
from lib.shell.page import review, section
from lib.shell.pictures import picture_downloads
from lib.tasks.recorded import read_back


def draw() -> None:
    """Nothing until a fit was kept."""
    row = read_back(session.actor(), fit_run.SLUG, fit_run.METHOD)
    if row is None or not row["output"]:
        return
    fit = fit_run.read(row)
    made_on = dt.datetime.fromisoformat(row["started_at"])
    section(_("The fit kept last"), date_time(made_on))
    left, right = st.columns([1, 1], gap="large")
    with left:
        _said(fit)
        _files(fit, made_on, row)
    with right:
        review(fit.run)


def _said(fit: Fit) -> None:
    design = fit.design
    kept = _("keeps all four fitting rules") if fit.fits else _("breaks a fitting rule: see the order sheet")
    html.draw(
        element(
            "p",
            element("strong", design.notation),
            " · ",
            translate(SHAPE_TITLES[design.shape]),
            " · ",
            translate(finish_of(design.finish).title),
            " · ",
            kept,
            class_="toile-finding",
        )
    )
    pd = fit.measured.pd
    html.draw(
        element(
            "p",
            _("Pupillary distance {pd}, front for a face of {width}.", pd=order.with_error(pd.mm, pd.error),
              width=order.millimetres(fit.measured.width.mm, 0)),
            class_="toile-source",
        )
    )  # fmt: skip


def _files(fit: Fit, made_on: dt.datetime, row: Mapping[str, Any]) -> None:
    stem = f"frame_{fit.design.notation}"
    # The order sheet's views take seconds: they are drawn while the person reads, not when the button is clicked.
    threading.Thread(target=order.views, args=(fit.design,), daemon=True).start()

    def solid(make: Any) -> bytes:
        made: bytes = make(piece_of(fit.design))
        return made

    picture_downloads(
        [
            Export(
                _("Order sheet (PDF)"), f"{stem}.pdf", partial(order.sheet, fit, made_on), "application/pdf", fit.run
            ),
            Export("GLB", f"{stem}.glb", partial(solid, glb), GLB_TYPE, fit.run),
            Export("STL", f"{stem}.stl", partial(solid, lambda piece: stl(piece, 0)), STL_TYPE, fit.run),
            Export("XLSX", f"{stem}.xlsx", partial(order.workbook, fit), XLSX, fit.run),
        ],
        Provenance.of_run(row, SourceType.ALGORITHMIC),
        key=f"eyewear_{fit.run}",
    )
    st.caption(_("GLB in metres for viewers, STL in millimetres for printing and milling. No file holds the photo."))
