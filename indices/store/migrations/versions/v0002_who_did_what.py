"""Records of what was done, tokens, proposals; and databases refuse to change or delete any row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"
branch_labels = depends_on = None

_BEFORE = ("versions", "files", "figures", "withdrawals")
_NEW = ("audit", "tokens", "token_revocations", "proposals", "proposal_decisions")
_number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, then the triggers of all."""
    _records()
    _proposals()
    if op.get_bind().dialect.name == "postgresql":
        _refuse_on_postgresql()
    else:
        _refuse_on_sqlite()


def _records() -> None:
    op.create_table(
        "audit",
        sa.Column("entry", _number, primary_key=True, autoincrement=True),
        _time("at"),
        sa.Column(
            "actor", sa.Text, nullable=False, comment="e-mail of who signed in, name of a token, or empty"
        ),
        _text("role"),
        _text("how", "local, public, signed_in, token or command"),
        _text("action"),
        _text("outcome", "done, refused or failed"),
        _text("what", "JSON: what it was done to"),
    )
    op.create_index("audit_by_time", "audit", ["at"])
    op.create_table(
        "tokens",
        sa.Column("token", _number, primary_key=True, autoincrement=True),
        _text("name"),
        _text("role"),
        sa.Column(
            "sha256", sa.String(64), nullable=False, unique=True, comment="the token itself is not kept"
        ),
        _time("made_at"),
        _text("made_by"),
        sa.Column("expires_at", sa.DateTime(timezone=True), comment="missing: never"),
    )
    op.create_table(
        "token_revocations",
        sa.Column("token", _number, sa.ForeignKey("tokens.token"), primary_key=True, autoincrement=False),
        _time("revoked_at"),
        _text("revoked_by"),
    )


def _proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("proposal", _number, primary_key=True, autoincrement=True),
        _time("proposed_at"),
        *(_text(name) for name in ("proposed_by", "reason", "source", "file_name")),
        sa.Column("sha256", sa.String(64), nullable=False, comment="of the file, which lies in `files`"),
        _text("answers", "JSON: what the analyst answered about the file"),
        _text("report", "JSON summary of its report"),
        _text("editions", "JSON: the editions it would add"),
    )
    op.create_table(
        "proposal_decisions",
        sa.Column(
            "proposal", _number, sa.ForeignKey("proposals.proposal"), primary_key=True, autoincrement=False
        ),
        _time("decided_at"),
        _text("decided_by"),
        sa.Column("decision", sa.String(10), nullable=False, comment="approved, declined or taken_back"),
        _text("reason"),
        _text("versions", "JSON: the versions made of it"),
    )


def _text(name: str, comment: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, comment=comment)


def _time(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _refuse_on_postgresql() -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION indices_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'table % only grows', TG_TABLE_NAME; END $$"
    )
    for table in (*_BEFORE, *_NEW):
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION indices_only_grows()"
        )


def _refuse_on_sqlite() -> None:
    for table in (*_BEFORE, *_NEW):
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'table {table} only grows'); END"
            )
