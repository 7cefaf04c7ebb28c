"""Files that a reader brings: read off the script's thread, with progress, and let go at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from lib.i18n import _
from lib.settings import settings
from lib.shell import work
from lib.shell.checks_desk.holding import held, hold, slot, visit
from lib.shell.new_upload import in_readers_language

Files = Sequence[tuple[str, bytes]]
Progress = Callable[[float, str], None]
#: From the files, a reporter of progress and whether to stop, to what was found in each file.
Reader = Callable[[Files, Progress, Callable[[], bool]], tuple[Any, ...]]


def files(name: str, label: str, kinds: Sequence[str] | None, read: Reader) -> bool:
    """The uploader of ``name``; what was found in its files is added to what the session holds under ``name``.

    Returns:
        Whether files are being read at this moment.
    """
    key = f"checks_{name}_{visit()}"
    if work.running(key):
        work.watch(key)
        return True
    ended = work.watch(key)
    if ended is not None:
        hold(name, (*held(name, ()), *ended))
    in_readers_language()
    turn = int(held(f"{name}_turn", 0))
    limit = max(1, settings().max_upload_bytes // 2**20)
    given = st.file_uploader(
        f"{label} · " + _("up to {size} MB each", size=limit),
        kinds,
        accept_multiple_files=True,
        key=slot(f"{name}_files_{turn}"),
        max_upload_size=limit,
    )
    if given:
        begin(name, [(file.name, file.getvalue()) for file in given], read)
    return False


def begin(name: str, given: Files, read: Reader) -> None:
    """Read these files from now on; the uploader lets go of them."""

    def done(task: work.Work, given: Files) -> tuple[Any, ...]:
        def tell(share: float, said: str) -> None:
            task.progress(share, _("Reading {name}", name=said))

        return read(given, tell, task.stop.is_set)

    hold(f"{name}_turn", int(held(f"{name}_turn", 0)) + 1)
    work.start(f"checks_{name}_{visit()}", done, given)
    st.rerun()


def forget(*names: str) -> None:
    """Let go of what was found; for callbacks."""
    for name in names:
        hold(name, ())
