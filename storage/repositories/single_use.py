"""Keys that work once: of leads and of experts."""

from __future__ import annotations

from sqlalchemy import Table, Update, bindparam, update


def use(keys: Table) -> Update:
    """Mark the key of `hash` as used by `person` at `at`, unless it is used or expired; one caller wins."""
    k = keys.c
    return (
        update(keys)
        .where(
            k.community_id == bindparam("community"),
            k.token_hash == bindparam("hash"),
            k.used_at.is_(None),
            k.expires_at > bindparam("at"),
        )
        .values(used_by=bindparam("person"), used_at=bindparam("at"))
    )
