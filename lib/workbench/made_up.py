"""An input made up from its type alone, for tasks that bring no example of their own."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

DEEPEST = 6


def made_up(model: type[BaseModel]) -> BaseModel:
    """An instance of ``model``: each text says which field it stands in, each list has one item.

    Raises:
        pydantic.ValidationError: the model asks for more than its JSON Schema says; bring an example then.
    """
    schema = model.model_json_schema()
    return model.model_validate(_value(schema, schema.get("$defs", {}), "", 0))


def _value(schema: dict[str, Any], shared: dict[str, Any], name: str, depth: int) -> Any:
    if "$ref" in schema:
        schema = {**shared[schema["$ref"].rsplit("/", 1)[-1]], **{k: v for k, v in schema.items() if k != "$ref"}}
    if "enum" in schema or "const" in schema:
        return schema["enum"][0] if "enum" in schema else schema["const"]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _value(schema[several][0], shared, name, depth)
    match schema.get("type"):
        case "object":
            return _object(schema, shared, depth)
        case "array":
            return _array(schema, shared, name, depth)
        case "integer" | "number":
            return _number(schema)
        case "boolean":
            return True
        case "null":
            return None
    return _text(schema, name)


def _object(schema: dict[str, Any], shared: dict[str, Any], depth: int) -> dict[str, Any]:
    fields = schema.get("properties", {})
    needed = set(schema.get("required", ()))
    kept = {field: rule for field, rule in fields.items() if field in needed or depth < DEEPEST}
    return {field: _value(rule, shared, field, depth + 1) for field, rule in kept.items()}


def _array(schema: dict[str, Any], shared: dict[str, Any], name: str, depth: int) -> list[Any]:
    count = max(int(schema.get("minItems", 0)), 0 if depth >= DEEPEST else 1)
    items = schema.get("prefixItems") or [schema.get("items", {"type": "string"})] * count
    return [_value(item, shared, name, depth + 1) for item in items]


def _number(schema: dict[str, Any]) -> float:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if low is not None and high is not None:
        middle = (low + high) / 2
        return int(middle) if schema["type"] == "integer" else middle
    return low + 1 if low is not None else high - 1 if high is not None else 1


def _text(schema: dict[str, Any], name: str) -> str:
    formats = {
        "date": "2026-03-02",
        "date-time": "2026-03-02T10:00:00Z",
        "time": "10:00:00",
        "uri": "https://a.example",
    }
    text: str = formats.get(schema.get("format", ""), name.replace("_", " ") or "text")
    shortest: int = schema.get("minLength", 0)
    longest: int | None = schema.get("maxLength")
    return (text + "." * max(0, shortest - len(text)))[:longest]
