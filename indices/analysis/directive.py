"""The order of July 2020 and what followed: each index before and since, and what was to be done.

An answer tells what came after the order. That the order brought it about, no figure can say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.province_places import Row, province_places
from indices.analysis.refusal import Refusal
from indices.analysis.status import status_of_place
from indices.catalogue import Catalogue, EditionSpec, EventSpec

SUMMARY_DTYPES = {
    "index": "string[pyarrow]",
    "edition_before": "string[pyarrow]",
    "place_before": "int64[pyarrow]",
    "computed_before": "bool[pyarrow]",
    "n_ranked_before": "int64[pyarrow]",
    "edition": "string[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "status": "string[pyarrow]",
    "edition_best": "string[pyarrow]",
    "place_best": "int64[pyarrow]",
    "n_met": "int64[pyarrow]",
    "n_known": "int64[pyarrow]",
    "n_editions": "int64[pyarrow]",
    "comparable": "bool[pyarrow]",
    "break_edition": "string[pyarrow]",
    "change": "int64[pyarrow]",
    "change_edition": "string[pyarrow]",
    "later_change": "int64[pyarrow]",
    "later_since": "string[pyarrow]",
    "source": "string[pyarrow]",
}
EDITION_DTYPES = {
    "index": "string[pyarrow]",
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "before": "bool[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "segment": "int64[pyarrow]",
    "comparable": "bool[pyarrow]",
    "basis": "string[pyarrow]",
    "source": "string[pyarrow]",
}
EVENT_DTYPES = {
    "date": "string[pyarrow]",
    "due": "string[pyarrow]",
    "kind": "string[pyarrow]",
    "indices": "string[pyarrow]",
    "title_vi": "string[pyarrow]",
    "title_en": "string[pyarrow]",
    "owner_vi": "string[pyarrow]",
    "owner_en": "string[pyarrow]",
    "source": "string[pyarrow]",
}
MERGER = "merger"


@dataclass(frozen=True)
class BeforeAfter:
    """A province before and since a day.

    `indices`: one row an index of the catalogue (SUMMARY_DTYPES). `edition_before`, `place_before`:
    the newest edition before the day in which the province has a place; `edition`, `place`,
    `status`: the newest one since, against the target; `place_best` the best since; of
    `n_editions` that the publisher held since, `n_known` have a place of the province and `n_met`
    one within the target. `comparable`: no method break lies between the edition before and the
    newest (missing where there are not both); `break_edition` is the year of the last break before
    the newest edition and after the first one shown.

    Changes are places gained (positive: up) and stay within one method, so that each can be read
    as one. `change`: from the edition before to `change_edition`, the newest one of the same
    method; `later_change`: from `later_since` to the newest edition, both since the day and of the
    newest method, where that is another one.

    `editions`: the edition before and every edition held since, oldest first (EDITION_DTYPES);
    `comparable`: of the same method as the newest one since with a place (missing without one).
    """

    province: str
    target_rank: int
    since: date
    indices: pd.DataFrame
    editions: pd.DataFrame


def order(catalogue: Catalogue) -> EventSpec | None:
    """The event on whose day a document first set a rank to be reached; None where there is none."""
    days = {spec.issued_on for spec in catalogue.targets if spec.kind == "rank"}
    found = [spec for spec in catalogue.events if spec.date.isoformat() in days]
    return min(found, key=lambda spec: spec.date) if found else None


def ordered_rank(catalogue: Catalogue) -> int | None:
    """The rank that the order set for the indices; None where there is no order or no one rank."""
    event = order(catalogue)
    if event is None:
        return None
    day = event.date.isoformat()
    ranks = {spec.value for spec in catalogue.targets if spec.issued_on == day and spec.kind == "rank"}
    return int(ranks.pop()) if len(ranks) == 1 else None


def before_after(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    province: str,
    target_rank: int,
    since: date | None = None,
) -> BeforeAfter | Refusal:
    """Every index of a province before and since `since` (the day of the order) against a target.

    An edition is of before where it is named for an earlier year or was announced before the day.
    Editions of the 34 merged provinces are another field and left out. Refused where the catalogue
    knows no order (`no_order`), or the province has no place before or since (`no_places_since`).
    """
    if since is None:
        event = order(catalogue)
        if event is None:
            return Refusal("no_order")
        since = event.date
    found = province_places(figures, catalogue, list(catalogue.indices), [province])
    summaries: list[dict[str, Any]] = []
    shown: list[dict[str, Any]] = []
    for index in catalogue.indices:
        editions = {spec.edition: spec for spec in catalogue.editions_of(index)}
        rows = [row for row in found[index][province] if row["held"]]
        earlier = [row for row in rows if _is_before(editions[row["edition"]], since)]
        later = [row for row in rows if not _is_before(editions[row["edition"]], since)]
        known_before = [row for row in earlier if row["place"] is not None]
        before = known_before[-1] if known_before else None
        summary = _summary(index, before, later, target_rank)
        known = [row for row in [*known_before[-1:], *later] if row["place"] is not None]
        if known:
            breaks = [spec.edition for spec in catalogue.breaks_of(index)]
            crossed = [year for year in breaks if known[0]["year"] < year <= known[-1]["year"]]
            summary["break_edition"] = str(max(crossed)) if crossed else None
        summaries.append(summary)
        of_newest = _segment_of(later, summary["edition"])
        for row in [*known_before[-1:], *later]:
            same = None if of_newest is None else row["segment"] == of_newest
            shown.append({**row, "before": row is before, "comparable": same})
    if all(row["place"] is None for row in shown):
        return Refusal("no_places_since", {"province": province, "year": since.year})
    return BeforeAfter(
        province,
        target_rank,
        since,
        answer_table(summaries, SUMMARY_DTYPES),
        answer_table(shown, EDITION_DTYPES),
    )


def events(catalogue: Catalogue) -> pd.DataFrame:
    """Decisions, meetings, plans and tasks in the order of their due date, else of their date.

    EVENT_DTYPES: dates as ISO dates, `indices` joined by "|", `due` missing where none was set. The
    merger of 2025 is no task and left out.
    """
    chosen = [spec for spec in catalogue.events if spec.kind != MERGER]
    ordered = sorted(chosen, key=lambda spec: (spec.due or spec.date.isoformat(), spec.date))
    return answer_table(
        [
            {
                **{name: getattr(spec, name) for name in EVENT_DTYPES},
                "date": spec.date.isoformat(),
                "due": spec.due or None,
                "indices": "|".join(spec.indices),
            }
            for spec in ordered
        ],
        EVENT_DTYPES,
    )


def _is_before(edition: EditionSpec, since: date) -> bool:
    announced = edition.announced_on
    return edition.year < since.year or bool(announced and announced < since.isoformat())


def _summary(index: str, before: Row | None, later: list[Row], target_rank: int) -> dict[str, Any]:
    known = [row for row in later if row["place"] is not None]
    newest = known[-1] if known else None
    best = min(known, key=lambda row: (row["place"], -row["year"])) if known else None
    summary: dict[str, Any] = {
        "index": index,
        "status": status_of_place(newest and newest["place"], target_rank),
        "n_met": sum(row["place"] <= target_rank for row in known),
        "n_known": len(known),
        "n_editions": len(later),
    }
    if before is not None:
        names = ("edition", "place", "computed", "n_ranked")
        summary |= {f"{name}_before": before[name] for name in names}
        same = [row for row in known if row["segment"] == before["segment"]]
        if same:
            summary["change"] = before["place"] - same[-1]["place"]
            summary["change_edition"] = same[-1]["edition"]
    if newest is None or best is None:
        return {**summary, "edition": None, "comparable": None}
    summary |= {name: newest[name] for name in ("edition", "place", "computed", "n_ranked", "source")}
    summary |= {"edition_best": best["edition"], "place_best": best["place"]}
    summary["comparable"] = before and before["segment"] == newest["segment"]
    stretch = [row for row in known if row["segment"] == newest["segment"]]
    if not summary["comparable"] and len(stretch) > 1:
        summary["later_change"] = stretch[0]["place"] - newest["place"]
        summary["later_since"] = stretch[0]["edition"]
    return summary


def _segment_of(rows: list[Row], edition: str | None) -> int | None:
    return next((row["segment"] for row in rows if row["edition"] == edition), None)
