"""The parameters of the endpoints: the codes of the pages' addresses, read and described in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indices.analysis.peers import PEER_GROUPS
from indices.catalogue import STANDING_TARGET, Catalogue
from indices.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, as_language
from indices.serving.api.moment import Moment
from indices.serving.api.question import Question
from indices.serving.api.wrong import WrongRequestError
from indices.tidy import OVERALL

MOST_RANK = 63
FORMATS = ("json", "csv", "xlsx", "parquet")
SECTIONS = ("standing", "indices", "takes", "outlook", "sources")
SIZES = ("slide", "document", "square")
NEWEST = "newest"
YEAR = rf"{NEWEST}|(19|20)[0-9]{{2}}"
EDITION = r"[0-9]{4}(-[0-9]{2})?"
CODE = r"[a-z][a-z0-9_]{0,59}"
CHANGE = r"[a-z][a-z0-9_]{0,59}:[0-9]{1,3}(\.[0-9]{1,6})?"
_CHANGES = rf"{CHANGE}(,{CHANGE}){{0,39}}"
Pairs = Sequence[tuple[str, str]]
Schema = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """A parameter: how its value goes into a question, and its JSON schema.

    `read` raises WrongRequestError; the parameters before it are in the question already.
    """

    name: str
    read: Callable[[Question, str], Question]
    schema: Callable[[Catalogue], Schema]


def question_of(
    moment: Moment, given: Pairs, takes: Sequence[str], needs: Sequence[str], tables: Sequence[str] = ()
) -> Question:
    """What the parameters of a request ask. Raises WrongRequestError for the first that is wrong."""
    values = dict(given)
    language = as_language(values.get("lang")) or DEFAULT_LANGUAGE
    for name, _ in given:
        if name not in takes:
            raise WrongRequestError(400, "unknown_parameter", language, parameter=name, allowed=takes)
        if sum(other == name for other, _ in given) > 1:
            raise WrongRequestError(400, "repeated_parameter", language, parameter=name)
    question = Question(moment, language, given=frozenset(values))
    for name in takes:
        if name in values:
            question = PARAMETERS[name].read(question, values[name])
        elif name in needs:
            allowed = list(_indices(moment.catalogue)) if name == "index" else None
            raise WrongRequestError(400, "missing_parameter", language, parameter=name, allowed=allowed)
    if question.table is not None and question.table not in tables:
        _must_be_one_of(question, "table", question.table, tables)
    return question


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Parameters in the order in which they are read."""
    wanted = set(names)
    return tuple(name for name in PARAMETERS if name in wanted)


def _must_be_one_of(
    question: Question, name: str, value: str, allowed: Iterable[str], status: int = 400
) -> None:
    """Raise unless `value` is one of `allowed`: 400 for a word nobody knows, 404 for a thing not there."""
    known = tuple(allowed)
    if value in known:
        return
    code = "not_allowed" if status == 400 else f"unknown_{name}"
    slots = {"value": value, "index": question.index}
    raise WrongRequestError(status, code, question.language, slots, parameter=name, allowed=known)


def _must_match(question: Question, name: str, value: str, pattern: str, example: str) -> None:
    if re.fullmatch(pattern, value) is None:
        slots = {"value": value, "example": example}
        raise WrongRequestError(400, "malformed", question.language, slots, parameter=name)


def _indices(catalogue: Catalogue) -> Mapping[str, str]:
    return {code.lower(): code for code in catalogue.indices}


def _lang(question: Question, value: str) -> Question:
    _must_be_one_of(question, "lang", value, LANGUAGES)
    language: Language = as_language(value) or DEFAULT_LANGUAGE
    return replace(question, language=language)


def _index(question: Question, value: str) -> Question:
    known = _indices(question.catalogue)
    _must_be_one_of(question, "index", value.lower(), known, 404)
    return replace(question, index=known[value.lower()])


def _province(question: Question, value: str) -> Question:
    """A province of the 63 by its code; names near to another word are suggested by theirs."""
    provinces = question.catalogue.provinces
    found = provinces.by_slug(value)
    if found is None:
        named = provinces.resolve(value[:100])
        near = [named] if named else [name for name, _ in provinces.suggest(value[:100])]
        slugs = [provinces.get(name).slug for name in near]
        code = "unknown_province_suggest" if slugs else "unknown_province"
        said = {"value": value, "near": ", ".join(slugs)}
        raise WrongRequestError(404, code, question.language, said, parameter="province", suggestions=slugs)
    return replace(question, province=found.name_vi)


def _target(question: Question, value: str) -> Question:
    rank = int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 0
    if not 1 <= rank <= MOST_RANK or value != str(rank):
        slots = {"value": value, "most": MOST_RANK}
        raise WrongRequestError(400, "bad_target", question.language, slots, parameter="target")
    return replace(question, target_rank=rank)


def _held(question: Question, name: str, value: str) -> str:
    _must_match(question, name, value, EDITION, "2022")
    held = question.moment.editions_held(question.index)
    if value not in held:
        slots = {"value": value, "index": question.index}
        raise WrongRequestError(
            404, "unknown_edition", question.language, slots, parameter=name, allowed=held
        )
    return value


def _edition(question: Question, value: str) -> Question:
    return replace(question, edition=_held(question, "edition", value))


def _since(question: Question, value: str) -> Question:
    return replace(question, since=_held(question, "since", value))


def _component(question: Question, value: str) -> Question:
    _must_match(question, "component", value, CODE, OVERALL)
    catalogue = question.catalogue
    known = [OVERALL, *(spec.component for spec in catalogue.components if spec.index == question.index)]
    _must_be_one_of(question, "component", value, dict.fromkeys(known), 404)
    return replace(question, component=value)


def _within(question: Question, value: str) -> Question:
    _must_match(question, "within", value, CODE, OVERALL)
    known = [spec.parent for spec in question.catalogue.components if spec.index == question.index]
    _must_be_one_of(question, "within", value, dict.fromkeys(one for one in known if one), 404)
    return replace(question, within=value)


def _split(question: Question, value: str) -> Question:
    _must_match(question, "split", value, CODE, "main")
    known = [spec.split for spec in question.catalogue.components if spec.index == question.index]
    _must_be_one_of(question, "split", value, dict.fromkeys(one for one in known if one), 404)
    return replace(question, split=value)


def _group(question: Question, value: str) -> Question:
    _must_be_one_of(question, "group", value, PEER_GROUPS)
    return replace(question, group=value)


def _scenario(question: Question, value: str) -> Question:
    """New scores as the page's address writes them: "land_access:7.5,transparency:6.2"."""
    _must_match(question, "sc", value, _CHANGES, "land_access:7.5")
    pieces = [piece.split(":") for piece in value.split(",")]
    changes = {part: float(score) for part, score in pieces}
    if len(changes) < len(pieces):
        raise WrongRequestError(400, "repeated_part", question.language, parameter="sc")
    return replace(question, changes=changes)


def _indices_of(question: Question, value: str) -> Question:
    known = _indices(question.catalogue)
    asked = value.lower().split(",")
    for code in asked:
        _must_be_one_of(question, "indices", code, known)
    # In the order of the catalogue, whatever the order in which they were asked for.
    return replace(question, indices=tuple(code for slug, code in known.items() if slug in asked))


def _sections(question: Question, value: str) -> Question:
    asked = value.split(",")
    for code in asked:
        _must_be_one_of(question, "sections", code, SECTIONS)
    return replace(question, sections=tuple(code for code in SECTIONS if code in asked))


def _year(question: Question, value: str) -> Question:
    _must_match(question, "year", value, YEAR, "2022")
    return replace(question, year=None if value == NEWEST else int(value))


def _size(question: Question, value: str) -> Question:
    _must_be_one_of(question, "size", value, SIZES)
    return replace(question, size=value)


def _format(question: Question, value: str) -> Question:
    _must_be_one_of(question, "format", value, FORMATS)
    return replace(question, format=value)


def _table(question: Question, value: str) -> Question:
    return replace(question, table=value)


def _words(*codes: str, default: str | None = None) -> Callable[[Catalogue], Schema]:
    schema: Schema = {"type": "string", "enum": list(codes)}
    return lambda _: schema if default is None else {**schema, "default": default}


def _codes_of(field: str) -> Callable[[Catalogue], Schema]:
    def schema(catalogue: Catalogue) -> Schema:
        found = {getattr(spec, field) for spec in catalogue.components} - {None}
        return {"type": "string", "enum": sorted(found | {OVERALL} if field != "split" else found)}

    return schema


def _list_of(codes: Callable[[Catalogue], Sequence[str]]) -> Callable[[Catalogue], Schema]:
    """Several codes joined by commas."""

    def schema(catalogue: Catalogue) -> Schema:
        one = "|".join(codes(catalogue))
        return {"type": "string", "pattern": f"^({one})(,({one})){{0,{len(codes(catalogue)) - 1}}}$"}

    return schema


def _editions_schema(catalogue: Catalogue) -> Schema:
    return {"type": "string", "enum": sorted({spec.edition for spec in catalogue.editions})}


_ALL = (
    Parameter("lang", _lang, _words(*LANGUAGES, default=DEFAULT_LANGUAGE)),
    Parameter("index", _index, lambda catalogue: {"type": "string", "enum": list(_indices(catalogue))}),
    Parameter("edition", _edition, _editions_schema),
    Parameter(
        "province",
        _province,
        lambda catalogue: {"type": "string", "enum": [spec.slug for spec in catalogue.provinces.frame(63)]},
    ),
    Parameter(
        "target",
        _target,
        lambda _: {"type": "integer", "minimum": 1, "maximum": MOST_RANK, "default": STANDING_TARGET},
    ),
    Parameter("since", _since, _editions_schema),
    Parameter("component", _component, _codes_of("component")),
    Parameter("within", _within, _codes_of("parent")),
    Parameter("split", _split, _codes_of("split")),
    Parameter("group", _group, _words(*PEER_GROUPS, default="neighbours")),
    Parameter("sc", _scenario, lambda _: {"type": "string", "pattern": f"^{_CHANGES}$"}),
    Parameter("indices", _indices_of, _list_of(lambda catalogue: tuple(_indices(catalogue)))),
    Parameter("sections", _sections, _list_of(lambda _: SECTIONS)),
    Parameter("year", _year, lambda _: {"type": "string", "pattern": f"^({YEAR})$", "default": NEWEST}),
    Parameter("size", _size, _words(*SIZES, default="slide")),
    Parameter("format", _format, _words(*FORMATS, default="json")),
    Parameter("table", _table, lambda _: {"type": "string"}),
)
PARAMETERS: Mapping[str, Parameter] = {one.name: one for one in _ALL}
"""By name, in the order in which they are read: an edition after the index it is of."""
