"""A workbook to fill, for one index and edition: the right provinces and columns, what is held filled in."""

from __future__ import annotations

import streamlit as st

from indices.export.template import template_workbook
from indices.ui import data, state
from indices.ui.edition_options import edition_options
from indices.ui.frame import Page
from indices.ui.permission import exported

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template_view(page: Page) -> None:
    """Index, edition and the button that gives the workbook."""
    indices = {code.lower(): code for code in page.catalogue.indices}
    with st.container(horizontal=True, vertical_alignment="bottom", key="template-choice"):
        index = indices[
            state.choose(
                st.selectbox,
                "template",
                indices,
                default=next(iter(indices)),
                language=page.language,
                refuse=page.refuse,
                label=page.text("upload.template_index"),
                width=140,
            )
        ]
        editions = edition_options(page, index)
        edition = state.choose(
            st.selectbox,
            "template_edition",
            editions,
            default=next(iter(editions)),
            language=page.language,
            refuse=page.refuse,
            of=index,
            label=page.text("upload.template_edition"),
            width=180,
        )
        st.download_button(
            page.text("upload.button_template"),
            exported(
                f"template {index} {edition}",
                lambda: template_workbook(page.catalogue, index, edition, data.figures(), page.language),
            ),
            file_name=f"{index.lower()}-{edition}-{page.text('export.template_file')}.xlsx",
            mime=XLSX,
            on_click="ignore",
            key=state.widget_key("get.template", page.language),
        )
