"""Slides, workbook and report for a meeting: chosen, seen, and downloaded."""

import streamlit as st

from indices.ui import export_data, frame
from indices.ui.export_files import files_view, offers
from indices.ui.export_master import master_view, own_master
from indices.ui.export_views import choice_view, heading_view, preview_view
from indices.ui.links_view import links_view

page = frame.begin("export")
heading = st.container()
choice = choice_view(page)
with st.spinner(page.text("exports.making")):
    story = export_data.story(choice)
with heading:
    heading_view(page, choice, story)
mine = own_master()
files = st.container()
master_view(page, mine)
with files:
    files_view(page, choice, offers(choice, story, mine))
preview_view(page, choice, story)
links_view(page, ("deck.pptx", "workbook.xlsx", "brief.docx"), **choice.codes)
