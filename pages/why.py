from indices.ui import frame, show

page = frame.begin("why")
show.title(page, page.text("menu.why"))
