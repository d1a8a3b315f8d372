"""The audit, which only grows, and what was shown to whom; when a request was closed.

New tables and nullable columns: older code goes on writing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
_NEVER = "the audit only grows"
_SQLITE = (
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    # INSERT OR REPLACE would delete without asking the trigger above.
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS ("
    "SELECT 1 FROM audit WHERE community_id = NEW.community_id AND seq = NEW.seq) "
    "BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$BEGIN RAISE EXCEPTION '{_NEVER}'; END$$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "audit",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.BigInteger()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("request_id", ID),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "seq", name="pk_audit"),
    )
    op.create_index("ix_audit_request", "audit", ["community_id", "request_id", "seq"])
    op.create_table(
        "audit_heads",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", name="pk_audit_heads"),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)
    _showings()


def _showings() -> None:
    op.add_column("requests", sa.Column("closed_at", TIME))
    for table in ("outbox", "held"):
        op.add_column(table, sa.Column("reveals", ID))
    op.create_table(
        "showings",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("look_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "chat_id", "message_id", name="pk_showings"),
    )
    op.create_index("ix_showings_look", "showings", ["community_id", "look_at"])
