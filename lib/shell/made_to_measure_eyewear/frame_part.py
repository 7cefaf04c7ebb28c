"""The frame: shape, finish, lenses, size; how it keeps the fitting rules; how it looks on the face and all around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from lib.atelier.solids import glb
from lib.i18n import _, amount, number, translate
from lib.merchandising.made_to_measure_eyewear.advice import advice
from lib.merchandising.made_to_measure_eyewear.fitting import BRIDGE, LENS, RULES, TEMPLE, WITHIN
from lib.merchandising.made_to_measure_eyewear.frames import (
    FINISHES,
    SHAPE_TITLES,
    TINTS,
    Design,
    fitted,
    material_cost,
    off,
    piece_of,
)
from lib.merchandising.made_to_measure_eyewear.measuring import Measured
from lib.merchandising.made_to_measure_eyewear.order import millimetres
from lib.merchandising.made_to_measure_eyewear.texts_of import RULE_TITLES
from lib.shell import html
from lib.shell.html import element
from lib.shell.made_to_measure_eyewear.choices import keep, restored
from lib.shell.viewer3d import show_glb


def choose(measured: Measured, key: str) -> Design:
    """What the person wants; the size is the fitted one until they change it."""
    suits = advice(measured)
    shapes = {name: translate(title) for name, title in SHAPE_TITLES.items()}
    finishes = {key: translate(finish.title) for key, finish in FINISHES.items()}
    tints = {key: translate(tint[0]) for key, tint in TINTS.items()}
    shape = _one(_("Shape"), f"shape_{key}", shapes, suits.shapes[0])
    left, right = st.columns(2)
    with left:
        finish = _one(_("Material and colour"), "finish", finishes, next(iter(finishes)))
    with right:
        tint = _one(_("Lenses"), "tint", tints, next(iter(tints)))
    design = fitted(measured, shape, finish, tint)
    with st.expander(_("Another size"), icon=":material/straighten:"):
        return _resized(design, key)


def _one(label: str, name: str, titles: Mapping[str, str], default: str) -> str:
    key = restored(name, titles, default)
    return keep(name, str(st.selectbox(label, list(titles), format_func=titles.__getitem__, key=key)))


def _resized(design: Design, key: str) -> Design:
    """The fitted size, or another that the person tries. The keys change with the fit, so a new one begins anew."""
    st.caption(_("The rules’ own choice is {notation}.", notation=design.notation))
    one, two, three = st.columns(3)
    stem = f"eyewear_size_{key}_{design.notation}"
    lens = one.number_input(_("Lens width"), LENS[0], LENS[1], int(design.lens), 1, key=f"{stem}_lens")
    bridge = two.number_input(_("Bridge"), BRIDGE[0], BRIDGE[1], int(design.bridge), 1, key=f"{stem}_bridge")
    temple = three.number_input(_("Temple"), TEMPLE[0], TEMPLE[1], int(design.temple), 5, key=f"{stem}_temple")
    return replace(design, lens=float(lens), bridge=float(bridge), temple=float(temple))


def price(design: Design) -> float:
    """Euros a kilogram of the frame's material: ours until the house types its own."""
    with st.expander(_("Price of the material"), icon=":material/euro:"):
        st.caption(_("An assumption, to be replaced by your supplier’s price."))
        return float(
            st.number_input(
                _("Euros per kilogram"), 0.0, 500_000.0, float(FINISHES[design.finish].price), 1.0,
                key=f"eyewear_price_{design.finish}",
            )
        )  # fmt: skip


def facts(measured: Measured, design: Design, per_kilogram: float) -> None:
    """The notation large, then the rules with their tolerances, weight and cost."""
    piece = piece_of(design)
    html.draw(
        element(
            "dl",
            _fact(_("Frame"), design.notation, _("lens, bridge, temple in mm")),
            _fact(_("Weight"), _("{grams} g", grams=number(piece.weight_g, 0)), _("with plano lenses of 2 mm")),
            _fact(_("Cost of material"), amount(material_cost(piece, per_kilogram)), _("without waste and work")),
            class_="toile-facts",
        )
    )
    found = off(measured, design)
    items = [_rule(rule, found[rule]) for rule in RULES]
    html.draw(element("ul", *items, class_="toile-checks"))


def _fact(name: str, said: str, aside: str) -> Markup:
    return element("div", element("dt", name), element("dd", said), element("dd", aside, class_="toile-aside"))


def _rule(rule: str, value: float) -> Markup:
    kept = abs(value) <= WITHIN[rule]
    if abs(value) < 0.5:
        said = _("on the rule")
    elif value > 0:
        said = _("{mm} more than the rule, ± {within} is allowed", mm=millimetres(value), within=number(WITHIN[rule]))
    else:
        said = _("{mm} less than the rule, ± {within} is allowed", mm=millimetres(-value), within=number(WITHIN[rule]))
    return element(
        "li",
        element("span", "✓" if kept else "✗", class_="toile-sign", aria_hidden="true"),
        element("strong", translate(RULE_TITLES[rule])),
        " ",
        element("span", _("rule kept") if kept else _("rule broken"), class_="toile-verdict"),
        " ",
        said,
        class_="toile-is-pass" if kept else "toile-is-fail",
    )


def opinion(measured: Measured) -> None:
    """Style advice, marked as opinion."""
    suits = advice(measured)
    shapes = ", ".join(translate(SHAPE_TITLES[shape]) for shape in suits.shapes)
    html.draw(
        element(
            "p",
            element("strong", _("A stylist’s opinion, not a measurement:")),
            " ",
            _("the face is {face} by its proportions; begin with {shapes}.", face=translate(suits.face), shapes=shapes),
            " ",
            *(f"{translate(reason)} " for reason in suits.reasons),
            class_="toile-source",
        )
    )


def viewer(design: Design, key: str, height: int = 380) -> None:
    """The frame to turn around."""
    show_glb(glb(piece_of(design)), _("Frame {notation}", notation=design.notation), key, height)
