"""Pictures that have just been chosen or taken: read, and kept as artefacts or in this session's memory alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import streamlit as st

from lib.database import artefacts, connect
from lib.errors import NotFound, StorageError, ToileError
from lib.files.pictures import Picture, read_picture, written
from lib.i18n import N_, _, number
from lib.settings import settings
from lib.shell import html
from lib.shell.new_upload import in_readers_language
from lib.shell.text import plain
from lib.shell.upload_slot import Slot

LONGEST_SIDE = 4096  # pixels; what is read and kept at most
THUMBNAIL = 240  # pixels of its longest side; shown at half of it
TOO_MANY = N_("{name} was left out: at most {most} pictures are taken here. Remove one first.")


@dataclass(frozen=True, eq=False)
class UploadedPicture:
    """One picture on a page. ``artefact`` is its id where it is kept, None where this session alone holds it."""

    name: str
    picture: Picture
    digest: str  # of its pixels
    thumbnail: bytes
    artefact: str | None = None


def prepared(name: str, picture: Picture, artefact: str | None = None) -> UploadedPicture:
    """A picture with its thumbnail and its pixels' digest."""
    import numpy as np
    from PIL import Image

    small = Image.fromarray(picture.pixels)
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    shown = written(np.asarray(small), kind="webp", quality=80)
    held = picture.pixels.tobytes() + (picture.alpha.tobytes() if picture.alpha is not None else b"")
    return UploadedPicture(name, picture, hashlib.sha256(held).hexdigest()[:24], shown, artefact)


class Shelf:
    """A person's own pictures in one place of a page: in the database, or in this session's memory alone."""

    def __init__(self, asked: Slot, most: int, keep: bool) -> None:
        self._asked, self._most, self._keep = asked, most, keep

    def pictures(self, remembered: Sequence[str]) -> tuple[UploadedPicture, ...]:
        """All of them; ``remembered`` are the ids of those that are kept. One whose file is gone is left out."""
        if not self._keep:
            return tuple(st.session_state.get(self._asked.named("held"), ()))
        found = [self._kept(identifier) for identifier in remembered]
        return tuple(one for one in found if one is not None)

    def _kept(self, identifier: str) -> UploadedPicture | None:
        cached: dict[str, UploadedPicture] = st.session_state.setdefault(self._asked.named("read"), {})
        if identifier not in cached:
            try:
                with connect() as database:
                    row = artefacts.describe(database, self._asked.actor, identifier)
                    content = artefacts.load(database, self._asked.actor, identifier)
            except (NotFound, StorageError):
                return None
            cached[identifier] = prepared(row["name"], read_picture(content), identifier)
        return cached[identifier]

    def add(self, files: Sequence[tuple[str, bytes]], before: Sequence[UploadedPicture]) -> list[ToileError | str]:
        """Read and keep new files behind those that are there; where only one is wanted, in its place.

        Returns:
            What couldn't be taken: texts in the reader's language.
        """
        shelf = list(before) if self._most > 1 else []
        said: list[ToileError | str] = []
        for name, content in files:
            name = artefacts.safe_name(name)
            if len(shelf) >= self._most:
                said.append(_(TOO_MANY, name=name, most=self._most))
                continue
            try:
                new = prepared(name, read_picture(content, longest_side=LONGEST_SIDE))
                if all(one.digest != new.digest for one in shelf):
                    shelf.append(self._stored(new))
            except ToileError as error:
                said.append(_("{name}: {problem}", name=name, problem=error.text()) if len(files) > 1 else error)
        if shelf or not said:
            self.put(shelf)
        return said

    def _stored(self, new: UploadedPicture) -> UploadedPicture:
        """The picture as it is kept: its pixels alone, without what its file said beside them."""
        if not self._keep:
            return new
        found, kind = new.picture, "jpeg" if new.picture.kind == "jpeg" else "png"
        content = written(found.pixels, found.alpha, kind, quality=95)
        name = PurePath(new.name).with_suffix(f".{'jpg' if kind == 'jpeg' else kind}").name
        with connect() as database:
            identifier = artefacts.store(database, self._asked.actor, name, content, f"image/{kind}")
        kept = UploadedPicture(name, found, new.digest, new.thumbnail, identifier)
        st.session_state.setdefault(self._asked.named("read"), {})[identifier] = kept
        return kept

    def put(self, shelf: Sequence[UploadedPicture]) -> None:
        """Let these be the pictures from now on."""
        if self._keep:
            self._asked.remember(pictures=[one.artefact for one in shelf])
        else:
            st.session_state[self._asked.named("held")] = tuple(shelf)


def choose_files(asked: Slot, most: int, camera: bool) -> list[tuple[str, bytes]]:
    """The uploader, and the camera where it is asked for; what was chosen in this run."""
    turn = int(st.session_state.setdefault(asked.named("turn"), 0))
    limit = max(1, settings().max_upload_bytes // 2**20)
    in_readers_language()
    label = _("PNG, JPEG, WebP, GIF, TIFF or SVG, up to {size} MB", size=limit)
    if most > 1:
        label = _("Up to {most} pictures: {kinds}", most=number(most), kinds=label)
    given: Any = st.file_uploader(
        label, accept_multiple_files=most > 1, key=asked.named(f"file_{turn}"), max_upload_size=limit
    )
    files = list(given) if isinstance(given, list) else [given] if given is not None else []
    chosen = [(file.name, file.getvalue()) for file in files]
    taken = _camera(asked, turn) if camera else None
    return chosen if taken is None else [*chosen, (_("Camera picture") + ".jpg", taken.getvalue())]


def _camera(asked: Slot, turn: int) -> Any:
    """The camera, asked of the browser only once the person wants it; off again after a picture."""
    if not st.toggle(_("Use the camera"), key=asked.named(f"camera_on_{turn}")):
        return None
    word = _("Take the picture").replace("\\", "").replace('"', "")
    html.draw(
        html.stylesheet(
            '[data-testid="stCameraInputButton"] { font-size: 0; }'
            f'[data-testid="stCameraInputButton"]::after {{ content: "{word}"; font-size: 1rem; }}'
        )
    )
    return st.camera_input(_("Camera"), key=asked.named(f"camera_{turn}"), label_visibility="collapsed")


def fresh(asked: Slot) -> None:
    """An empty uploader: the files that lay in the old one are let go."""
    st.session_state[asked.named("turn")] = int(st.session_state.get(asked.named("turn"), 0)) + 1


def shown_text(said: ToileError | str) -> str:
    """A problem as the page shows it."""
    return plain(said if isinstance(said, str) else said.text())
