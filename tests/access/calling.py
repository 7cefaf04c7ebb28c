"""Every public function of ``lib.database``, found by itself, with arguments of the right types made up for it."""

from __future__ import annotations

import ast
import collections.abc as abc
import dataclasses
import datetime as dt
import enum
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pydantic
from sqlite_utils import Database

import lib.database
from lib.access import Actor
from tests.access.world import ALIKE, World

# The parameters that take ids: whose table it is. Others get what every house has alike, or a word.
ID_OF = {
    "run_id": "runs", "run": "runs", "parent": "runs", "data_set": "data_sets", "artefact": "artefacts",
    "comparison": "comparisons", "conversation": "conversations", "job_id": "jobs", "job": "jobs",
    "document": "documents", "partner": "partners", "pilot": "pilots", "session": "scoring_sessions",
    "person": "people", "version": "prompt_versions", "identifier": "weekly_entries", "incident": "incidents",
    "sample": "queue_samples", "round_id": "flaw_rounds", "mark_id": "flaw_marks", "strata": "runs",
    "evidence": "risk_evidence",
}  # fmt: skip
# The same of one module's parameters, whose names mean something else elsewhere.
ID_HERE: dict[tuple[str, str], str | None] = {
    ("prompts", "identifier"): "prompt_versions", ("tool_calls", "identifier"): "tool_calls",
    ("erasure", "ids"): "runs", ("risk_evidence", "result"): "check_results", ("risk_evidence", "which"): "comparisons",
    ("review_queue", "run_id"): "waiting", ("review_queue", "sample"): None,  # a choice, left open
}  # fmt: skip
WORDS: dict[str, Any] = {
    **ALIKE,
    "verdict": "approved", "name": "Name", "title": "Title", "question": "Which?", "limit": 10, "offset": 0,
    "first": "2026-Q1", "period": "quarter", "effective": "2026-01-01", "dated": "2026-01-01", "into": "USD",
    "kind": "analysis", "number": 1, "round": 1, "side": 0, "input": 0, "place": 0, "days": 7, "amount": 10.0,
    "task": "describe_product", "run_id": "", "status": "done", "risk_class": "minimal", "months": 3, "reasons": "tone",
    "severity": "severe", "happened_on": "2026-01-02", "closed_on": "2026-01-03", "since": "2000-01-01",
    "address": "https://house.example/page", "until": "2999-01-01", "words": "", "finding": "", "item": 0,
    "field": "text", "sample": "",
}  # fmt: skip
WORDS_HERE = {
    ("incidents", "kind"): "incident", ("retention", "kind"): "runs", ("evidence_log", "check"): "",
    ("reviews", "values"): "verdict",
}  # fmt: skip
# No id goes there: words of a list, and texts that are kept as they are. What isn't named here is tried with all ids.
PLAIN = {
    "verdict", "kind", "status", "language", "currency", "into", "media_type", "name", "title", "question", "text",
    "comment", "reason", "note", "message", "source", "dated", "basis", "method", "method_version", "model", "engine",
    "said", "result", "error", "inputs", "output", "arguments", "values", "title_values", "first", "hypothesis", "kpi",
    "unit", "starts_on", "ends_on", "started_at", "business_owner", "technical_owner", "due_on", "detail", "house",
    "summary", "findings", "edited_output", "voice", "state", "mapping", "left_out", "url", "quote", "expected",
    "lane", "must_show", "prompt_hash", "label", "embedder", "check", "digest", "version",
    "risk_class", "uses", "owner", "harm", "cause", "changed", "what", "severity", "happened_on", "closed_on",
    "plan", "since", "until", "finding", "field", "reasons",
}  # fmt: skip


def modules() -> Iterator[types.ModuleType]:
    for found in pkgutil.walk_packages(lib.database.__path__, "lib.database."):
        yield importlib.import_module(found.name)


def public() -> Iterator[Callable[..., Any]]:
    """Every public function that a module of ``lib.database`` defines."""
    for module in modules():
        for name, function in vars(module).items():
            if name.startswith("_") or getattr(function, "__module__", "") != module.__name__:
                continue
            if inspect.isfunction(function):
                yield function


def module_of(function: Callable[..., Any]) -> str:
    return function.__module__.removeprefix("lib.database.")


def name_of(function: Callable[..., Any]) -> str:
    return f"{module_of(function)}.{function.__name__}"


def hints(function: Callable[..., Any]) -> dict[str, Any]:
    return {name: hint for name, hint in typing.get_type_hints(function).items() if name != "return"}


def takes(function: Callable[..., Any], kind: type) -> bool:
    return kind in hints(function).values()


WITH_ACTOR = [f for f in public() if takes(f, Database) and takes(f, Actor)]
WITHOUT_ACTOR = [f for f in public() if takes(f, Database) and not takes(f, Actor)]


def writers() -> set[str]:
    """The functions that write, as 'module.name': they open a write transaction, or call one of the package that does.

    Read from the source, so that a function counts even where made-up arguments never reach its writing.
    """
    calls: dict[str, set[str]] = {}
    for module in modules():
        short = module.__name__.removeprefix("lib.database.")
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        origin = {
            alias.asname or alias.name: f"{node.module.removeprefix('lib.database.')}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("lib.database.")
            for alias in node.names
        }
        own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                names = {n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
                if _says_so(node):
                    names.add("writing")
                calls[f"{short}.{node.name}"] = {f"{short}.{n}" if n in own else origin.get(n, n) for n in names}
    found = {"connection.writing", "writing"}
    while more := {name for name, called in calls.items() if called & found} - found:
        found |= more
    return found


def _says_so(function: ast.FunctionDef) -> bool:
    """Whether the function's own lines write: a statement in SQL, or a table's method."""
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and str(node.value).startswith(("insert ", "update ", "delete ")):
            return True
        if isinstance(node, ast.Attribute) and node.attr in ("insert", "insert_all", "upsert", "upsert_all"):
            return True
    return False


@dataclasses.dataclass
class Making:
    """Makes arguments. Each text that could be an id is a place; ``swap`` puts another world's id at one of them."""

    world: World
    swap: tuple[int, str | int] | None = None
    places: int = 0
    seen: dict[str, str] = dataclasses.field(default_factory=dict)

    def arguments(self, function: Callable[..., Any], database: Database, actor: Actor) -> dict[str, Any]:
        made = {}
        for name, hint in hints(function).items():
            given = {Database: database, Actor: actor}.get(hint)
            made[name] = self.value(hint, name, function) if given is None else given
        return made

    def _text(self, name: str, function: Callable[..., Any]) -> str:
        here = (module_of(function), name)
        if here in WORDS_HERE:
            return WORDS_HERE[here]
        if name in PLAIN and here not in ID_HERE:
            return str(WORDS.get(name, f"word of {name}"))
        if name in self.seen:  # the same field of the next row
            return self.seen[name]
        self.seen[name] = self._place(name, function)
        return self.seen[name]

    def _place(self, name: str, function: Callable[..., Any]) -> str:
        self.places += 1
        if self.swap and self.swap[0] == self.places and isinstance(self.swap[1], str):
            return self.swap[1]
        table = ID_HERE.get((module_of(function), name), ID_OF.get(name))
        if table:
            return str(self.world.rows[table]["id"])
        return str(WORDS.get(name, f"word of {name}"))

    def value(self, hint: Any, name: str, function: Callable[..., Any], depth: int = 0) -> Any:
        """A value of the type ``hint`` for the parameter or field ``name``."""
        if isinstance(hint, typing.TypeAliasType if hasattr(typing, "TypeAliasType") else ()):
            hint = hint.__value__
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Annotated:
            return self.value(inner[0], name, function, depth)
        if origin in (typing.Union, types.UnionType):
            return self.value(next(i for i in inner if i is not type(None)), name, function, depth)
        if origin is typing.Literal:
            return inner[0]
        if origin in (abc.Mapping, dict, abc.MutableMapping):
            if inspect.isclass(inner[0]) and issubclass(inner[0], enum.Enum):
                return {each: self.value(inner[1], name, function, depth) for each in inner[0]}
            return {self.value(inner[0], name, function, depth): self.value(inner[1], name, function, depth)}
        if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
            return tuple(self.value(i, name, function, depth) for i in inner)
        if origin in (list, tuple, set, frozenset, abc.Sequence, abc.Iterable, abc.Collection):
            items = [self.value(inner[0], name, function, depth)]
            return items if origin not in (tuple, set, frozenset) else origin(items)
        if origin is abc.Callable:
            return lambda *given, **named: True
        return self._plain(hint, name, function, depth)

    def _plain(self, hint: Any, name: str, function: Callable[..., Any], depth: int) -> Any:
        if hint is str or hint is Any:
            return self._text(name, function)
        if hint is int and name == "ids":
            self.places += 1
            taken = self.swap[1] if self.swap and self.swap[0] == self.places else self.world.numbers()[0]
            return taken if isinstance(taken, int) else self.world.numbers()[0]
        simple = {int: 1, float: 1.0, bool: False, bytes: b"x", dt.date: dt.date(2026, 1, 1)}
        if hint in simple:
            return WORDS.get(name, simple[hint]) if isinstance(WORDS.get(name), hint) else simple[hint]
        if hint is dt.datetime:
            return dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        if hint is Path:
            return Path("x")
        if inspect.isclass(hint) and issubclass(hint, enum.Enum):
            return next(iter(hint))
        if dataclasses.is_dataclass(hint) or (inspect.isclass(hint) and issubclass(hint, pydantic.BaseModel)):
            fields = typing.get_type_hints(hint)
            names = [f.name for f in dataclasses.fields(hint)] if dataclasses.is_dataclass(hint) else list(fields)
            make: Any = hint
            return make(**{n: self.value(fields[n], n, function, depth + 1) for n in names})
        raise TypeError(f"tests/access/calling.py makes no {hint!r} yet (for {name} of {name_of(function)})")
