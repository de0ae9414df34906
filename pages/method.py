"""What each index measures, how it is worked out, where its figures come from."""

from indices.ui import frame, show
from indices.ui.choices import index_choice
from indices.ui.method_views import about_view, conflict_view, formula_view, glossary_view, source_view

page = frame.begin("method")
show.title(page, page.text("method.title"), page.text("method.how"))
index = index_choice(page)
about_view(page, index)
formula_view(page, index)
conflict_view(page, index)
source_view(page, index)
glossary_view(page)
