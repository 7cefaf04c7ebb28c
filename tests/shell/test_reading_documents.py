"""A long document is read and indexed off the script's thread: its progress is told and it can be stopped."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator

import pytest

from lib.access import Actor
from lib.commerce.service_assistant.knowledge import OWN_COLLECTION, Place
from lib.database import connect, knowledge
from lib.shell import session, work
from lib.shell.service_assistant.documents import WORK, _read


def charter(pages: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(pages):
        for line in range(3):
            word = "".join(chr(ord("a") + int(digit)) for digit in f"{number}{line}")
            canvas.drawString(60, 700 - 14 * line, f"Clause {word}: returns of {word} goods are taken for thirty days.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(session, "person", lambda: "ada")
    yield
    work._all.clear()


def documents(actor: Actor) -> list[str]:
    with connect() as database:
        return [one.name for one in knowledge.documents(database, actor, OWN_COLLECTION)]


def test_two_thousand_pages_are_stopped_while_they_are_indexed_and_nothing_of_them_is_kept(actor: Actor) -> None:
    begun = threading.Event()

    def watched(task: work.Work, *arguments: object) -> list[str]:
        tell = task.progress

        def told(share: float, message: str = "") -> None:
            tell(share, message)
            if share > 0.2:  # every page is read: passages are being embedded
                begun.set()

        task.progress = told  # type: ignore[method-assign]
        return _read(task, *arguments)  # type: ignore[arg-type]

    work.start(WORK, watched, Place(actor, OWN_COLLECTION), [("charter.pdf", charter(2_000))])
    running = work._all["ada", WORK]
    assert running.future is not None
    assert begun.wait(120), "the script's thread is free and sees the progress"
    assert work.running(WORK) and 0.2 < running.share < 1.0 and "charter.pdf" in running.message
    running.stop.set()
    assert running.future.result(120) == []
    assert documents(actor) == []


def test_one_file_that_cannot_be_read_is_told_and_the_others_are_kept(actor: Actor) -> None:
    files = [("empty.md", b" "), ("short.pdf", charter(2)), ("rules.md", b"# Returns\n\nThirty days.")]
    said = _read(work.Work(), Place(actor, OWN_COLLECTION), files)
    assert len(said) == 1 and "empty.md" in said[0] and "no text" in said[0]
    assert sorted(documents(actor)) == ["rules.md", "short.pdf"]
