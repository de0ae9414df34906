"""Files taken away: the right to them is looked at when the file is asked for, at every server."""

from __future__ import annotations

from pathlib import Path

import pytest

from indices.access import sign_ins
from indices.access.actor import Actor
from indices.access.audit import AuditLog
from indices.access.gate import ForbiddenError
from indices.access.roles import Action, Role
from indices.settings import from_environment
from indices.store import Store, StoreUnavailableError
from indices.ui import data, permission
from indices.ui.visitor import Visitor
from tests.pages.conftest import MakeData
from tests.pages.people import ADMINISTRATOR, ANALYST, VIEWER, claims_of, rule


@pytest.fixture(autouse=True)
def store(make_data: MakeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The pages' store, new for each test, and a server that knows of no end of a sign-in."""
    rule(tmp_path, monkeypatch)
    make_data("pci/2022")
    monkeypatch.setattr(sign_ins, "_over", set())
    data.begin_run()
    return Store.open(from_environment().store)


def come(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that is drawn from here on is drawn for somebody who signed in."""
    found = Visitor("signed", claims_of(name))
    monkeypatch.setattr(permission, "visitor_now", lambda: found)


def log(store: Store) -> list[tuple[str, str, str]]:
    found = AuditLog(store).entries()
    return list(zip(found["actor"], found["action"], found["outcome"], strict=True))


def test_a_file_is_given_and_written_down(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    come(VIEWER, monkeypatch)
    assert permission.exported("deck.pptx", lambda: b"deck")() == b"deck"
    assert log(store) == [(VIEWER, "export", "done")]


def test_who_signed_out_at_another_server_gets_no_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    come(VIEWER, monkeypatch)
    give = permission.exported("deck.pptx", lambda: b"deck")
    sign_ins.end(store, Actor(VIEWER, Role.VIEWER, "signed_in"), claims_of(VIEWER))
    monkeypatch.setattr(sign_ins, "_over", set())  # here, which was not told
    with pytest.raises(ForbiddenError):
        give()
    assert log(store) == [("", "export", "refused"), (VIEWER, "sign_out", "done")]


def test_a_role_taken_away_counts_when_the_file_is_asked_for(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(ANALYST, monkeypatch)
    give = permission.exported("file of proposal 1", lambda: b"file", Action.UPLOAD)
    rule(tmp_path, monkeypatch, roles=f'[roles]\nviewer = ["{ANALYST}"]')
    with pytest.raises(ForbiddenError):
        give()
    assert log(store) == [(ANALYST, "upload", "refused")]


def test_while_the_store_is_away_what_is_shown_may_be_taken_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: object) -> bool:
        raise StoreUnavailableError("here", "gone", "away")

    monkeypatch.setattr(sign_ins, "is_over", away)
    come(ADMINISTRATOR, monkeypatch)
    assert permission.exported("deck.pptx", lambda: b"deck")() == b"deck"
    with pytest.raises(StoreUnavailableError):
        permission.exported("audit log", lambda: b"log", Action.ADMINISTER)()
