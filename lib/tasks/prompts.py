"""Prompts: Markdown files beside the area's module, which a workspace may replace with versions of its own.

A prompt file has front matter between two lines of ``---`` (``key: value``) and two parts, ``# system`` and ``# user``.
Both are Jinja2 in a sandbox. They see the task's inputs by their field names, and ``language`` (the English name of the
language to write in), ``language_code`` and ``history`` (earlier turns: inputs, output).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from sqlite_utils import Database

from lib.access import Actor
from lib.database import prompts as versions
from lib.errors import PromptError
from lib.i18n import N_, language_name, list_of
from lib.tasks.model import Context, In, Out, Task
from lib.tasks.sandbox import check_template, fill_in, names_in

PART = re.compile(r"^# (system|user)[ \t]*$", re.MULTILINE)
FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.MULTILINE | re.DOTALL)

NO_FILE = N_("The prompt '{prompt}' has no file. Put it at {path}.")
NO_PARTS = N_("The prompt '{prompt}' needs one part '# system' and one part '# user', each on a line of its own.")
BAD_FRONT = N_("The front matter of the prompt '{prompt}' is not readable in line {line}. Write 'name: value' lines.")

LEAVES_OUT = N_(
    "The prompt '{prompt}' leaves out {names}, so the engine would not know what to write about. Put it where it "
    "belongs."
)
GONE = N_("The prompt '{prompt}' is no longer what this run began with. Start the run anew.")


@dataclass(frozen=True)
class Prompt:
    """One prompt as written. ``hash`` is the SHA-256 of ``text``; ``version`` is None where the file is used."""

    name: str
    text: str
    system: str
    user: str
    hash: str
    front: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None


def parse_prompt(text: str, name: str, version: str | None = None) -> Prompt:
    """A prompt's text, taken apart. Templates are not rendered, only checked.

    Raises:
        PromptError: a part or the front matter is missing or wrong, or a template is not allowed.
    """
    text = text.replace("\r\n", "\n")
    found = FRONT.match(text)
    front = _front(found.group(1), name) if found else {}
    body = text[found.end() :] if found else text
    pieces = PART.split(body)
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if pieces[0].strip() or sorted(pieces[1::2]) != ["system", "user"] or not parts["user"].strip():
        raise PromptError(NO_PARTS, prompt=name)
    for part in parts.values():
        check_template(part, name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Prompt(name, text, parts["system"].strip(), parts["user"].strip(), digest, front, version)


def _front(text: str, name: str) -> dict[str, str]:
    front = {}
    for number, line in enumerate(text.splitlines(), start=2):
        key, colon, value = line.partition(":")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon or not key.strip():
            raise PromptError(BAD_FRONT, prompt=name, line=number)
        front[key.strip()] = value.strip().strip("\"'")
    return front


def read_file(folder: Path, name: str) -> Prompt:
    """The prompt in ``<folder>/<name>.md``.

    Raises:
        PromptError: there is none, or it is wrong.
    """
    path = folder / f"{name}.md"
    if not path.is_file():
        raise PromptError(NO_FILE, prompt=name, path=f"{folder.parent.name}/{folder.name}/{name}.md")
    return parse_prompt(path.read_text(encoding="utf-8"), name)


def load_prompt(database: Database, actor: Actor, task: Task[In, Out]) -> Prompt:
    """The prompt that the actor's workspace uses for ``task``: its active version, else the file.

    Raises:
        PromptError: there is none, or it is wrong.
    """
    active = versions.active_version(database, actor, task.name)
    if active is None:
        return read_file(task.prompts, task.name)
    return parse_prompt(active.text, task.name, active.id)


def prompt_of(database: Database, actor: Actor, task: Task[In, Out], digest: str) -> Prompt:
    """The prompt with the hash ``digest``, as a run began with it.

    Raises:
        PromptError: neither the file nor one of the workspace's versions has it (any more).
    """
    found = read_file(task.prompts, task.name)
    if found.hash == digest:
        return found
    for version in versions.versions(database, actor, task.name):
        if version.hash == digest:
            return parse_prompt(version.text, task.name, version.id)
    raise PromptError(GONE, prompt=task.name)


def save_prompt(database: Database, actor: Actor, task: Task[In, Out], text: str, note: str = "") -> Prompt:
    """Make ``text`` the workspace's prompt for ``task``, as a new version.

    Raises:
        NotAllowed: the actor may not edit prompts.
        PromptError: it is wrong, or leaves out what the task is about; nothing was saved.
    """
    prompt = parse_prompt(text, task.name)
    lacking = left_out(task, prompt)
    if lacking:
        names = list_of([f"{{{{ {name} }}}}" for name in lacking])
        raise PromptError(LEAVES_OUT, prompt=task.name, names=names)
    version = versions.save_version(database, actor, task=task.name, text=prompt.text, digest=prompt.hash, note=note)
    return parse_prompt(prompt.text, task.name, version)


def left_out(task: Task[In, Out], prompt: Prompt) -> list[str]:
    """The inputs that the task cannot do without and that the prompt does not use: the engine would not see them."""
    used = names_in(prompt.system) | names_in(prompt.user)
    return [name for name, field in task.inputs.model_fields.items() if field.is_required() and name not in used]


def values_for(inputs: BaseModel, context: Context) -> dict[str, Any]:
    """What a prompt sees: plain data only."""
    history = [
        {"inputs": turn.inputs.model_dump(mode="json"), "output": turn.output.model_dump(mode="json")}
        for turn in context.history
    ]
    given = {"language": language_name(context.language, "en"), "language_code": context.language, "history": history}
    return given | inputs.model_dump(mode="json")


def render(prompt: Prompt, inputs: BaseModel, context: Context) -> tuple[str, str]:
    """The system and the user text.

    Raises:
        PromptError: a value is missing, or a text becomes too long.
    """
    values = values_for(inputs, context)
    return fill_in(prompt.system, values, prompt.name), fill_in(prompt.user, values, prompt.name)
