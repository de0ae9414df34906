"""Proposed additions as the store holds them, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from indices.access.actor import Actor
from indices.access.rules import compared
from indices.intake import Answers, Edition
from indices.store import Store
from indices.store.tables import files, proposal_decisions, proposals

State = Literal["waiting", "approved", "declined", "taken_back"]
Code = Literal["unknown", "decided", "own", "not_own", "changed", "waiting_already"]


class ProposalError(Exception):
    """A proposal that cannot be made or decided as asked; `code` says why.

    "unknown" (there is none of that number), "decided" (somebody did already), "own" (nobody decides
    on his own), "not_own" (only who proposed takes back), "changed" (what is in use is not what was
    seen any more), "waiting_already" (the same file with the same answers waits).
    """

    def __init__(self, code: Code, proposal: int | None = None) -> None:
        super().__init__(f"{code}: {proposal}")
        self.code = code
        self.proposal = proposal


@dataclass(frozen=True, slots=True)
class Proposal:
    """An addition that somebody proposed, and what became of it.

    `editions` are those the file was read as; `report` is the summary of its report. Times are in
    UTC; `decided_at` is None while it waits.
    """

    proposal: int
    proposed_at: datetime
    proposed_by: str
    reason: str
    source: str
    file_name: str
    sha256: str
    answers: Answers
    report: Mapping[str, Any]
    editions: tuple[Edition, ...]
    state: State
    decided_at: datetime | None
    decided_by: str
    decision_reason: str
    versions: tuple[int, ...]

    def is_by(self, actor: Actor) -> bool:
        """Whether `actor` is who proposed it."""
        return compared(actor.name) == compared(self.proposed_by)


def proposed(store: Store, limit: int = 200) -> list[Proposal]:
    """Proposals, newest first, those that wait before all others. Raises StoreUnavailableError."""
    return store.database.read(lambda connection: found_in(connection, limit=limit))


def content(store: Store, proposal: Proposal) -> bytes:
    """The file of a proposal, byte for byte. Raises StoreUnavailableError."""
    return store.database.read(lambda connection: file_of(connection, proposal.sha256))


def found_in(
    connection: Connection, *, limit: int | None = None, number: int | None = None, waiting_only: bool = False
) -> list[Proposal]:
    """Proposals inside a transaction of somebody else."""
    decided = proposals.outerjoin(proposal_decisions, proposals.c.proposal == proposal_decisions.c.proposal)
    # The decision has a reason too.
    query = select(
        proposals,
        proposal_decisions.c.decision,
        proposal_decisions.c.decided_at,
        proposal_decisions.c.decided_by,
        proposal_decisions.c.reason.label("decision_reason"),
        proposal_decisions.c.versions,
    ).select_from(decided)
    decision = proposal_decisions.c.decision
    query = query.order_by(decision.is_not(None), proposals.c.proposal.desc())
    if number is not None:
        query = query.where(proposals.c.proposal == number)
    if waiting_only:
        query = query.where(decision.is_(None))
    if limit is not None:
        query = query.limit(limit)
    return [_proposal(row) for row in connection.execute(query)]


def _proposal(row: Row[Any]) -> Proposal:
    answers = json.loads(row.answers)
    answers["sheets"] = tuple(answers["sheets"])
    return Proposal(
        proposal=row.proposal,
        proposed_at=_utc(row.proposed_at),
        proposed_by=row.proposed_by,
        reason=row.reason,
        source=row.source,
        file_name=row.file_name,
        sha256=row.sha256,
        answers=Answers(**answers),
        report=json.loads(row.report),
        editions=tuple((index, edition) for index, edition in json.loads(row.editions)),
        state=row.decision or "waiting",
        decided_at=_utc(row.decided_at) if row.decided_at else None,
        decided_by=row.decided_by or "",
        decision_reason=row.decision_reason or "",
        versions=tuple(json.loads(row.versions or "[]")),
    )


def _utc(at: datetime) -> datetime:
    """SQLite gives times back without their zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def waiting(connection: Connection, number: int) -> Proposal:
    """The proposal of a number. Raises ProposalError where somebody has decided on it, or there is none."""
    found = found_in(connection, number=number)
    if not found:
        raise ProposalError("unknown", number)
    if found[0].state != "waiting":
        raise ProposalError("decided", number)
    return found[0]


def file_of(connection: Connection, sha256: str) -> bytes:
    """The file of a SHA-256, byte for byte."""
    query = select(files.c.content).where(files.c.sha256 == sha256)
    return bytes(connection.execute(query).scalar_one())
