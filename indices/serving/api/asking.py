"""From a request's parameters to the bytes of its answer, without HTTP."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from indices.analysis.refusal import Refusal
from indices.export.plain import plain
from indices.serving.api.api_route import ApiRoute
from indices.serving.api.caching import Answer
from indices.serving.api.formats import (
    MEDIA,
    ONE_TABLE,
    json_bytes,
    one_table_bytes,
    wanted_format,
    workbook_bytes,
)
from indices.serving.api.moment import Moment
from indices.serving.api.parameters import Pairs, question_of
from indices.serving.api.question import Question
from indices.serving.api.tables import table_at, tables_of
from indices.serving.api.wrong import WrongRequestError

OK, REFUSED = 200, 409
CONTEXT = {
    "index": "index",
    "edition": "edition",
    "province": "province",
    "target": "target_rank",
    "component": "component",
}
"""How a JSON answer calls the choices it names first, by parameter."""


@dataclass(frozen=True)
class Asked:
    """A request understood: what is asked of which endpoint, and the format wanted."""

    route: ApiRoute
    question: Question
    form: str


def asked_of(route: ApiRoute, moment: Moment, given: Pairs, accept: str) -> Asked:
    """What a request asks. Raises WrongRequestError; works nothing out."""
    question = question_of(moment, given, route.parameters, route.needs, tuple(route.tables))
    form = wanted_format(question.format, accept)
    several = len(route.tables) > 1
    if form in ONE_TABLE and several and question.table is None:
        names = tuple(route.tables)
        raise WrongRequestError(
            400, "missing_table", question.language, {"form": form}, parameter="table", allowed=names
        )
    if form == "json" and question.table is not None:
        raise WrongRequestError(400, "table_of_json", question.language, parameter="table")
    return Asked(route, question, form)


def answer_to(asked: Asked) -> Answer:
    """The answer: 200, or 409 where it is refused and the format has no place for the reason."""
    route, form = asked.route, asked.form
    question = _settled(route, asked.question)
    parts = _parts(route, question)
    if form == "json":
        return Answer(OK, MEDIA["json"], json_bytes(_told(route, question, parts)))
    tables = tables_of(parts, route.tables)
    if question.table is not None:
        tables = {question.table: table_at(parts, question.table, route.tables[question.table])}
    refused = [table for table in tables.values() if isinstance(table, Refusal)]
    if len(refused) == len(tables):
        return Answer(REFUSED, MEDIA["json"], json_bytes(plain(refused[0], question.language)))
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(route, question)}.{form}"'}
    if form == "xlsx":
        body = workbook_bytes(tables, question.catalogue, question.language)
    else:
        (table,) = tables.values()
        assert not isinstance(table, Refusal)
        body = one_table_bytes(table, form, question.language)
    return Answer(OK, MEDIA[form], body, headers)


def _settled(route: ApiRoute, question: Question) -> Question:
    """The question with what the request left open: the index, then the edition."""
    if route.first_index and not question.index:
        question = replace(question, index=next(iter(question.catalogue.indices)))
    if route.newest is not None and not question.edition:
        edition = route.newest(question.moment, question.index, question.province)
        question = replace(question, edition=edition)
    return question


def _context(route: ApiRoute, question: Question) -> dict[str, Any]:
    """The choices that an answer names before its parts."""
    known: dict[str, Any] = {
        "index": question.index or None,
        "edition": question.edition or None,
        "province": question.province,
        "target": question.target_rank,
        "component": question.component,
    }
    left_out = {name for name in route.filters if name not in question.given}
    return {
        CONTEXT[name]: None if name in left_out else value
        for name, value in known.items()
        if name in route.parameters
    }


def _parts(route: ApiRoute, question: Question) -> dict[str, Any]:
    if route.newest is not None and not question.edition:  # of this index nothing is held
        return dict.fromkeys(route.parts, Refusal("no_edition", {"index": question.index, "edition": "–"}))
    return route.answer(question)


def _told(route: ApiRoute, question: Question, parts: dict[str, Any]) -> dict[str, Any]:
    """The body of a JSON answer; where the part asked for is refused, so is the whole."""
    main = parts[route.main]
    refused = plain(main, question.language) if isinstance(main, Refusal) else {}
    return {**refused, **_context(route, question), **plain(parts, question.language)}


def _file_name(route: ApiRoute, question: Question) -> str:
    """A name of codes alone: nothing of it was typed."""
    named = "province" not in route.filters or "province" in question.given
    words = [route.name, question.index.lower(), question.edition]
    words.append(question.slug if "province" in route.parameters and named else "")
    words.append((question.table or "").replace(".", "-"))
    return "-".join(word for word in words if word)
