"""Several provinces beside the one in focus: rank lines, score lines, differences."""

from indices.ui import frame, show
from indices.ui.choices import edition_choice, index_choice
from indices.ui.compare_views import difference_view, lines_view, province_choice
from indices.ui.links_view import links_view

page = frame.begin("compare")
show.title(page, page.text("compare.title", province=page.called(page.province)), page.text("compare.how"))
index = index_choice(page)
provinces = province_choice(page, index)
lines_view(page, index, provinces)
show.section(page.text("compare.differences", index=index))
edition = edition_choice(page, index)
if edition is None:
    show.nothing(page, page.text("index.no_edition", index=index))
else:
    difference_view(page, index, edition, provinces)
links_view(page, ("history", "peers"), index=index.lower(), edition=edition and edition.edition)
