"""The store's tables: versions only ever added, the rows and the file of each, and withdrawals."""

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
