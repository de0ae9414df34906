"""JSON schemas made from the types of answers and the columns of their tables: they cannot disagree."""

from __future__ import annotations

import types
from collections.abc import Mapping
from collections.abc import Mapping as MappingType
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

import pandas as pd

from indices.analysis.refusal import Refusal
from indices.serving.api.parameters import Schema

REFUSED: Schema = {"$ref": "#/components/schemas/Refused"}
_CELLS = {
    "string[pyarrow]": "string",
    "int64[pyarrow]": "integer",
    "double[pyarrow]": "number",
    "bool[pyarrow]": "boolean",
}
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
Columns = Mapping[str, str]


def rows_schema(columns: Columns) -> Schema:
    """A table as the list of its rows; a missing figure is null."""
    cells = {name: {"type": [_CELLS[kind], "null"]} for name, kind in columns.items()}
    row = {"type": "object", "properties": cells, "required": list(columns), "additionalProperties": False}
    return {"type": "array", "items": row}


def schema_of(kind: Any, path: str, tables: Mapping[str, Columns]) -> Schema:
    """What `plain` makes of a value of a type; `path` is where it stands in the answer.

    Raises KeyError for a table whose columns `tables` does not have, TypeError for a type that is no
    part of an answer.
    """
    if kind is pd.DataFrame:
        return rows_schema(tables[path])
    if kind is Refusal:
        return REFUSED
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if kind is date:
        return {"type": "string", "format": "date"}
    if kind is pd.Series:
        return {"type": "array", "items": {"type": ["string", "null"]}}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        named = {one.name: schema_of(hints[one.name], f"{path}.{one.name}", tables) for one in fields(kind)}
        return {
            "type": "object",
            "properties": named,
            "required": list(named),
            "additionalProperties": False,
        }
    if isinstance(kind, types.UnionType) or get_origin(kind) is Union:
        return {"anyOf": [schema_of(one, path, tables) for one in get_args(kind)]}
    return _many(kind, path, tables)


def _many(kind: Any, path: str, tables: Mapping[str, Columns]) -> Schema:
    """Sequences of one type, and mappings from names."""
    within = get_args(kind)
    if get_origin(kind) is tuple and len(within) == 2 and within[1] is Ellipsis:
        return {"type": "array", "items": schema_of(within[0], path, tables)}
    if get_origin(kind) is MappingType and within[0] is str:
        return {"type": "object", "additionalProperties": schema_of(within[1], path, tables)}
    raise TypeError(f"{path}: {kind}")
