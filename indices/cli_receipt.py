"""The receipt of an addition and what it changed, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from indices.cli_terminal import print_json
from indices.i18n import Language, count, text
from indices.store import Held, Version


def print_receipt(
    held: Held, versions: Sequence[Version], before: pd.DataFrame, language: Language, *, as_json: bool = False
) -> None:
    """Version numbers and SHA-256, and what each edition holds now that it did not before."""
    receipts = [_receipt(held, version) for version in versions]
    if as_json:
        print_json({"added": True, "sha256": versions[0].sha256, "versions": receipts})
        return
    for receipt in receipts:
        slots = {**receipt, "n_figures": count(receipt["n_figures"], language)}
        print(text("cli.added", language, **slots))
    print(text("cli.sha256", language, sha256=versions[0].sha256))


def _receipt(held: Held, version: Version) -> dict[str, Any]:
    facts = {"version": version.version, "index": version.index, "edition": version.edition}
    return {**facts, "n_figures": len(held.store.version_table(version.version))}


def difference_records(found: pd.DataFrame) -> dict[str, Any]:
    return {}


def difference_lines(found: pd.DataFrame, language: Language) -> list[str]:
    return []
