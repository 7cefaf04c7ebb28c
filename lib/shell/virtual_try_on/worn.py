"""The picture: a figure or a person of a photo in the outfit, what was said of it, and what is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lib.access import Right
from lib.atelier.figures import Person
from lib.commerce.virtual_try_on import try_run
from lib.commerce.virtual_try_on.models import nearest
from lib.commerce.virtual_try_on.on_photos import PLACES, Tried, try_on
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, how_worn
from lib.commerce.virtual_try_on.photo_bodies import PhotoBody
from lib.commerce.virtual_try_on.pieces import Piece
from lib.engines.images.atelier import ATELIER
from lib.files.provenance import Provenance, SourceType
from lib.i18n import _, amount, list_of, percent, translate
from lib.shell import session
from lib.shell.exports import Export
from lib.shell.picture_engine import picture_mark
from lib.shell.pictures import picture_downloads
from lib.shell.piece_names import piece_name
from lib.shell.virtual_try_on import modelled
from lib.shell.virtual_try_on.state import keep, shown, state, worn_by

Pixels = NDArray[np.uint8]


def draw(who: Person | PhotoBody, pieces: tuple[Wearable, ...], ways: Ways) -> Pixels | None:
    """Show the outfit worn; None where it isn't shown.

    Raises:
        InputError: nothing to wear, or two pieces for one place.
    """
    st.caption(
        _("A geometric preview: garments are drawn and laid on a body by rules. It isn’t a photo, and not a fitting.")
    )
    if isinstance(who, PhotoBody):
        return _on_photo(who, pieces, ways)
    with st.spinner(_("Dressing the figure")):
        picture = worn_by(who, pieces, ways)
    _left, middle, _right = st.columns([1, 6, 1])
    with middle:
        st.image(shown(picture), width="stretch")
        picture_mark(ATELIER)
    _take(who, pieces, ways, picture)
    modelled.draw(who, pieces, ways)
    return picture


def _take(who: Person, pieces: tuple[Wearable, ...], ways: Ways, picture: Pixels) -> None:
    """Keep the look as a run, put it beside others, take it away."""
    may = session.actor().may(Right.RUN)
    with st.container(horizontal=True):
        pressed = st.button(
            _("Keep this look"), type="primary", key="run", disabled=not may, icon=":material/bookmark_add:",
            help=_("The picture, the figure and the garments are kept as a run."),
        )  # fmt: skip
        if st.button(_("Put it side by side"), key="tryon_beside", icon=":material/view_column:"):
            put_beside(Look(shown(picture), who, pieces, ways))
    if pressed:
        run = try_run.record_figure(session.actor(), who, pieces, ways, picture, session.language())
        keep(last=run)
        st.toast(_("Kept. It is in the list of runs."))
    last = str(state().get("last") or "")
    exports = [
        Export(_("Picture (PNG)"), "try_on.png", lambda: try_run.png_of(picture), "image/png", icon=":material/image:"),
        Export(_("Sheet (PDF)"), "try_on.pdf", lambda: _sheet(picture, pieces), "application/pdf"),
    ]
    picture_downloads(exports, provenance(last), key="tryon_take")


def provenance(run: str = "") -> Provenance:
    """Of what is drawn on a figure: rules alone."""
    import datetime as dt

    kind = SourceType.of(model=False)
    return Provenance(ATELIER, "", run, dt.datetime.now(dt.UTC), kind)


def _sheet(picture: Pixels, pieces: Sequence[Wearable], photo: bool = False) -> bytes:
    return try_run.sheet([(picture, "")], rows_of(pieces), photo)


def rows_of(pieces: Sequence[Wearable]) -> list[dict[str, str]]:
    """What is worn, as a table."""
    return [
        {
            _("Reference"): one.sku,
            _("Piece"): piece_name(one.name),
            _("Price"): amount(one.price, one.currency) if isinstance(one, Piece) and one.price else "–",
        }
        for one in pieces
    ]


@dataclass(frozen=True)
class Look:
    """A picture that stands beside others, and what it shows; its caption is in the language of who reads it."""

    content: bytes
    who: Person
    pieces: tuple[Wearable, ...]
    ways: Ways

    def outfit(self) -> str:
        return list_of([piece_name(one.name) for one in self.pieces])

    def way(self) -> str:
        """How it is worn, and by which body."""
        body = _("size {size}, {stature} cm", size=self.who.size, stature=round(self.who.stature))
        return " · ".join([*(translate(one) for one in how_worn(self.pieces, self.ways)), body])


def put_beside(look: Look) -> None:
    """Up to four looks of this session beside each other; a fifth takes the first one's place."""
    kept: list[Look] = st.session_state.setdefault("tryon_looks", [])
    kept.append(look)
    del kept[:-4]


def _on_photo(person: PhotoBody, pieces: tuple[Wearable, ...], ways: Ways) -> Pixels | None:
    worn = tuple(piece for piece in pieces if piece.kind != "bag")
    if len(worn) < len(pieces):
        st.caption(_("Bags are shown with figures only."))
    wanted = (id(person), worn, ways)
    kept: Any = st.session_state.get("tryon_on_photo")
    if kept is None or kept[0] != wanted:
        with st.spinner(_("Putting the garments on")):
            kept = (wanted, try_on(person, worn, ways))
        st.session_state["tryon_on_photo"] = kept
    tried: Tried = kept[1]
    if tried.sticker:
        _says_own(tried, person)
        return None
    _left, middle, _right = st.columns([1, 6, 1])
    with middle:
        st.image(shown(tried.picture), width="stretch")
        picture_mark(ATELIER)
    _take_photo(tried.picture, worn, ways)
    modelled.draw(person, worn, ways, tried)
    return tried.picture


def _says_own(tried: Tried, person: PhotoBody) -> None:
    """Own clothes would show: said, and a figure offered; no sticker."""
    places = [
        _("{place} ({share})", place=translate(PLACES[name]), share=percent(share))
        for name, share in sorted(tried.own.items(), key=lambda one: -one[1])
    ]
    st.warning(
        _("Your own clothes would show {places}: the picture would be a sticker, so it isn’t shown.",
          places=list_of(places))
        + " " + _("Wear something close-fitting in the photo, choose wider garments, or take a figure of your size."),
        icon=":material/layers:",
    )  # fmt: skip
    if st.button(_("Show it on a figure of this size"), type="primary", key="tryon_figure"):
        st.session_state["tryon_to_figure"] = True
        st.session_state["tryon_model"] = nearest(person.size)
        st.rerun()


def _take_photo(picture: Pixels, pieces: tuple[Wearable, ...], ways: Ways) -> None:
    """The picture goes to the person alone: no artefact, no copy."""
    png = try_run.marked(try_run.png_of(picture), "image/png", photo=True)
    with st.container(horizontal=True):
        st.download_button(
            _("Picture (PNG)"), png, "try_on.png", "image/png", key="tryon_photo_png", on_click="ignore",
            icon=":material/image:",
        )  # fmt: skip
        st.download_button(
            _("Sheet (PDF)"), lambda: _sheet(picture, pieces, photo=True), "try_on.pdf", "application/pdf",
            key="tryon_photo_pdf", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        if st.button(
            _("Keep the garments"), key="run", disabled=not session.actor().may(Right.RUN),
            help=_("The garments and the fact of consent are kept as a run. The picture isn’t."),
        ):  # fmt: skip
            keep(last=try_run.record_photo(session.actor(), pieces, ways, session.language()))
            st.toast(_("Kept: the garments and the fact of consent."))
