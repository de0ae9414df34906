"""The audit log and the tokens, on both engines: what they keep, what they never keep, what they refuse."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from indices.access import tokens
from indices.access.actor import STRANGER, Actor, commanding
from indices.access.audit import AuditLog, write
from indices.access.gate import ForbiddenError
from indices.access.roles import Role
from indices.i18n.formats import VIETNAM
from indices.store import Store, StoreUnavailableError
from indices.store import tables as stored
from tests.databases import empty_store
from tests.unit.conftest import values

LAN = Actor("lan@tinh.gov.vn", Role.ANALYST, "signed_in")
AN = commanding("an@tinh.gov.vn")


@pytest.fixture(params=["file", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with empty_store(request.param, tmp_path) as found:
        yield found


def test_entries_come_newest_first_with_what_they_were_about(store: Store) -> None:
    log, before = AuditLog(store), datetime.now(UTC)
    log.record(LAN, "upload", "done", {"index": "PCI", "editions": ["2023", "2024"], "tệp": "pci.csv"})
    log.record(STRANGER, "view", "refused", {})
    found = log.entries()
    assert values(found, "actor", "role", "how", "action", "outcome") == [
        ("", "stranger", "public", "view", "refused"),
        ("lan@tinh.gov.vn", "analyst", "signed_in", "upload", "done"),
    ]
    assert json.loads(found["what"][1]) == {"index": "PCI", "editions": ["2023", "2024"], "tệp": "pci.csv"}
    assert before <= found["at"].min() <= datetime.now(UTC)


def test_filters_compare_whole_values(store: Store) -> None:
    log = AuditLog(store)
    for number in range(3):
        log.record(LAN, "export", "done", {"n": number})
    log.record(AN, "export", "failed", {})
    assert len(log.entries()) == 4
    assert list(log.entries(2)["entry"]) == sorted(log.entries()["entry"], reverse=True)[:2]
    assert len(log.entries(actor="lan@tinh.gov.vn")) == 3
    assert len(log.entries(actor="lan")) == 0
    assert len(log.entries(action="export", outcome="failed")) == 1
    assert len(log.entries(since=datetime.now(UTC) + timedelta(hours=1))) == 0
    assert len(log.entries(since=datetime.now(UTC) - timedelta(hours=1))) == 4
    # Whatever the zone a time is told in.
    assert len(log.entries(since=datetime.now(VIETNAM) + timedelta(hours=1))) == 0
    assert len(log.entries(since=datetime.now(VIETNAM) - timedelta(hours=1))) == 4
    empty = log.entries(action="nothing")
    assert list(empty) == ["entry", "at", "actor", "role", "how", "action", "outcome", "what"]


def test_an_entry_that_no_database_takes_is_in_the_servers_log(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    half = Actor("lan\ud800@tinh.gov.vn", Role.ANALYST, "signed_in")
    AuditLog(store).record(half, "upload", "done", {"file": "\ud800.csv"})
    assert len(AuditLog(store).entries()) == 0
    told = [record.message for record in caplog.records]
    assert told[0].startswith("Not in the audit log: done upload by analyst (signed_in, ")
    assert told[1:] == ["The store does not take the entry: letters"]


def test_an_entry_stands_only_with_what_it_tells_of(store: Store) -> None:
    def fail(connection) -> None:
        write(connection, LAN, "upload", "done", {})
        raise ValueError

    with pytest.raises(ValueError):
        store.database.write(fail)
    assert AuditLog(store).entries().empty


def test_the_database_refuses_to_change_an_entry(store: Store) -> None:
    AuditLog(store).record(LAN, "upload", "done", {})
    for statement in (update(stored.audit).values(actor="x"), stored.audit.delete()):
        with pytest.raises(StoreUnavailableError):
            store.database.write(lambda connection, said=statement: connection.execute(said))
    assert list(AuditLog(store).entries()["actor"]) == ["lan@tinh.gov.vn"]


def test_without_a_store_the_servers_log_has_it_and_names_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store.open(tmp_path)
    (tmp_path / "indices.sqlite").rename(tmp_path / "away.sqlite")
    with caplog.at_level(logging.ERROR, logger="indices.access.audit"):
        AuditLog(store).record(LAN, "change", "refused", {"what": "PCI 2024"})
    who = hashlib.sha256(b"lan@tinh.gov.vn").hexdigest()[:12]
    assert f"Not in the audit log: refused change by analyst (signed_in, {who})" in caplog.text
    assert "lan@" not in caplog.text


def test_what_stands_in_for_a_store_keeps_nothing_so_the_servers_log_does(
    caplog: pytest.LogCaptureFixture,
) -> None:
    AuditLog(Store.in_memory()).record(LAN, "change", "refused", {})
    assert "Not in the audit log: refused change by analyst" in caplog.text


def test_a_token_is_shown_once_and_kept_as_a_hash(store: Store) -> None:
    token = tokens.make(store, "  Power BI ", Role.VIEWER, AN, 30)
    assert token.startswith("ppi_")
    assert len(token) == 47
    assert tokens.actor_of(store, token) == Actor("Power BI", Role.VIEWER, "token")
    kept = store.database.read(lambda connection: connection.execute(select(stored.tokens)).mappings().one())
    assert kept["sha256"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in repr(dict(kept))
    found = tokens.known_tokens(store)
    assert values(found, "name", "role", "made_by", "state") == [
        ("Power BI", "viewer", "an@tinh.gov.vn", "good")
    ]
    assert "sha256" not in found
    assert (found["expires_at"] - found["made_at"])[0] == timedelta(days=30)
    assert token not in AuditLog(store).entries().to_csv()


def test_what_is_no_token_opens_nothing(store: Store) -> None:
    token = tokens.make(store, "x", Role.VIEWER, AN, None)
    for other in ("", "ppi_", token[:-1], token + "a", token.swapcase(), "ppi_" + "a" * 43, token + "\n"):
        assert tokens.actor_of(store, other) is None
    assert tokens.actor_of(store, hashlib.sha256(token.encode()).hexdigest()) is None


def test_a_token_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    token, endless = (tokens.make(store, "x", Role.VIEWER, AN, days) for days in (1, None))

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=1, seconds=1)

    monkeypatch.setattr(tokens, "datetime", Later)
    assert tokens.actor_of(store, token) is None
    assert tokens.actor_of(store, endless) == Actor("x", Role.VIEWER, "token")
    assert list(tokens.known_tokens(store)["state"]) == ["good", "expired"]


def test_a_revoked_token_is_worthless_at_once_and_stays_in_the_list(store: Store) -> None:
    token, other = tokens.make(store, "x", Role.VIEWER, AN, 1), tokens.make(store, "y", Role.ANALYST, AN, 1)
    number = int(tokens.known_tokens(store).query("name == 'x'")["token"].iloc[0])
    for _ in range(2):
        tokens.revoke(store, number, AN)
    assert tokens.actor_of(store, token) is None
    assert tokens.actor_of(store, other) == Actor("y", Role.ANALYST, "token")
    assert values(tokens.known_tokens(store), "name", "state") == [("y", "good"), ("x", "revoked")]
    assert list(AuditLog(store).entries()["action"]) == ["revoke_token", "make_token", "make_token"]
    with pytest.raises(tokens.UnknownTokenError):
        tokens.revoke(store, 99, AN)


@pytest.mark.parametrize(
    ("name", "role", "days", "wrong"),
    [
        ("", Role.VIEWER, 1, "name"),
        (" \n", Role.VIEWER, 1, "name"),
        ("a\nb", Role.VIEWER, 1, "name"),
        ("a" * 101, Role.VIEWER, 1, "name"),
        ("x", Role.STRANGER, 1, "role"),
        ("x", Role.VIEWER, 0, "days"),
        ("x", Role.VIEWER, 3651, "days"),
    ],
)
def test_a_token_that_cannot_be(tmp_path: Path, name: str, role: Role, days: int, wrong: str) -> None:
    store = Store.open(tmp_path)
    with pytest.raises(ValueError, match=wrong):
        tokens.make(store, name, role, AN, days)
    assert tokens.known_tokens(store).empty


def test_only_an_administrator_makes_and_revokes(store: Store) -> None:
    tokens.make(store, "x", Role.VIEWER, AN, 1)
    number = int(tokens.known_tokens(store)["token"][0])
    for role in (Role.STRANGER, Role.VIEWER, Role.ANALYST, Role.APPROVER):
        with pytest.raises(ForbiddenError):
            tokens.make(store, "y", Role.ADMINISTRATOR, Actor("b", role, "signed_in"), 1)
        with pytest.raises(ForbiddenError):
            tokens.revoke(store, number, Actor("b", role, "token"))
    assert values(tokens.known_tokens(store), "name", "state") == [("x", "good")]
    assert len(AuditLog(store).entries(outcome="refused")) == 8


def test_a_role_this_program_does_not_know_opens_nothing(store: Store) -> None:
    token = "ppi_" + "b" * 43
    facts = {"name": "x", "role": "emperor", "made_at": datetime.now(UTC), "made_by": "", "expires_at": None}
    facts["sha256"] = hashlib.sha256(token.encode()).hexdigest()
    store.database.write(lambda connection: connection.execute(stored.tokens.insert().values(**facts)))
    assert tokens.actor_of(store, token) is None
