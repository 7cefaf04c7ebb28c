"""A piece in three dimensions, to turn and to come closer to: three.js from this server, no other host asked.

Where the browser has no WebGL, the atelier's still picture of the piece is shown instead, and the page says so.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from lib.i18n import _

LIBRARY = "three/three-0.187.0.min.js"  # below static/
STILL_WIDTH = 960

_HTML = """
<div class="viewer">
  <div class="stage" tabindex="0" role="img" data-state="waiting">
    <canvas></canvas><img alt="" hidden>
  </div>
  <p class="says" role="status" aria-live="polite"></p>
  <div class="tools" hidden>
    <button type="button" data-act="left"></button><button type="button" data-act="right"></button>
    <button type="button" data-act="up"></button><button type="button" data-act="down"></button>
    <button type="button" data-act="closer"></button><button type="button" data-act="away"></button>
    <button type="button" data-act="reset"></button>
  </div>
  <p class="keys"></p>
</div>
"""
_viewer = st.components.v2.component(
    "toile_viewer3d",
    html=_HTML,
    css=Path(__file__).with_name("viewer3d.css").read_text("utf-8"),
    js=Path(__file__).with_name("viewer3d.js").read_text("utf-8"),
)


def show_glb(content: bytes, label: str, key: str, height: int = 420) -> None:
    """Show a GLB file in a viewer, turned by mouse, touch, keyboard and buttons.

    Args:
        content: binary glTF 2.0, as ``lib.atelier.solids.glb`` writes it.
        label: what is shown, in the reader's language; the picture's name to a screen reader.
        key: unique on the page.
        height: of the stage, in pixels.

    Raises:
        InputError: the browser has no WebGL, and the content is no GLB file.
    """
    piece = hashlib.sha256(content).hexdigest()
    # A browser that once said that it has no WebGL has none for the next piece, either.
    wanted = bool((st.session_state.get(key) or {}).get("still"))
    data = _data(content, piece, label, height) | {"still": _still(piece, content, height) if wanted else ""}
    _viewer(key=key, data=data, on_still_change=lambda: None)


def _data(content: bytes, piece: str, label: str, height: int) -> dict[str, Any]:
    from lib.atelier.solids import MATERIALS

    return {
        "piece": piece,
        "glb": base64.b64encode(content).decode("ascii"),
        "label": label,
        "height": height,
        "library": LIBRARY,
        "metals": [key for key, made_of in MATERIALS.items() if made_of.surface == "metal"],
        "stones": [key for key, made_of in MATERIALS.items() if made_of.surface == "stone"],
        "words": _words(),
    }


def _words() -> Mapping[str, str]:
    return {
        "left": _("Turn left"),
        "right": _("Turn right"),
        "up": _("From above"),
        "down": _("From below"),
        "closer": _("Closer"),
        "away": _("Farther"),
        "reset": _("Reset the view"),
        "keys": _("Drag to turn. With the keyboard: arrow keys turn, + and − come closer or go away, 0 resets."),
        "loading": _("Loading the 3D view…"),
        "missing": _(
            "This browser can’t show 3D (WebGL is missing or switched off), so this is a still picture. "
            "The GLB file opens in any 3D viewer."
        ),
    }


@st.cache_data(max_entries=64, show_spinner=False)
def _still(piece: str, _content: bytes, height: int) -> str:
    """The still picture in base64; ``piece``, the content's hash, is what it is remembered by."""
    from lib.atelier.solids import png_of_glb

    return base64.b64encode(png_of_glb(_content, STILL_WIDTH, max(height * 2, 2))).decode("ascii")
