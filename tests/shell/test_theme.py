"""The palette in .streamlit/config.toml keeps WCAG AA in both themes."""

from __future__ import annotations

import tomllib
from itertools import product

import pytest

from lib.settings import ROOT
from lib.shell.palette import Theme, palette

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEMES: tuple[Theme, ...] = ("light", "dark")
TEXTS = ("ink", "quiet", "accent", "evidence", "supported", "doubtful", "wrong")


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of '#RRGGBB'."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """WCAG 2.2's contrast ratio."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("theme", "text"), product(THEMES, TEXTS))
def test_texts_can_be_read_on_both_grounds(theme: Theme, text: str) -> None:
    colours = palette(theme)
    grounds = [colours.paper, colours.cloth, *CONFIG["theme"][theme]["sidebar"].values()][:4]
    for ground in grounds:
        assert contrast(getattr(colours, text), ground) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES)
def test_the_main_button_can_be_read(theme: Theme) -> None:
    assert contrast(palette(theme).paper, palette(theme).action) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_evidence_and_baseline_differ_from_the_accent(theme: Theme) -> None:
    colours = palette(theme)
    assert len({colours.accent, colours.evidence, colours.quiet, colours.ink}) == 4
    assert contrast(colours.evidence, colours.paper) >= 3 <= contrast(colours.quiet, colours.paper)


def test_typefaces_come_from_this_machine() -> None:
    for face in CONFIG["theme"]["fontFaces"]:
        assert face["url"].startswith("app/static/")
        assert (ROOT / face["url"].removeprefix("app/")).is_file()
        assert "http" not in face["url"]


def test_the_server_keeps_to_itself() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "minimal"
    assert CONFIG["server"]["enableXsrfProtection"] is CONFIG["server"]["enableCORS"] is True
    assert CONFIG["server"]["enableAgentApi"] is False
