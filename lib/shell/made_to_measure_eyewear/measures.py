"""The measurements beside the picture, each with its error, and the head's turn that was taken out."""

from __future__ import annotations

import streamlit as st

from lib.i18n import N_, _, number, translate
from lib.merchandising.made_to_measure_eyewear.fit_run import VALUES
from lib.merchandising.made_to_measure_eyewear.measuring import Measured
from lib.merchandising.made_to_measure_eyewear.order import with_error
from lib.merchandising.made_to_measure_eyewear.population import ADULTS
from lib.merchandising.made_to_measure_eyewear.texts_of import MEASURES
from lib.shell import html
from lib.shell.html import element


def draw(measured: Measured, truth: dict[str, float] | None = None) -> None:
    """A table of the measurements; of an invented person also what the head was built to."""
    names = (_("Measurement"), _("Measured"), *((_("Built to"),) if truth else ()))
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in names)))
    rows = []
    for name in VALUES:
        value = getattr(measured, name)
        cells = [translate(MEASURES[name]), with_error(value.mm, value.error)]
        if truth:
            cells.append(_("{value} mm", value=number(truth[name], 1)) if name in truth else "")
        rows.append(element("tr", *(element("td", cell, data_name=at) for at, cell in zip(names, cells, strict=True))))
    html.draw(element("table", head, element("tbody", *rows), class_="toile-runs"))
    if measured.distance:
        html.draw(
            element(
                "p",
                _(
                    "Head turned by {yaw}° to the side, {pitch}° up or down, {roll}° in the picture: taken out. Camera "
                    "about {distance} cm away. ± is the half width of a 95% interval.",
                    yaw=number(abs(measured.yaw), 0), pitch=number(abs(measured.pitch), 0),
                    roll=number(abs(measured.roll), 0), distance=number(measured.distance / 10, 0),
                ),
                class_="toile-source",
            )
        )  # fmt: skip


def typed() -> tuple[float, float, float, float, float, float]:
    """Six measurements in millimetres, typed in: pupils, width, nose, ear, eye height, length."""
    asked = (
        ("pd", 45.0, 80.0, round(ADULTS["pd"].mean, 1)),
        ("width", 105.0, 185.0, round(ADULTS["width"].mean)),
        ("nose", 8.0, 32.0, ADULTS["nose"].mean),
        ("ear", 75.0, 130.0, ADULTS["ear"].mean),
        ("eye_height", 2.0, 18.0, ADULTS["eye_height"].mean),
        ("length", 85.0, 140.0, 114.0),
    )
    titles = {**MEASURES, "ear": EAR}
    found = [
        float(
            st.number_input(
                _("{what} (mm)", what=translate(titles[name])), low, high, float(value), 0.5, "%.1f",
                key=f"eyewear_typed_{name}",
            )
        )
        for name, low, high, value in asked
    ]  # fmt: skip
    st.caption(_("As an optician measures them with a pupilometer and a ruler. At first a mean adult’s."))
    return (found[0], found[1], found[2], found[3], found[4], found[5])


EAR = N_("Eye to ear")
