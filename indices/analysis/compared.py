"""Two editions of one frame of provinces, the later one compared with the earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.edition_field import EditionField, edition_field
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME, Catalogue, EditionSpec
from indices.tidy import OVERALL

END_DTYPES = {
    "edition": "string[pyarrow]",
    "score": "double[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "n_scores": "int64[pyarrow]",
    "n_places": "int64[pyarrow]",
    "source": "string[pyarrow]",
}


@dataclass(frozen=True)
class Pair:
    """Two editions of one frame that both hold a figure of the province; `breaks`: new methods between."""

    before: EditionField
    after: EditionField
    breaks: tuple[int, ...]

    @property
    def slots(self) -> dict[str, object]:
        """Index and editions, for a refusal."""
        spec = self.after.spec
        return {"index": spec.index, "edition": spec.edition, "since": self.before.spec.edition}

    def ends(self, province: str) -> pd.DataFrame:
        """The province in both editions, the earlier one first (END_DTYPES)."""
        rows = [
            {
                "edition": field.spec.edition,
                "score": field.totals.get(province),
                "place": field.places.get(province),
                "computed": province not in field.ranks and province in field.computed,
                "n_ranked": field.n_ranked,
                "n_scores": len(field.totals),
                "n_places": len(field.places),
                "source": field.sources.get(OVERALL, {}).get(province),
            }
            for field in (self.before, self.after)
        ]
        return answer_table(rows, END_DTYPES)


def compared(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    since: str | None = None,
    figure: str = "place",
) -> Pair | Refusal:
    """The edition and the one it is compared with, of the whole index alone.

    `since`, or else the latest earlier edition of the same frame of provinces that holds the
    province's `figure` (place or score). Refused where the edition is not held (`why_no_edition`), is
    the first one of the merged provinces (`why_first_merged`), lacks the province's figure
    (`why_no_place`, `no_total`), where `since` is not an earlier edition of the frame
    (`why_not_before`), or no earlier one holds the figure (`why_no_earlier`).
    """
    slots: dict[str, object] = {"index": index, "edition": edition}
    rows = figures[(figures["index"] == index) & (figures["component"] == OVERALL)]
    after = edition_field(rows, catalogue, index, edition)
    if after is None:  # of a score perhaps only the province's own figures are asked for
        unknown = figure == "place" or catalogue.edition(index, edition) is None
        return Refusal("why_no_edition" if unknown else "no_total", slots)
    earlier = _earlier(catalogue, after.spec)
    if after.spec.frame == MERGER_FRAME and not earlier:
        return Refusal("why_first_merged", slots)
    lacks = "why_no_place" if figure == "place" else "no_total"
    if province not in _known(after, figure):
        return Refusal(lacks, slots)
    if since is not None:
        earlier = [spec for spec in earlier if spec.edition == since]
        if not earlier:
            return Refusal("why_not_before", {**slots, "since": since})
    for spec in reversed(earlier):
        before = edition_field(rows, catalogue, index, spec.edition)
        if before is not None and province in _known(before, figure):
            first, last = spec.year, after.spec.year
            years = (new.edition for new in catalogue.breaks_of(index))
            return Pair(before, after, tuple(sorted(year for year in years if first < year <= last)))
    if since is not None:
        return Refusal(lacks, {**slots, "edition": since})
    return Refusal("why_no_earlier", slots)


def _known(field: EditionField, figure: str) -> Mapping[str, float]:
    return field.places if figure == "place" else field.totals


def _earlier(catalogue: Catalogue, spec: EditionSpec) -> list[EditionSpec]:
    frame = catalogue.comparable_editions(spec.index, spec.frame)
    return [earlier for earlier in frame if earlier.year < spec.year]
