"""The receipt of an addition and what it changed, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from indices.cli_terminal import print_json, print_rows, records
from indices.export.report import one_line
from indices.i18n import NOTHING, Language, count, text, word
from indices.intake import Edition
from indices.store import Held, Version, difference

FIGURES = ("score", "rank", "n_ranked")
KINDS = ("added", "changed", "removed")
_MOST_SHOWN = 200


def print_receipt(
    held: Held,
    versions: Sequence[Version],
    before: pd.DataFrame,
    language: Language,
    *,
    as_json: bool = False,
    asked: Iterable[Edition] = (),
) -> None:
    """Version numbers, SHA-256, and how many figures each edition has otherwise than `before`.

    Of the editions `asked` for, those without a version were held already, every cell the same.
    """
    receipts = [_receipt(held, version, before) for version in versions]
    made = {(version.index, version.edition) for version in versions}
    same = [edition for edition in asked if edition not in made]
    if as_json:
        left_out = [{"index": index, "edition": edition} for index, edition in same]
        facts = {"added": True, "sha256": versions[0].sha256}
        print_json({**facts, "versions": receipts, "already_held": left_out})
        return
    for receipt in receipts:
        told = {**receipt, "n_figures": count(receipt["n_figures"], language)}
        print(text("cli.added", language, **told))
        print("  " + counted(receipt["changes"], language))
    for index, edition in same:
        print(text("cli.same", language, index=index, edition=edition))
    print(text("cli.sha256", language, sha256=versions[0].sha256))


def difference_records(found: pd.DataFrame) -> dict[str, Any]:
    """A difference as plain values: how many figures of each kind (and words beside them), each cell."""
    return {"changes": _counts(found), "cells": records(found)}


def print_difference(found: pd.DataFrame, language: Language) -> None:
    """A difference as counts and a table of its cells, the first few hundred."""
    if found.empty:
        print(text("history.no_difference", language))
        return
    print(counted(_counts(found), language))
    rows = []
    for cell in records(found.head(_MOST_SHOWN)):
        values = [_value(cell, side, language) for side in ("old", "new")]
        rows.append(
            [cell["province"], cell["component"], word("upload.role", cell["field"], language), *values]
        )
    heads = ["columns.province", "columns.component", "history.field", "history.older", "history.newer"]
    print_rows([text(key, language) for key in heads], rows)
    if (more := len(found) - _MOST_SHOWN) > 0:
        print(text("export.report_more", language, n=count(more, language)))


def counted(changes: dict[str, int], language: Language) -> str:
    """How many figures were added, changed and removed, as a sentence; basis, source and note apart."""
    said = text("cli.counts", language, **{kind: count(changes[kind], language) for kind in KINDS})
    if changes["words"]:
        said += " " + text("cli.words_changed", language, n=count(changes["words"], language))
    return said


def _receipt(held: Held, version: Version, before: pd.DataFrame) -> dict[str, Any]:
    mine = (before["index"] == version.index) & (before["edition"] == version.edition)
    table = held.store.version_table(version.version)
    facts = {"version": version.version, "index": version.index, "edition": version.edition}
    return {**facts, "n_figures": len(table), "changes": _counts(difference(before[mine], table))}


def _counts(found: pd.DataFrame) -> dict[str, int]:
    kinds = found.loc[found["field"].isin(FIGURES), "kind"].tolist()
    return {**{kind: kinds.count(kind) for kind in KINDS}, "words": len(found) - len(kinds)}


def _value(cell: dict[str, Any], side: str, language: Language) -> str:
    """A figure with every digit it has, or the words of basis, source and note."""
    if cell[f"{side}_text"] is not None:
        return one_line(cell[f"{side}_text"])
    return figure_text(cell[side], language)


def figure_text(figure: float | None, language: Language) -> str:
    """A figure with every digit that it has, in the language's way."""
    if figure is None:
        return NOTHING
    plain = f"{figure:.10g}"
    return plain.replace(".", ",") if language == "vi" else plain
