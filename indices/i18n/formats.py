"""Numbers and dates as a Vietnamese or English reader writes them (Babel's locale data)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pandas as pd
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from indices.i18n.texts import Language

NOTHING = "–"
VIETNAM = timezone(timedelta(hours=7))
"""The country's one time zone, without summer time."""
_PATTERNS = {digits: "#,##0" + ("." + "0" * digits if digits else "") for digits in range(7)}


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value != value


def score(value: float | None, language: Language, digits: int = 2) -> str:
    """A score with a fixed number of decimals: 71,23 in Vietnamese, 71.23 in English."""
    if value is None or _missing(value):
        return NOTHING
    return str(format_decimal(value, format=_PATTERNS[digits], locale=language))


def points(scale_max: float | None) -> int:
    """Decimals worth showing on a scale: four up to 1 (ICT, DTI), two above."""
    return 4 if scale_max is not None and scale_max <= 1 else 2


def count(value: int | None, language: Language) -> str:
    """A whole number with the thousands mark of the language."""
    return NOTHING if _missing(value) else str(format_decimal(int(value or 0), locale=language))


def change(value: float | None, language: Language, digits: int = 0) -> str:
    """A signed difference: +3, −0,05 (true minus sign), 0 without a sign."""
    if value is None or _missing(value):
        return NOTHING
    sign = "+" if round(value, digits) > 0 else "−" if round(value, digits) < 0 else ""
    return sign + score(abs(value), language, digits)


def percent(share: float | None, language: Language) -> str:
    """A share as whole percent, 42%; what is not quite none or all says so: <1%, >99%."""
    if share is None or _missing(share):
        return NOTHING
    if 0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1:
        return ">99%"
    return f"{score(100 * share, language, 0)}%"


def place(rank: int | None, n_ranked: int | None) -> str:
    """A rank of how many: "9/63"; the field is left out where nobody stated it."""
    if _missing(rank):
        return NOTHING
    return f"{rank}/{n_ranked}" if not _missing(n_ranked) else f"{rank}"


def day(value: date, language: Language) -> str:
    """A date: 01/07/2020 in Vietnamese, 1 July 2020 in English."""
    return str(format_date(value, "dd/MM/yyyy" if language == "vi" else "d MMMM y", locale=language))


def moment(value: datetime, language: Language) -> str:
    """Date and time of day in Vietnam: 24/11/2026 10:12 in Vietnamese, 24 November 2026, 10:12 in English.

    `value` knows its zone.
    """
    pattern = "dd/MM/yyyy HH:mm" if language == "vi" else "d MMMM y, HH:mm"
    return str(format_datetime(value.astimezone(VIETNAM), pattern, locale=language))
