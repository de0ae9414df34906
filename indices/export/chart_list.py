"""The charts that can be asked for by name: on the command line, at the data endpoints, for a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import plotly.graph_objects as go

from indices import analysis
from indices.analysis.bridge import bridge
from indices.analysis.certainty import certainty, certainty_field
from indices.analysis.directive import before_after
from indices.analysis.gap import gap
from indices.analysis.history import latest_figure
from indices.analysis.outlook import outlook
from indices.analysis.rank_change import known_moves, rank_change
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import reweight
from indices.analysis.score_change import score_change
from indices.analysis.strengths import strengths
from indices.catalogue import MERGER_FRAME, Catalogue, EditionSpec
from indices.charts.theme import LIGHT, Theme
from indices.export import answer_charts, gap_charts, index_charts, why_charts
from indices.export.reader import ChartReader
from indices.i18n import Language
from indices.settings import from_environment
from indices.tidy import OVERALL

Found: TypeAlias = go.Figure | Refusal


@dataclass(frozen=True)
class Ask:
    """A chart asked for: `edition` None is the newest one with a figure of the province."""

    reader: ChartReader
    figures: pd.DataFrame
    index: str
    edition: str | None
    since: str | None
    geo: Path

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The figures of the index."""
        return self.figures[self.figures["index"] == self.index]

    @cached_property
    def places(self) -> pd.DataFrame:
        """`analysis.places` of the index."""
        return analysis.places(self.rows, self.reader.catalogue, self.index)

    @cached_property
    def history(self) -> pd.DataFrame:
        """`analysis.rank_history` of the province."""
        return analysis.rank_history(self.places, self.reader.catalogue, self.index, self.reader.province)

    @cached_property
    def spec(self) -> EditionSpec | Refusal:
        """The edition, or that there is none."""
        edition = self.edition
        if edition is None:
            found = latest_figure(self.history)
            edition = str(found["edition"]) if found else None
        spec = None if edition is None else self.reader.catalogue.edition(self.index, edition)
        if spec is not None:
            return spec
        slots = {"index": self.index, "edition": edition or ""}
        return Refusal("no_edition", slots) if edition else Refusal("chart_no_history", {"index": self.index})

    @property
    def where(self) -> tuple[pd.DataFrame, Catalogue, str, str, str]:
        """What the answers of `indices.analysis` begin with; the spec must be known."""
        assert isinstance(self.spec, EditionSpec)
        return (self.rows, self.reader.catalogue, self.index, self.spec.edition, self.focal)

    @property
    def focal(self) -> str:
        """The province, as the edition has it."""
        assert isinstance(self.spec, EditionSpec)
        return index_charts.focal_in(self.reader, self.spec.frame)


def _rank(ask: Ask) -> Found:
    if not ask.history["place"].notna().any():
        return Refusal("chart_no_history", {"index": ask.index})
    return index_charts.rank_chart(ask.reader, ask.index, ask.history, with_events=True)


def _score(ask: Ask) -> Found:
    if not ask.history["score"].notna().any():
        return Refusal("chart_no_score", {"index": ask.index})
    reader = ask.reader
    field = analysis.field_history(ask.places, reader.catalogue, ask.index, reader.target_rank)
    return index_charts.score_chart(reader, ask.index, ask.history, field)


def _map(ask: Ask, spec: EditionSpec) -> Found:
    ranked = analysis.ranking(ask.places, spec.edition)
    if not ranked["place"].notna().any() and not ranked["score"].notna().any():
        return Refusal("no_edition", {"index": ask.index, "edition": spec.edition})
    frame = MERGER_FRAME if spec.frame == MERGER_FRAME else 63
    return index_charts.map_chart(
        ask.reader, ask.index, spec.year, ranked, ask.focal, geo=ask.geo, frame=frame, flat=True
    )


def _components(ask: Ask, spec: EditionSpec) -> Found:
    parts = analysis.components(*ask.where, ask.reader.target_rank)
    splits = parts.loc[parts["score"].notna(), "split"].dropna().unique()
    if not len(splits):
        return Refusal("no_parts", {"index": ask.index, "edition": spec.edition})
    chosen = index_charts.named_parts(ask.reader, ask.index, spec.year, parts[parts["split"] == splits[0]])
    return index_charts.components_chart(ask.reader, ask.index, spec.year, chosen, ask.focal, spec.frame)


def _strengths(ask: Ask, spec: EditionSpec) -> Found:
    found = strengths(*ask.where, ask.reader.target_rank)
    return found if isinstance(found, Refusal) else answer_charts.part_places_chart(ask.reader, found)


def _worth(ask: Ask, spec: EditionSpec) -> Found:
    found = strengths(*ask.where, ask.reader.target_rank)
    if isinstance(found, Refusal):
        return found
    if not found.parts["worth_top_mean" if found.ranked else "worth_headroom"].notna().any():
        return Refusal("no_parts", {"index": ask.index, "edition": spec.edition})
    return answer_charts.part_distances_chart(ask.reader, found)


def _gap(ask: Ask, spec: EditionSpec) -> Found:
    found = gap(*ask.where, ask.reader.target_rank)
    if isinstance(found, Refusal):
        return found
    if isinstance(found.parts, Refusal):
        return found.parts
    around = str(found.summary["target_province"].iloc[0]) == ask.focal
    parts = found.parts[found.parts["parent"] == OVERALL]
    if around and parts["difference_around"].isna().any():
        return Refusal("no_line_parts", {"index": ask.index, "edition": spec.edition})
    rows = gap_charts.difference_rows(ask.reader, parts, around)
    return gap_charts.difference_chart(ask.reader, ask.index, spec.edition, found, rows, around)


def _lost(ask: Ask, spec: EditionSpec) -> Found:
    found = gap(*ask.where, ask.reader.target_rank)
    if isinstance(found, Refusal):
        return found
    if isinstance(found.lost, Refusal):
        return found.lost
    rows = gap_charts.lost_rows(ask.reader, found.lost[found.lost["parent"] == OVERALL])
    return gap_charts.lost_chart(ask.reader, ask.index, spec.edition, found, rows)


def _why(ask: Ask, spec: EditionSpec) -> Found:
    found = rank_change(*ask.where, ask.since)
    if isinstance(found, Refusal):
        return found
    return why_charts.steps_chart(ask.reader, _pair(ask, found.ends), found)


def _crossings(ask: Ask, spec: EditionSpec) -> Found:
    found = known_moves(*ask.where, ask.since)
    if isinstance(found, Refusal):
        return found
    return why_charts.crossings_chart(ask.reader, _pair(ask, found.ends), found)


def _why_score(ask: Ask, spec: EditionSpec) -> Found:
    found, moves = score_change(*ask.where, ask.since), known_moves(*ask.where, ask.since)
    if isinstance(found, Refusal):
        return found
    if isinstance(moves, Refusal):
        return moves
    return why_charts.score_change_chart(ask.reader, _pair(ask, moves.ends), found)


def _reweight(ask: Ask, spec: EditionSpec) -> Found:
    found = reweight(*ask.where, ask.since)
    if isinstance(found, Refusal):
        return found
    editions = found.scores["edition"].drop_duplicates().to_frame()
    return why_charts.weights_chart(ask.reader, _pair(ask, editions), found)


def _pair(ask: Ask, ends: pd.DataFrame) -> why_charts.Pair:
    """The editions compared, as the answer found them: the earlier one comes first."""
    since, edition = (str(name) for name in ends["edition"])
    return ask.index, edition, since, ask.focal


def _certainty(ask: Ask, spec: EditionSpec) -> Found:
    reader = ask.reader
    found = certainty(*ask.where, reader.target_rank)
    if isinstance(found, Refusal):
        return found
    if not answer_charts.has_certainty_chart(found):
        return Refusal("chart_no_ranges", {"index": ask.index, "edition": spec.edition})
    basis = found.first["basis"]
    whole = certainty_field(ask.rows, reader.catalogue, ask.index, spec.edition, reader.target_rank, basis)
    if isinstance(whole, Refusal):
        return whole
    rows = answer_charts.certainty_rows(reader, whole)
    return answer_charts.certainty_chart(reader, found, rows, ask.rows)


def _outlook(ask: Ask) -> Found:
    reader = ask.reader
    found = outlook(ask.figures, reader.catalogue, ask.index, reader.province, reader.target_rank)
    return found if isinstance(found, Refusal) else answer_charts.chance_chart(reader, ask.index, found)


def _before_after(ask: Ask) -> Found:
    reader = ask.reader
    found = before_after(ask.figures, reader.catalogue, reader.province, reader.target_rank)
    return found if isinstance(found, Refusal) else answer_charts.before_after_chart(reader, found)


def _bridge(ask: Ask) -> Found:
    reader = ask.reader
    found = bridge(ask.rows, reader.catalogue, ask.index, reader.province, reader.target_rank)
    return found if isinstance(found, Refusal) else answer_charts.bridge_chart(reader, found)


def _of_edition(build: Callable[[Ask, EditionSpec], Found]) -> Callable[[Ask], Found]:
    """`build` with the edition asked for, refused where there is none."""

    def built(ask: Ask) -> Found:
        return ask.spec if isinstance(ask.spec, Refusal) else build(ask, ask.spec)

    return built


@dataclass(frozen=True, slots=True)
class NamedChart:
    """A chart of the list: how it is built, and what of the question it heeds."""

    build: Callable[[Ask], Found]
    of_index: bool = True
    of_edition: bool = True
    of_since: bool = False


CHARTS: Mapping[str, NamedChart] = {
    "rank": NamedChart(_rank, of_edition=False),
    "score": NamedChart(_score, of_edition=False),
    "map": NamedChart(_of_edition(_map)),
    "components": NamedChart(_of_edition(_components)),
    "strengths": NamedChart(_of_edition(_strengths)),
    "worth": NamedChart(_of_edition(_worth)),
    "gap": NamedChart(_of_edition(_gap)),
    "lost": NamedChart(_of_edition(_lost)),
    "why": NamedChart(_of_edition(_why), of_since=True),
    "crossings": NamedChart(_of_edition(_crossings), of_since=True),
    "why-score": NamedChart(_of_edition(_why_score), of_since=True),
    "reweight": NamedChart(_of_edition(_reweight), of_since=True),
    "certainty": NamedChart(_of_edition(_certainty)),
    "outlook": NamedChart(_outlook, of_edition=False),
    "before-after": NamedChart(_before_after, of_index=False, of_edition=False),
    "bridge": NamedChart(_bridge, of_edition=False),
}


def named_chart(
    name: str,
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str | None,
    province: str,
    target_rank: int,
    language: Language,
    *,
    theme: Theme = LIGHT,
    since: str | None = None,
    geo: Path | None = None,
) -> go.Figure | Refusal:
    """The chart `name` of CHARTS, as the pages show it, or why the figures do not allow it.

    `figures`: the tidy table of every index. `edition` None: the newest one with a figure of the
    province; `since`: the earlier edition of charts about changes; `geo`: the folder of the map's
    tiles. Raises KeyError for a name, an index or a province nobody knows.
    """
    reader = ChartReader(language, province, target_rank, theme, catalogue)
    catalogue.indices[index], catalogue.provinces.get(province)  # a KeyError now rather than half way
    ask = Ask(reader, figures, index, edition, since, geo or from_environment().data / "geo")
    return CHARTS[name].build(ask)
