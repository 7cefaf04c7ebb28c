"""Caches are shared by everybody on the installation: none may hold what one person gave or made under another's key.

Every cache of the product is found in its source. What comes out of one may depend on its arguments and on files that
everybody has, and on nothing that says who asks.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from lib.settings import ROOT

CACHES = {"cache", "lru_cache", "cache_data", "cache_resource", "cached", "ttl_cache"}
# What tells a function who asks without being one of its arguments.
PERSONAL = {"connect", "session_state", "query_params", "actor", "person", "token", "workspace", "user", "context"}
# Modules' own containers that outlast a call, with what they hold. None is of a person.
CONTAINERS: dict[str, str] = {
    "lib/batch/limits.py:_seen": "the engines' limits as the settings said last",
    "lib/batch/preparing.py:_allowed": "dotted names of the catalogue",
    "lib/checks/near_copy.py:_indexes": "by a digest of the texts given",
    "lib/commerce/personalised_storefront/learned.py:_kept": "by the tables' ids, read as the actor before",
    "lib/commerce/personalised_storefront/pictures.py:_drawn": "by a digest of the piece drawn",
    "lib/commerce/service_assistant/dialogue.py:_procedures_held": "by workspace, person and collection",
    "lib/commerce/service_assistant/knowledge.py:_sections_held": "by workspace, person and collection",
    "lib/commerce/service_assistant/knowledge.py:_rows_held": "by workspace, person and collection",
    "lib/database/processes.py:_held": "this process's own lock",
    "lib/engines/embedded/server.py:_owned": "this process's own model servers",
    "lib/engines/images/pipelines.py:_held": "the one diffusers pipeline",
    "lib/engines/text/line.py:_open": "connections to engines, without what went over them",
    "lib/merchandising/product_ideation/samples.py:_fitted": "by a digest of the styles",
    "lib/merchandising/product_ideation/samples.py:_reaches": "by a digest of the line",
    "lib/retrieval/searching.py:_held": "by workspace, person, collection and embedder",
    "lib/shell/exports.py:_kept": "sizes and times alone",
    "lib/shell/personalised_storefront/learning.py:_all": "by the tables' ids, read as the actor before",
    "lib/shell/stylist/working.py:_going": "by person and work",
    "lib/shell/work.py:_all": "by person and work",
    "lib/vision/bodies/graphs.py:_graphs": "networks that came with the product",
    "lib/vision/faces/landmarks.py:_graph": "a network that came with the product",
}
# Caches that look personal and aren't, with the reason.
SHARED = {
    "lib/checks/pii/names.py:first_names": "context is a list of words kept as data",
    "lib/shell/personalised_storefront/making.py:_drafted": "the drafter reads products and the offer, not the actor",
}
# An argument left out of the key because another one is its digest.
BY_DIGEST = {"lib/shell/viewer3d.py:_still": ["_content"]}


def sources() -> list[Path]:
    return [ROOT / "Home.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "lib").rglob("*.py"))]


def name_of(decorator: ast.expr) -> str:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return call.attr if isinstance(call, ast.Attribute) else call.id if isinstance(call, ast.Name) else ""


@lru_cache(maxsize=1)
def caches() -> dict[str, tuple[ast.FunctionDef, dict[str, ast.FunctionDef]]]:
    """'path:function' of every cached function, with its definition and those of its module."""
    found = {}
    for path in sources():
        tree = ast.parse(path.read_text("utf-8"))
        functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        for name, node in functions.items():
            if any(name_of(decorator) in CACHES for decorator in node.decorator_list):
                found[f"{path.relative_to(ROOT)}:{name}"] = (node, functions)
    return found


def reached(node: ast.FunctionDef, module: dict[str, ast.FunctionDef]) -> Iterator[ast.AST]:
    """Everything that the function does, with what its own module's functions do for it."""
    left, seen = [node], {node.name}
    while left:
        for inner in ast.walk(left.pop()):
            yield inner
            if isinstance(inner, ast.Name) and inner.id in module and inner.id not in seen:
                seen.add(inner.id)
                left.append(module[inner.id])


def told(node: ast.FunctionDef, module: dict[str, ast.FunctionDef]) -> set[str]:
    """Calls that would tell the cached function who asks, and aren't among its arguments."""
    arguments = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    found = set()
    for inner in reached(node, module):
        if (
            isinstance(inner, ast.Attribute)
            and isinstance(inner.value, ast.Name)
            and inner.value.id in ("st", "session")
        ):
            found.add(inner.attr)
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name):
            found.add(inner.func.id)
    if "actor" in arguments:  # the whole person, workspace and role are in the key
        found -= {"connect"}
    return (found & PERSONAL) - arguments


def test_caches_are_found() -> None:
    assert {"lib/shell/viewer3d.py", "lib/settings.py"} <= {place.split(":")[0] for place in caches()}


@pytest.mark.parametrize("place", sorted(caches()))
def test_a_cache_knows_nothing_of_who_asks_but_its_arguments(place: str) -> None:
    assert told(*caches()[place]) == set() or place in SHARED


@pytest.mark.parametrize("place", sorted(caches()))
def test_a_cached_argument_is_part_of_the_key(place: str) -> None:
    """Streamlit leaves arguments out of the key whose names begin with an underscore."""
    node, _module = caches()[place]
    if any(name_of(decorator) in ("cache_data", "cache_resource") for decorator in node.decorator_list):
        left_out = [argument.arg for argument in node.args.args if argument.arg.startswith("_")]
        assert left_out == BY_DIGEST.get(place, [])


@pytest.mark.parametrize("place", sorted(caches()))
def test_streamlits_caches_have_an_end(place: str) -> None:
    node, _module = caches()[place]
    for decorator in node.decorator_list:
        if name_of(decorator) in ("cache_data", "cache_resource"):
            given = {word.arg for word in decorator.keywords} if isinstance(decorator, ast.Call) else set()
            assert given & {"max_entries", "ttl"}, "what people uploaded must leave the memory some day"


def containers() -> dict[str, str]:
    """Module-level dicts, lists and sets that a function of the module changes: 'path:NAME'."""
    found = {}
    for path in sources():
        tree = ast.parse(path.read_text("utf-8"))
        names = set()
        for node in tree.body:
            target = (
                node.target
                if isinstance(node, ast.AnnAssign)
                else node.targets[0]
                if isinstance(node, ast.Assign)
                else None
            )
            if isinstance(target, ast.Name):
                names.add(target.id)
        changers = ("append", "add", "update", "setdefault", "pop", "clear", "extend", "popitem", "move_to_end")
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            local = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            for node in ast.walk(function):
                held = None
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in changers:
                    held = node.func.value
                if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                    held = node.value
                if isinstance(held, ast.Name) and held.id in names - local:
                    found[f"{path.relative_to(ROOT)}:{held.id}"] = ast.unparse(node)
                if isinstance(node, ast.Global):
                    found.update({f"{path.relative_to(ROOT)}:{name}": "global" for name in node.names})
    return found


def test_every_container_that_outlasts_a_call_is_known() -> None:
    assert set(containers()) == set(CONTAINERS)


def test_the_search_finds_a_cache_that_asks_who_is_there() -> None:
    """The control: the rule sees a personal cache, also one that asks through a function of its own."""
    tree = ast.parse(
        inspect.cleandoc("""
        @st.cache_data
        def mine():
            return inner()

        def inner():
            with connect() as database:
                return listing(database, session.actor())
    """)
    )
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert told(functions["mine"], functions) == {"connect", "actor"}
