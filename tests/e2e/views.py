"""In which language, at which width and in which theme a page is looked at."""

from __future__ import annotations

import pytest

from tests.e2e.app import HEIGHTS

# Each two of language, width and theme meet in the ordinary run; all three in the long one.
EVERY_PAIR = [("en", 1440, "light"), ("fr", 1440, "dark"), ("en", 390, "dark"), ("fr", 390, "light")]
ALL = [(language, width, theme) for language in ("en", "fr") for width in HEIGHTS for theme in ("light", "dark")]
VIEWS = [pytest.param(*view, marks=() if view in EVERY_PAIR else pytest.mark.long) for view in ALL]
