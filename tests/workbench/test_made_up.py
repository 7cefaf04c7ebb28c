"""An input made up from a type fits the type."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Literal

from pydantic import BaseModel, Field

from lib.workbench.made_up import made_up
from lib.workbench.task_list import all_tasks


class Colour(Enum):
    RED = "red"


class Leaf(BaseModel):
    name: str = Field(min_length=8)
    share: float = Field(ge=0, le=1)
    colour: Colour
    kind: Literal["x", "y"]


class Tree(BaseModel):
    leaves: list[Leaf] = Field(min_length=2)
    planted: dt.date
    pair: tuple[int, str]
    child: Tree | None = None
    height: int = Field(ge=3)
    tall: bool = False


def test_nested_limits_and_recursion_hold() -> None:
    tree = made_up(Tree)
    assert isinstance(tree, Tree)
    assert len(tree.leaves) == 2 and len(tree.leaves[0].name) >= 8


def test_every_task_has_a_made_up_input() -> None:
    assert all_tasks()
    for task in all_tasks():
        assert isinstance(made_up(task.inputs), task.inputs)
