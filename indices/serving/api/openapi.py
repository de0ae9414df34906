"""The OpenAPI description of the endpoints, made from the table that serves them."""

from __future__ import annotations

from typing import Any

from indices.catalogue import Catalogue
from indices.i18n import Language, text
from indices.serving.api.api_route import ApiRoute
from indices.serving.api.asking import CONTEXT
from indices.serving.api.formats import MEDIA
from indices.serving.api.parameters import PARAMETERS, Schema
from indices.serving.api.schemas import REFUSED, schema_of
from indices.serving.api.table_of_routes import ROUTES

VERSION = "1"
PREFIX = "/api/v1"
_WRONG = {"$ref": "#/components/responses/Wrong"}


def description(catalogue: Catalogue, language: Language) -> dict[str, Any]:
    """OpenAPI 3.1 of every endpoint, with summaries in `language`; the codes are those of the catalogue."""
    paths = {
        f"{PREFIX}/{route.name}": {"get": _operation(route, catalogue, language)} for route in ROUTES.values()
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": text("api.title", language),
            "version": VERSION,
            "description": text("api.about", language),
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {"Refused": _refused(), "Wrong": _wrong()},
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "responses": {
                "Wrong": {
                    "description": text("api.response_wrong", language),
                    "content": {MEDIA["json"]: {"schema": {"$ref": "#/components/schemas/Wrong"}}},
                }
            },
        },
    }


def _operation(route: ApiRoute, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    parameters = [
        {
            "name": name,
            "in": "query",
            "required": name in route.needs,
            "description": text(f"api.parameter_{name}", language),
            "schema": _schema(name, route, catalogue),
        }
        for name in route.parameters
    ]
    binary: Schema = {"type": "string"}
    content = {media.partition(";")[0]: {"schema": binary} for media in MEDIA.values()}
    content[MEDIA["json"]] = {"schema": answer_schema(route)}
    return {
        "operationId": route.name,
        "summary": text(f"api.route_{route.name}", language),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": text("api.response_ok", language),
                "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
                "content": content,
            },
            "304": {"description": text("api.response_same", language)},
            "400": _WRONG,
            "404": _WRONG,
            "405": _WRONG,
            "409": {
                "description": text("api.response_refused", language),
                "content": {MEDIA["json"]: {"schema": REFUSED}},
            },
            "503": _WRONG,
        },
    }


def _schema(name: str, route: ApiRoute, catalogue: Catalogue) -> Schema:
    if name == "table":
        return {"type": "string", "enum": list(route.tables)}
    return PARAMETERS[name].schema(catalogue)


def answer_schema(route: ApiRoute) -> Schema:
    """The JSON answer of an endpoint."""
    named: dict[str, Schema] = {
        CONTEXT[name]: {"type": ["integer" if name == "target" else "string", "null"]}
        for name in route.parameters
        if name in CONTEXT
    }
    parts = {part: schema_of(kind, part, route.tables) for part, kind in route.parts.items()}
    if route.newest is not None:  # where nothing is held of an index there is no edition to answer about
        parts = {part: {"anyOf": [schema, REFUSED]} for part, schema in parts.items()}
    refused: Schema = {"refused": {"type": "string"}, "reason": {"type": "string"}}
    return {
        "type": "object",
        "properties": {**refused, **named, **parts},
        "required": [*named, *parts],
        "additionalProperties": False,
    }


def _refused() -> Schema:
    texts: Schema = {"refused": {"type": "string"}, "reason": {"type": "string"}}
    return {"type": "object", "properties": texts, "required": list(texts), "additionalProperties": False}


def _wrong() -> Schema:
    texts: Schema = {"type": "array", "items": {"type": "string"}}
    named: Schema = {
        "error": {"type": "string"},
        "message": {"type": "string"},
        "parameter": {"type": ["string", "null"]},
        "allowed": {**texts, "type": ["array", "null"]},
        "suggestions": texts,
    }
    return {"type": "object", "properties": named, "required": list(named), "additionalProperties": False}
