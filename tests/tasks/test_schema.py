"""Strict schemas, and reading answers back."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from lib.commerce.product_descriptions.model import Descriptions
from lib.tasks.schema import complaints, read_answer, strict_schema
from tests.tasks.greeting import GOOD, Greeting


class Leaf(BaseModel):
    text: str = Field(default="x", min_length=2, max_length=9, description="A leaf")


class Tree(BaseModel):
    kind: Literal["oak", "elm"]
    leaves: list[Leaf]
    crown: Leaf = Field(description="The top")
    next: Tree | None = None


def objects(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [found for part in schema for found in objects(part)]
    if not isinstance(schema, dict):
        return []
    here = [schema] if schema.get("type") == "object" else []
    return here + [found for part in schema.values() for found in objects(part)]


@pytest.mark.parametrize("model", [Tree, Greeting, Descriptions])
def test_a_strict_schema_closes_every_object(model: type[BaseModel]) -> None:
    schema = strict_schema(model)
    found = objects(schema)
    assert found
    for part in found:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    assert not {"maxLength", "minLength", "default"} & set(str(schema).replace("'", " ").split())


def test_references_are_kept_and_lengths_are_told() -> None:
    schema = strict_schema(Tree)
    tree = schema["$defs"]["Tree"] if "$ref" in schema else schema
    assert tree["properties"]["leaves"]["items"] == {"$ref": "#/$defs/Leaf"}
    assert tree["properties"]["crown"]["description"] == "The top"
    text = schema["$defs"]["Leaf"]["properties"]["text"]
    assert text == {"type": "string", "description": "A leaf At least 2 characters. At most 9 characters."}


@pytest.mark.parametrize("kind", [dict[str, int], tuple[int, str], Any])
def test_what_strict_schemas_cannot_say_is_refused_when_it_is_written(kind: Any) -> None:
    from pydantic import create_model

    with pytest.raises(TypeError):
        strict_schema(create_model("Loose", free=(kind, ...)))


@pytest.mark.parametrize("frame", ["{}", "```json\n{}\n```", "Here you are: {} I hope it helps.", "\n\n{}\n"])
def test_json_is_found_in_what_stands_around_it(frame: str) -> None:
    assert read_answer(Greeting, frame.replace("{}", GOOD.model_dump_json())) == GOOD


def test_complaints_name_the_place() -> None:
    with pytest.raises(ValidationError) as caught:
        read_answer(Greeting, '{"tone": "warm", "lines": [{"text": "x", "words": -1}]}')
    assert complaints(caught.value) == ["lines.0.words: Input should be greater than or equal to 0"]
