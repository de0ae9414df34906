"""The application that load is compared with: plain Streamlit, one choice, one chart of the same figures.

Run as `streamlit run benchmarks/one_chart.py`; everything about serving is Streamlit's own default.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "published" / "pci"


@st.cache_data
def ranks() -> pd.DataFrame:
    """Overall rank by province and edition, as published."""
    tables = []
    for path in sorted(PUBLISHED.glob("[0-9][0-9][0-9][0-9].csv")):
        table = pd.read_csv(path)
        tables.append(table[table["component"] == "overall"].assign(edition=int(path.stem)))
    return pd.concat(tables, ignore_index=True)


table = ranks()
province = st.selectbox("Province", sorted(table["province"].unique()), key="province.plain")
rows = table[table["province"] == province].sort_values("edition")
figure = go.Figure(go.Scatter(x=rows["edition"], y=rows["rank"], mode="lines+markers"))
figure.update_yaxes(autorange="reversed")
st.plotly_chart(figure)
