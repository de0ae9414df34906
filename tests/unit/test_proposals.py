"""Proposals and their decisions, and sign-ins that were ended: on both engines."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indices.access import sign_ins
from indices.access.actor import Actor
from indices.access.audit import AuditLog
from indices.access.gate import ForbiddenError
from indices.access.proposals import approve, decline, propose, take_back
from indices.access.proposed import ProposalError, content, proposed
from indices.access.roles import Role
from indices.catalogue import Catalogue, load_catalogue
from indices.intake import Answers, Intake, take_in
from indices.store import Store, StoreUnavailableError
from indices.store.remembered import RememberedStore
from tests.databases import empty_store
from tests.pages.desk_files import pci_file
from tests.unit.conftest import DATA, values

LAN = Actor("lan@tinh.gov.vn", Role.ANALYST, "signed_in")
MINH = Actor("minh@tinh.gov.vn", Role.APPROVER, "signed_in")
HA = Actor("ha@tinh.gov.vn", Role.APPROVER, "signed_in")
HOA = Actor("hoa@tinh.gov.vn", Role.VIEWER, "signed_in")
PCI = ("PCI", "2022")


@pytest.fixture(params=["file", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with empty_store(request.param, tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


def file(catalogue: Catalogue, score: str = "70") -> Intake:
    """PCI 2022 with other points for Bắc Giang, as an analyst sends it."""
    found = take_in("pci.csv", pci_file({"Bắc Giang": score}), catalogue, Answers(edition="2022", source="x"))
    assert found.may_be_added, [problem.code for problem in found.report.problems]
    return found


def sent(store: Store, catalogue: Catalogue, by: Actor = LAN, score: str = "70") -> tuple[int, Intake]:
    intake = file(catalogue, score)
    number = propose(store, by, intake, reason="số mới", report={"warnings": 0}, log=AuditLog(store))
    return number, intake


def approved(store: Store, by: Actor, number: int, intake: Intake, seen: int | None = None) -> list[int]:
    made = approve(store, by, number, intake.tables, seen={PCI: seen}, log=AuditLog(store))
    return [version.version for version in made]


def test_what_was_proposed_is_in_use_only_after_the_yes_of_another(
    store: Store, catalogue: Catalogue
) -> None:
    number, intake = sent(store, catalogue)
    assert store.current() == {}
    assert content(store, proposed(store)[0]) == intake.content
    assert proposed(store)[0].answers == intake.answers

    versions = approved(store, MINH, number, intake)
    assert store.current() == {PCI: versions[0]}
    row = store.history().iloc[0]
    assert (row["added_by"], row["reason"], row["file_name"]) == (LAN.name, "số mới", "pci.csv")
    assert json.loads(row["report"]) == {"warnings": 0, "proposal": number, "approved_by": MINH.name}
    decided = proposed(store)[0]
    assert (decided.state, decided.decided_by, decided.versions) == ("approved", MINH.name, tuple(versions))
    log = values(AuditLog(store).entries(), "actor", "action", "outcome")
    assert log == [(MINH.name, "approve", "done"), (LAN.name, "propose", "done")]


def test_nobody_decides_on_his_own(store: Store, catalogue: Catalogue) -> None:
    number, intake = sent(store, catalogue, by=MINH)
    same = Actor("MINH@Tinh.gov.vn", Role.ADMINISTRATOR, "signed_in")
    for who in (MINH, same):
        with pytest.raises(ProposalError, match="own"):
            approved(store, who, number, intake)
        with pytest.raises(ProposalError, match="own"):
            decline(store, who, number, reason="không", log=AuditLog(store))
    assert (store.current(), proposed(store)[0].state) == ({}, "waiting")


@pytest.mark.parametrize("who", [LAN, HOA])
def test_less_than_an_approver_is_refused_and_written_down(
    store: Store, catalogue: Catalogue, who: Actor
) -> None:
    number, intake = sent(store, catalogue, by=MINH)
    with pytest.raises(ForbiddenError):
        approved(store, who, number, intake)
    with pytest.raises(ForbiddenError):
        decline(store, who, number, reason="không", log=AuditLog(store))
    refused = AuditLog(store).entries(outcome="refused")
    assert values(refused, "actor", "action") == [(who.name, "approve")] * 2
    assert store.current() == {}


def test_less_than_an_analyst_proposes_nothing(store: Store, catalogue: Catalogue) -> None:
    with pytest.raises(ForbiddenError):
        sent(store, catalogue, by=HOA)
    assert proposed(store) == []
    refused = AuditLog(store).entries(outcome="refused")
    assert values(refused, "actor", "action", "what") == [(HOA.name, "upload", '{"what": "PCI 2022"}')]


def test_of_two_approvers_at_once_one_decides(store: Store, catalogue: Catalogue) -> None:
    number, intake = sent(store, catalogue)

    def decide(who: Actor) -> str:
        try:
            return f"made {len(approved(store, who, number, intake))}"
        except ProposalError as refused:
            return refused.code

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(decide, (MINH, HA)))
    # The slower one may find the figures changed, or the proposal decided on.
    assert said[1] == "made 1"
    assert said[0] in ("decided", "changed")
    assert len(store.history()) == 1


def test_figures_that_changed_since_the_look_stop_the_yes(store: Store, catalogue: Catalogue) -> None:
    number, intake = sent(store, catalogue)
    other = file(catalogue, "71")
    store.add_all(list(other.tables.values()), by="Hà", reason="x", file_name="b.csv", content=b"b")
    with pytest.raises(ProposalError, match="changed"):
        approved(store, MINH, number, intake)
    assert proposed(store)[0].state == "waiting"
    assert approved(store, MINH, number, intake, seen=1) == [2]


def test_declined_or_taken_back_is_decided_for_good(store: Store, catalogue: Catalogue) -> None:
    log = AuditLog(store)
    first, intake = sent(store, catalogue)
    decline(store, MINH, first, reason="sai năm", log=log)
    second, _ = sent(store, catalogue)
    with pytest.raises(ProposalError, match="not_own"):
        take_back(store, MINH, second, log=log)
    take_back(store, LAN, second, log=log)
    for number in (first, second):
        with pytest.raises(ProposalError, match="decided"):
            approved(store, MINH, number, intake)
    assert [(one.state, one.decision_reason) for one in proposed(store)] == [
        ("taken_back", ""),
        ("declined", "sai năm"),
    ]
    with pytest.raises(ProposalError, match="unknown"):
        decline(store, MINH, 99, reason="x", log=log)


def test_the_same_file_waits_once_and_what_waits_comes_first(store: Store, catalogue: Catalogue) -> None:
    first, _ = sent(store, catalogue)
    with pytest.raises(ProposalError, match="waiting_already") as refused:
        sent(store, catalogue)
    assert refused.value.proposal == first
    second, _ = sent(store, catalogue, score="71")
    decline(store, MINH, second, reason="x", log=AuditLog(store))
    assert [(one.proposal, one.state) for one in proposed(store)] == [
        (first, "waiting"),
        (second, "declined"),
    ]


def claims(name: str = "lan", nonce: str = "a") -> dict[str, object]:
    return {"iss": "https://id.example", "sub": name, "iat": time.time() - 60, "nonce": nonce}


def test_a_sign_in_is_written_down_once_and_its_end_counts_at_every_server(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, later = claims(), claims(nonce="b")
    for _ in range(3):
        sign_ins.begin(store, LAN, mine)
    sign_ins.begin(store, LAN, later)
    assert not sign_ins.is_over(store, mine)
    sign_ins.end(store, LAN, mine)

    monkeypatch.setattr(sign_ins, "_over", set())  # another server, which was not told
    assert (sign_ins.known_over(mine), sign_ins.is_over(store, mine)) == (False, True)
    assert (sign_ins.known_over(mine), sign_ins.is_over(store, later)) == (True, False)
    found = AuditLog(store).entries()
    assert list(found["action"]) == ["sign_out", "sign_in", "sign_in"]
    assert "lan" not in "".join(found["what"])


def test_an_end_at_another_server_is_learned_for_open_pages_every_two_seconds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, later, here = claims(), claims(nonce="b"), sign_ins.Elsewhere()
    here.learn(store)
    for one in (mine, later):
        sign_ins.begin(store, LAN, one)
    elsewhere = Store(store.database.engine)  # of the same database
    sign_ins.end(elsewhere, LAN, mine)

    monkeypatch.setattr(sign_ins, "_over", set())
    here.learn(store)
    assert not sign_ins.known_over(mine)  # asked just now
    monkeypatch.setattr(sign_ins, "LOOK_AGAIN", 0.0)
    here.learn(store)
    assert (sign_ins.known_over(mine), sign_ins.known_over(later)) == (True, False)


def test_while_the_store_is_away_open_pages_learn_nothing_and_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = StoreUnavailableError("db", "nobody answers", "away")
    here, mine = sign_ins.Elsewhere(), claims()
    here.learn(RememberedStore(Store.in_memory().contents(), fault))
    assert not sign_ins.known_over(mine)

    store = Store.in_memory()  # back again, with an end of the meantime
    sign_ins.end(store, LAN, mine)
    monkeypatch.setattr(sign_ins, "_over", set())
    monkeypatch.setattr(sign_ins, "LOOK_AGAIN", 0.0)
    here.learn(store)
    assert sign_ins.known_over(mine)
