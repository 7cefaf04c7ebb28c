"""The task: write a client about the pieces that were chosen."""

from __future__ import annotations

from pathlib import Path

from lib.commerce.stylist.note.checks import CHECKS
from lib.commerce.stylist.note.drafting import DRAFTER_VERSION, draft
from lib.commerce.stylist.note.model import ClientNote, ClientNoteInputs
from lib.i18n import N_
from lib.tasks import Task

WRITE_CLIENT_NOTE: Task[ClientNoteInputs, ClientNote] = Task(
    name="write_client_note",
    title=N_("Write a note to a client"),
    inputs=ClientNoteInputs,
    output=ClientNote,
    draft=draft,
    prompts=Path(__file__).parents[2] / "prompts",
    version=DRAFTER_VERSION,
    checks=CHECKS,
    max_output_tokens=900,
)
