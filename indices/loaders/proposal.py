"""Which index and which edition a table is of, as its titles, headings, sheet and file name say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indices.loaders.header import Header
from indices.loaders.headings import LONGEST, YEAR, Vocabulary, fold
from indices.provinces.names import spelling

_DATES = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d\d"
    r"|ngày\s*\S*\s*tháng\s*\S*\s*năm\s*(?:19|20)\d\d"
    r"|(?:19|20)\d\d\s*[/-]\s*(?:QĐ|TB|KH|CV|BC|NQ|UBND)\S*"
    r"|(?:19|20)\d\d-\d\d-\d\d",
    re.IGNORECASE,
)
_RANGE = re.compile(r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)")
_FRAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)-34(?!\d)")
_LONG = 7


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one place says: the indices and the years it names."""

    place: str
    indices: frozenset[str]
    years: frozenset[int]
    editions: frozenset[str] = frozenset()


def evidence(place: str, texts: Iterable[str], vocabulary: Vocabulary) -> Evidence:
    """The indices and years that texts of one place ("title", "sheet", "file") name."""
    indices: set[str] = set()
    years: set[int] = set()
    editions: set[str] = set()
    for text in (text[:LONGEST] for text in texts):
        indices |= named_indices(text, vocabulary)
        plain = _DATES.sub(" ", text)
        if _RANGE.search(plain):
            plain = _RANGE.sub(" ", plain)  # a term such as 2011-2020 is no year of assessment
        editions |= {f"{year}-34" for year in _FRAMED.findall(plain)}
        years |= {int(year) for year in YEAR.findall(plain)}
    return Evidence(place, frozenset(indices), frozenset(years), frozenset(editions))


def named_indices(text: str, vocabulary: Vocabulary) -> set[str]:
    """The indices a text names, by code as a word or by name; a name within a longer one does not count."""
    folded = fold(text)
    words = " ".join(re.findall(r"[^\W\d_]+", spelling_words(text)))
    found: dict[str, str] = {}
    for index, phrases in vocabulary.titles.items():
        for phrase in sorted(phrases, key=len, reverse=True):
            as_word = rf"(?<![a-z]){re.escape(phrase)}(?![a-z])"
            if phrase in folded if len(phrase) >= _LONG else re.search(as_word, words):
                found.setdefault(index, phrase)
    return {
        index
        for index, phrase in found.items()
        if not any(phrase != other and phrase in other for other in found.values())
    }


def spelling_words(text: str) -> str:
    """A text without marks and case, its words kept apart."""
    return " ".join(spelling(word).letters for word in re.split(r"[\s_./\\-]+", text) if word)


def heading_indices(header: Header) -> Counter[str]:
    """How many headings only one index knows, by index."""
    votes: Counter[str] = Counter()
    for head in header.heads:
        owners = {entry.index for entry in head.meaning.entries} if head.meaning else set()
        if len(owners) == 1 and (owner := next(iter(owners))) is not None:
            votes[owner] += 1
    return votes


def likely_index(found: Iterable[Evidence], votes: Counter[str]) -> str | None:
    """The index most places agree on: the first place that names one alone, checked by headings."""
    for place in found:
        if len(place.indices) == 1:
            return next(iter(place.indices))
    ranked = votes.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    return None


def likely_edition(found: Sequence[Evidence]) -> str | None:
    """The year the first place names that names one alone; "2024-34" where a place says so of that year."""
    framed = {edition for place in found for edition in place.editions}
    for place in found:
        if len(place.years) == 1:
            year = str(next(iter(place.years)))
            return f"{year}-34" if f"{year}-34" in framed else year
    return framed.pop() if len(framed) == 1 else None
