"""What goes with the outfit, each with its reason; and looks side by side."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import numpy as np
import streamlit as st

from lib.atelier.figures import Person
from lib.commerce.virtual_try_on import try_run
from lib.commerce.virtual_try_on.companions import Companion, companions, type_of
from lib.commerce.virtual_try_on.dressing import side_by_side
from lib.commerce.virtual_try_on.outfits import Ways, Wearable
from lib.commerce.virtual_try_on.pieces import Piece
from lib.i18n import _, number
from lib.shell.piece_names import piece_name, piece_type
from lib.shell.text import plain
from lib.shell.virtual_try_on.house import is_demo
from lib.shell.virtual_try_on.state import SMALL, shown, worn_by
from lib.shell.virtual_try_on.worn import Look


def draw(person: Person | None, pieces: tuple[Wearable, ...], ways: Ways, catalogue: tuple[Piece, ...]) -> None:
    """Up to four pieces of the catalogue, worn with the outfit where there is a figure."""
    demo = is_demo(catalogue)
    found = companions(pieces, catalogue, orders=demo)
    if not found:
        st.caption(_("The outfit leaves no place free, or holds no piece of the catalogue."))
        return
    for column, one in zip(st.columns(4), found, strict=False):
        with column:
            if person is not None and len(pieces) < 4:
                st.image(shown(worn_by(person, (*pieces, one.piece), ways, SMALL)), width="stretch")
            st.markdown(f"**{plain(piece_name(one.piece.name))}**")
            st.caption(plain(_reason(one)))
    st.caption(
        _("Opinion and evidence: harmony of two colours by Ou and Luo (2006), purchases from the house’s orders.")
        if demo
        else _("Opinion: harmony of two colours by Ou and Luo (2006). The orders of your house aren’t known here.")
    )


def _reason(one: Companion) -> str:
    colour = one.piece.colour.label()
    judged = _("goes well with") if one.harmony > 0.35 else _("goes with") if one.harmony > 0 else _("contrasts with")
    said = _("{colour} {judged} what is worn (harmony {value}).", colour=colour.capitalize(), judged=judged,
             value=number(one.harmony, 2))  # fmt: skip
    if not one.together:
        return said
    bought = _(
        "{n} customers bought this type and {other}: {times} times what chance gives.", n=one.together,
        other=piece_type(one.pair) or type_of(one.pair), times=number(one.lift, 1),
    )  # fmt: skip
    return f"{said} {bought}"


def beside() -> None:
    """The looks that were put side by side, up to four, with a file of them all."""
    looks: list[Look] = st.session_state.get("tryon_looks", [])
    if not looks:
        st.caption(_("Nothing is here yet. Put a look side by side from above; up to four stand here."))
        return
    with st.container(key="tryon_looks"):  # two in a row on a phone: style.css
        for column, look in zip(st.columns(4), looks, strict=False):
            with column:
                st.image(look.content, width="stretch")
                st.markdown(f"**{plain(look.outfit())}**")
                st.caption(plain(look.way()))
    st.caption(_("All at one scale, on one floor line: bodies and lengths can be compared."))
    with st.container(horizontal=True):
        st.download_button(
            _("All of them (PNG)"), lambda: _together(looks), "side_by_side.png", "image/png", key="tryon_all_png",
            on_click="ignore", icon=":material/image:",
        )  # fmt: skip
        st.download_button(
            _("All of them (PDF)"), lambda: _sheet(looks), f"looks_{dt.date.today():%Y%m%d}.pdf", "application/pdf",
            key="tryon_all_pdf", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        if st.button(_("Take all away"), key="tryon_clear", icon=":material/close:"):
            st.session_state.pop("tryon_looks", None)
            st.rerun()


def _pixels(content: bytes) -> np.ndarray:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as opened:
        return np.asarray(opened.convert("RGB"))


def _together(looks: Sequence[Look]) -> bytes:
    picture = side_by_side([_pixels(look.content) for look in looks])
    return try_run.marked(try_run.png_of(picture), "image/png", photo=False)


def _sheet(looks: Sequence[Look]) -> bytes:
    said = [(_pixels(look.content), f"{look.outfit()} · {look.way()}") for look in looks]
    return try_run.sheet(said, [], photo=False)
