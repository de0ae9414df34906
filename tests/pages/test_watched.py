"""Who may read a server's counts from outside: an administrator's token, by the rules of this moment."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.types import Scope

from indices.access import tokens
from indices.access.actor import LOCAL
from indices.access.audit import AuditLog
from indices.access.roles import Role
from indices.settings import from_environment
from indices.store import Store
from indices.ui import data, watched
from tests.pages.conftest import MakeData
from tests.pages.people import rule


@pytest.fixture
def store(make_data: MakeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The pages' store, new for each test, and a log that wrote nothing just now."""
    rule(tmp_path, monkeypatch)
    make_data("pci/2022")
    watched._refusals.cache_clear()
    data.begin_run()
    return Store.open(from_environment().store)


def with_token(token: str) -> Scope:
    return {"type": "http", "headers": [(b"authorization", f"Bearer {token}".encode())]}


def refused(store: Store) -> list[tuple[str, str]]:
    found = AuditLog(store).entries(outcome="refused")
    return list(zip(found["actor"], found["what"], strict=True))


def test_an_administrators_token_opens_and_another_is_refused_and_written_down(store: Store) -> None:
    right = tokens.make(store, "Prometheus", Role.ADMINISTRATOR, LOCAL, 30)
    lesser = tokens.make(store, "Power BI", Role.APPROVER, LOCAL, 30)
    assert watched.may_watch(with_token(right))
    assert not watched.may_watch(with_token(lesser))
    assert refused(store) == [("Power BI", '{"what": "metrics"}')]


def test_what_is_no_token_is_written_down_once_a_minute(store: Store) -> None:
    assert [watched.may_watch(with_token(f"ppi_{n:043d}")) for n in range(5)] == [False] * 5
    assert refused(store) == [("", '{"what": "metrics"}')]


def test_faulty_rules_hold_for_a_token_too(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = tokens.make(store, "Prometheus", Role.ADMINISTRATOR, LOCAL, 30)
    rule(tmp_path, monkeypatch, "approval = 3")
    assert not watched.may_watch(with_token(right))
    assert refused(store) == [("Prometheus", '{"what": "metrics"}')]
