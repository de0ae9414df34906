"""The order of July 2020: what it asked, what came before and since, and over the merger of 2025."""

import streamlit as st

from indices.analysis.refusal import Refusal
from indices.ui import directive_data, frame, show
from indices.ui.directive_lists import targets_view, tasks_view
from indices.ui.directive_views import bridge_view, heading, results_view, told
from indices.ui.links_view import links_view

page = frame.begin("directive")
answer = directive_data.before_after(page.province, page.target_rank)
if isinstance(answer, Refusal):
    show.title(page, page.text("menu.directive"))
    told(page, answer)
    st.stop()
heading(page, answer)
results_view(page, answer)
if directive_data.ordered(page.province):
    targets_view(page)
    tasks_view(page, answer)
bridge_view(page)
links_view(page, "directive")
