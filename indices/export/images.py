"""Pictures of charts on the server, by a browser kept open; a clear word where there is none."""

from __future__ import annotations

import logging
from typing import Literal

import plotly.graph_objects as go

from indices.analysis.refusal import Refusal
from indices.export.kept_browser import BrowserError, installed_browser, kept_browser
from indices.export.picture_sizes import SIZES, Layout, PictureSize, sized

_log = logging.getLogger(__name__)

Format = Literal["png", "svg"]


def picture(figure: go.Figure, size: str | PictureSize = "slide", format: Format = "png") -> bytes | Refusal:
    """A chart as PNG (of exactly the size's px) or SVG (letters as letters), laid out anew for the size.

    `size`: "slide" (1920 × 1080), "document" (1890 × 1200) or "square" (1500 × 1500). Refused with
    "no_browser" where no Chrome is installed, with "picture_failed" where it gave no picture in time.
    """
    path = installed_browser()
    if path is None:
        return Refusal("no_browser")
    shape = SIZES[size] if isinstance(size, str) else size
    laid_out = sized(figure, shape)
    options = Layout(
        laid_out.layout.width, laid_out.layout.height, shape.width / laid_out.layout.width
    ).options(format)
    try:
        return kept_browser(path).drawn(laid_out.to_dict(), options)
    except BrowserError as failure:
        _log.warning("No picture from %s: %s", path, failure)
        return Refusal("picture_failed")
