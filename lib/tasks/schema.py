"""The output type as JSON Schema in the strict form that model servers enforce, and the check of what they answer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Out = TypeVar("Out", bound=BaseModel)

# What OpenAI's strict mode does not take. Lengths go into the description instead, where the model reads them; a
# grammar made from them would also be huge (llama.cpp writes one rule per character).
LENGTHS = {"minLength": "At least {} characters.", "maxLength": "At most {} characters."}
DROPPED = {"title", "default", "examples", "discriminator", "uniqueItems", "minProperties", "maxProperties", *LENGTHS}
MOST_ERRORS = 12


@lru_cache(maxsize=256)
def strict_schema(output: type[BaseModel]) -> dict[str, Any]:
    """``output``'s JSON Schema with every property required, none additional, and references kept.

    It is made once for each type: who changes it changes a copy.

    Raises:
        TypeError: the type holds a mapping with free keys, a fixed tuple or ``Any``, which no strict schema can say.
    """
    schema = output.model_json_schema(mode="validation")
    definitions = schema.pop("$defs", {})
    strict = _strict(schema, definitions, output.__name__)
    if definitions:
        strict["$defs"] = {name: _strict(part, definitions, name) for name, part in definitions.items()}
    return strict


def _strict(schema: dict[str, Any], definitions: dict[str, Any], path: str) -> dict[str, Any]:
    schema = dict(schema)
    if "$ref" in schema and set(schema) - {"$ref"} - DROPPED:
        # A reference may have no neighbours; a described one is written out.
        schema = {**definitions[schema.pop("$ref").rsplit("/", 1)[-1]], **schema}
    if len(schema.get("allOf", ())) == 1:
        schema |= schema.pop("allOf")[0]
    if "oneOf" in schema:
        schema["anyOf"] = schema.pop("oneOf")
    kept = {key: value for key, value in schema.items() if key not in DROPPED}
    told = [schema["description"]] if "description" in schema else []
    told += [text.format(schema[key]) for key, text in LENGTHS.items() if key in schema]
    if told and "$ref" not in kept:
        kept["description"] = " ".join(told)
    return _inner(kept, definitions, path)


def _inner(kept: dict[str, Any], definitions: dict[str, Any], path: str) -> dict[str, Any]:
    if "prefixItems" in kept or not kept.keys() & {"type", "$ref", "anyOf", "enum", "const"}:
        raise TypeError(f"{path} cannot be said in a strict schema: use a model, a list or a plain type")
    if kept.get("type") == "object":
        if kept.get("additionalProperties") not in (None, False):
            raise TypeError(f"{path} is a mapping with free keys: use a list of models with a key field")
        properties = kept.get("properties", {})
        kept["properties"] = {key: _strict(part, definitions, f"{path}.{key}") for key, part in properties.items()}
        kept |= {"required": list(properties), "additionalProperties": False}
    if "items" in kept:
        kept["items"] = _strict(kept["items"], definitions, f"{path}[]")
    if "anyOf" in kept:
        kept["anyOf"] = [_strict(part, definitions, path) for part in kept["anyOf"]]
    return kept


def json_in(text: str) -> str:
    """The JSON object in an answer: weak models wrap it in a fence or a sentence."""
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def read_answer(output: type[Out], text: str) -> Out:
    """The answer as the output type.

    Raises:
        pydantic.ValidationError: it is no JSON, or does not fit.
    """
    return output.model_validate_json(json_in(text))


def complaints(error: ValidationError) -> list[str]:
    """What does not fit, one line each, for the model that wrote it; without the values, which it can see itself."""
    lines = []
    for found in error.errors(include_url=False, include_context=False, include_input=False)[:MOST_ERRORS]:
        place = ".".join(str(step) for step in found["loc"])
        lines.append(f"{place}: {found['msg']}" if place else found["msg"])
    return lines
