"""The choices several pages share: the index and the edition looked at."""

from __future__ import annotations

import streamlit as st

from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.ui import data, state
from indices.ui.frame import Page


def index_choice(page: Page) -> str:
    """The index looked at, by a control that shows them all."""
    options = {code.lower(): code for code in page.catalogue.indices}
    chosen = state.choose(
        st.segmented_control,
        "index",
        options,
        default=next(iter(options)),
        language=page.language,
        refuse=page.refuse,
        label=page.text("index.choose"),
        label_visibility="collapsed",
        required=True,
    )
    return options[chosen]


def edition_choice(page: Page, index: str, default: str | None = None) -> EditionSpec | None:
    """The edition looked at: `default`, or the newest that holds the province; None where nothing is held."""
    held = data.editions_held(index)
    if not held:
        return None
    mine = default or data.latest_edition(index, page.province)
    chosen = state.choose(
        st.selectbox,
        "edition",
        {edition: _label(page, index, edition) for edition in held},
        default=mine if mine in held else held[0],
        language=page.language,
        refuse=page.refuse,
        of=index,
        label=page.text("index.edition"),
        width=320,
    )
    return page.catalogue.edition(index, chosen)


def _label(page: Page, index: str, edition: str) -> str:
    spec = page.catalogue.edition(index, edition)
    if spec is not None and spec.frame == MERGER_FRAME:
        return page.text("index.edition_merged", year=spec.year, n=spec.frame)
    return edition
