"""Which rows of a table are provinces: totals, means, regions and footnotes are told from names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from indices.catalogue import MERGER_FRAME
from indices.loaders.headings import fold
from indices.provinces import Provinces

Kind = Literal["name", "blank", "summary", "unknown"]
FRAMES = (63, MERGER_FRAME, 64)
CERTAIN_LIKENESS = 80
LONGEST = 300
MOST_DIFFERENT = 200_000
"""Texts that are looked up for one file; more different ones are no names of provinces."""
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}|[IVX]{1,5}|[a-zđ])\s*[.)/-]\s*|^\s*\d{1,2}\s+(?=\D)", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\s*(?:\(\s*[*\d]{1,3}\s*\)|[*†]+|\[\d+\])\s*$")
_COLUMN_NUMBER = re.compile(r"\s*(?:\(?\s*(?:\d{1,2}|[A-ZĐ])\s*\)?)\s*")
_SUMMARY = frozenset(
    fold(words)
    for words in (
        *("Trung bình", "Giá trị trung bình", "Bình quân", "TB", "TB cả nước", "Cả nước", "Toàn quốc"),
        *("Tổng", "Tổng cộng", "Tổng số", "Cộng", "Trung vị", "Giá trị trung vị", "Cao nhất", "Thấp nhất"),
        *("Lớn nhất", "Nhỏ nhất", "Giá trị cao nhất", "Giá trị thấp nhất", "Độ lệch chuẩn", "Khoảng cách"),
        *("Max", "Min", "Maximum", "Minimum", "Mean", "Average", "Median", "Total", "Sum", "National"),
        *("National average", "National mean", "National median", "Standard deviation", "Std", "Vietnam"),
        *("Việt Nam", "Whole country", "Điểm tối đa", "Điểm chuẩn", "Thang điểm", "Trọng số", "Weight"),
        *("Miền Bắc", "Miền Trung", "Miền Nam", "Tây Bắc", "Đông Bắc", "Bắc Bộ", "Nam Bộ", "Trung Bộ"),
        *("Bắc Trung Bộ", "Nam Trung Bộ", "Duyên hải Nam Trung Bộ", "Duyên hải miền Trung"),
        *("Bắc Trung Bộ và Duyên hải miền Trung", "Đồng bằng sông Hồng", "Tây Nguyên", "Đông Nam Bộ"),
        *("Đồng bằng sông Cửu Long", "Tây Nam Bộ", "Trung du và miền núi phía Bắc", "ĐBSH", "ĐBSCL"),
        *("Red River Delta", "Mekong River Delta", "Mekong Delta", "Central Highlands", "Southeast"),
        *("Northern Midlands and Mountains", "North Central and Central Coast"),
    )
)
_SUMMARY_BEGINS = tuple(
    fold(words)
    for words in (
        *("Trung bình", "Bình quân", "Giá trị trung", "Tổng cộng", "Vùng", "Khu vực", "Nhóm", "Region"),
        *("Cụm", "Các tỉnh", "Các thành phố", "National", "Average", "Ghi chú", "Nguồn:", "Điểm trung bình"),
        *("Trung vị", "Cao nhất", "Thấp nhất", "Thang điểm", "Điểm tối đa", "Độ lệch", "Sai số"),
        *("Thành phố trực thuộc", "Các địa phương", "Median", "Mean"),
    )
)


@dataclass(frozen=True, slots=True)
class RowName:
    """What stands in a row's province cell; `names` are its canonical names by frame."""

    kind: Kind
    names: dict[int, str]


class RowNames:
    """Names of rows, each different text looked up once."""

    def __init__(self, provinces: Provinces) -> None:
        self.provinces = provinces
        self._found: dict[str, RowName] = {}
        self._regions = {
            fold(name)
            for frame in FRAMES
            for spec in provinces.frame(frame)
            for name in (spec.region_vi, spec.region_en)
        }

    def read(self, text: str) -> RowName:
        """What a text names."""
        if text not in self._found:
            if len(self._found) >= MOST_DIFFERENT:
                return RowName("unknown" if text.strip() else "blank", {})
            self._found[text] = self._understand(text)
        return self._found[text]

    def is_province(self, text: str) -> bool:
        """Whether a text names a province of any frame."""
        return 0 < len(text) < 80 and any(map(str.isalpha, text)) and self.read(text).kind == "name"

    def _understand(self, text: str) -> RowName:
        plain = text.strip()[:LONGEST]
        if not plain:
            return RowName("blank", {})
        if len(plain) < 80 and any(sign.isalpha() for sign in plain):
            for form in dict.fromkeys((plain, _FOOTNOTE.sub("", plain), _bare(plain))):
                if not self.provinces.may_name(form):
                    continue
                names = {
                    frame: name
                    for frame in FRAMES
                    if (name := self.provinces.resolve(form, frame)) is not None
                }
                if names:
                    return RowName("name", names)
        folded = fold(_bare(plain))
        if folded in _SUMMARY or folded in self._regions or folded.startswith(_SUMMARY_BEGINS):
            return RowName("summary", {})
        if _COLUMN_NUMBER.fullmatch(plain) or not folded:
            return RowName("summary", {})
        return RowName("unknown", {})


def _bare(text: str) -> str:
    """A name without the number before it and the footnote mark after it."""
    return _FOOTNOTE.sub("", _NUMBERED.sub("", text)).strip()


def nearest(provinces: Provinces, text: str, frame: int) -> tuple[str, float]:
    """The likeliest name of a frame and its likeness, 0 to 100; ("", 0) where nothing is near."""
    found = provinces.suggest(_bare(text[:LONGEST])[:60], frame, 1)
    return found[0] if found else ("", 0.0)


IsProvince = Callable[[str], bool]
