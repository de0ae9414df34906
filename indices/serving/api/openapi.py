"""The OpenAPI description of the endpoints, made from the table that serves them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indices.catalogue import Catalogue
from indices.i18n import Language, text
from indices.serving.api.api_route import ApiRoute
from indices.serving.api.asking import CONTEXT
from indices.serving.api.exports import EXPORTS, OF_CHART, PICTURES, Export, charts
from indices.serving.api.formats import MEDIA
from indices.serving.api.parameters import PARAMETERS, Schema
from indices.serving.api.schemas import REFUSED, schema_of
from indices.serving.api.table_of_routes import ROUTES

VERSION = "1"
PREFIX = "/api/v1"
BINARY: Schema = {"type": "string"}
_WRONG = {"$ref": "#/components/responses/Wrong"}


def description(catalogue: Catalogue, language: Language) -> dict[str, Any]:
    """OpenAPI 3.1 of every endpoint, with summaries in `language`; the codes are those of the catalogue."""
    paths = {
        f"{PREFIX}/{route.name}": {"get": _operation(route, catalogue, language)} for route in ROUTES.values()
    }
    paths |= {
        f"{PREFIX}/{export.name}": {"get": _file(export, catalogue, language)} for export in EXPORTS.values()
    }
    paths[f"{PREFIX}/chart/{{name}}"] = {"get": _chart(catalogue, language)}
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
            "headers": {name: {"schema": {"type": "string"}} for name in ("ETag", "WWW-Authenticate")},
            "responses": {
                "Wrong": _wrong_answer("api.response_wrong", language),
                "Who": _wrong_answer("api.response_who", language, "WWW-Authenticate"),
                "Forbidden": _wrong_answer("api.response_forbidden", language, "WWW-Authenticate"),
            },
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": text("api.security_token", language),
                },
                "sign_in": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "_streamlit_user",
                    "description": text("api.security_sign_in", language),
                },
            },
        },
        # Any of these is enough; the empty one where everybody may view.
        "security": [{"token": []}, {"sign_in": []}, {}],
    }


def _wrong_answer(key: str, language: Language, *headers: str) -> Schema:
    return {
        "description": text(key, language),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {MEDIA["json"]: {"schema": {"$ref": "#/components/schemas/Wrong"}}},
    }


def _operation(route: ApiRoute, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    content = dict.fromkeys((media.partition(";")[0] for media in MEDIA.values()), BINARY)
    content[MEDIA["json"]] = answer_schema(route)
    named = _parameters(route.parameters, route.needs, catalogue, language)
    for one in named:
        if one["name"] == "table":
            one["schema"] = {"type": "string", "enum": list(route.tables)}
    return _told(route.name, text(f"api.route_{route.name}", language), named, content, language)


def _file(export: Export, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    name = export.name.replace(".", "_")
    named = _parameters(export.parameters, (), catalogue, language)
    return _told(name, text(f"api.route_{name}", language), named, {export.media: BINARY}, language)


def _chart(catalogue: Catalogue, language: Language) -> dict[str, Any]:
    path = {
        "name": "name",
        "in": "path",
        "required": True,
        "description": text("api.parameter_chart", language),
        "schema": {"type": "string", "enum": list(charts())},
    }
    named = [path, *_parameters(OF_CHART, (), catalogue, language)]
    content = dict.fromkeys(PICTURES.values(), BINARY)
    return _told("chart", text("api.route_chart", language), named, content, language)


def _parameters(
    names: Sequence[str], needs: Sequence[str], catalogue: Catalogue, language: Language
) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "required": name in needs,
            "description": text(f"api.parameter_{name}", language),
            "schema": PARAMETERS[name].schema(catalogue),
        }
        for name in names
    ]


def _told(
    name: str,
    summary: str,
    parameters: list[dict[str, Any]],
    content: dict[str, Schema],
    language: Language,
) -> dict[str, Any]:
    """An operation with every answer it may give."""
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": text("api.response_ok", language),
                "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
                "content": {media: {"schema": schema} for media, schema in content.items()},
            },
            "304": {"description": text("api.response_same", language)},
            "400": _WRONG,
            "401": {"$ref": "#/components/responses/Who"},
            "403": {"$ref": "#/components/responses/Forbidden"},
            "404": _WRONG,
            "405": _WRONG,
            "409": {
                "description": text("api.response_refused", language),
                "content": {MEDIA["json"]: {"schema": REFUSED}},
            },
            "503": _WRONG,
        },
    }


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
