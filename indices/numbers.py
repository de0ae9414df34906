"""A cell's text as a number, or the reason why it is none. Nothing is guessed, nothing is raised."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

LONGEST = 200
"""Signs that a cell with a number may have, remarks included."""
DecimalMark = Literal[",", "."]
Why = Literal["missing", "ambiguous", "other_mark", "not_a_number"]


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell holds.

    `value` is None exactly when `why` is set: "missing" (empty, "-", "N/A", "KCDL"), "ambiguous"
    ("1.234" without a known decimal mark; `readings` holds both meanings), "other_mark" ("71.23" in
    a file whose decimal mark is the comma), "not_a_number" (anything else).
    `of` is the 63 of "9/63"; `percent` tells of a "%" (the value is not divided by 100);
    `change` is the +3 of "9 (tăng 3)".
    """

    text: str
    value: float | None = None
    of: float | None = None
    percent: bool = False
    change: int | None = None
    why: Why | None = None
    readings: tuple[float, ...] = ()


_MISSING = {
    *("", ".", "..", "...", "…", "-", "--", "---", "n/a", "#n/a", "na", "n.a.", "n.a", "nan", "null", "none"),
    *("kcdl", "kcsl", "không có", "không có dữ liệu", "không có số liệu", "chưa có", "chưa có số liệu"),
    *("không xếp hạng", "no data"),
}
_PLAIN_SIGNS = str.maketrans(
    {**dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-"), "\uff0c": ",", "\uff0e": "."}
    | {"\uff05": "%", "\uff0f": "/", "\uff08": "(", "\uff09": ")", "\uff0b": "+"}
)
_REMARK = re.compile(r"(?P<number>.*?)\((?P<word>tăng|giảm|up|down|[▲▼↑↓+-]) ?(?P<places>\d{1,3})(?: bậc)?\)")
_UP = {"tăng", "up", "▲", "↑", "+"}
_SHAPE = re.compile(r"(?P<sign>[+-]?)(?P<body>[\d., ]*\d)(?P<exponent>e[+-]?\d{1,3})?")
_PLAIN = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d*(?P<mark>[.,])\d+")
_THREE = re.compile(r"(?P<head>[1-9]\d{0,2})(?P<mark>[.,])\d{3}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<group>[., ])\d{3})(?:(?P=group)\d{3})*(?:(?P<mark>[.,])\d+)?")


def read_number(text: str, decimal: DecimalMark | None = None) -> Number:
    """The number in a cell; `decimal` is the mark of the file, None where it is not known.

    Without a mark, "71,23" and "71.23" are both clear and "1.234" is ambiguous.
    """
    if len(text) > LONGEST:
        return Number(text, why="not_a_number")
    plain = _plain(text)
    if plain in _MISSING:
        return Number(text, why="missing")
    change: int | None = None
    if remark := _REMARK.fullmatch(plain):
        plain = remark["number"].strip()
        change = int(remark["places"]) * (1 if remark["word"] in _UP else -1)
    percent = plain.endswith("%")
    first, slash, second = plain.removesuffix("%").strip().partition("/")
    number = _read(text, first.strip(), decimal)
    of = _read(text, second.strip(), decimal) if slash else None
    if number.value is None:
        return number
    if of is None:
        return Number(text, number.value, None, percent, change)
    if percent or of.value is None or not 0 <= number.value <= of.value or of.value == 0:
        return Number(text, why=of.why or "not_a_number", readings=of.readings)
    return Number(text, number.value, of.value, False, change)


def decimal_marks(texts: Iterable[str]) -> frozenset[DecimalMark]:
    """The decimal marks that the clear cells of a column show: none, one, or both (a mixed column)."""
    marks: set[DecimalMark] = set()
    for text in texts:
        comma, dot = read_number(text, ","), read_number(text, ".")
        if comma.value is not None and dot.value is None:
            marks.add(",")
        elif dot.value is not None and comma.value is None:
            marks.add(".")
    return frozenset(marks)


def _plain(text: str) -> str:
    """Digits of every script as 0-9, one kind of minus and space, no spaces outside, lower case."""
    signs = (
        str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in unicodedata.normalize("NFC", text).translate(_PLAIN_SIGNS)
        if unicodedata.category(sign) != "Cf"
    )
    return " ".join("".join(signs).split()).removeprefix("'").casefold()


def _read(text: str, plain: str, decimal: DecimalMark | None) -> Number:
    shape = _SHAPE.fullmatch(plain)
    if shape is None:
        return Number(text, why="not_a_number")
    body, sign, exponent = shape["body"], shape["sign"], shape["exponent"] or ""

    def value(mark: str) -> float:
        digits = re.sub(r"[ .,]" if not mark else rf"[^\d{mark}]", "", body).replace(mark or ".", ".")
        return float(sign + digits + exponent)

    if _PLAIN.fullmatch(body):
        return _finite(text, value(""))
    if decimal is None and not exponent and (three := _THREE.fullmatch(body)):
        other = "," if three["mark"] == "." else "."
        return Number(text, why="ambiguous", readings=(value(three["mark"]), value(other)))
    grouped = None if exponent else _GROUPED.fullmatch(body)
    if grouped and _mark_allowed(grouped["group"], grouped["mark"], decimal):
        return _finite(text, value(grouped["mark"] or ""))
    if single := _DECIMAL.fullmatch(body):
        if decimal in (None, single["mark"]):
            return _finite(text, value(single["mark"]))
        return Number(text, why="other_mark")
    if grouped and grouped["group"] != grouped["mark"]:
        return Number(text, why="other_mark")
    return Number(text, why="not_a_number")


def _mark_allowed(group: str, mark: str | None, decimal: DecimalMark | None) -> bool:
    """Whether a grouping such as "1.234.567" or "1.234,5" fits the decimal mark of the file."""
    return group != mark and group != decimal and (mark is None or decimal in (None, mark))


def _finite(text: str, value: float) -> Number:
    return Number(text, value) if math.isfinite(value) else Number(text, why="not_a_number")
