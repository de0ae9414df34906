from indices.ui import frame, show

page = frame.begin("gap")
show.title(page, page.text("menu.gap"))
