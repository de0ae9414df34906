from indices.ui import frame, show

page = frame.begin("directive")
show.title(page, page.text("menu.directive"))
