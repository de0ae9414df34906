"""Additions that a second person approves: proposed with the file, decided once, kept for good."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert

from indices.access.actor import Actor
from indices.access.audit import write
from indices.access.gate import Recording, check
from indices.access.proposed import ProposalError, State, file_of, found_in, waiting
from indices.access.roles import Action
from indices.intake import Edition, Intake
from indices.store import Store, Version, reading, writing
from indices.store.adding import add_tables
from indices.store.rows import arrow_rows
from indices.store.tables import proposal_decisions, proposals


def propose(
    store: Store, by: Actor, intake: Intake, *, reason: str, report: Mapping[str, Any], log: Recording
) -> int:
    """Keep a file that was taken in without errors as a proposal; returns its number.

    `report` is what is to be kept with the versions. Raises ForbiddenError, ValueError where the file
    may not be added, ProposalError, and StoreUnavailableError.
    """
    check(by, Action.UPLOAD, log=log, what=", ".join(_named(intake.tables)))
    if not intake.may_be_added:
        raise ValueError("a file with errors cannot be proposed")
    sha256 = hashlib.sha256(intake.content).hexdigest()
    answers = json.dumps(asdict(intake.answers), ensure_ascii=False)
    facts = {
        "proposed_by": by.name,
        "reason": reason,
        "source": intake.answers.source,
        "file_name": intake.file_name,
        "sha256": sha256,
        "answers": answers,
        "report": json.dumps(dict(report), ensure_ascii=False),
        "editions": json.dumps(sorted(intake.tables)),
    }

    def change(connection: Connection) -> int:
        for other in found_in(connection, waiting_only=True):
            if other.sha256 == sha256 and other.answers == intake.answers:
                raise ProposalError("waiting_already", other.proposal)
        writing.keep_file(connection, sha256, intake.content)
        key = connection.execute(insert(proposals).values(proposed_at=datetime.now(UTC), **facts))
        assert key.inserted_primary_key is not None  # the column numbers itself
        number = int(key.inserted_primary_key[0])
        _note(connection, by, "propose", number, intake.tables)
        return number

    return store.database.write(change)


def approve(
    store: Store,
    by: Actor,
    number: int,
    tables: Mapping[Edition, pd.DataFrame],
    *,
    seen: Mapping[Edition, int | None],
    log: Recording,
) -> list[Version]:
    """Add what was proposed, and the decision with it: both or neither. Returns the versions made.

    `tables` are what the proposal's file was read as, `seen` the version in use of each of their
    editions when the approver looked. Raises ForbiddenError, ProposalError, AlreadyHeldError where
    nothing would change, and StoreUnavailableError.
    """
    check(by, Action.APPROVE, log=log, what=f"proposal {number}")
    added = [(edition, arrow_rows(table)) for edition, table in tables.items()]

    def change(connection: Connection) -> list[Version]:
        found = waiting(connection, number)
        if found.is_by(by):
            raise ProposalError("own", number)
        now = reading.current(connection)
        if any(now.get(edition) != version for edition, version in seen.items()) or set(seen) != set(tables):
            raise ProposalError("changed", number)
        made = add_tables(
            connection,
            added,
            origin="upload",
            by=found.proposed_by,
            reason=found.reason,
            file_name=found.file_name,
            content=file_of(connection, found.sha256),
            report={**found.report, "proposal": number, "approved_by": by.name},
        )
        _decide(connection, by, number, "approved", versions=[one.version for one in made])
        _note(connection, by, Action.APPROVE, number, tables, versions=[one.version for one in made])
        return made

    return store.database.write(change)


def decline(store: Store, by: Actor, number: int, *, reason: str, log: Recording) -> None:
    """Refuse what was proposed. Raises ForbiddenError, ProposalError and StoreUnavailableError."""
    check(by, Action.APPROVE, log=log, what=f"proposal {number}")

    def change(connection: Connection) -> None:
        found = waiting(connection, number)
        if found.is_by(by):
            raise ProposalError("own", number)
        _decide(connection, by, number, "declined", reason=reason)
        _note(connection, by, "decline", number, found.editions)

    store.database.write(change)


def take_back(store: Store, by: Actor, number: int, *, log: Recording) -> None:
    """Take back one's own proposal. Raises ForbiddenError, ProposalError and StoreUnavailableError."""
    check(by, Action.UPLOAD, log=log, what=f"proposal {number}")

    def change(connection: Connection) -> None:
        found = waiting(connection, number)
        if not found.is_by(by):
            raise ProposalError("not_own", number)
        _decide(connection, by, number, "taken_back")
        _note(connection, by, "take_back", number, found.editions)

    store.database.write(change)


def _decide(
    connection: Connection,
    by: Actor,
    number: int,
    decision: State,
    *,
    reason: str = "",
    versions: Sequence[int] = (),
) -> None:
    facts = {"decided_by": by.name, "decision": decision, "reason": reason}
    written = json.dumps(list(versions))
    connection.execute(
        insert(proposal_decisions).values(
            proposal=number, decided_at=datetime.now(UTC), versions=written, **facts
        )
    )


def _note(
    connection: Connection,
    by: Actor,
    action: str,
    number: int,
    editions: Iterable[Edition],
    **more: Any,
) -> None:
    """An entry of the audit log that stands where the change stands, and not otherwise."""
    write(connection, by, str(action), "done", {"proposal": number, "editions": _named(editions), **more})


def _named(editions: Iterable[Edition]) -> list[str]:
    return [" ".join(edition) for edition in sorted(editions)]
