"""What is known about the indices themselves, one frozen record per line of `data/catalogue/*.csv`.

A record's fields are the columns of its file, so the file is the documentation of the record and
the other way round; the type of a field says how its cell is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indices.tidy import OVERALL


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """An index: names, publisher, first and last edition (None: still alive), upper end of its scale."""

    index: str
    name_vi: str
    name_en: str
    publisher_vi: str
    publisher_en: str
    first_edition: int
    last_edition: int | None
    scale_max: float
    successor: str | None
    website: str
    about_vi: str
    about_en: str


@dataclass(frozen=True, slots=True)
class ComponentSpec:
    """A part of an index in a run of editions; parts of one `split` belong together."""

    index: str
    component: str
    parent: str | None
    split: str | None
    first_edition: int | None
    last_edition: int | None
    name_vi: str
    name_en: str
    scale_max: float | None
    note: str


@dataclass(frozen=True, slots=True)
class ScaleSpec:
    """The maximum of a component in a run of editions, where it differs from edition to edition."""

    index: str
    component: str
    first_edition: int
    last_edition: int | None
    scale_max: float


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """How the total follows from the parts in a run of editions, and how well that is proven."""

    index: str
    first_edition: int
    last_edition: int | None
    formula: str
    scale_max: float
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class WeightSpec:
    """The weight of a component, in percent of the whole, in a run of editions."""

    index: str
    component: str
    first_edition: int
    last_edition: int | None
    weight_percent: float


@dataclass(frozen=True, slots=True)
class BreakSpec:
    """The first edition of a new method; `scope` is a component code or "overall"."""

    index: str
    edition: int
    scope: str
    what_vi: str
    what_en: str
    evidence: str


@dataclass(frozen=True, slots=True)
class EditionSpec:
    """One edition: its frame of provinces, how many were ranked, which ranks the publisher announced."""

    index: str
    edition: str
    frame: int
    n_ranked: int | None
    announced_on: str
    ranks_published: str
    n_scores_held: int
    n_ranks_held: int
    status: str
    note: str

    @property
    def year(self) -> int:
        """The year the edition is named for ("2024-34" → 2024); 0 where the name holds none."""
        return int(self.edition[:4]) if self.edition[:4].isdigit() else 0

    @property
    def province_frame(self) -> int:
        """The frame its names belong to.

        Before August 2008 the country had Hà Tây as well, which editions of that time may list
        although they did not rank all 64 provinces (PCI 2005).
        """
        return 64 if self.frame == 63 and self.year < 2008 else self.frame

    @property
    def held(self) -> bool:
        """Whether the publisher held this edition at all."""
        return self.status != "not held"


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """A target somebody set: a rank, a score or a group, with the document that says so."""

    index: str
    first_edition: int
    last_edition: int | None
    kind: str
    value: str
    n_reference: int | None
    document_vi: str
    issued_on: str
    source: str


@dataclass(frozen=True, slots=True)
class EventSpec:
    """A decision, meeting, plan or task that bears on indices (codes joined by "|" in the file)."""

    date: date
    kind: str
    indices: tuple[str, ...]
    title_vi: str
    title_en: str
    owner_vi: str
    owner_en: str
    due: str
    source: str


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """Where figures were read."""

    source: str
    address: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class HeaderSpec:
    """What people write above a column of a table, and what the column then holds (its role).

    An empty index means any index; roles of parts are "score:<component>" and "rank:<component>".
    """

    index: str | None
    first_edition: int | None
    last_edition: int | None
    role: str
    heading: str


@dataclass(frozen=True, slots=True)
class ConflictSpec:
    """Two sources that disagree: what was kept, what the other says, why."""

    index: str
    edition: str
    province: str
    component: str
    field: str
    kept: str
    other: str
    why: str


def covers(
    spec: ComponentSpec | HeaderSpec | ScaleSpec | MethodSpec | WeightSpec | TargetSpec, year: int
) -> bool:
    """Whether a run of editions holds `year`; an open end runs on."""
    return (spec.first_edition or 0) <= year <= (spec.last_edition or 9999)


__all__ = [
    "OVERALL",
    "BreakSpec",
    "ComponentSpec",
    "ConflictSpec",
    "EditionSpec",
    "EventSpec",
    "HeaderSpec",
    "IndexSpec",
    "MethodSpec",
    "ScaleSpec",
    "SourceSpec",
    "TargetSpec",
    "WeightSpec",
    "covers",
]
