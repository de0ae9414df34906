"""What stores hold that were made before there were steps; of those, only what they lack is made.

Older stores have no `files`, and keep the file of a version beside it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None
branch_labels = depends_on = None

_number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables that are not there."""
    known = sa.MetaData()
    sa.Table(
        "versions",
        known,
        sa.Column("version", _number, primary_key=True, autoincrement=True),
        sa.Column("index", sa.String(20), nullable=False),
        sa.Column("edition", sa.String(20), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False, comment="bundled or upload"),
        sa.Column("restores", sa.ForeignKey("versions.version"), comment="the version this one brings back"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("report", sa.Text, nullable=False, comment="JSON summary of the report it was added with"),
        sa.Column(
            "content", sa.LargeBinary, nullable=False, comment="the file, where `files` does not hold it"
        ),
        sa.Index("versions_of_edition", "index", "edition"),
    )
    sa.Table(
        "files",
        known,
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="the file byte for byte"),
    )
    sa.Table(
        "figures",
        known,
        sa.Column("version", sa.ForeignKey("versions.version"), primary_key=True),
        sa.Column("province", sa.String(60), primary_key=True),
        sa.Column("component", sa.String(80), primary_key=True),
        sa.Column("score", sa.Float(53)),
        sa.Column("rank", sa.Integer),
        sa.Column("n_ranked", sa.Integer),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    sa.Table(
        "withdrawals",
        known,
        sa.Column("withdrawal", _number, primary_key=True, autoincrement=True),
        sa.Column("version", sa.ForeignKey("versions.version"), nullable=False, unique=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    known.create_all(op.get_bind())
