"""The upload desk: a new year's table comes in, is checked, shown for what it changes, and kept."""

import streamlit as st

from indices.access.roles import Action
from indices.ui import frame, show
from indices.ui.desk import desk, intake_of
from indices.ui.permission import allowed, may
from indices.ui.proposing import proposed_view
from indices.ui.upload_effect import effect_view
from indices.ui.upload_file import file_view
from indices.ui.upload_report import report_view
from indices.ui.upload_understood import understood_view
from indices.ui.upload_yes import changed_view, receipt_view, yes_view

page = frame.begin("upload")
show.title(page, page.text("upload.title"), page.text("upload.how"))
if not may(Action.UPLOAD) and not allowed(page):  # says why
    st.stop()
mine = desk()
file_view(page, mine)
receipt_view(page, mine)
proposed_view(page, mine)
intake = intake_of(page, mine)
if intake is None:
    st.stop()
changed = changed_view(page, mine)
understood_view(page, mine, intake)
report_view(page, intake)
if intake.may_be_added:
    effect_view(page, mine, intake)
    yes_view(page, mine, intake, changed=changed)
