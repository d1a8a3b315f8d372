"""Which keys a database's data may be sealed under, kept in the database itself with a proof of each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, inspect, select

from storage.sealing import KeyMissing, Keyring
from storage.tables_sealing import sealing_keys

_PURPOSE = b"sealing_keys.proof"
_WORD = "linying"
_k = sealing_keys.c


def check(connection: Connection, ring: Keyring | None) -> bool:
    """Whether the ring's first key is known here. Raises SealingError when one is missing."""
    rows = connection.execute(select(_k.key_id, _k.proof).order_by(_k.since)).all()
    for row in rows:
        if ring is None:
            raise KeyMissing(row.key_id)
        ring.unseal(row.proof, _PURPOSE)
    return ring is None or ring.first_id in {row.key_id for row in rows}


def enter(connection: Connection, ring: Keyring, at: datetime) -> None:
    """Note the first key, before anything is sealed under it. A repeat changes nothing."""
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"key_id": ring.first_id, "proof": ring.seal(_WORD, _PURPOSE), "since": at}
    connection.execute(insert(sealing_keys).on_conflict_do_nothing(), row)


def known(connection: Connection) -> list[str]:
    """The short ids of all keys under which something may be sealed, oldest first."""
    if not inspect(connection).has_table(sealing_keys.name):
        return []
    return list(connection.execute(select(_k.key_id).order_by(_k.since)).scalars())


def retire(connection: Connection, key_id: str) -> None:
    """Nothing is sealed under it any more: it need not be given from now on."""
    connection.execute(delete(sealing_keys).where(_k.key_id == key_id))
