from indices.ui import frame, show

page = frame.begin("outlook")
show.title(page, page.text("menu.outlook"))
