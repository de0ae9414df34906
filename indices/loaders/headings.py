"""What a heading means: words above columns → roles, from the catalogue's names and its table of headings."""

from __future__ import annotations

import re
import weakref
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indices.catalogue import Catalogue
from indices.provinces.names import spelling
from indices.tidy import COLUMNS, OVERALL

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})+[.):]*|\(?(?:[IVX]{1,5}|\d{1,2})[.):]+|\d{1,2}\s*[-–])\s*(?=\S)"
)
_PERCENT = re.compile(r"%|phần trăm|percent|tỷ lệ|tỉ lệ", re.IGNORECASE)
_PARTS = re.compile(r"[\n\r/:|]|\s[-–—]\s")
MOST_KEPT = 20_000
LONGEST = 300
"""Signs of a heading that are looked at."""
LEFT_OUT = frozenset({"skip", "counter", "change", "group", "code", "weight"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a heading may mean; `index` None: in every index, years None: in all."""

    role: str
    component: str = OVERALL
    index: str | None = None
    first: int | None = None
    last: int | None = None

    def fits(self, index: str | None, year: int | None) -> bool:
        """Whether this meaning holds in an index and year; what is not known yet does not speak against."""
        if self.index is not None and index is not None and self.index != index:
            return False
        return year is None or (self.first or 0) <= year <= (self.last or 9999)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading may mean, with the year and the percent sign it carries.

    `loose` tells that it stands under words nobody knows, which may say of what it is.
    """

    entries: tuple[Entry, ...]
    year: int | None = None
    percent: bool = False
    loose: bool = False

    def entry(self, index: str | None, year: int | None) -> Entry | None:
        """The one meaning in an index and year: the index's own before the general; None if several."""
        fitting = [entry for entry in self.entries if entry.fits(index, year)]
        own = [entry for entry in fitting if entry.index is not None]
        found = list(dict.fromkeys((entry.role, entry.component) for entry in own or fitting))
        if len(found) > 1 and any(component.endswith("_pct") for _, component in found):
            wanted = [pair for pair in found if pair[1].endswith("_pct") == self.percent]
            found = wanted or found
        if len(found) != 1:
            return None
        role, component = found[0]
        if component.endswith("_pct") and not self.percent:
            return None  # points or percent: the heading does not say
        return Entry(role, component, index)


class Vocabulary:
    """Every heading the catalogue knows, folded: letters and digits only, no marks, no case."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._read: dict[str, Meaning | None] = {}
        self.titles: dict[str, set[str]] = defaultdict(set)
        self._indices = {fold(code): code for code in catalogue.indices}
        for name in COLUMNS:
            self._learn(name, Entry(name))
        for spec in catalogue.headers:
            role, _, component = spec.role.partition(":")
            if role == "title":
                self.titles[spec.index or ""].add(fold(spec.heading))
                continue
            entry = Entry(role, component or OVERALL, spec.index, spec.first_edition, spec.last_edition)
            self._learn(spec.heading, entry)
        for part in catalogue.components:
            if part.component == OVERALL:
                continue
            # An open last year of a living index: its newest parts go on until others are described.
            last = part.last_edition
            newest = max((edition.year for edition in catalogue.editions_of(part.index)), default=0)
            entry = Entry(
                "score",
                part.component,
                part.index,
                part.first_edition,
                None if last is not None and last >= min(newest, 2024) else last,
            )
            names = {part.component, part.name_vi, part.name_en, *part.name_vi.split(" / ")}
            for name in names:
                self._learn(name, entry)
                self._learn(_NUMBERING.sub("", name), entry)
                self._learn(_BRACKETS.sub("", name), entry)
        for code, index in catalogue.indices.items():
            for name in (code, *_names_of(index.name_vi), *_names_of(index.name_en)):
                self.titles[code].add(fold(name))
                self._indices.setdefault(fold(name), code)
                self._learn(name, Entry("score", OVERALL, code))
        self._ranks = self._words("rank")
        self._scores = self._words("score")

    def _words(self, role: str) -> tuple[str, ...]:
        words = {
            text
            for text, entries in self._entries.items()
            if any(e.role == role and e.component == OVERALL and e.index is None for e in entries)
        }
        return tuple(sorted((word for word in words if len(word) > 2), key=len, reverse=True))

    def _learn(self, heading: str, entry: Entry) -> None:
        folded = fold(heading)
        if folded and entry not in self._entries[folded]:
            self._entries[folded].append(entry)

    def read(self, heading: str) -> Meaning | None:
        """What a heading means, None where nobody knows it."""
        if len(self._read) > MOST_KEPT:
            self._read.clear()
        if heading not in self._read:
            self._read[heading] = self._understand(heading)
        return self._read[heading]

    def read_joined(self, parts: Sequence[str]) -> Meaning | None:
        """What headings one below the other mean as one phrase, None where they are none."""
        folded = fold(_NUMBERING.sub("", YEAR.sub(" ", " ".join(parts)[:LONGEST]).strip()))
        entries = self._entries.get(folded) or self._composed(folded)
        years = {int(year) for part in parts for year in YEAR.findall(part)}
        year = years.pop() if len(years) == 1 else None
        return Meaning(tuple(entries), year, any(map(_PERCENT.search, parts))) if entries else None

    def _understand(self, heading: str) -> Meaning | None:
        heading = heading[:LONGEST]
        years = {int(year) for year in YEAR.findall(heading)}
        year = years.pop() if len(years) == 1 else None
        percent = bool(_PERCENT.search(heading))
        for text in _readings(heading):
            folded = fold(text)
            if not folded:
                continue
            entries = self._entries.get(folded) or self._composed(folded)
            if entries:
                return Meaning(tuple(entries), year, percent)
        if year is not None and not fold(re.sub(r"năm", "", YEAR.sub("", heading), flags=re.IGNORECASE)):
            return Meaning((Entry("year"),), year, percent)
        return None

    def _composed(self, folded: str) -> list[Entry]:
        """Headings of two words: "Xếp hạng PCI", "Điểm Chính quyền số", "Gia nhập thị trường - hạng"."""
        for role, words in (("rank", self._ranks), ("score", self._scores)):
            if not folded.startswith(words) and not folded.endswith(words):
                continue
            for word in words:
                for rest in (
                    folded[len(word) :] if folded.startswith(word) else "",
                    folded[: -len(word)] if folded.endswith(word) else "",
                ):
                    if not rest:
                        continue
                    rest = rest.removeprefix("cua").removeprefix("theo").removeprefix("chiso") or rest
                    found = [e for e in self._entries.get(rest, ()) if e.role == "score"]
                    if rest in self._indices:
                        return [Entry(role, OVERALL, self._indices[rest])]
                    if found and all(entry.component != OVERALL for entry in found):
                        return [replace(entry, role=role) for entry in found]
        for prefix in ("chiso", "diem"):
            rest = folded.removeprefix(prefix)
            if rest != folded and rest in self._entries:
                return list(self._entries[rest])
        return []


_kept: dict[int, tuple[weakref.ref[Catalogue], Vocabulary]] = {}


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """The vocabulary of a catalogue, made once as long as the catalogue lives."""
    found = _kept.get(id(catalogue))
    if found is not None and found[0]() is catalogue:
        return found[1]
    for key in [key for key, (alive, _) in _kept.items() if alive() is None]:
        del _kept[key]
    made = Vocabulary(catalogue)
    _kept[id(catalogue)] = weakref.ref(catalogue), made
    return made


def _readings(heading: str) -> Iterator[str]:
    """A heading in ever plainer forms, the fullest first."""
    yield heading
    plain = YEAR.sub(" ", heading)
    yield plain
    plain = re.sub(r"\bnăm\s*$", "", plain.strip(), flags=re.IGNORECASE)
    yield plain
    bare = _BRACKETS.sub(" ", plain)
    yield bare
    numberless = _NUMBERING.sub("", bare.strip())
    yield numberless
    yield numberless.replace("%", " ")
    parts = [part for part in _PARTS.split(numberless) if part.strip()]
    if len(parts) > 1:
        # What stands after a number or before a translation: "CSTP 1: Gia nhập thị trường / Entry costs".
        for part in [*parts[1:], parts[0]]:
            yield _NUMBERING.sub("", part.strip())
    for inside in re.findall(r"[(\[]([^)\]]+)[)\]]", heading):
        if len(fold(inside)) > 2:
            yield inside


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Letters and digits of a text, without marks, case, spaces and signs."""
    return "".join(sign for sign in spelling(text).letters if sign.isalnum())


def _names_of(name: str) -> set[str]:
    """The full name, the name without its brackets, and what stands in them."""
    inside = re.findall(r"\(([^)]+)\)", name)
    return {name, _BRACKETS.sub("", name).strip(), *inside}
