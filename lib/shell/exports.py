"""What a person takes away: download buttons whose files are made when clicked, and a button that copies a text."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager

from lib.access import Right
from lib.database import artefacts, connect
from lib.i18n import _, use_language
from lib.shell import session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
JSON = "application/json"
JSON_LD = "application/ld+json"
KEPT_SECONDS = 120.0  # in which a browser fetches the file that its click made
MOST_KEPT = 256 * 1024 * 1024  # bytes of such files
NO_SESSION = "dontcare"  # how Streamlit's file manager calls a thread without a session

_COPY_HTML = """
<div class="row"><button type="button"></button><span role="status" aria-live="polite"></span></div>
<textarea readonly hidden rows="6"></textarea>
"""
_COPY_CSS = """
.row { display: flex; align-items: center; gap: 0.75rem; flex-wrap: wrap; }
button {
  font: inherit; font-size: 0.875rem; color: var(--st-text-color); background: var(--st-background-color);
  cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); padding: 0.4rem 0.9rem;
  min-height: 2.5rem;
}
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
span { font-size: 0.875rem; }
textarea { width: 100%; margin-top: 0.5rem; font: inherit; box-sizing: border-box; }
"""
# The text goes into the clipboard as a string, never into the page as markup. Outside a secure context (http on another
# machine) browsers offer no clipboard; the old command serves, and where that fails too the text is shown, selected.
_COPY_JS = """
async function copied(text, area) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    area.hidden = false;
    area.focus();
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { done = false; }
    if (done) area.hidden = true;
    return done;
  }
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
  const area = parentElement.querySelector("textarea");
  button.textContent = data.label;
  area.value = data.text;
  area.setAttribute("aria-label", data.label);
  let timer;
  button.onclick = async () => {
    clearTimeout(timer);
    status.textContent = "";
    const done = await copied(data.text, area);
    if (done) button.focus();
    status.textContent = done ? data.done : data.failed;
    if (done) timer = setTimeout(() => { status.textContent = ""; }, 4000);
  };
  return () => clearTimeout(timer);
}
"""
_copy = st.components.v2.component("toile_copy", html=_COPY_HTML, css=_COPY_CSS, js=_COPY_JS)


@dataclass(frozen=True)
class Export:
    """One file to take away. ``make`` gives its bytes when it is asked for; ``run`` is the run that it belongs to."""

    label: str  # in the reader's language
    name: str  # of the file
    make: Callable[[], bytes]
    media_type: str
    run: str | None = None
    icon: str = ":material/download:"


def downloads(exports: Sequence[Export], key: str = "downloads") -> None:
    """A row of download buttons. A file is made when its button is clicked, and kept as an artefact of its run."""
    with st.container(horizontal=True):
        for at, export in enumerate(exports):
            st.download_button(
                export.label,
                deferred(export),
                file_name=export.name,
                mime=export.media_type,
                key=f"{key}_{at}_{export.name}",
                on_click="ignore",
                icon=export.icon,
            )


def csv_kinds(stem: str) -> list[tuple[str, str, str]]:
    """Label, name and separator: French Excel opens a CSV with commas in one column, an import wants commas."""
    if session.language() != "fr":
        return [("CSV", f"{stem}.csv", ",")]
    return [(_("CSV (Excel)"), f"{stem}.csv", ";"), (_("CSV (import, commas)"), f"{stem}_import.csv", ",")]


def deferred(export: Export) -> Callable[[], bytes]:
    """``export.make`` for a thread without a session: language and actor are those of the moment it was drawn."""
    language, actor = session.language(), session.actor()

    def make() -> bytes:
        with use_language(language):
            content = export.make()
        if export.run is not None and actor.may(Right.RUN):
            with connect() as database:
                artefacts.store(database, actor, export.name, content, export.media_type, export.run)
        _keep(content, export)
        return content

    return make


_kept: list[tuple[float, int]] = []  # when, and how many bytes
_guard = threading.Lock()


def _keep(content: bytes, export: Export) -> None:
    """Hold the file until a browser has had the time to fetch it.

    Streamlit drops a file made for a click as soon as two more script runs, of anybody's session, have ended: with many
    people at work that is sooner than the browser asks for it. Called without a session, its file manager books the
    file under no session's name; these are let go together, some time after the last.
    """
    if not runtime.exists():
        return
    manager = runtime.get_instance().media_file_mgr
    with _guard:
        if sum(size for _when, size in _kept) + len(content) > MOST_KEPT:
            _let_go(manager)
        place = f"export {uuid.uuid4().hex}"
        manager.add(content, export.media_type, place, file_name=export.name, is_for_static_download=True)
        _kept.append((time.monotonic(), len(content)))
    later = threading.Timer(KEPT_SECONDS, _let_go_if_old, [manager])
    later.daemon = True
    later.start()


def _let_go_if_old(manager: MediaFileManager) -> None:
    with _guard:
        if _kept and time.monotonic() - _kept[-1][0] >= KEPT_SECONDS - 1:
            _let_go(manager)


def _let_go(manager: MediaFileManager) -> None:
    manager.clear_session_refs(NO_SESSION)
    _kept.clear()


def copy_button(text: str, label: str, key: str | None = None) -> None:
    """A button that copies ``text`` and says so; works by keyboard, and shows the text where copying is refused."""
    _copy(
        key=key,
        data={
            "text": text,
            "label": label,
            "done": _("Copied"),
            "failed": _("Copying is blocked by this browser: press Ctrl+C (Cmd+C on a Mac)."),
        },
        height="content",
    )
