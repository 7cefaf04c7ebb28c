"""A use case's pictures: the demo house's or one's own; and taking pictures away with their provenance in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

import streamlit as st

from lib.access import Right
from lib.database import connect
from lib.database.page_states import remembered
from lib.errors import SettingsError
from lib.files.pictures import Picture, read_picture
from lib.files.provenance import Provenance, with_provenance
from lib.files.signing import check_signing
from lib.i18n import _, translate
from lib.shell import errors, session
from lib.shell.exports import Export, downloads
from lib.shell.new_pictures import LONGEST_SIDE, Shelf, UploadedPicture, choose_files, fresh, prepared, shown_text
from lib.shell.text import plain
from lib.shell.upload_slot import OWN, SAMPLE, Slot

__all__ = ["PictureSample", "PictureUploads", "UploadedPicture", "picture_downloads", "upload_pictures"]
SHOWN_WIDTH = 120  # CSS pixels of a thumbnail


@dataclass(frozen=True)
class PictureSample:
    """One of the demo house's pictures. ``title`` is an English message id."""

    path: Path
    title: str


@dataclass(frozen=True)
class PictureUploads:
    """The pictures that the page works on, in the order in which they were given.

    ``origin`` is 'sample' or 'own'; ``source`` changes whenever the pictures do.
    """

    pictures: tuple[UploadedPicture, ...] = ()
    origin: str = OWN

    @property
    def ready(self) -> bool:
        """Whether there is one to work on."""
        return bool(self.pictures)

    @property
    def source(self) -> str:
        """The pictures' fingerprint."""
        return hashlib.sha256(" ".join(one.digest for one in self.pictures).encode()).hexdigest()[:24]

    @property
    def first(self) -> Picture | None:
        """The first one's pixels, None where there is none."""
        return self.pictures[0].picture if self.pictures else None


def upload_pictures(
    key: str,
    slug: str,
    label: str,
    *,
    most: int = 1,
    keep: bool = True,
    samples: Sequence[PictureSample] = (),
    camera: bool = False,
    begin_with: str = SAMPLE,
) -> PictureUploads:
    """Let a person choose the demo house's pictures or bring their own, and return their pixels.

    Args:
        key: unique on the page; with ``slug`` the name under which the choice is remembered.
        slug: of the use case.
        label: above the choice, in the reader's language.
        most: how many at once; where it is 1 a new picture takes the old one's place.
        keep: store them as artefacts, so that a refresh finds them; False holds them in this session's memory alone
            and never writes them (photos of people). Either way only the pixels are held, not what their file said of
            place, camera or owner; of pictures that aren't kept its focal length, too.
        samples: the demo house's; with none the person brings their own.
        camera: offer the camera as well.
        begin_with: what is chosen at first where there are samples: 'sample' or 'own'.
    """
    asked = Slot(key, slug, key, label, (), session.actor())
    with connect() as database:
        state = remembered(database, asked.actor, asked.page)
    if samples and _origin(asked, state.get("origin", begin_with)) == SAMPLE:
        return PictureUploads(_chosen_samples(asked, samples, most), SAMPLE)
    if not samples:
        st.markdown(f"**{plain(label)}**")
    if not asked.actor.may(Right.RUN):
        st.caption(_("Your role in this workspace reads and reviews; it doesn’t upload."))
        return PictureUploads()
    return _own(asked, Shelf(asked, most, keep), state.get("pictures", []), most, keep, camera)


def _origin(asked: Slot, before: str) -> str:
    labels = {SAMPLE: _("The demo house’s pictures"), OWN: _("Pictures of your own")}
    origin = str(
        st.radio(
            asked.title,
            list(labels),
            index=list(labels).index(before) if before in labels else 0,
            format_func=labels.__getitem__,
            horizontal=True,
            key=_spoken(asked, "origin"),
        )
    )
    if origin != before:
        asked.remember(origin=origin)
    return origin


def _spoken(asked: Slot, part: str) -> str:
    """The key of a choice whose options are said in the reader's language; the choice comes back from what is kept.

    A browser keeps a widget's options by its key: with the language in it they are said anew when it is switched.
    """
    return asked.named(f"{part}_{session.language()}")


@lru_cache(maxsize=64)
def _read_sample(path: Path, modified: int) -> UploadedPicture:
    """One of the demo house's; it is everybody's, so it is read once per process."""
    return prepared(path.name, read_picture(path.read_bytes(), longest_side=LONGEST_SIDE))


def _chosen_samples(asked: Slot, samples: Sequence[PictureSample], most: int) -> tuple[UploadedPicture, ...]:
    names = [translate(one.title) for one in samples]
    at = list(range(len(samples)))
    widget, kept = _spoken(asked, "sample"), asked.named("sample_at")
    before = [one for one in st.session_state.get(kept, at[:most]) if one in at]
    if len(samples) > 1 and widget not in st.session_state:
        st.session_state[widget] = before if most > 1 else (before or at)[0]
    if len(samples) > 1 and most == 1:
        picked = st.radio(_("Which one"), at, format_func=names.__getitem__, horizontal=True, key=widget)
        at = [int(picked or 0)]
    elif len(samples) > 1:
        at = st.multiselect(_("Which ones"), at, format_func=names.__getitem__, max_selections=most, key=widget)
    st.session_state[kept] = at
    chosen = [(names[one], samples[one].path) for one in at]
    found = tuple(replace(_read_sample(path, path.stat().st_mtime_ns), name=name) for name, path in chosen)
    _thumbnails(asked, found, None)
    return found


def _own(
    asked: Slot, shelf: Shelf, remembered_ids: Sequence[str], most: int, keep: bool, camera: bool
) -> PictureUploads:
    found = shelf.pictures(remembered_ids)
    files = choose_files(asked, most, camera)
    problems = st.session_state.setdefault(asked.named("problems"), [])
    if files:
        st.session_state[asked.named("problems")] = shelf.add(files, found)
        fresh(asked)
        st.rerun()
    for said in problems:
        st.error(shown_text(said), icon=":material/error:")
    if not keep:
        st.caption(_("Held in this session’s memory alone, never written: closing or reloading the page forgets it."))
    _thumbnails(asked, found, partial(_remove, asked, shelf, found))
    return PictureUploads(found)


def _remove(asked: Slot, shelf: Shelf, found: tuple[UploadedPicture, ...], digest: str) -> None:
    st.session_state.pop(asked.named("problems"), None)
    shelf.put([one for one in found if one.digest != digest])


def _thumbnails(asked: Slot, found: Sequence[UploadedPicture], remove: Callable[[str], None] | None) -> None:
    """The pictures side by side with their names, what there is to know of each, and a way to take it out again."""
    if not found:
        return
    with st.container(horizontal=True, gap="medium"):
        for one in found:
            with st.container(width=SHOWN_WIDTH, gap="small"):
                st.image(one.thumbnail, width=SHOWN_WIDTH, caption=plain(one.name))
                if remove is not None:
                    st.button(
                        _("Remove"),
                        key=asked.named(f"remove_{one.digest}"),
                        type="tertiary",
                        icon=":material/close:",
                        on_click=remove,
                        args=(one.digest,),
                    )
    for one in found:
        for note in one.picture.notes:
            said = note.text()
            st.caption(plain(_("{name}: {problem}", name=one.name, problem=said) if len(found) > 1 else said))


def picture_downloads(exports: Sequence[Export], provenance: Provenance, key: str = "pictures") -> None:
    """Download buttons for pictures and sheets that say where they come from: in their metadata, signed where a
    certificate is configured. Files of other kinds (GLB, STL) pass as they are.
    """
    try:
        check_signing()
    except SettingsError as error:  # said here, since a download that fails says nothing
        errors.show(error)
        return
    downloads([replace(one, make=partial(_made, one, provenance)) for one in exports], key)


def _made(export: Export, provenance: Provenance) -> bytes:
    return with_provenance(export.make(), export.media_type, provenance)
