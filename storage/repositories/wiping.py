"""Requests and all that hangs on them lose what is personal; that they were stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, update

from storage.personal import DROP, PARTS, REQUEST
from storage.repositories.base import Repository, chunks
from storage.tables import requests

_r = requests.c


class Wiping(Repository):
    """Blanks requests."""

    async def wipe(self, request_ids: Iterable[int], at: datetime) -> int:
        """Blank these requests and what was said about them; returns how many rows. A repeat changes nothing.

        Whoever holds one of them in hand meanwhile has to read it again: its version grows.
        """
        touched = 0
        for ids in chunks(request_ids):
            ours = (_r.community_id == bindparam("community"), _r.id.in_(ids), _r.wiped_at.is_(None))
            blanked = update(requests).where(*ours).values(**REQUEST, wiped_at=at, version=_r.version + 1)
            touched += (await self._run(blanked)).rowcount
            for part in PARTS:
                if part.about is None:
                    continue
                those = (
                    part.table.c.community_id == bindparam("community"),
                    part.table.c.request_id.in_(ids),
                    *([] if part.over is None else [part.over]),
                )
                if part.about is DROP:
                    touched += (await self._run(delete(part.table).where(*those))).rowcount
                else:
                    blank = update(part.table).where(*those).values(**part.about)
                    touched += (await self._run(blank)).rowcount
        return touched
