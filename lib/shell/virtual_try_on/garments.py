"""What is tried on: pieces of the catalogue, and a garment of one's own photographed flat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from lib.atelier.garments.sheet import KIND_TITLES
from lib.commerce.virtual_try_on.cutting import LONGEST, Cut, cut
from lib.commerce.virtual_try_on.flat_lays import READ, Laid
from lib.commerce.virtual_try_on.outfits import Ways, Wearable, slot_of
from lib.commerce.virtual_try_on.pieces import Piece
from lib.commerce.virtual_try_on.try_run import SLUG
from lib.i18n import N_, _, amount, translate
from lib.shell import errors
from lib.shell.pictures import upload_pictures
from lib.shell.piece_names import piece_name
from lib.shell.virtual_try_on.house import is_demo
from lib.shell.virtual_try_on.state import keep, restored, shown, widget

SLOTS: Mapping[str, str] = {
    "whole": N_("Dress"),
    "top": N_("Top"),
    "bottom": N_("Trousers or skirt"),
    "outer": N_("Coat or jacket"),
    "bag": N_("Bag"),
}
#: What is worn before anybody chose, by type.
FIRST = {"top": "silk blouse", "bottom": "wide-leg trousers", "outer": "wrap coat"}
NO_PIECE = ""
#: What stands where no piece of a place is worn.
WITHOUT: Mapping[str, str] = {
    "whole": N_("No dress"),
    "top": N_("No top"),
    "bottom": N_("No trousers or skirt"),
    "outer": N_("No coat or jacket"),
    "bag": N_("No bag"),
}


def defaults(catalogue: Sequence[Piece]) -> dict[str, str]:
    """The first outfit's pieces by place: the demo house's own choice, else one dress, else what there is."""
    found = {}
    for slot, ending in FIRST.items():
        found[slot] = next((one.sku for one in catalogue if one.name.endswith(ending)), NO_PIECE)
    if any(found.values()):
        return found
    firsts = {slot_of(one): one.sku for one in reversed(catalogue)}
    return {"whole": firsts["whole"]} if "whole" in firsts else firsts


def choose(catalogue: tuple[Piece, ...]) -> tuple[tuple[Wearable, ...], Ways]:
    """The outfit of pieces of a catalogue, and how it is worn."""
    pieces: list[Wearable] = []
    first, mark = defaults(catalogue), _mark(catalogue)
    for slot, title in SLOTS.items():
        offered = {one.sku: one for one in catalogue if slot_of(one) == slot}
        options = [NO_PIECE, *offered]
        names = {NO_PIECE: translate(WITHOUT[slot]), **{sku: _said(one) for sku, one in offered.items()}}
        key = restored(f"piece_{slot}{mark}", options, first.get(slot, NO_PIECE))
        sku = st.selectbox(translate(title), options, format_func=names.__getitem__, key=key)
        keep(**{f"piece_{slot}{mark}": sku})
        if sku:
            pieces.append(offered[sku])
    own = _own()
    if own is not None:
        pieces = [one for one in pieces if not _rivals(one, own)]
        pieces.append(own)
    return tuple(pieces), _ways()


def _mark(catalogue: tuple[Piece, ...]) -> str:
    """Tells one catalogue's choices from another's: a new file begins with an outfit of its own."""
    import hashlib

    if is_demo(catalogue):
        return ""
    return "_" + hashlib.sha256("\n".join(one.sku for one in catalogue).encode()).hexdigest()[:8]


def _rivals(one: Wearable, own: Laid) -> bool:
    """A garment of one's own takes the place of the catalogue's."""
    pair = {slot_of(one), slot_of(own)}
    return len(pair) == 1 or pair == {"whole", "bottom"} or pair == {"whole", "top"}


def _said(piece: Piece) -> str:
    price = f" · {amount(piece.price, piece.currency)}" if piece.price else ""
    return f"{piece_name(piece.name)}, {piece.colour.label()}{price}"


def _ways() -> Ways:
    left, right = st.columns(2)
    with left:
        tucked = st.toggle(_("Tucked in"), key=_switch("tucked", True))
    with right:
        is_open = st.toggle(_("Worn open"), key=_switch("open", False))
    keep(tucked=tucked, open=is_open)
    return Ways(tucked, is_open)


def _switch(name: str, default: bool) -> str:
    return restored(name, (True, False), default)


def _own() -> Laid | None:
    """A garment of the person's own, cut out; None without one."""
    with st.expander(_("A garment of your own, photographed flat"), icon=":material/add_a_photo:"):
        st.markdown(_("Lay it on a plain ground of another colour, sleeves spread, and photograph it from above."))
        found = upload_pictures("tryon_flat", SLUG, _("A photo of the garment"), keep=False)
        if found.first is None:
            st.session_state.pop("tryon_cut", None)
            return None
        with errors.shown():
            return _read(found.source, _workable(found.first.pixels))
    return None


def _workable(pixels: Any) -> Any:
    import cv2

    shrink = LONGEST / max(pixels.shape[:2])
    return pixels if shrink >= 1 else cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)


def _read(source: str, pixels: Any) -> Laid | None:
    """The cut-out with its corrections, and as what it is worn."""
    titles = {kind: translate(KIND_TITLES[kind]) for kind in READ}
    kind = st.selectbox(_("What it is"), list(titles), format_func=titles.__getitem__, key=widget("own_kind"))
    corrected = _corrections(source, pixels)
    kept = st.session_state.get("tryon_cut")
    wanted = (source, corrected["key"])
    if kept is None or kept[0] != wanted:
        with st.spinner(_("Cutting it out")):
            made = cut(pixels, corrected["rectangle"], corrected["keep"], corrected["drop"])
        kept = (wanted, made)
        st.session_state["tryon_cut"] = kept
    made_cut: Cut = kept[1]
    _tell(made_cut)
    st.image(shown(_on_white(made_cut.picture)), width=220, caption=_("The cut-out"))
    laid = Laid(made_cut.picture, str(kind), titles[kind], f"{source[:10]}{corrected['key']}")
    laid.contour  # noqa: B018  # an outline that can't be read is said here, not in the picture
    return laid


def _tell(made: Cut) -> None:
    if made.patterned:
        st.warning(
            _(
                "The ground has a pattern, so the cut may hold some of it. Check the edge, and correct it with the "
                "rectangle or the brush."
            ),
            icon=":material/grid_on:",
        )
    elif made.doubtful:
        st.warning(
            _("Along much of the edge the garment and the ground look alike. Check the cut, and correct it by hand."),
            icon=":material/contrast:",
        )


def _corrections(source: str, pixels: Any) -> dict[str, Any]:
    """A rectangle and strokes that a person drew; their key tells one correction from another."""
    height, width = pixels.shape[:2]
    none = {"rectangle": None, "keep": None, "drop": None, "key": ""}
    if not st.toggle(_("Correct the cut-out by hand"), key=widget(f"correct_{source[:8]}")):
        return none
    across = st.slider(_("From left to right (%)"), 0, 100, (0, 100), key=widget(f"across_{source[:8]}"))
    down = st.slider(_("From top to bottom (%)"), 0, 100, (0, 100), key=widget(f"down_{source[:8]}"))
    whole = across == (0, 100) and down == (0, 100)
    rectangle = None if whole else (
        int(across[0] * width / 100), int(down[0] * height / 100), int(across[1] * width / 100),
        int(down[1] * height / 100),
    )  # fmt: skip
    names = {"keep": _("Brush: this is the garment"), "drop": _("Brush: this is not")}
    mode = st.segmented_control(
        _("Brush"), list(names), format_func=names.__getitem__, default="keep", key=widget("brush"), required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    strokes = _brushed(source, pixels, str(mode))
    key = f"{across}{down}{strokes['key']}"
    return {"rectangle": rectangle, "keep": strokes["keep"], "drop": strokes["drop"], "key": key}


def _brushed(source: str, pixels: Any, mode: str) -> dict[str, Any]:
    """Strokes over the photo: green what is the garment, red what isn't."""
    import hashlib

    from PIL import Image
    from streamlit_drawable_canvas import st_canvas

    height, width = pixels.shape[:2]
    wide = 300
    tall = round(wide * height / width)
    colour = "#1f8a4cff" if mode == "keep" else "#b3261eff"
    drawn = st_canvas(
        fill_color="#00000000", stroke_width=12, stroke_color=colour, background_image=Image.fromarray(pixels),
        height=tall, width=wide, drawing_mode="freedraw", key=f"tryon_brush_{source[:8]}", return_image_data=True,
    )  # fmt: skip
    image = getattr(drawn, "image_data", None)
    if image is None or not np.asarray(image)[..., 3].any():
        return {"keep": None, "drop": None, "key": ""}
    import cv2

    own = np.asarray(image, np.uint8)
    large = cv2.resize(own, (width, height), interpolation=cv2.INTER_NEAREST)
    seen, green = large[..., 3] > 60, large[..., 1] > large[..., 0]
    key = hashlib.sha256(own.tobytes()).hexdigest()[:10]
    return {"keep": seen & green, "drop": seen & ~green, "key": key}


def _on_white(picture: Any) -> Any:
    alpha = picture[..., 3:].astype(np.float32) / 255
    return np.asarray(picture[..., :3] * alpha + 246 * (1 - alpha), np.uint8)
