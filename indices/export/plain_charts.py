"""The figures of a chart in a deck, with a workbook in which every text is a text.

python-pptx has the workbook made with formulas out of texts that begin like one, and links out of addresses.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from xlsxwriter import Workbook

_TEXTS_STAY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class _PlainWorkbook(CategoryWorkbookWriter):
    @contextmanager
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Iterator[tuple[Any, Any]]:
        with Workbook(xlsx_file, _TEXTS_STAY) as book:
            yield book, book.add_worksheet()


class PlainChartData(CategoryChartData):
    """`CategoryChartData` with such a workbook."""

    @property
    def _workbook_writer(self) -> Any:
        return _PlainWorkbook(self)  # type: ignore[no-untyped-call]  # carries no types
