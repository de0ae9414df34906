"""What is held, for download; and the way in for a new year."""

from indices.ui import frame, show
from indices.ui.data_views import add_view, coverage_view, download_view

page = frame.begin("data")
show.title(page, page.text("data.title"), page.text("data.how"))
coverage_view(page)
download_view(page)
add_view(page)
