"""What a request asks, every code of it resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from indices import analysis
from indices.analysis.rank_change import RankChange, rank_change
from indices.catalogue import FOCAL_PROVINCE, MERGER_FRAME, STANDING_TARGET, Catalogue
from indices.i18n import DEFAULT_LANGUAGE, Language
from indices.serving.api.moment import Moment
from indices.tidy import OVERALL

Where = tuple[pd.DataFrame, Catalogue, str, str, str]


@dataclass(frozen=True)
class Question:
    """The choices of a request.

    `province` is a canonical name, `index` a code of the catalogue, `edition` the one named; `changes`
    are new component scores. `indices`, `sections` and `year` say what a file for a meeting tells
    (None: everything), `size` what a picture of a chart is for. `given` names the parameters that the
    request had, the others stand on their defaults.
    """

    moment: Moment
    language: Language = DEFAULT_LANGUAGE
    index: str = ""
    edition: str = ""
    province: str = FOCAL_PROVINCE
    target_rank: int = STANDING_TARGET
    since: str | None = None
    within: str = OVERALL
    split: str | None = None
    component: str | None = None
    group: str = "neighbours"
    changes: Mapping[str, float] = field(default_factory=dict)
    indices: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    year: int | None = None
    size: str = "slide"
    format: str | None = None
    table: str | None = None
    given: frozenset[str] = frozenset()

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the moment."""
        return self.moment.catalogue

    @property
    def where(self) -> Where:
        """The first arguments of an answer about an edition."""
        return (
            self.moment.figures_of(self.index),
            self.catalogue,
            self.index,
            self.edition,
            self.province,
        )

    @property
    def province_there(self) -> str:
        """The province as the edition has it: the merged one after the merger."""
        spec = self.catalogue.edition(self.index, self.edition)
        merged = spec is not None and spec.frame == MERGER_FRAME
        return self.catalogue.provinces.successor(self.province) if merged else self.province

    @property
    def slug(self) -> str:
        """The province's code in an address."""
        return self.catalogue.provinces.get(self.province).slug


def newest_edition(moment: Moment, index: str, province: str) -> str:
    """The edition that pages begin with: the newest with a place of the province, else with a score.

    The newest one held where there is neither, "" where nothing is.
    """
    history = analysis.rank_history(moment.placed(index), moment.catalogue, index, province)
    mine = analysis.latest_figure(history)
    if mine is not None:
        return str(mine["edition"])
    return next(iter(moment.editions_held(index)), "")


def explained_edition(moment: Moment, index: str, province: str) -> str:
    """The newest edition whose change of place can be split, as the page about changes begins with."""
    placed = moment.placed(index)
    whole = set(placed.loc[placed["complete"].astype(bool), "edition"])
    for edition in moment.editions_held(index):
        if edition in whole:
            where = (moment.figures_of(index), moment.catalogue, index, edition, province)
            if isinstance(rank_change(*where), RankChange):
                return edition
    return newest_edition(moment, index, province)
