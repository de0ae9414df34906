"""Answers as plain values, for programs that read on: JSON on the command line and at the data endpoints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pandas as pd

from indices.analysis.cells import records
from indices.analysis.refusal import Refusal
from indices.i18n import Language
from indices.narrative.refusal import refusal_sentence


def plain(answer: Any, language: Language) -> Any:
    """An answer of `indices.analysis` as values that JSON knows.

    A table becomes the list of its rows (missing figures: None), a column the list of its values, an
    answer of several tables a mapping by their names, a refusal
    {"refused": code, "reason": sentence in `language`}. Raises TypeError for what is none of these.
    """
    if isinstance(answer, Refusal):
        return {"refused": answer.code, "reason": refusal_sentence(answer, language)}
    if isinstance(answer, pd.DataFrame):
        return records(answer, [str(name) for name in answer.columns])
    if is_dataclass(answer) and not isinstance(answer, type):
        return {field.name: plain(getattr(answer, field.name), language) for field in fields(answer)}
    if isinstance(answer, Mapping):
        return {str(name): plain(value, language) for name, value in answer.items()}
    if isinstance(answer, pd.Series):
        return [plain(value, language) for value in answer.tolist()]
    if isinstance(answer, date):
        return answer.isoformat()
    if answer is None or isinstance(answer, str | bool | int | float):
        return answer
    if isinstance(answer, Sequence):
        return [plain(value, language) for value in answer]
    raise TypeError(type(answer).__name__)
