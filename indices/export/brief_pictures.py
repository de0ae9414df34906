"""Pictures for a report, drawn by the browser on the server."""

from __future__ import annotations

import pandas as pd

from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue
from indices.export.brief_parts import Picture
from indices.export.chart_list import named_chart
from indices.export.images import picture
from indices.export.picture_sizes import PictureSize
from indices.i18n import Language

SIZE = PictureSize("brief", 1950, 1100, 700)
"""16.5 cm at 300 dots an inch, as high as a report of two pages has room for: 12 px become 8 pt."""
_LOWER, _LOWEST = 100, 360
"""Px that a chart may be lower than on the screen, which has more room upwards, and what it needs."""


def drawn_pictures(
    figures: pd.DataFrame, catalogue: Catalogue, province: str, target_rank: int, language: Language
) -> Picture:
    """The `pictures` of `brief_bytes`: charts of the list as PNG, none where they cannot be drawn."""

    def drawn(name: str, index: str | None) -> bytes | None:
        of = index or next(iter(catalogue.indices))
        chart = named_chart(name, figures, catalogue, of, None, province, target_rank, language)
        if isinstance(chart, Refusal):
            return None
        chart.update_layout(height=max(chart.layout.height - _LOWER, _LOWEST))
        content = picture(chart, SIZE)
        return None if isinstance(content, Refusal) else content

    return drawn
