"""Many customers at once: every fit, and for the buyer the smallest run of sizes that fits most faces, as a curve."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from lib.access import Right
from lib.figures import Figure, Mark
from lib.files.writers import Cell, Sheet, write_csv, write_xlsx
from lib.i18n import _, ngettext, number, percent, translate
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
from lib.shell import charts, html, session
from lib.shell.exports import CSV, XLSX, Export, csv_kinds, downloads
from lib.shell.html import element
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
    bar = st.progress(0.0, _("Choosing size runs"))
    _work_out(table, lambda share: bar.progress(min(share, 1.0), _("Choosing size runs")))
    bar.empty()


def _work_out(table: UploadResult[Customer], progress: Any) -> None:
    """Recorded: the counts and the runs of sizes; the rows themselves are worked out again when a file is asked for."""
    need(table.items)
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


def figure(found: Sequence[Run], trade: dict[int, float], faces: int) -> Figure:
    """Share of customers fitted by the number of sizes, ours beside the trade's."""
    at = next((k for k, one in enumerate(found, 1) if one.held_out >= max(trade.values())), None)
    best = max(trade)
    if at is not None and at < best:
        title = _("{n} chosen sizes fit as many customers as the trade’s usual {many}", n=number(at), many=number(best))
    else:
        title = _("With {n} sizes, {share} of customers are fitted", n=number(len(found)),
                  share=percent(found[-1].held_out))  # fmt: skip
    marks = []
    for count, one in enumerate(found, 1):
        name = ngettext("{n} size", "{n} sizes", count)
        marks.append(Mark(_("chosen from the faces"), one.held_out, role="ours", group=name))
        if count in trade:
            marks.append(Mark(_("the trade’s usual run"), trade[count], role="baseline", group=name))
    source = ngettext("{n} customer", "{n} customers", faces)
    return Figure(
        title, tuple(marks), _("share of customers fitted by all four rules"), "dots", True,
        _("{source}; chosen on one half, counted on the other. The trade’s run is our assumption.", source=source),
        "percent",
    )  # fmt: skip


def curve(found: Sequence[Run], trade: dict[int, float], faces: int, own: float) -> None:
    """The picture: two lines over the number of sizes, each point named, and the same as a table."""
    shown = figure(found, trade, faces)
    html.draw(element("p", shown.title, class_="toile-finding"))
    st.vega_lite_chart(spec=_spec(found, trade, own), width="stretch", theme=None, alt=charts.spoken(shown))
    html.draw(element("p", f"{shown.unit} · {shown.source}", class_="toile-source"))
    with st.expander(_("These figures as a table")):
        html.draw(charts.table(shown))


def _spec(found: Sequence[Run], trade: dict[int, float], own: float) -> dict[str, Any]:
    from lib.shell.palette import current

    colours = current()
    ours, theirs, each = _("chosen from the faces"), _("the trade’s usual run"), _("a frame made for each")
    rows = [{"n": k, "share": one.held_out, "who": ours} for k, one in enumerate(found, 1)]
    rows += [{"n": count, "share": share, "who": theirs} for count, share in sorted(trade.items())]
    for row in rows:
        row["said"] = percent(float(row["share"]))  # type: ignore[arg-type]
    last = max(trade)
    ends = [
        {"n": len(found), "share": found[-1].held_out, "name": ours, "colour": colours.evidence, "up": -12},
        {"n": last, "share": trade[last], "name": theirs, "colour": colours.quiet, "up": 22},
        {"n": len(found), "share": own, "name": f"{each}: {percent(own)}", "colour": colours.ink, "up": -8},
    ]
    x = {
        "field": "n",
        "type": "quantitative",
        "title": _("Number of sizes"),
        "axis": {"tickMinStep": 1, "grid": False, "format": "d"},
        "scale": {"domain": [1, max(len(found), last)]},
    }
    y = {
        "field": "share",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1]},
        "axis": {"format": "%", "grid": False, "tickCount": 5},
    }
    colour = {
        "field": "who",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [ours, theirs], "range": [colours.evidence, colours.quiet]},
    }
    base: dict[str, Any] = {"data": {"values": rows}, "encoding": {"x": x, "y": y, "color": colour}}
    dash = {
        "strokeDash": {
            "field": "who",
            "type": "nominal",
            "legend": None,
            "scale": {"domain": [ours, theirs], "range": [[1, 0], [5, 4]]},
        }
    }
    tip = [
        {"field": "who", "title": _("Run of sizes")},
        {"field": "n", "title": _("Number of sizes")},
        {"field": "said", "title": _("Fitted")},
    ]
    layers = [
        {"data": {"values": [{"share": own}]}, "mark": {"type": "rule", "color": colours.ink, "strokeDash": [2, 3]},
         "encoding": {"y": y}},
        base | {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": base["encoding"] | dash},
        base | {"mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": base["encoding"] | {"tooltip": tip}},
        base | {"transform": [{"filter": {"field": "who", "equal": ours}}],
                "mark": {"type": "text", "dy": -12, "fontSize": 12, "color": colours.evidence},
                "encoding": {"x": x, "y": y, "text": {"field": "said"}}},
        *[{"data": {"values": [end]}, "mark": {"type": "text", "align": "right", "dx": 0, "fontSize": 13,
                                               "fontWeight": 600, "color": end["colour"],
                                               "dy": -30 if end["name"] == ours else end["up"]},
           "encoding": {"x": x, "y": y, "text": {"field": "name"}}} for end in ends],
    ]  # fmt: skip
    return {"height": 320, "background": colours.paper, "layer": layers,
            "config": {"font": charts.FONT, "view": {"stroke": None},
                       "axis": {"labelColor": colours.quiet, "titleColor": colours.quiet, "labelFontSize": 12,
                                "domainColor": colours.line, "tickColor": colours.line}}}  # fmt: skip


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
