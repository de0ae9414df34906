"""A raw table with understood columns → figures: one line a province and part, with the cells they stand in.

Wide tables (a row a province), tidy ones (a row a figure) and panels (a year column, a year above each
column) are one case: every score or rank column says, or its row says, of which index, edition and
part it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from indices.catalogue import Catalogue, EditionSpec, edition_spec
from indices.loaders.figure_rows import Figures, Words, figure_rows, no_figures
from indices.loaders.findings import Findings
from indices.loaders.headings import Vocabulary
from indices.loaders.keyed import Keyed, Mask
from indices.loaders.listing import Listing
from indices.loaders.listing import Task as Task  # part of this module's interface
from indices.loaders.province_rows import province_rows, tell_empty
from indices.loaders.roles import Column
from indices.loaders.row_keys import by_row, edition_by_row, index_by_row
from indices.loaders.row_parts import RowParts
from indices.loaders.row_provinces import RowProvinces
from indices.loaders.rows import RowNames
from indices.loaders.values import Values, read_values
from indices.tidy import OVERALL

Group = Mapping[str, Column]
"""A score column and the rank column that goes with it, by role."""


def figures_of(
    task: Task, catalogue: Catalogue, vocabulary: Vocabulary, names: RowNames, findings: Findings
) -> pd.DataFrame:
    """The figures of a table: tidy columns and WHERE; findings about its cells are added to `findings`."""
    province = task.column("province")
    if province is None:  # a header with nothing below it
        return no_figures()
    listing = Listing(task, province, names, findings)
    parts = _Assembly(listing, catalogue, vocabulary).parts()
    return pd.concat(parts, ignore_index=True) if parts else no_figures()


class _Assembly:
    def __init__(self, listing: Listing, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self.listing, self.task, self.catalogue = listing, listing.task, catalogue
        self.row_provinces = RowProvinces(listing)
        self.row_parts = RowParts(listing, catalogue, vocabulary)
        self.body = province_rows(listing)
        self.index = index_by_row(listing, catalogue, vocabulary)
        self.edition = edition_by_row(listing)
        self.component = by_row(listing, "component", OVERALL)
        self.basis, self.source, self.note = (
            by_row(listing, name, "") for name in ("basis", "source", "note")
        )
        self.by_part = self.task.column("component") is not None
        self.read = self._values()
        self._specs: dict[tuple[str, str], EditionSpec | None] = {}
        self._impossible: set[tuple[str, str]] = set()

    def parts(self) -> list[pd.DataFrame]:
        """The figures, a table for each pair of columns and each edition."""
        n, parts = self.listing.n, []
        for (index, year, part), group in self._groups().items():
            of_index = Keyed.same(index, n) if index else self.index
            of_edition = Keyed.same(str(year), n) if year else self.edition
            of_part = Keyed.same(part, n) if part != OVERALL else self.component
            parts += self._of_group(group, of_index, of_edition, of_part)
        return parts

    def _values(self) -> Values:
        task = self.task
        asked = (self.listing.table, task.figure_columns, self.body, task.decimal, self.listing.findings)
        read = read_values(*asked, self.by_part)
        if not self.by_part:
            tell_empty(self.listing, read)
        return read

    def _groups(self) -> Mapping[tuple[str | None, int | None, str], dict[str, Column]]:
        groups: dict[tuple[str | None, int | None, str], dict[str, Column]] = {}
        for column in self.task.figure_columns:
            if column.role != "n_ranked":
                # "Điểm 2021" and "Hạng" of a table of 2021 are one pair.
                year = None if str(column.year) == self.task.edition else column.year
                index = None if column.index == self.task.index else column.index
                key = (index, year, column.component)
                groups.setdefault(key, {}).setdefault(column.role, column)
        return groups

    def _of_group(self, group: Group, index: Keyed, edition: Keyed, component: Keyed) -> list[pd.DataFrame]:
        """The figures of one pair of score and rank columns, edition by edition."""
        read = self.read.of(group, self.listing.n)
        known = self._known(read[0], read[1])
        parts = []
        n_editions = max(len(edition.words), 1)
        joint = index.codes * n_editions + edition.codes
        for pair in np.unique(joint[self.body]).tolist():
            named = index.words[pair // n_editions], edition.words[pair % n_editions]
            rows = self.body & (joint == pair)
            spec = self._spec(*named)
            if spec is None:
                if all(named):
                    self._tell_edition(rows, *named)
                continue
            provinces, rows = self.row_provinces.of(rows, spec)
            rows &= known
            of_part, described = self.row_parts.of(rows, component, group, spec)
            at = np.nonzero(rows & described)[0]
            if not len(at):
                continue
            self.row_parts.tell_other_scale(at, of_part, group, self.read, spec)
            words = Words(provinces, of_part, self.basis, self.source, self.note)
            parts.append(figure_rows(self.listing, at, spec, words, read, group))
        return parts

    def _known(self, score: Figures, rank: Figures) -> Mask:
        """Rows with a figure, and rows of their own that say why there is none."""
        known: Mask = self.body & (~np.isnan(score) | ~np.isnan(rank))
        if self.by_part:
            known |= self.body & self.note.where([bool(word) for word in self.note.words])
        return known

    def _spec(self, index: str, edition: str) -> EditionSpec | None:
        if (index, edition) not in self._specs:
            self._specs[index, edition] = edition_spec(self.catalogue, index, edition)
        return self._specs[index, edition]

    def _tell_edition(self, rows: Mask, index: str, edition: str) -> None:
        """An edition that a column says and that cannot be; what the sheet says is told elsewhere."""
        years = (column for column in self.task.figure_columns if str(column.year) == edition)
        column = self.task.column("edition") or next(years, None)
        if column is not None and (index, edition) not in self._impossible:
            self._impossible.add((index, edition))
            row, listing = int(np.nonzero(rows)[0][0]), self.listing
            slots = {"index": index, "province": listing.province(row)}
            listing.tell("edition_impossible", row, column, edition, **slots)
