"""Schemas as most programs that read them can: the same meaning, in the plainest of the ways to say it."""

from typing import Any

Schema = dict[str, Any]


def tidy(schema: Any) -> Any:
    """A schema, and all inside it, without what means nothing and without tuples that lists can say."""
    if isinstance(schema, list):
        return [tidy(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return _as_list(_without_no_default({name: tidy(value) for name, value in schema.items()}))


def _without_no_default(schema: Schema) -> Schema:
    """A default of null says that a value may be left out, which `required` says; where null may not stand, it lies."""
    if "default" in schema and schema["default"] is None and _types(schema) and "null" not in _types(schema):
        return {name: value for name, value in schema.items() if name != "default"}
    return schema


def _types(schema: Schema) -> list[Any]:
    if "enum" in schema:
        return ["null" if value is None else "value" for value in schema["enum"]]
    types = schema.get("type", [])
    return types if isinstance(types, list) else [types]


def _as_list(schema: Schema) -> Schema:
    """Lists say of what they are; so many things that are all alike are a list of that length, which all know."""
    kinds = schema.get("prefixItems")
    if schema.get("type") == "array" and kinds is None:
        return {"items": {}} | schema
    if not kinds or schema.get("items") is not False or any(kind != kinds[0] for kind in kinds):
        return schema
    return {name: value for name, value in schema.items() if name != "prefixItems"} | {"items": kinds[0]}
