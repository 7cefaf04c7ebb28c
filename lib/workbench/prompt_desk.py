"""Where a task's prompt is read, tried, changed and taken back. A person edits its two parts, not the file's form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ValidationError
from sqlite_utils import Database

from lib.access import Actor
from lib.database import prompts as stored
from lib.database.prompts import Basis, PromptUse
from lib.database.runs import recent
from lib.errors import InputError, PromptError
from lib.i18n import N_, translate
from lib.tasks import Context
from lib.tasks.prompts import FRONT, Prompt, parse_prompt, read_file, render
from lib.tasks.sandbox import check_template
from lib.workbench.task_list import AnyTask, examples_of
from lib.workbench.variables import check_variables

Part = Literal["system", "user"]
PART_NAMES: dict[Part, str] = {"system": N_("Instructions"), "user": N_("Request")}
EMPTY_REQUEST = N_("The request is empty. Write what the model is asked, then save it again.")
PART_LINE = N_(
    "A line of the text reads '# system' or '# user'. These two mark where a part begins; reword the line, then save "
    "it again."
)
UNCHANGED = N_("Nothing has changed since the version in use. Edit the text, then save it.")
LAST_INPUTS = 3  # recorded inputs that are offered for a preview


@dataclass(frozen=True)
class Parts:
    """The two texts of a prompt, as a person edits them."""

    system: str
    user: str


@dataclass(frozen=True)
class Edition:
    """One text of a prompt. Number 0 is the file that came with the product, 1 the first version saved here.

    ``id`` is None for the file. ``problem`` says why the text can no longer be used, None where it can.
    """

    id: str | None
    number: int
    text: str
    hash: str
    parts: Parts
    person: str = ""
    at: dt.datetime | None = None
    note: str = ""
    active: bool = False
    use: PromptUse | None = None
    problem: PromptError | None = None


@dataclass(frozen=True)
class Desk:
    """A task's prompt with all its editions, the newest first and the file last.

    ``unknown`` are runs that sent a text which is neither saved here nor the file's present one.
    """

    task: AnyTask
    editions: tuple[Edition, ...]
    unknown: tuple[tuple[str, PromptUse], ...] = ()

    @property
    def active(self) -> Edition:
        return next(edition for edition in self.editions if edition.active)

    def edition(self, identifier: str | None) -> Edition | None:
        """The edition with this id (None: the file), None where there is none."""
        return next((edition for edition in self.editions if edition.id == identifier), None)


def open_desk(database: Database, actor: Actor, task: AnyTask) -> Desk:
    """Everything about a task's prompt in the actor's workspace.

    Raises:
        PromptError: the product's own file is missing or wrong.
    """
    file = read_file(task.prompts, task.name)
    uses = stored.uses(database, actor, task.name)
    saved = stored.versions(database, actor, task.name)
    # From the same reading as the list: a colleague may save between two.
    in_use = next((version for version in saved if version.active), None)
    editions = [_edition(version, len(saved) - place, uses, version is in_use) for place, version in enumerate(saved)]
    editions.append(
        Edition(None, 0, file.text, file.hash, parts_of(file), active=in_use is None, use=uses.get(file.hash))
    )
    known = {edition.hash for edition in editions}
    return Desk(task, tuple(editions), tuple((digest, use) for digest, use in uses.items() if digest not in known))


def _edition(version: stored.PromptVersion, number: int, uses: dict[str, PromptUse], active: bool) -> Edition:
    problem = None
    try:
        parts = parts_of(parse_prompt(version.text, version.task))
    except PromptError as error:  # saved by an earlier release that allowed it: shown, so that it can be mended
        parts, problem = Parts("", version.text), error
    return Edition(
        version.id,
        number,
        version.text,
        version.hash,
        parts,
        version.person,
        dt.datetime.fromisoformat(version.created_at),
        version.note,
        active,
        uses.get(version.hash),
        problem,
    )


def parts_of(prompt: Prompt) -> Parts:
    """A prompt's two parts."""
    return Parts(prompt.system, prompt.user)


def composed(parts: Parts, base: str) -> str:
    """The whole text of a prompt with these parts, and with the front matter of ``base``."""
    front = FRONT.match(base)
    head = front.group(0) if front else ""
    return f"{head}# system\n{parts.system.strip()}\n\n# user\n{parts.user.strip()}\n"


def checked(task: AnyTask, parts: Parts, base: str) -> Prompt:
    """The prompt that these parts make.

    Raises:
        PromptError: its syntax is wrong, it uses a value that there isn't, it leaves out one that it needs, or it
            cannot be filled in with one of the task's examples.
    """
    if not parts.user.strip():
        raise PromptError(EMPTY_REQUEST)
    _check_syntax(task, parts)
    check_variables(task, {part: getattr(parts, part) for part in PART_NAMES}, titled(task))
    try:
        prompt = parse_prompt(composed(parts, base), task.name)
    except PromptError as error:
        raise PromptError(PART_LINE) from error
    for inputs in examples_of(task).values():
        _rendered(task, prompt, inputs, "en")
    return prompt


def titled(task: AnyTask, part: Part | None = None) -> str:
    """How messages call the task's prompt, or one part of it."""
    title = translate(task.title)
    return f"{title} · {translate(PART_NAMES[part])}" if part else title


def _check_syntax(task: AnyTask, parts: Parts) -> None:
    for part in PART_NAMES:
        check_template(getattr(parts, part), titled(task, part))


def preview(task: AnyTask, parts: Parts, inputs: BaseModel, language: str) -> Parts:
    """Both parts as a model would get them, filled in with ``inputs`` for a text in ``language``.

    Raises:
        PromptError: they cannot be filled in.
    """
    _check_syntax(task, parts)
    prompt = Prompt(titled(task), "", parts.system.strip(), parts.user.strip(), "")
    return _rendered(task, prompt, inputs, language)


def _rendered(task: AnyTask, prompt: Prompt, inputs: BaseModel, language: str) -> Parts:
    context = Context(actor=None, language=language)  # type: ignore[arg-type]  # a prompt sees no actor
    called = Prompt(titled(task), prompt.text, prompt.system, prompt.user, prompt.hash, prompt.front)
    return Parts(*render(called, inputs, context))


def save(database: Database, actor: Actor, task: AnyTask, parts: Parts, basis: Basis, note: str = "") -> str:
    """Save the parts as a new version that is used from now on; its id. ``basis`` is what the person began from.

    Raises:
        NotAllowed: the actor may not edit prompts.
        PromptError: the text is wrong; nothing was saved.
        InputError: it says what the version in use says.
        Overtaken: somebody saved another version meanwhile; nothing was saved.
    """
    desk = open_desk(database, actor, task)
    parts = Parts(_lines(parts.system), _lines(parts.user))
    if parts == desk.active.parts and basis.version == desk.active.id:
        raise InputError(UNCHANGED)
    prompt = checked(task, parts, desk.active.text)
    # A text that was there before keeps its form to the letter, so that its runs are counted with it.
    same = next((edition for edition in desk.editions if edition.parts == parts and not edition.problem), None)
    text, digest = (same.text, same.hash) if same else (prompt.text, prompt.hash)
    return stored.save_version(
        database, actor, task=task.name, text=text, digest=digest, note=note.strip()[:200], basis=basis
    )


def _lines(text: str) -> str:
    """As a prompt's file has it: line feeds, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def roll_back(database: Database, actor: Actor, task: AnyTask, edition: Edition) -> None:
    """Use an earlier edition again. Nothing is deleted.

    Raises:
        NotAllowed: the actor may not edit prompts.
        PromptError: the text can no longer be used.
    """
    if edition.problem:
        raise edition.problem
    stored.roll_back(database, actor, task.name, edition.id)


def recorded_inputs(database: Database, actor: Actor, task: AnyTask) -> Sequence[tuple[dict[str, Any], BaseModel]]:
    """The inputs of the workspace's last runs of the task, each with its run; those that still fit the type."""
    found = []
    for run in recent(database, actor, LAST_INPUTS, task=task.name):
        try:
            found.append((run, task.inputs.model_validate(run["inputs"])))
        except ValidationError:
            continue
    return found
