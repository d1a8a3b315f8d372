"""What is held back in quiet hours, and when somebody was last here; what is open already gets its clocks.

A new table and a column that may be empty: older code may go on writing.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

_WITH_WORKER = ("triage", "reopen_requested")
_OPEN = ("submitted", "triage", "offered", "accepted", "in_progress")
_CLASSES = {
    "supply": ("hom_plumbing", "hom_electric", "hom_locks", "way_elevator", "aid_rescue"),
    "complex": (
        "hom_property",
        "hom_leak",
        "law_mediation",
        "law_wage",
        "env_encroach",
        "way_parking",
        "way_charging",
    ),
}


def upgrade() -> None:
    """Add them."""
    op.add_column("people", sa.Column("seen_at", TIME))
    op.create_table(
        "held",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(collation="C").with_variant(sa.Text(), "sqlite")),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("request_id", ID),
        sa.Column("offer_id", ID),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("held_at", TIME, nullable=False),
        sa.Column("told_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_held"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_held_request_id"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_held_offer_id"),
    )
    op.create_index("uq_held_key", "held", ["community_id", "key"], unique=True)
    where = sa.text("told_at IS NULL")
    op.create_index(
        "ix_held_untold",
        "held",
        ["community_id", "chat_id", "id"],
        sqlite_where=where,
        postgresql_where=where,
    )
    _classes()
    _clocks()


def _classes() -> None:
    """Every request filed so far was called general."""
    requests = sa.table(
        "requests", sa.column("service_class"), sa.column("item"), sa.column("urgent", sa.Boolean)
    )
    for name, items in _CLASSES.items():
        op.execute(requests.update().where(requests.c.item.in_(items)).values(service_class=name))
    op.execute(requests.update().where(requests.c.urgent.is_(sa.true())).values(service_class="emergency"))


def _clocks() -> None:
    """What is open is carried up as well when nobody acts: a quarter and a half of its time after the end."""
    requests = sa.table(
        "requests",
        sa.column("id", ID),
        sa.column("community_id", sa.Text),
        sa.column("status", sa.Text),
        sa.column("created_at", TIME),
        sa.column("updated_at", TIME),
        sa.column("resolve_due", TIME),
    )
    timers = sa.table(
        "timers",
        sa.column("community_id", sa.Text),
        sa.column("kind", sa.Text),
        sa.column("request_id", ID),
        sa.column("step", sa.Integer),
        sa.column("due_at", TIME),
    )
    r, rows = requests.c, []
    for found in op.get_bind().execute(sa.select(requests).where(r.status.in_((*_OPEN, *_WITH_WORKER)))):
        head = {"community_id": found.community_id, "request_id": found.id}
        if found.resolve_due is not None and found.status in _OPEN:
            quarter = (found.resolve_due - found.created_at) / 4
            for step in (1, 2):
                due = found.resolve_due + step * quarter
                rows.append({**head, "kind": "resolve_due", "step": step, "due_at": due})
        if found.status in _WITH_WORKER:
            for step, days in ((3, 1), (4, 1.25)):
                due = found.updated_at + timedelta(days=days)
                rows.append({**head, "kind": "worker_reminder", "step": step, "due_at": due})
    if rows:
        op.bulk_insert(timers, rows)
