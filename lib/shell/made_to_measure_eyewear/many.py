"""Many customers at once: every fit, and for the buyer the smallest run of sizes that fits most faces, as a curve."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from lib.access import Right
from lib.files.writers import Cell, Sheet, write_csv, write_xlsx
from lib.i18n import _, ngettext, percent, translate
from lib.merchandising.made_to_measure_eyewear.customers import (
    COLUMNS,
    RESULT_HELP,
    Customer,
    customers_from,
    faces_of,
    fitted_rows,
    need,
)
from lib.merchandising.made_to_measure_eyewear.fitting import fit, own_misfit
from lib.merchandising.made_to_measure_eyewear.jobs import PROVE
from lib.merchandising.made_to_measure_eyewear.size_run import Run, runs, trade_shares
from lib.settings import ROOT
from lib.shell import errors, html, session
from lib.shell.exports import CSV, XLSX, Export, csv_kinds, downloads
from lib.shell.html import element
from lib.shell.made_to_measure_eyewear.curve import curve
from lib.shell.page import section
from lib.shell.proving import OwnData, offer_own_data
from lib.shell.uploads import UploadResult, upload_table
from lib.tasks.recorded import read_back, recorded

SLUG = "made_to_measure_eyewear"
METHOD, VERSION = "size run for many faces", "1"
SAMPLE = ROOT / "sample_data" / "faces.csv"
MOST_SIZES = 8


def draw(case: Any) -> None:
    """The table, the button, the curve of the last run."""
    section(
        _("Many customers, and the buyer’s size run"),
        _("A table of measurements in, a fitted frame for each row out; and how few sizes would do."),
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        table = upload_table(
            "customers", SLUG, "customers", COLUMNS, SAMPLE, customers_from, _("Customers’ measurements")
        )
        if table.ready:
            own = {"customers": table.data_set}
            offer_own_data(
                case,
                OwnData(table.data_set, table.name, PROVE, own, table.data_set) if table.data_set else None,
            )
            with errors.shown():  # a table that is too small takes nothing away: the earlier curve stays
                _begin(table)
    with right:
        _last(table)


def _begin(table: UploadResult[Customer]) -> None:
    may = session.actor().may(Right.RUN)
    count = len(table.items)
    if not st.button(
        ngettext("Fit {n} customer", "Fit {n} customers", count), key="eyewear_many", disabled=not may,
        icon=":material/groups:",
    ):  # fmt: skip
        return
    need(table.items)
    bar = st.progress(0.0, _("Choosing size runs"))
    try:
        _work_out(table, lambda share: bar.progress(min(share, 1.0), _("Choosing size runs")))
    finally:
        bar.empty()


def _work_out(table: UploadResult[Customer], progress: Any) -> None:
    """Recorded: the counts and the runs of sizes; the rows themselves are worked out again when a file is asked for."""
    faces = faces_of(table.items)
    with recorded(
        session.actor(), use_case=SLUG, kind="analysis", method=METHOD, method_version=VERSION,
        inputs={"source": table.source, "rows": len(table.items)}, language=session.language(), seed=0,
        data_set=table.data_set,
    ) as run:  # fmt: skip
        own = float((own_misfit(faces, fit(faces)) <= 1).mean())
        found = runs(faces, MOST_SIZES, progress=progress)
        trade = trade_shares(faces)
        run.output = {
            "faces": len(faces),
            "made_to_measure": round(own, 4),
            "runs": [
                {"sizes": list(one.sizes), "fitted": round(one.fitted, 4), "held_out": round(one.held_out, 4)}
                for one in found
            ],
            "trade": {str(count): round(share, 4) for count, share in trade.items()},
        }


def _last(table: UploadResult[Customer]) -> None:
    row = read_back(session.actor(), SLUG, METHOD)
    if row is None or not row["output"]:
        st.caption(_("The curve of sizes against customers fitted appears here."))
        return
    output = row["output"]
    if row["inputs"].get("source") != table.source:
        st.caption(_("Worked out for another table than the one that is chosen now."))
    found = [Run(tuple(one["sizes"]), one["fitted"], one["held_out"]) for one in output["runs"]]
    trade = {int(count): share for count, share in output["trade"].items()}
    curve(found, trade, output["faces"], output["made_to_measure"])
    _sizes(found)
    if table.ready and row["inputs"].get("source") == table.source:
        _files(table.items, row["id"])


def _sizes(found: Sequence[Run]) -> None:
    """Which sizes, for the number that the buyer chooses."""
    count = st.slider(_("Sizes to buy"), 1, len(found), min(4, len(found)), key="eyewear_sizes")
    run = found[count - 1]
    html.draw(
        element(
            "p",
            element("strong", " · ".join(size.replace("-", "\u2011") for size in run.sizes)),
            " ",
            _("fit {share} of customers that they weren’t chosen on.", share=percent(run.held_out)),
            class_="toile-finding toile-second",
        )
    )


def _files(customers: Sequence[Customer], run: str) -> None:
    exports = [Export(_("All fits (XLSX)"), "fits.xlsx", partial(_xlsx, customers), XLSX, run)]
    exports += [
        Export(label, name, partial(_csv, customers, separator), CSV, run)
        for label, name, separator in csv_kinds("fits")
    ]
    downloads(exports, key=f"eyewear_many_{run}")


def _xlsx(customers: Sequence[Customer]) -> bytes:
    guide: list[list[Cell]] = [[name, translate(said)] for name, said in RESULT_HELP.items()]
    return write_xlsx(
        [
            Sheet(_("Fits"), tuple(RESULT_HELP), fitted_rows(customers)),
            Sheet(_("Columns"), (_("Column"), _("Meaning")), guide, {_("Meaning"): 70}),
        ]
    )


def _csv(customers: Sequence[Customer], separator: str) -> bytes:
    return write_csv(fitted_rows(customers), tuple(RESULT_HELP), separator=separator)
