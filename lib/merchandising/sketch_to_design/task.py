"""The task: read a brief in words. The built-in engine's drafter is the reader of ``words``."""

from __future__ import annotations

from pathlib import Path

from lib.checks.given import Given
from lib.i18n import N_
from lib.merchandising.sketch_to_design.wish import ReadWords, Wish
from lib.merchandising.sketch_to_design.words import read_words
from lib.tasks import Context, Task

VERSION = "2"


def draft(inputs: ReadWords, context: Context) -> Wish:
    """The brief as the lexicon reads it. It may be in another language than the page: the words decide."""
    return read_words(inputs.text)


READ_DESIGN_WORDS: Task[ReadWords, Wish] = Task(
    name="read_design_words",
    title=N_("Read a design brief"),
    inputs=ReadWords,
    output=Wish,
    draft=draft,
    prompts=Path(__file__).parent.parent / "prompts",
    version=VERSION,
    given=Given(repeats=("text",)),  # a brief is read word by word
    max_output_tokens=1_200,
)
