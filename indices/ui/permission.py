"""Who may change what the store holds, and whether it can be changed at all."""

from __future__ import annotations

from indices.ui import data, show
from indices.ui.frame import Page


def may_change() -> bool:
    """Whether this visitor may add, restore, withdraw and correct: anybody, until people sign in."""
    return True


def allowed(page: Page) -> bool:
    """Whether the store may be changed here and now; says why where not."""
    if data.held().unwritable is not None:
        show.nothing(page, page.text("upload.unwritable"))
        return False
    if not may_change():
        show.nothing(page, page.text("upload.not_allowed"))
        return False
    return True
