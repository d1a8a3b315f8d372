"""The reader's model in use, as one replica gives it to the others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from storage.repositories.base import Repository
from storage.tables_models import models

_m = models.c
_OURS = _m.community_id == bindparam("community")
_SERIAL = select(_m.serial).where(_OURS)
_FACTS = select(_m.facts).where(_OURS)
_CONTENT = select(_m.content).where(_OURS)


class Models(Repository):
    """At most one a community: the newest."""

    async def serial(self) -> int:
        """Grows with every model that is given; 0 when none was."""
        found: int | None = (await self._run(_SERIAL)).scalar_one_or_none()
        return found or 0

    async def facts(self) -> dict[str, Any]:
        """What is known of the newest. Raises NoResultFound where none was given."""
        return dict((await self._run(_FACTS)).scalar_one())

    async def content(self) -> bytes:
        """Its files. Raises NoResultFound where none was given."""
        return bytes((await self._run(_CONTENT)).scalar_one())

    async def give(self, facts: dict[str, Any], content: bytes) -> int:
        """Put it in the place of the one before; returns its serial."""
        insert = self._upsert(models)
        upsert = insert.on_conflict_do_update(
            index_elements=[_m.community_id],
            set_={
                "serial": _m.serial + 1,
                "facts": insert.excluded.facts,
                "content": insert.excluded.content,
            },
        ).returning(_m.serial)
        row = {"community_id": self._community, "serial": 1, "facts": facts, "content": content}
        return int((await self._connection.execute(upsert, row)).scalar_one())
