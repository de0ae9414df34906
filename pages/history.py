"""Who brought in which figures when; any version compared, taken away, restored, withdrawn or corrected."""

from indices.ui import frame, show
from indices.ui.correction_form import correction_view
from indices.ui.history_changes import changes_view
from indices.ui.history_forms import told_view, version_view
from indices.ui.history_views import edition_choice, versions_view

page = frame.begin("history")
show.title(page, page.text("history.title"), page.text("history.how"))
told_view(page)
index, edition = edition_choice(page)
found = versions_view(page, index, edition)
if index and edition and not found.empty:
    version_view(page, index, edition, found)
    changes_view(page, index, edition, found)
    correction_view(page, index, edition)
elif not found.empty:
    show.note(page.text("history.choose_edition"))
