"""The sentences of the interface, by key: `vi.toml` and `en.toml`, grouped by page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from indices.problem import Problem

_DECIMAL = re.compile(r"-?\d+\.\d+")
Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "vi"


def as_language(code: str | None) -> Language | None:
    """The language of a code such as "vi", or None where there is no such language."""
    return next((language for language in LANGUAGES if language == code), None)


def text(key: str, language: Language, /, **slots: object) -> str:
    """The sentence of `key` ("overview.title") in `language`, its `{slots}` filled.

    Raises KeyError for an unknown key or a slot without a value: a missing word is a fault of
    ours and must not reach the screen in another language.
    """
    return sentences(language)[key].format(**slots) if slots else _whole(sentences(language)[key], key)


def word(group: str, code: str, language: Language) -> str:
    """The word for a code of the data ("formula", "sum"), or the code itself where we have none.

    Codes of an index that somebody adds are theirs, and need no change here.
    """
    return sentences(language).get(f"{group}.{code}", code)


def problem_text(problem: Problem, language: Language) -> str:
    """A finding as one sentence: the place first, then what is wrong and how to put it right."""
    places = [problem.file]
    if problem.sheet is not None:
        places.append(text("problem.sheet", language, sheet=problem.sheet))
    if problem.row is not None:
        places.append(text("problem.row", language, row=problem.row))
    if problem.column:
        places.append(text("problem.column", language, column=problem.column))
    return ", ".join(places) + ": " + problem_sentence(problem, language)


def problem_sentence(problem: Problem, language: Language) -> str:
    """What is wrong and how to put it right, without the place."""
    figures = {name: _figure(slot, language) for name, slot in problem.slots.items()}
    slots = {"value": problem.value or "", **figures}
    key = f"problem.{problem.code}"
    if not problem.slots.get("suggestion"):  # a question without a name to ask for reads otherwise
        key = f"{key}_alone" if f"{key}_alone" in sentences(language) else key
    return sentences(language)[key].format(**slots)


def _figure(slot: str, language: Language) -> str:
    """A number of ours in the reader's writing; what was typed in a file stays as it was typed."""
    if language == "en" or not _DECIMAL.fullmatch(slot):
        return slot
    return slot.replace(".", ",")


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """Every sentence of a language by its dotted key."""
    with (Path(__file__).parent / f"{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file), ""))


def _flat(group: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in group.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", str(value)))
    return found


def _whole(sentence: str, key: str) -> str:
    if "{" in sentence:
        raise KeyError(f"{key}: slots not filled in «{sentence}»")
    return sentence
