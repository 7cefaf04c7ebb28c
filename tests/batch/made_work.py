"""Functions that a worker's child can be made to do, and the child that knows them beside the catalogue's.

They tell the test what they came to in files, whose order is the order of events: no test here measures time.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from lib import catalogue
from lib.batch import work_process
from lib.batch.work import WorkContext, WorkFile, WorkResult
from lib.errors import TooFewRows
from lib.files.provenance import SourceType
from lib.i18n import N_
from tests.loopback.images import picture

HERE = "tests.batch.made_work."
SLUG = "product_descriptions"
COMMAND = (sys.executable, "-m", "tests.batch.made_work")
STEP = N_("Text {number} of {total}")


def install() -> None:
    """Let the catalogue list the functions below."""
    files = ("makes_a_file", "makes_a_picture")
    names = tuple(HERE + name for name in ("adds", "steps", "stubborn", "dies", "refuses", "breaks", *files))
    catalogue.USE_CASES = tuple(
        replace(case, jobs=(*case.jobs, *names)) if case.slug == SLUG else case for case in catalogue.USE_CASES
    )


def note(arguments: dict[str, Any], line: str) -> None:
    """Add a line to the file that the test reads."""
    with Path(arguments["notes"]).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def result(**output: Any) -> WorkResult:
    """An analysis that came to ``output``."""
    return WorkResult("analysis", "made", "1", {"made": True}, output)


def adds(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """One plus two."""
    return result(sum=arguments["one"] + arguments["two"], seed=job.seed, language=job.language)


def steps(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Goes on step by step until the test puts a file called 'enough' beside the notes."""
    enough = Path(arguments["notes"]).with_name("enough")
    number = 0
    while not enough.exists():
        number += 1
        note(arguments, str(number))
        job.progress(0.5, STEP, number=number, total=10_000)
        time.sleep(0.005)
    return result(ended=True)


def stubborn(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Never looks at what is wanted of it."""
    note(arguments, f"pid {os.getpid()}")
    while True:
        time.sleep(0.05)


def dies(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Is killed as often as the test says, then adds."""
    note(arguments, "begun")
    if Path(arguments["notes"]).read_text("utf-8").count("begun") <= arguments["deaths"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return adds(arguments, job)


def refuses(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Says in words that people read why it can't."""
    raise TooFewRows(STEP, number=1, total=2)


def breaks(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """A defect."""
    raise ZeroDivisionError("one over nothing")


def makes_a_file(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """A rendering."""
    return replace(result(drawn=True), kind="rendering", files=(WorkFile("a.svg", b"<svg/>", "image/svg+xml"),))


def makes_a_picture(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """A rendering with a picture that says where it comes from."""
    file = WorkFile("a.png", picture("teal"), "image/png", SourceType.ALGORITHMIC)
    return replace(result(drawn=True), kind="rendering", files=(file,))


if __name__ == "__main__":
    install()
    work_process.main(sys.argv[1:])
