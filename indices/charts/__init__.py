"""Charts: each a function from a small tidy table to a figure that carries its own words and source."""

from indices.charts.caption import Caption
from indices.charts.component_bars import component_bars
from indices.charts.coverage_grid import coverage_grid
from indices.charts.names import short_name
from indices.charts.rank_lines import rank_lines
from indices.charts.score_lines import score_lines
from indices.charts.sparkline import sparkline
from indices.charts.target_counts import target_counts
from indices.charts.theme import DARK, LIGHT, Theme, theme
from indices.charts.tile_map import tile_map

__all__ = [
    "DARK",
    "LIGHT",
    "Caption",
    "Theme",
    "component_bars",
    "coverage_grid",
    "rank_lines",
    "score_lines",
    "short_name",
    "sparkline",
    "target_counts",
    "theme",
    "tile_map",
]
