"""Where prompts are rendered: Jinja2 with only what a prompt needs.

A prompt can be edited in the app, so it is treated as a stranger's program. Its syntax is held to a short list (texts,
values, conditions, loops, filters), it calls nothing, it sees plain data and no objects, and each value it makes is
bounded, so that no chain of steps can fill the memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, wraps
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError, meta, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lib.errors import PromptError
from lib.i18n import N_

LONGEST_PROMPT = 60_000  # characters of a prompt as written
LONGEST_TEXT = 400_000  # characters of a prompt as rendered, and of every value on the way
DEEPEST_LOOPS = 3
# Jinja's own filters whose result is not much larger than what they are given.
FILTERS = (
    *("abs", "capitalize", "d", "default", "dictsort", "first", "float", "int", "items", "last", "length", "lower"),
    *("map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "sum", "title", "trim"),
    *("truncate", "unique", "upper", "wordcount"),
)
ALLOWED: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem),
    *(nodes.Filter, nodes.Test, nodes.If, nodes.CondExpr, nodes.For, nodes.Compare, nodes.Operand, nodes.Not),
    *(nodes.And, nodes.Or, nodes.Assign, nodes.Tuple, nodes.List, nodes.Keyword, nodes.Slice, nodes.Add, nodes.Sub),
)

BAD_LINE = N_(
    "'{prompt}' has an error in line {line}: “{text}”. Check its braces and the names of its filters, and that each "
    "condition and each loop has its end. Then save it again."
)
UNKNOWN_VALUE = N_("The prompt '{prompt}' uses '{field}', which it is not given. Use one of: {known}.")
NOT_THERE = N_("The prompt '{prompt}' uses '{field}', which it is not given. Look at the variables, then correct it.")
NOT_TEXT = N_(
    "The prompt '{prompt}' writes a list or a group of values as if it were text. Write one of its values, add a loop, "
    "or put {filter} behind it."
)
NOT_ALLOWED = N_(
    "The prompt '{prompt}' does in line {line} what prompts may not do: “{text}”. Keep to values, conditions, loops "
    "and filters."
)
TOO_DEEP = N_(
    "In line {line} of the prompt '{prompt}' a loop stands inside {most} others: “{text}”. Put fewer inside one "
    "another."
)
NO_FIT = N_(
    "The prompt '{prompt}' cannot be filled in, because a step in line {line} does not fit its value: “{text}”. A text "
    "and a number cannot be added, for instance, and a loop needs a list. Correct it, then save it again."
)
TOO_INVOLVED = N_(
    "The prompt '{prompt}' is too involved to be read: it has a number of very many digits, or very many brackets "
    "inside one another. Write it more simply, then save it again."
)
TOO_LONG = N_("The prompt '{prompt}' becomes longer than {characters} characters. Shorten it, or hand it less data.")
LONGEST_LINE = 120  # characters of a line that a message shows
# What Jinja's filters and Python's operators raise for a value that they were not made for.
UNFIT = (
    *(TemplateError, TypeError, ValueError, AttributeError, LookupError),
    *(ArithmeticError, AssertionError, RecursionError),
)


class _NotAllowed(Exception):
    """Something that prompts may not do, in a line of the template (from 1)."""

    def __init__(self, line: int, message: str = NOT_ALLOWED) -> None:
        super().__init__(message)
        self.line, self.message = line, message


class _NotText(Exception):
    """A list or a mapping is written where only text can stand."""


class _TooLong(Exception):
    pass


class _Lacking(StrictUndefined):
    """A value that is not there. Its error holds the value's name and nothing else: the message around it is ours."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name or "")


class _PromptEnvironment(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"+", "-"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A mapping's own keys come before its methods: ``product.items`` is the field."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not callable(value) and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        return _bounded(super().call_binop(context, operator, left, right))


def _bounded(value: Any) -> Any:
    if isinstance(value, str | list | tuple) and len(value) > LONGEST_TEXT:
        raise _TooLong
    return value


def _shown(value: Any) -> Any:
    """What may be written into a prompt: a plain value. A list or a mapping needs a loop, ``join`` or ``tojson``."""
    if isinstance(value, _Lacking) or value is None or isinstance(value, str | int | float):
        return "" if value is None else value
    raise _NotText


def _filter(made: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(made)
    def bounded(*arguments: Any, **named: Any) -> Any:
        return _bounded(made(*arguments, **named))

    return bounded


def _join(values: Iterable[Any], separator: str = "") -> str:
    """The values as one text. Its length is known before it is made."""
    texts = [str(_shown(value)) for value in values]
    if sum(map(len, texts)) + len(separator) * len(texts) > LONGEST_TEXT:
        raise _TooLong
    return separator.join(texts)


def _tojson(value: Any) -> str:
    """The value as JSON; unlike Jinja's own, without HTML's escapes, which a model would copy."""
    return json.dumps(value, ensure_ascii=False)


def _round(value: float, digits: int = 0) -> float:
    return round(value, max(0, min(int(digits), 6)))


@cache
def _environment() -> Environment:
    environment = _PromptEnvironment(
        undefined=_Lacking, autoescape=False, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    environment.globals.clear()
    environment.filters = {name: _filter(environment.filters[name]) for name in FILTERS}
    own: dict[str, Callable[..., Any]] = {"join": _join, "tojson": _tojson, "round": _round}
    environment.filters |= {name: _filter(made) for name, made in own.items()}
    return environment


@lru_cache(maxsize=64)
def _compiled(text: str) -> Template:
    """The prompt ``text``, checked and compiled once: a job renders it for each of its rows."""
    tree = _environment().parse(text)
    _check(tree, 0)
    return _environment().from_string(text)


def check_template(text: str, name: str) -> None:
    """Pass silently when ``text`` is a prompt that may be rendered.

    Raises:
        PromptError: it is too long, its syntax is wrong, or it does what prompts may not.
    """
    _template(text, name)


def _template(text: str, name: str) -> Template:
    if len(text) > LONGEST_PROMPT:
        raise PromptError(TOO_LONG, prompt=name, characters=LONGEST_PROMPT)
    try:
        return _compiled(text)
    except TemplateSyntaxError as error:
        raise PromptError(BAD_LINE, prompt=name, **_place(text, error.lineno)) from error
    except _NotAllowed as error:
        raise PromptError(error.message, prompt=name, most=DEEPEST_LOOPS, **_place(text, error.line)) from error
    except (ValueError, RecursionError, MemoryError) as error:  # a number of thousands of digits, a thousand brackets
        raise PromptError(TOO_INVOLVED, prompt=name) from error


def _place(text: str, line: int) -> dict[str, Any]:
    """A line as a message shows it."""
    found = (text.split("\n")[line - 1 : line] or [""])[0].strip()
    return {"line": line, "text": found[:LONGEST_LINE]}


def _check(node: nodes.Node, loops: int) -> None:
    if not isinstance(node, ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
        raise _NotAllowed(node.lineno)
    if isinstance(node, nodes.For) and loops >= DEEPEST_LOOPS:
        raise _NotAllowed(node.lineno, TOO_DEEP)
    # A list of a value and itself, made again and again, would double each time.
    target = isinstance(node, nodes.Tuple) and node.ctx == "store"
    listed = node.items if isinstance(node, nodes.List | nodes.Tuple) and not target else ()
    if not all(isinstance(item, nodes.Const) for item in listed):
        raise _NotAllowed(node.lineno)
    for child in node.iter_child_nodes():
        _check(child, loops + isinstance(node, nodes.For))


def names_in(text: str) -> set[str]:
    """The values that a prompt's text uses. ``check_template`` has passed it."""
    return set(meta.find_undeclared_variables(_environment().parse(text)))


def fill_in(text: str, values: Mapping[str, Any], name: str) -> str:
    """The prompt ``text`` with ``values`` (plain data: what ``model_dump(mode='json')`` gives) filled in.

    A value is never read as a template, whatever stands in it.

    Raises:
        PromptError: it uses an unknown value, may not be rendered, or becomes too long.
    """
    template = _template(text, name)
    parts: list[str] = []
    length = 0
    try:
        for part in template.generate(dict(values)):
            parts.append(part)
            length += len(part)
            if length > LONGEST_TEXT:
                raise _TooLong
    except _TooLong:
        raise PromptError(TOO_LONG, prompt=name, characters=LONGEST_TEXT) from None
    except (UndefinedError, SecurityError) as error:  # what is not given, and what an object would give away
        raise _lacking(name, str(error), values, text, error) from error
    except _NotText as error:
        raise PromptError(NOT_TEXT, prompt=name, filter="| tojson") from error
    except UNFIT as error:
        raise PromptError(NO_FIT, prompt=name, **_place(text, _line_of(error))) from error
    return "".join(parts).strip()


def _lacking(name: str, field: str, values: Mapping[str, Any], text: str, error: Exception) -> PromptError:
    """That ``field`` is not given. Without a name something was sought in a value that has nothing in it."""
    if not field:
        return PromptError(NO_FIT, prompt=name, **_place(text, _line_of(error)))
    if field in names_in(text) and field not in values:
        return PromptError(UNKNOWN_VALUE, prompt=name, field=field, known=", ".join(sorted(values)))
    return PromptError(NOT_THERE, prompt=name, field=field)


def _line_of(error: BaseException) -> int:
    """The template's line in which ``error`` arose; Jinja writes templates' lines into tracebacks."""
    line, step = 1, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = step.tb_lineno
        step = step.tb_next
    return line
