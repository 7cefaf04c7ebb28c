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

SYNTAX = N_("The prompt '{prompt}' has an error in line {line}: {reason}. Correct it, then save it again.")
UNKNOWN_VALUE = N_("The prompt '{prompt}' uses a value that it is not given: {reason}. Use one of: {known}.")
NOT_ALLOWED = N_(
    "The prompt '{prompt}' uses something that prompts may not do: {reason}. Keep to values, conditions, loops and "
    "filters."
)
FAILED = N_("The prompt '{prompt}' cannot be filled in: {reason}. Correct it, then save it again.")
TOO_LONG = N_("The prompt '{prompt}' becomes longer than {characters} characters. Shorten it, or hand it less data.")


class _TooLong(Exception):
    pass


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
    if isinstance(value, StrictUndefined) or value is None or isinstance(value, str | int | float):
        return "" if value is None else value
    raise SecurityError("a list or a mapping is written as if it were text; use a loop, join or tojson")


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
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, finalize=_shown
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
        raise PromptError(SYNTAX, prompt=name, line=error.lineno, reason=str(error.message).rstrip(".")) from error
    except SecurityError as error:
        raise PromptError(NOT_ALLOWED, prompt=name, reason=str(error)) from error
    except (ValueError, RecursionError, MemoryError) as error:  # a number of thousands of digits, a thousand brackets
        raise PromptError(FAILED, prompt=name, reason=type(error).__name__) from error


def _check(node: nodes.Node, loops: int) -> None:
    if not isinstance(node, ALLOWED) or (isinstance(node, nodes.For) and (node.recursive or loops >= DEEPEST_LOOPS)):
        raise SecurityError(f"{type(node).__name__.lower()} (line {node.lineno})")
    # A list of a value and itself, made again and again, would double each time.
    target = isinstance(node, nodes.Tuple) and node.ctx == "store"
    listed = node.items if isinstance(node, nodes.List | nodes.Tuple) and not target else ()
    if not all(isinstance(item, nodes.Const) for item in listed):
        raise SecurityError(f"a list of values (line {node.lineno})")
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
    except UndefinedError as error:
        known = ", ".join(sorted(values))
        raise PromptError(UNKNOWN_VALUE, prompt=name, reason=str(error).rstrip("."), known=known) from error
    except SecurityError as error:
        raise PromptError(NOT_ALLOWED, prompt=name, reason=str(error).rstrip(".")) from error
    except (TemplateError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise PromptError(FAILED, prompt=name, reason=str(error).rstrip(".")) from error
    return "".join(parts).strip()
