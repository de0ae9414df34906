"""The provinces of three times: 64 until July 2008, 63 until June 2025, 34 since 1 July 2025.

Names repeat between the frames ("Bắc Ninh" is in all of them, with another extent in the last), so
every question names its frame.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from indices.provinces.names import Spelling, readings, spelling

# Country order, north to south; the third name of the coast belongs to the 34-province frame.
_REGION_ORDER = (
    "Trung du và miền núi phía Bắc",
    "Đồng bằng sông Hồng",
    "Bắc Trung Bộ",
    "Bắc Trung Bộ và duyên hải miền Trung",
    "Duyên hải Nam Trung Bộ và Tây Nguyên",
    "Tây Nguyên",
    "Đông Nam Bộ",
    "Đồng bằng sông Cửu Long",
)
_WORTH_SUGGESTING = 60.0


@dataclass(frozen=True, slots=True)
class ProvinceSpec:
    """One province in one frame.

    `code` is the statistical code of that frame, with its leading zero; codes changed hands in 2025.
    `successor` is the canonical name in the 34 frame (None for a province that is of that frame);
    `predecessors` are names of the 63 frame (empty for a province of the older frames).
    """

    name_vi: str
    name_en: str
    slug: str
    code: str
    iso_code: str
    region_vi: str
    region_en: str
    frame: int
    successor: str | None
    predecessors: tuple[str, ...]
    aliases: tuple[str, ...]

    def spellings(self) -> set[Spelling]:
        """Every spelling that names this province."""
        return {spelling(name) for name in (self.name_vi, self.name_en, *self.aliases)}


class _Frame:
    """Provinces of one frame and what finds them, prepared once."""

    def __init__(self, specs: Iterable[ProvinceSpec]) -> None:
        self.specs = tuple(specs)
        self.by_name = {spec.name_vi: spec for spec in self.specs}
        self.by_slug = {spec.slug: spec for spec in self.specs}
        self.spellings: dict[str, list[tuple[Spelling, str]]] = defaultdict(list)
        self.written: dict[str, set[str]] = defaultdict(set)
        for spec in self.specs:
            for form in spec.spellings():
                self.spellings[form.letters].append((form, spec.name_vi))
                for text in (form.letters, form.written()):
                    self.written[text].add(spec.name_vi)

    def find(self, wanted: Spelling) -> str | None:
        candidates = self.spellings.get(wanted.letters, [])
        exact = {name for form, name in candidates if form == wanted}
        found = exact or {name for form, name in candidates if wanted.within(form)}
        return found.pop() if len(found) == 1 else None


class Provinces:
    """Names, spellings and relations of the provinces, by frame (63 unless said otherwise)."""

    def __init__(
        self,
        provinces_63: Iterable[ProvinceSpec],
        provinces_34: Iterable[ProvinceSpec],
        provinces_64: Iterable[ProvinceSpec],
    ) -> None:
        self._frames = {63: _Frame(provinces_63), 34: _Frame(provinces_34), 64: _Frame(provinces_64)}

    def frame(self, n: int) -> tuple[ProvinceSpec, ...]:
        """All provinces of a frame; KeyError for a number other than 63, 34 and 64."""
        return self._frames[n].specs

    def resolve(self, name: str, frame: int = 63) -> str | None:
        """The canonical Vietnamese name of any known spelling; None when unknown or ambiguous."""
        prepared = self._frames[frame]
        if name in prepared.by_name:
            return name
        return next((found for form in readings(name) if (found := prepared.find(form))), None)

    def may_name(self, name: str) -> bool:
        """Whether the letters of `name` are those of a province of any frame, marks aside."""
        prepared = self._frames.values()
        return any(form.letters in frame.spellings for form in readings(name) for frame in prepared)

    def suggest(self, name: str, frame: int = 63, limit: int = 3) -> list[tuple[str, float]]:
        """Names near to `name` with their likeness, 0 to 100, best first. For people to choose from."""
        written = self._frames[frame].written
        best: dict[str, float] = {}
        for form in readings(name):
            near = process.extract(
                form.written(), list(written), scorer=fuzz.ratio, limit=None, score_cutoff=_WORTH_SUGGESTING
            )
            for text, score, _ in near:
                for province in written[text]:
                    best[province] = max(best.get(province, 0.0), float(score))
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def get(self, name: str, frame: int = 63) -> ProvinceSpec:
        """The province of a canonical name; KeyError where the frame has none of that name."""
        return self._frames[frame].by_name[name]

    def by_slug(self, slug: str, frame: int = 63) -> ProvinceSpec | None:
        """The province of an address part such as "bac-giang"."""
        return self._frames[frame].by_slug.get(slug)

    def successor(self, name: str) -> str:
        """Where a province of the 63 or 64 frame belongs since 1 July 2025: Hà Tây is in Hà Nội."""
        spec = self._frames[63].by_name.get(name) or self._frames[64].by_name[name]
        if spec.successor is None:
            raise KeyError(name)
        return spec.successor

    def predecessors(self, name: str) -> tuple[str, ...]:
        """The provinces of the 63 frame that make up a province of the 34 frame."""
        return self.get(name, 34).predecessors

    def regions(self, frame: int = 63) -> tuple[str, ...]:
        """Vietnamese names of the regions, north to south; a region not known here comes last."""
        names = dict.fromkeys(spec.region_vi for spec in self.frame(frame))
        order = {name: place for place, name in enumerate(_REGION_ORDER)}
        return tuple(sorted(names, key=lambda name: order.get(name, len(order))))

    def members(self, region_vi: str, frame: int = 63) -> tuple[ProvinceSpec, ...]:
        """The provinces of a region; empty for an unknown region."""
        return tuple(spec for spec in self.frame(frame) if spec.region_vi == region_vi)

    def name(self, canonical: str, language: Literal["vi", "en"], frame: int = 63) -> str:
        """The name to show; KeyError where the frame has no such province."""
        spec = self.get(canonical, frame)
        return spec.name_en if language == "en" else spec.name_vi
