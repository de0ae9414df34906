"""Editions an analyst may bring figures of: those that are known, and the one after the newest."""

from __future__ import annotations

from indices.catalogue import MERGER_FRAME
from indices.catalogue.new_editions import edition_spec
from indices.ui.frame import Page


def edition_options(page: Page, index: str, also: str | None = None) -> dict[str, str]:
    """Edition → its words, newest first; the year after the newest comes first and is called new.

    `also` is an edition a file names, wherever it may be among them.
    """
    known = [spec.edition for spec in page.catalogue.editions_of(index) if spec.held]
    newest = max((spec.year for spec in page.catalogue.editions_of(index)), default=0)
    wanted = {*known, str(newest + 1), *([also] if also else [])}
    possible = [edition for edition in wanted if edition_spec(page.catalogue, index, edition) is not None]
    return {edition: _called(page, index, edition) for edition in sorted(possible, reverse=True)}


def _called(page: Page, index: str, edition: str) -> str:
    if page.catalogue.edition(index, edition) is None:
        return page.text("upload.edition_new", edition=edition)
    spec = page.catalogue.edition(index, edition)
    if spec is not None and spec.frame == MERGER_FRAME:
        return page.text("index.edition_merged", year=spec.year, n=spec.frame)
    return edition
