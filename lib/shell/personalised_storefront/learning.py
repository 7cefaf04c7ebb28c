"""What pages are made from, made ready: read, learned and drawn off the script's thread, with how far it is.

The demo house's tables are learned from before the product comes; a house's own by the worker, once for each choice of
files. What is left takes a second or two, in a thread that a click doesn't end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.catalogue import UseCase
from lib.commerce.personalised_storefront.jobs import LEARN
from lib.commerce.personalised_storefront.learned import (
    FIT,
    Fit,
    Learned,
    fit_from,
    kept,
    learned_of,
    method_version,
    shipped_fit,
)
from lib.commerce.personalised_storefront.model import Product, Tables
from lib.commerce.personalised_storefront.pictures import is_ready, picture
from lib.commerce.personalised_storefront.samples import FILES, FOLDER, READERS
from lib.database import connect
from lib.database.jobs import Job
from lib.database.runs import recent
from lib.i18n import N_, _, translate
from lib.shell import background, errors, session
from lib.shell.personalised_storefront.state import USE_CASE
from lib.shell.text import plain
from lib.shell.uploads import sample_items

LOOK_SECONDS, SHOWN_AFTER = 0.15, 0.4
LOOK_BACK = 200  # analyses of the workspace in which the fit of the same tables is looked for
READING, DRAWING = N_("Reading the demo house’s tables"), N_("Drawing the pieces")
LEARNING, TITLE = N_("Learning from orders and visits"), N_("Learning from your files")
Progress = Callable[..., None]


@dataclass
class _Going:
    """Work in a thread, and how far it is."""

    share: float = 0.0
    message: str = LEARNING
    future: Future[Any] | None = None

    def progress(self, share: float, message: str = "") -> None:
        self.share, self.message = min(max(share, 0.0), 1.0), message or self.message


_all: dict[str, _Going] = {}
_lock = threading.Lock()
_pool = ThreadPoolExecutor(2, thread_name_prefix="storefront")


def finished(key: str, function: Callable[[Progress], Any], message: str) -> Any:
    """What ``function(progress)`` returns, done in a thread under ``key``; a bar shows how far it is meanwhile.

    A click that ends the script doesn't end the thread: the next run finds it under the same key.
    """
    with _lock:
        going = _all.get(key)
        if going is None:
            going = _all[key] = _Going(message=message)
            going.future = _pool.submit(function, going.progress)
    begun, bar = time.monotonic(), st.empty()
    assert going.future is not None
    while not going.future.done():
        if time.monotonic() - begun > SHOWN_AFTER:
            bar.progress(going.share, plain(translate(going.message)))
        time.sleep(LOOK_SECONDS)
    bar.empty()
    with _lock:
        _all.pop(key, None)
    return going.future.result()


def read_sample() -> None:
    """Read the demo house's tables once per process, so that choosing them below costs nothing."""
    if st.session_state.get("storefront_read"):
        return

    def read(progress: Progress) -> None:
        for number, (slot, name) in enumerate(FILES.items()):
            progress(number / len(FILES), READING)
            sample_items(FOLDER / name, *READERS[slot])

    finished("sample tables", read, READING)
    st.session_state["storefront_read"] = True


def drawn(products: list[Product]) -> None:
    """Draw the pieces of both pages that aren't drawn yet."""
    missing = [one for one in products if not is_ready(one)]
    if not missing:
        return

    def draw(progress: Progress) -> None:
        for number, one in enumerate(missing):
            progress(number / len(missing), DRAWING)
            picture(one)

    finished("draw " + "|".join(one.sku for one in missing), draw, DRAWING)


def learned(case: UseCase, tables: Tables, arguments: dict[str, str], key: str, data_set: str | None) -> Learned | None:
    """What was learned from these tables; None while the worker is at it, which is shown.

    Args:
        arguments: which table is which data set, for the worker.
        data_set: one of the person's own; None for the demo house alone.
    """
    found = kept(key)
    if found is not None:
        return found
    fit = shipped_fit() if data_set is None else _own_fit(case, {**arguments, "tables": key}, data_set)
    if fit is None and data_set is not None:
        return None
    made: Learned = finished(key, lambda progress: learned_of(tables, key, fit, progress), LEARNING)
    return made


def _own_fit(case: UseCase, arguments: dict[str, Any], data_set: str) -> Fit | None:
    """The fit of a house's own tables, from the database; None while the worker learns it."""
    with connect() as database:
        runs = recent(database, session.actor(), LOOK_BACK, use_case=USE_CASE, kind="analysis", status="done")
    wanted = (FIT, method_version(), arguments["tables"])
    for run in runs:
        if (run["method"], run["method_version"], run["inputs"].get("tables")) == wanted:
            return fit_from(run["output"])
    asked = {**arguments, "method": method_version()}
    job = background.last(LEARN, asked)
    if job is not None and job.status in ("failed", "cancelled"):
        _again(case, asked, data_set, job)
    else:
        going = job is not None and not job.ended
        background.watch(job.id if going and job is not None else _begin(case, asked, data_set))
    return None


def _begin(case: UseCase, asked: dict[str, Any], data_set: str) -> str:
    return background.begin(case, LEARN, TITLE, asked, 0, data_set)


def _again(case: UseCase, asked: dict[str, Any], data_set: str, job: Job) -> None:
    """Why nothing was learned, and a way to begin again."""
    error = background.why(job)
    if error is not None and job.status == "failed":
        errors.show(error)
    if st.button(_("Learn from these files"), key=f"storefront_again_{job.id}"):
        _begin(case, asked, data_set)
        st.rerun()
