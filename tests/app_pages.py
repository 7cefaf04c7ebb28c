"""A page of the app as its tests open it, read it, and look for what it must not have written."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.database import connect
from lib.files.pictures import read_picture, written
from lib.settings import ROOT, settings
from lib.shell.new_pictures import prepared
from lib.shell.pictures import PictureUploads

HOME = str(ROOT / "Home.py")
SAID = ("html", "error", "warning", "info", "caption", "markdown")


def opened(page: str, language: str = "en", token: str = "", timeout: int = 240) -> AppTest:
    """The page as a visitor of the demo house sees it: a new one, or whom the token of a personal link names."""
    app = AppTest.from_file(HOME, default_timeout=timeout)
    app.query_params["lang"] = language
    if token:
        app.query_params["me"] = token
    return _shown(app, page)


def again(app: AppTest, page: str) -> AppTest:
    """The same person after a refresh."""
    other = AppTest.from_file(HOME, default_timeout=app.default_timeout)
    for name in ("person", "token", "language"):
        other.session_state[name] = app.session_state[name]
    return _shown(other, page)


def _shown(app: AppTest, page: str) -> AppTest:
    app.run()
    app.switch_page(page).run()
    assert not app.exception, app.exception
    return app


def opener(page: str, timeout: int = 240) -> Callable[..., AppTest]:
    """``opened`` for one page: (language='en', token='') to the page."""
    return lambda language="en", token="": opened(page, language, token, timeout)


def rows(query: str) -> list[dict[str, Any]]:
    """What a query of the database finds."""
    with connect() as database:
        return list(database.query(query))


def text_of(app: AppTest, kinds: tuple[str, ...] = SAID) -> str:
    """What the page says in these kinds of elements."""
    return " ".join(str(one.value) for kind in kinds for one in app.get(kind))


def uploads_from(held: dict[str, Any], monkeypatch: pytest.MonkeyPatch, module: Any) -> dict[str, Any]:
    """Put ``held['pixels']`` in place of a browser's upload to ``module``; ``held['film']`` is the focal length told.

    The browser's own upload is tested in tests/e2e.
    """

    def uploaded(*_args: object, **named: object) -> PictureUploads:
        assert named["keep"] is False, "photos of people are never kept"
        if held.get("pixels") is None:
            return PictureUploads()
        found = replace(read_picture(written(held["pixels"])), film=held.get("film"))
        return PictureUploads((prepared("photo.png", found),))

    monkeypatch.setattr(module, "upload_pictures", uploaded)
    return held


def slices(content: bytes, count: int = 40) -> list[bytes]:
    """Pieces of a file that would betray a copy, plain or in base64."""
    step = max(len(content) // count, 1)
    plain = [content[at : at + 48] for at in range(0, len(content) - 48, step)]
    plain = [piece for piece in plain if len(set(piece)) > 12]
    return plain + [base64.b64encode(piece[:45])[:56] for piece in plain]


def everything_written() -> dict[Path, bytes]:
    """All files beside the test's database, artefacts and logs included."""
    folder = settings().database.parent
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
