"""The audit: collected while the transaction runs, hung onto the chain just before it commits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from casework.audit import Act, AuditEntry, Fact, checked
from casework.permissions import Role
from storage.chain import BEGINNING, NO_KEYS, ChainKeys, Link
from storage.repositories.base import CHUNK, Repository, Scope, inserting
from storage.sealing import Keyring
from storage.tables_audit import audit, audit_heads
from storage.types import keyring_of

_a, _h = audit.c, audit_heads.c
_ours = _a.community_id == bindparam("community")
_HEAD = select(_h.seq, _h.hash).where(_h.community_id == bindparam("community"))
_HEAD_LOCKED = _HEAD.with_for_update()
_MOVE = (
    update(audit_heads)
    .where(_h.community_id == bindparam("community"))
    .values(seq=bindparam("last"), hash=bindparam("its_hash"))
)
_newest = select(audit).where(_ours, _a.seq < bindparam("before")).order_by(_a.seq.desc())
_NEWEST = _newest.limit(bindparam("most"))
_OF_REQUEST = _newest.where(_a.request_id == bindparam("request")).limit(bindparam("most"))
_ONWARDS = select(audit).where(_ours, _a.seq > bindparam("after")).order_by(_a.seq).limit(CHUNK)
_LAST = 2**62


class Audit(Repository):
    """Implements `casework.audit.Audit`."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._noted: dict[tuple[object, ...], AuditEntry] = {}

    def note(
        self,
        act: Act,
        actor_id: int | None,
        role: Role,
        request_id: int | None = None,
        **facts: Fact,
    ) -> None:
        """Noted once a transaction, however often it is said. Raises ValueError for facts in words."""
        told = checked(facts)
        said = (act, actor_id, role, request_id, *sorted(told.items()))
        entry = AuditEntry(0, self._clock.now(), act.value, actor_id, role.value, request_id, told)
        self._noted.setdefault(said, entry)

    @property
    def noted(self) -> bool:
        """Whether anything waits to be written."""
        return bool(self._noted)

    def take(self) -> list[AuditEntry]:
        """What was noted and not written yet."""
        taken, self._noted = list(self._noted.values()), {}
        return taken

    async def write(self, entries: list[AuditEntry]) -> None:
        """Hang them onto the chain. Nothing may be locked after this in the same transaction: it is the
        last thing before the commit, so that who waits for the chain waits for nothing else."""
        keys = self.keys
        end, previous = await self._end()
        for seq, noted in enumerate(entries, start=end + 1):
            entry = AuditEntry(
                seq, noted.at, noted.act, noted.actor_id, noted.role, noted.request_id, noted.facts
            )
            made = keys.link(self._community, entry, previous, keys.writing)
            await self._write(inserting(audit), self._row(Link(entry, keys.writing, previous, made)))
            previous = made
        await self._run(_MOVE, last=end + len(entries), its_hash=previous)

    async def of_request(
        self, request_id: int, limit: int = 20, before: int | None = None
    ) -> list[AuditEntry]:
        """Newest first; `before` a `seq` goes on."""
        rows = await self._run(_OF_REQUEST, request=request_id, most=limit, before=before or _LAST)
        return [_entry(row) for row in rows]

    async def newest(self, limit: int = 20, before: int | None = None) -> list[AuditEntry]:
        """Newest first; `before` a `seq` goes on."""
        return [_entry(row) for row in await self._run(_NEWEST, most=limit, before=before or _LAST)]

    async def links(self) -> AsyncIterator[Link]:
        """The whole chain from its beginning."""
        after = 0
        while rows := (await self._run(_ONWARDS, after=after)).all():
            for row in rows:
                yield Link(_entry(row), row.key_id, row.previous, row.hash)
            after = rows[-1].seq

    async def head(self) -> tuple[int, str] | None:
        """Where the chain ends, as kept beside it; None before the first entry."""
        row = (await self._run(_HEAD)).first()
        return None if row is None else (row.seq, row.hash)

    @property
    def keys(self) -> ChainKeys:
        """The keys of this installation for the chain."""
        ring = keyring_of(self._connection.dialect)
        return NO_KEYS if ring is None else _keys_of(ring)

    async def _end(self) -> tuple[int, str]:
        """The end of the chain, ours alone until the commit."""
        row = (await self._run(_HEAD_LOCKED)).first()
        if row is None:
            beginning = {"community_id": self._community, "seq": 0, "hash": BEGINNING}
            await self._connection.execute(
                self._upsert(audit_heads).on_conflict_do_nothing(index_elements=[_h.community_id]), beginning
            )
            row = (await self._run(_HEAD_LOCKED)).one()
        return row.seq, row.hash

    def _row(self, link: Link) -> dict[str, Any]:
        entry = link.entry
        return {
            "community_id": self._community,
            "seq": entry.seq,
            "at": entry.at,
            "act": entry.act,
            "actor_id": entry.actor_id,
            "role": entry.role,
            "request_id": entry.request_id,
            "facts": dict(entry.facts),
            "key_id": link.key_id,
            "previous": link.previous,
            "hash": link.hash,
        }


@lru_cache(maxsize=8)
def _keys_of(ring: Keyring) -> ChainKeys:
    """A key of its own for the chain, made from each key of the ring."""
    made = ring.find_keys("chain", b"audit.hash")
    return ChainKeys(
        {key_id: bytes.fromhex(key) for key_id, key in zip(ring.ids, made, strict=True)}, ring.first_id
    )


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(row.seq, row.at, row.act, row.actor_id, row.role, row.request_id, row.facts)
