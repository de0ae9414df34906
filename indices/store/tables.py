"""The store's tables, which only ever grow: no row of any of them is changed or deleted.

Versions, the rows and the file of each, and withdrawals; what was done and refused (`audit`); tokens
of the data endpoints and their revocation; additions proposed to a second person, and what that
person decided. Databases refuse to change them too: see `migrations`, from which a store
comes to have them.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

Origin = Literal["bundled", "upload"]

metadata = MetaData()
# SQLite counts rows only in a column of type INTEGER.
_number = BigInteger().with_variant(Integer, "sqlite")

versions = Table(
    "versions",
    metadata,
    Column("version", _number, primary_key=True, autoincrement=True),
    Column("index", String(20), nullable=False),
    Column("edition", String(20), nullable=False),
    Column("origin", String(10), nullable=False, comment="bundled or upload"),
    Column("restores", ForeignKey("versions.version"), comment="the version this one brings back"),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("added_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("report", Text, nullable=False, comment="JSON summary of the report it was added with"),
    # Stores made before there was `files` hold the file itself here.
    Column("content", LargeBinary, nullable=False, comment="the file, where `files` does not hold it"),
    Index("versions_of_edition", "index", "edition"),
)

files = Table(
    "files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False, comment="the file byte for byte"),
)

figures = Table(
    "figures",
    metadata,
    Column("version", ForeignKey("versions.version"), primary_key=True),
    Column("province", String(60), primary_key=True),
    Column("component", String(80), primary_key=True),
    Column("score", Float(53)),
    Column("rank", Integer),
    Column("n_ranked", Integer),
    Column("basis", String(20), nullable=False),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("withdrawal", _number, primary_key=True, autoincrement=True),
    Column("version", ForeignKey("versions.version"), nullable=False, unique=True),
    Column("withdrawn_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("entry", _number, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False, comment="e-mail of who signed in, name of a token, or empty"),
    Column("role", Text, nullable=False),
    Column("how", Text, nullable=False, comment="local, public, signed_in, token or command"),
    Column("action", Text, nullable=False),
    Column("outcome", Text, nullable=False, comment="done, refused or failed"),
    Column("what", Text, nullable=False, comment="JSON: what it was done to"),
    Index("audit_by_time", "at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token", _number, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("sha256", String(64), nullable=False, unique=True, comment="the token itself is not kept"),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), comment="missing: never"),
)

token_revocations = Table(
    "token_revocations",
    metadata,
    Column("token", ForeignKey("tokens.token"), primary_key=True),
    Column("revoked_at", DateTime(timezone=True), nullable=False),
    Column("revoked_by", Text, nullable=False),
)

proposals = Table(
    "proposals",
    metadata,
    Column("proposal", _number, primary_key=True, autoincrement=True),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False, comment="of the file, which lies in `files`"),
    Column("answers", Text, nullable=False, comment="JSON: what the analyst answered about the file"),
    Column("report", Text, nullable=False, comment="JSON summary of its report"),
    Column("editions", Text, nullable=False, comment="JSON: the editions it would add"),
)

proposal_decisions = Table(
    "proposal_decisions",
    metadata,
    Column("proposal", ForeignKey("proposals.proposal"), primary_key=True),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decision", String(10), nullable=False, comment="approved, declined or taken_back"),
    Column("reason", Text, nullable=False),
    Column("versions", Text, nullable=False, comment="JSON: the versions made of it"),
)

# Kept by the migrations; here so that whoever empties a database empties it of this too.
schema_version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))

GROWING = tuple(table.name for table in metadata.sorted_tables if table is not schema_version)
"""Names of the tables whose rows are never changed or deleted, each after those it refers to."""
