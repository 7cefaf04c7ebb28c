"""The colours of both themes, read from ``.streamlit/config.toml``: the one place where they are written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lib.settings import ROOT

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """One theme's colours as '#RRGGBB', named by what they say."""

    paper: str
    cloth: str  # the second ground: sidebar, code, table heads
    ink: str
    quiet: str  # secondary text, baselines
    line: str
    accent: str  # what can be done, as text
    action: str  # the ground of the main button
    evidence: str  # what was measured
    supported: str
    doubtful: str
    wrong: str


@cache
def palette(theme: Theme = "light") -> Palette:
    """The colours of one theme."""
    colours = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]
    return Palette(
        paper=colours["backgroundColor"],
        cloth=colours["secondaryBackgroundColor"],
        ink=colours["textColor"],
        quiet=colours["grayTextColor"],
        line=colours["borderColor"],
        accent=colours["linkColor"],
        action=colours["primaryColor"],
        evidence=colours["blueTextColor"],
        supported=colours["greenTextColor"],
        doubtful=colours["orangeTextColor"],
        wrong=colours["redTextColor"],
    )


def current() -> Palette:
    """The colours of the theme that the reader sees now; the light ones where the browser hasn't said."""
    import streamlit as st

    return palette("dark" if st.context.theme.type == "dark" else "light")
