"""What the overview says of one province: made once, and shown to every reader who chooses it.

In two parts, so that the cards need not wait for the sentences of a province nobody has asked for yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indices import narrative
from indices.ui import data
from indices.ui.briefings import briefing
from indices.ui.cards import card_texts
from indices.ui.counts import counts_piece
from indices.ui.frame import Page
from indices.ui.rank_table import rank_table
from indices.ui.show import Piece


@dataclass(frozen=True, slots=True)
class Glance:
    """The headline, and the card of every index as HTML."""

    headline: str
    cards: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Detail:
    """What stands below the cards; `counts` is None where the province has no figure at all."""

    briefing: str
    ranks: str
    counts: Piece | None
    missing: str


def glance(page: Page) -> Glance:
    """Headline and cards of the province in focus, as they are kept for every reader of these looks."""
    return page.kept("glance", lambda: _glance(page))


def detail(page: Page) -> Detail:
    """What stands below them, kept likewise."""
    return page.kept("detail", lambda: _detail(page))


def _glance(page: Page) -> Glance:
    statuses = data.statuses(page.province, page.target_rank)
    n_indices = len(page.catalogue.indices)
    sentence = narrative.headline(statuses, n_indices, page.target_rank, page.language)
    return Glance(f"{page.called(page.province)}: {sentence}", card_texts(page, statuses))


def _detail(page: Page) -> Detail:
    statuses = data.statuses(page.province, page.target_rank)
    known = not statuses.empty
    return Detail(
        briefing=briefing(page, statuses) if known else "",
        ranks=rank_table(page, data.all_histories(page.province)) if known else "",
        counts=counts_piece(page) if known else None,
        missing=_missing(page),
    )


def _missing(page: Page) -> str:
    missing = data.missing_editions(page.province)
    if missing.empty:
        return page.text("overview.missing_nothing")
    listed = ", ".join(f"{row['index']} {row['edition']}" for row in missing.to_dict("records"))
    return page.text("overview.missing_list", province=page.called(page.province), listed=listed)
