"""Files waiting to be uploaded with an outbox row, kept where every replica can send them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select

from storage.repositories.base import Repository, chunks
from storage.tables_delivery import files

#: (field of the method, file name, content)
OutgoingFile = tuple[str, str, bytes]

_f = files.c
_OURS = select(files).where(_f.community_id == bindparam("community"))
_DROP = delete(files).where(_f.community_id == bindparam("community"), _f.outbox_id == bindparam("id"))


class Files(Repository):
    """At most one file an outbox row."""

    async def add(self, outbox_id: int, file: OutgoingFile) -> None:
        """Keep the file of a row."""
        field, name, content = file
        row = {"community_id": self._community, "outbox_id": outbox_id}
        await self._connection.execute(
            files.insert(), {**row, "field": field, "name": name, "content": content}
        )

    async def of(self, outbox_ids: Iterable[int]) -> dict[int, OutgoingFile]:
        """The files of those rows that have one."""
        found: dict[int, OutgoingFile] = {}
        for ids in chunks(outbox_ids):
            rows = await self._run(_OURS.where(_f.outbox_id.in_(ids)))
            found |= {row.outbox_id: (row.field, row.name, row.content) for row in rows}
        return found

    async def drop(self, outbox_id: int) -> None:
        """The file has been sent."""
        await self._run(_DROP, id=outbox_id)
