"""Files for the upload desk, made from the PCI 2022 that comes with the program."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from tests.pages.conftest import DATA


def scores(edition: str = "2022") -> dict[str, str]:
    """Province → score of a PCI as published. 2022: 63 provinces, Bắc Giang 72.8 in place 2."""
    with (DATA / f"published/pci/{edition}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["province"]: row["score"] for row in rows if row["component"] == "overall"}


def table_file(rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV as Vietnamese Excel saves it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return ("\ufeff" + text.getvalue()).encode()


def pci_file(changes: Mapping[str, str] | None = None, more: Mapping[str, str] | None = None) -> bytes:
    """Scores of PCI 2022 with some changed (by province); `more` is a further column: heading → cell."""
    changed = {**scores(), **(changes or {})}
    more = more or {}
    head = ["TT", "Tỉnh, thành phố", "Điểm PCI 2022", *more]
    body = [
        [str(number), province, score.replace(".", ","), *more.values()]
        for number, (province, score) in enumerate(changed.items(), start=1)
    ]
    return table_file([head, *body])
