"""Files that wait for the yes of a second person: seen as their sender saw them, approved or not."""

from indices.access.roles import Action
from indices.ui import frame, show
from indices.ui.decision_form import decision_view
from indices.ui.history_forms import told_view
from indices.ui.permission import allowed
from indices.ui.proposal_views import proposal_choice, proposal_view, proposals_view

page = frame.begin("proposals")
show.title(page, page.text("proposal.title"), page.text("proposal.how"))
if allowed(page, Action.UPLOAD):
    told_view(page)
    found = proposals_view(page)
    chosen = proposal_choice(page, found)
    if chosen is not None:
        decision_view(page, chosen, proposal_view(page, chosen))
