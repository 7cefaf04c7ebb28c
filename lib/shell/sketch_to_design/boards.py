"""The mood board as it is laid out: its pictures, the palette of all of them, what they remind of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import streamlit as st
from markupsafe import Markup

from lib.atelier.palettes import Colour
from lib.i18n import _, list_of, ngettext
from lib.merchandising.sketch_to_design.board import MOST, Board, read_board
from lib.merchandising.sketch_to_design.joining import BoardSays
from lib.merchandising.sketch_to_design.names import value_name
from lib.shell import html
from lib.shell.html import element
from lib.shell.pictures import UploadedPicture, upload_pictures
from lib.shell.sketch_to_design.state import USE_CASE, keep, state
from lib.shell.text import plain


def draw() -> BoardSays | None:
    """Let a person lay out up to 12 pictures; what they propose, None where there is none."""
    given = upload_pictures("board", USE_CASE, _("Up to {n} pictures", n=MOST), most=MOST)
    if bool(given.pictures) != bool(state().get("board")):
        keep(board=bool(given.pictures))
    if not given.pictures:
        st.caption(_("Its colours become palettes, its surfaces proposals of cloth and pattern."))
        return None
    board = _read(given.source, given.pictures)
    html.draw(swatches(board.together.colours))
    twice = len(given.pictures) - len(board.each)
    if twice:
        st.caption(
            plain(
                ngettext(
                    "{n} picture is there twice: it counts once.",
                    "{n} pictures are there twice: each counts once.",
                    twice,
                )
            )
        )
    said = board.says()
    reminds = [value_name(kind) for kind in (*said.cloths, *said.patterns)]
    if reminds:
        st.caption(plain(_("Its surfaces remind of: {kinds}.", kinds=list_of(reminds))))
    else:
        st.caption(_("Its surfaces remind of no cloth in particular: the colours alone are proposed."))
    return said


@lru_cache(maxsize=32)
def _of(source: str, pictures: tuple[UploadedPicture, ...]) -> Board:
    return read_board([np.asarray(one.picture.pixels) for one in pictures])


def _read(source: str, pictures: Sequence[UploadedPicture]) -> Board:
    return _of(source, tuple(pictures))


def swatches(colours: Sequence[Colour], named: bool = True) -> Markup:
    """Colours as squares with their names and hex values."""
    items = [
        element(
            "li",
            element("span", class_="toile-swatch", style=f"background:{colour.hex}"),
            element("span", colour.label(), class_="toile-swatch-name") if named else "",
            element("span", colour.hex, class_="toile-hex") if named else "",
        )
        for colour in colours
    ]
    return element("ul", *items, class_="toile-swatches" if named else "toile-swatches toile-small")
