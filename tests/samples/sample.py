"""What a sample is, and the cells and spellings that samples share."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.samples.figures import CATALOGUE, Figures
from tests.samples.writing import Cell

MARK = "MẪU / SAMPLE"
Edition = tuple[str, str]


@dataclass(frozen=True)
class Sample:
    """A file, the figures it holds by edition, and what an analyst has to say of it."""

    file: str
    content: bytes
    editions: dict[Edition, Figures]
    digits: int = 2
    sheets: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)


MINISTRY = {
    "Thành phố Hồ Chí Minh": "TP. Hồ Chí Minh",
    "Thừa Thiên Huế": "Thừa Thiên - Huế",
    "Bà Rịa - Vũng Tàu": "Bà Rịa-Vũng Tàu",
    "Hà Nội": "TP. Hà Nội",
    "Hải Phòng": "TP. Hải Phòng",
    "Đà Nẵng": "TP. Đà Nẵng",
    "Cần Thơ": "TP. Cần Thơ",
    "Huế": "TP. Huế",
}
VCCI = {"Thành phố Hồ Chí Minh": "TP.HCM", "Thừa Thiên Huế": "TT-Huế", "Bà Rịa - Vũng Tàu": "BRVT"}
VCCI_EN = {"Thành phố Hồ Chí Minh": "HCMC", "Thừa Thiên Huế": "TT-Hue", "Bà Rịa - Vũng Tàu": "BRVT"}
ENGLISH = {spec.name_vi: spec.name_en for frame in (63, 64) for spec in CATALOGUE.provinces.frame(frame)}


def score(figures: Figures, province: str, part: str = "overall") -> Cell:
    """A score as a cell."""
    return figures.get((province, part), (None, None))[0]


def rank(figures: Figures, province: str, part: str = "overall") -> Cell:
    """A rank as a cell."""
    return figures.get((province, part), (None, None))[1]


def without_ranks(figures: Figures) -> Figures:
    """The same scores for a file that prints no ranks."""
    return {key: (value, None) for key, (value, _) in figures.items() if value is not None}


def only(figures: Figures, *parts: str) -> Figures:
    """The figures of some parts."""
    return {key: figure for key, figure in figures.items() if key[1] in parts}


def ranks_only_overall(figures: Figures) -> Figures:
    """Ranks of the whole index, scores of everything, for files that rank only the whole."""
    return {key: (value, place if key[1] == "overall" else None) for key, (value, place) in figures.items()}
