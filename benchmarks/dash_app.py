"""The Dash application the first chart is compared with: one rank line of the same figures.

Everything about serving is Dash's own default; run as `python -m benchmarks.dash_app PORT`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
from dash import Dash, dcc, html

PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "published"


def rank_by_year(index: str = "pci", province: str = "Bắc Giang") -> pd.Series:
    """Published rank of `province` in `index`; the index of the series is the edition."""
    ranks: dict[int, float] = {}
    for path in sorted((PUBLISHED / index).glob("[0-9][0-9][0-9][0-9].csv")):
        table = pd.read_csv(path)
        overall = table[(table["province"] == province) & (table["component"] == "overall")]
        if not overall.empty:
            ranks[int(path.stem)] = overall["rank"].iloc[0]
    return pd.Series(ranks, dtype="float64")


def application() -> Dash:
    """The application, its chart drawn."""
    ranks = rank_by_year()
    figure = go.Figure(go.Scatter(x=ranks.index, y=ranks, mode="lines+markers"))
    figure.update_yaxes(autorange="reversed")
    app = Dash(__name__)
    app.layout = html.Div([html.H1("PCI"), dcc.Graph(figure=figure)])
    return app


if __name__ == "__main__":
    application().run(host="127.0.0.1", port=sys.argv[1], debug=False)
