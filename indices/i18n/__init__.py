"""Words and numbers in the reader's language: `text`, the formats, and the names the data carries."""

from indices.i18n.formats import NOTHING, change, count, day, moment, percent, place, points, score
from indices.i18n.texts import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Language,
    as_language,
    problem_sentence,
    problem_text,
    text,
    word,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "NOTHING",
    "Language",
    "as_language",
    "change",
    "count",
    "day",
    "moment",
    "percent",
    "place",
    "points",
    "problem_sentence",
    "problem_text",
    "score",
    "text",
    "word",
]
