"""For the administrator: who may do what, tokens of programs, the audit log."""

from indices.access.roles import Action
from indices.ui import frame, show
from indices.ui.audit_view import audit_view
from indices.ui.permission import allowed
from indices.ui.roles_view import roles_view
from indices.ui.token_forms import tokens_view

page = frame.begin("administration")
show.title(page, page.text("administration.title"), page.text("administration.how"))
if allowed(page, Action.ADMINISTER):
    roles_view(page)
    tokens_view(page)
    audit_view(page)
