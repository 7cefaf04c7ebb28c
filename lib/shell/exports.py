"""What a person takes away: download buttons whose files are made when clicked, and a button that copies a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.access import Right
from lib.database import artefacts, connect
from lib.i18n import _, use_language
from lib.shell import session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
JSON = "application/json"
JSON_LD = "application/ld+json"

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


def deferred(export: Export) -> Callable[[], bytes]:
    """``export.make`` for a thread without a session: language and actor are those of the moment it was drawn."""
    language, actor = session.language(), session.actor()

    def make() -> bytes:
        with use_language(language):
            content = export.make()
        if export.run is not None and actor.may(Right.RUN):
            with connect() as database:
                artefacts.store(database, actor, export.name, content, export.media_type, export.run)
        return content

    return make


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
