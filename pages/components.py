from indices.ui import frame, show

page = frame.begin("components")
show.title(page, page.text("menu.components"))
