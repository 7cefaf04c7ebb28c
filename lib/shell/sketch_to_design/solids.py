"""Pieces in three dimensions: a sentence and sliders on the left, the piece to turn on the right; cost, files."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from lib.access import Actor
from lib.catalogue import UseCase
from lib.engines.images.atelier import ATELIER
from lib.errors import ToileError
from lib.files.provenance import Provenance, SourceType
from lib.i18n import _, list_of, money, ngettext, number, translate
from lib.merchandising.sketch_to_design import telling
from lib.merchandising.sketch_to_design.names import part_name, piece_name, value_name
from lib.merchandising.sketch_to_design.pieces import SOLIDS, STONES, choices
from lib.merchandising.sketch_to_design.solid import (
    PRICES,
    VERSION,
    SolidDesign,
    build,
    dimensions,
    from_wish,
    left_out,
    made_of,
    price_table,
    refused,
    variants,
)
from lib.merchandising.sketch_to_design.wish import PieceWish, Wish
from lib.merchandising.sketch_to_design.words import read_words
from lib.shell import errors, html, session
from lib.shell.exports import Export
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.picture_engine import picture_mark
from lib.shell.pictures import picture_downloads
from lib.shell.sketch_to_design.state import USE_CASE, keep, keep_sentence, named, sentence, state, widget
from lib.shell.text import plain
from lib.shell.viewer3d import show_glb
from lib.tasks.recorded import read_back, recorded

METHOD = "sketch_to_design.solid"
GLB, STL, PNG = "model/gltf-binary", "model/stl", "image/png"
SAMPLE = {"fr": "bague solitaire en or rose avec un saphir", "en": "rose gold solitaire ring with a sapphire"}
STAGE = 560
SHOWN_VARIANTS = 6  # before somebody asks for all


def draw(case: UseCase) -> None:
    """The tab: what is asked, the piece, what it weighs and costs, its materials, its files."""
    left, right = st.columns([4, 7], gap="large")
    with left:
        design = _ask()
    if design is None:
        return
    with right:
        try:
            piece = build(design)
        except ToileError as error:
            errors.show(error)
            return
        _stage(design, piece)
    _figures(design, piece)
    _take(design, piece)
    _materials(design)  # last: its pictures take a while


def _ask() -> SolidDesign | None:
    """A sentence, then the options and sliders that it sets; both go on from there by hand. None where no piece is
    chosen: the sentence names none that is made here, and nothing takes its place.
    """
    text = st.text_input(_("The piece, in a sentence"), key=sentence("solid_text", SAMPLE), max_chars=300)
    keep_sentence("solid_text", text, SAMPLE)
    wish = read_words(text)
    piece = wish.solids[0] if wish.solids else None
    _unmade(text, wish, piece)
    kept = _kept(text)
    kind = _kind(text, piece.kind if piece else "", kept.kind if kept else "")
    if not kind:
        return None
    asked = piece if piece and piece.kind == kind else PieceWish(kind=kind)
    start = from_wish(asked)
    _answered(asked, start)
    design = _by_hand(kept if kept and kept.kind == kind else start, text)
    if design != kept:
        keep(solid={"text": text, "design": design.model_dump(mode="json")})
    return design


def _kept(text: str) -> SolidDesign | None:
    """What was set by hand beside this sentence, in either language where it is the sample."""
    row = state().get("solid") or {}
    same = row.get("text") == text or {row.get("text"), text} <= set(SAMPLE.values())
    return SolidDesign.model_validate(row["design"]) if same and "design" in row else None


def _unmade(text: str, wish: Wish, piece: PieceWish | None) -> None:
    """Say what the sentence holds and the piece will not."""
    if piece is None and text.strip():
        kinds = list_of([piece_name(kind).lower() for kind in SOLIDS])
        st.warning(
            plain(
                _("No piece that can be made here was found in this sentence. Choose one below: {kinds}.", kinds=kinds)
            ),
            icon=":material/category:",
        )
    for other in wish.garments:
        if other.kind:
            st.caption(plain(_("{piece}: drawn under “Garments”.", piece=piece_name(other.kind))))
    if wish.not_drawn or wish.not_read:
        words = ", ".join((*wish.not_read, *wish.not_drawn))
        st.caption(plain(_("Not taken up: {words}", words=words)))


def _answered(asked: PieceWish, start: SolidDesign) -> None:
    """Say what is only near to the words, what this model doesn't have, and which lengths can't be made."""
    if near := telling.nearest([asked]):
        st.caption(plain(_("Made by the nearest there is: {words}", words=list_of(near))))
    if missing := left_out(asked, start):
        words = [value_name(one) if one in STONES else translate(one).lower() for one in missing]
        st.caption(plain(_("This model has none: {words}", words=list_of(words))))
    for error in refused(asked, start):
        errors.show(error)


def _kind(text: str, said: str, kept: str) -> str:
    """The piece that the sentence names, or the one chosen instead; '' where there is none."""
    kinds = list(SOLIDS)
    key = widget(f"solid_kind_{session.language()}_{text}")
    if key not in st.session_state and (kept or said):
        st.session_state[key] = kept or said
    chosen = st.selectbox(
        _("Piece"), kinds, index=None, format_func=named(kinds, piece_name), key=key, placeholder=_("Choose a piece")
    )
    return str(chosen or "")


def _by_hand(start: SolidDesign, text: str) -> SolidDesign:
    """The options and sliders; their keys hold the sentence, so that a new one sets them anew."""
    options: dict[str, str] = {}
    for name in SOLIDS[start.kind]:
        values = choices(start.kind, options).get(name)
        if values is None:
            continue
        key = widget(f"{start.kind}_{name}_{session.language()}_{text}")
        st.session_state.setdefault(key, start.options.get(name, values[0]))
        options[name] = str(st.selectbox(part_name(name), values, format_func=named(values, value_name), key=key))
    lengths = {}
    for one in dimensions(start.kind, options):
        model = f"{options.get('stand', '')}{options.get('shape', '')}"
        key = widget(f"{start.kind}_{one.name}_{model}_{session.language()}_{text}")
        usual = start.lengths.get(one.name, one.usual)
        st.session_state.setdefault(key, float(usual if one.low <= usual <= one.high else one.usual))
        label = f"{translate(one.label)} ({one.unit})"
        shown = "%.0f" if float(one.step).is_integer() else "%.1f"
        low, high, step = float(one.low), float(one.high), float(one.step)
        lengths[one.name] = float(st.slider(label, low, high, step=step, format=shown, key=key))
    return SolidDesign(kind=start.kind, options=options, lengths=lengths)


def title_of(design: SolidDesign) -> str:
    """A piece in a line: what it is, in what."""
    return ", ".join([piece_name(design.kind), *(value_name(value) for value in made_of(design))])


def _stage(design: SolidDesign, piece: Any) -> None:
    from lib.atelier.solids import glb

    show_glb(glb(piece), title_of(design), key=f"solid_{design.id}", height=STAGE)
    picture_mark(ATELIER)


def _figures(design: SolidDesign, piece: Any) -> None:
    """Measures, volume, weight by material, and cost with the house's own prices."""
    width, depth, height = piece.extent_mm
    rows = [
        (_("Extent"), _("{w} × {d} × {h} mm", w=number(width, 1), d=number(depth, 1), h=number(height, 1))),
        (_("Volume"), _volume(piece.volume_mm3)),
        (_("Weight"), _weight(piece.weight_g)),
    ]
    rows += [(value_name(key), _weight(weight)) for key, weight in piece.weights_g.items() if len(piece.weights_g) > 1]
    left, right = st.columns([4, 7], gap="large")
    with left:
        section(_("Measures"))
        facts = [element("div", element("dt", name), element("dd", said)) for name, said in rows]
        html.draw(element("dl", *facts, class_="toile-facts"))
        st.caption(_("The extent is of the whole piece; a slider can set a part of it, as a chair’s seat."))
    with right:
        section(_("Material cost"), _("With prices of your own; without waste, making and setting."))
        _cost(piece)


def _volume(mm3: float) -> str:
    if mm3 < 1e5:
        return _("{n} mm³", n=number(mm3, 0))
    return _("{n} dm³", n=number(mm3 / 1e6, 2))


def _weight(grams: float) -> str:
    return _("{n} g", n=number(grams, 2)) if grams < 1000 else _("{n} kg", n=number(grams / 1000, 2))


def house_prices() -> dict[str, tuple[float, str]]:
    """The house's prices: what the person set, else the demo house's."""
    own = state().get("prices", {})
    return {key: (float(own.get(key, amount)), unit) for key, (amount, unit) in PRICES.items()}


def _currency() -> str:
    return next((str(one["currency"]) for one in session.workspaces() if one["id"] == session.workspace()), "EUR")


def _cost(piece: Any) -> None:
    prices, currency = house_prices(), _currency()
    own = dict(state().get("prices", {}))
    used = list(dict.fromkeys(part.material.key for part in piece.parts))
    for column, key in zip(st.columns(max(len(used), 2)), used, strict=False):
        amount, unit = prices[key]
        with column:
            given = st.number_input(
                _("{material}, {currency} per {unit}", material=value_name(key), currency=currency, unit=UNITS[unit]),
                min_value=0.0,
                value=amount,
                key=widget(f"price_{key}"),
            )
        if given != amount:
            keep(prices={**own, key: given})
            st.rerun()
    lines = piece.cost(price_table(house_prices()))
    by_material: dict[str, float] = {}
    for line in lines:
        by_material[line.material] = by_material.get(line.material, 0.0) + line.amount
    said = " + ".join(f"{value_name(key)} {money(amount, currency)}" for key, amount in by_material.items())
    total = money(sum(by_material.values()), currency)
    html.draw(element("p", element("strong", total), " ", element("span", said, class_="toile-hex")))


UNITS = {"g": "g", "kg": "kg", "ct": "ct", "dm3": "dm³"}


@st.cache_data(max_entries=120, show_spinner=False)
def _still(said: str, side: int) -> bytes:
    """A piece's still picture; public: the same for everybody who asks for the same piece."""
    from lib.atelier.solids import png

    return png(build(SolidDesign.model_validate_json(said)), side, side)


def _materials(design: SolidDesign) -> None:
    """The same piece in other materials, with weight and cost each."""
    others = variants(design)
    if len(others) < 2:
        return
    section(_("In other materials"), ngettext("{n} variant", "{n} variants", len(others) - 1))
    prices, currency = price_table(house_prices()), _currency()
    shown = others[1:]
    if len(shown) > SHOWN_VARIANTS:
        key = widget(f"all_variants_{session.language()}")
        st.session_state.setdefault(key, False)
        few = _("{few} of {n} shown: show all", few=SHOWN_VARIANTS, n=len(shown))
        shown = shown if st.toggle(few, key=key) else shown[:SHOWN_VARIANTS]
    for start in range(0, len(shown), 3):
        for column, one in zip(st.columns(3, gap="medium"), shown[start : start + 3], strict=False):
            with column:
                st.image(_still(one.model_dump_json(), 560), width="stretch")
                piece = build(one)
                cost = money(sum(line.amount for line in piece.cost(prices)), currency)
                html.draw(
                    element(
                        "div",
                        element("strong", title_of(one).partition(", ")[2]),
                        element("p", f"{_weight(piece.weight_g)} · {cost}"),
                        class_="toile-under",
                    )
                )


def _take(design: SolidDesign, piece: Any) -> None:
    """Keep the piece as a run, then its files."""
    from lib.atelier.solids import glb, stl

    section(_("Take away"))
    run = read_back(session.actor(), USE_CASE, METHOD)
    if run is None or run["inputs"].get("id") != design.id:
        if st.button(_("Keep this piece"), type="primary", key="keep_solid", icon=":material/save:"):
            _record(session.actor(), design, piece)
            st.rerun()
        st.caption(_("Keeping records the piece with its measures; its files can then be taken away."))
        return
    stem = re.sub(r"[^a-z0-9]+", "_", f"{design.kind}_{'_'.join(design.options.values())}".lower())
    exports = [
        Export("GLB", f"{stem}.glb", lambda: glb(piece), GLB, run["id"]),
        Export("STL", f"{stem}.stl", lambda: stl(piece), STL, run["id"]),
        Export("PNG", f"{stem}.png", lambda: _still(design.model_dump_json(), 1600), PNG, run["id"]),
    ]
    picture_downloads(exports, Provenance.of_run(run, SourceType.ALGORITHMIC), key=f"solid_take_{design.id}")


def _record(actor: Actor, design: SolidDesign, piece: Any) -> None:
    inputs = {"id": design.id, **design.model_dump(mode="json")}
    with recorded(
        actor,
        use_case=USE_CASE,
        kind="rendering",
        method=METHOD,
        method_version=VERSION,
        inputs=inputs,
        language=session.language(),
        engine="atelier",
    ) as run:
        run.output = {
            "volume_mm3": piece.volume_mm3,
            "weight_g": piece.weight_g,
            "weights_g": piece.weights_g,
            "extent_mm": list(piece.extent_mm),
        }
        run.keep_picture("piece.png", _still(design.model_dump_json(), 900), PNG, SourceType.ALGORITHMIC)
