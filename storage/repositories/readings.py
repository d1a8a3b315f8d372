"""What the reader had said of requests when they were filed."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from casework.readings import KeptReading
from storage.repositories.base import Repository, inserting, is_id
from storage.tables_readings import readings

_c = readings.c
_OF_REQUEST = select(readings).where(
    _c.community_id == bindparam("community"), _c.request_id == bindparam("its_id")
)


class Readings(Repository):
    """Implements `casework.ports.Readings`."""

    async def keep(self, reading: KeptReading) -> None:
        """Once a request."""
        row = {
            "request_id": reading.request_id,
            "community_id": self._community,
            "filed_as": reading.filed_as,
            "heard": reading.heard,
            "told": dict(reading.told),
        }
        await self._write(inserting(readings), row)

    async def of_request(self, request_id: int) -> KeptReading | None:
        """None where nothing was read."""
        found = (await self._run(_OF_REQUEST, its_id=request_id)).first() if is_id(request_id) else None
        return (
            None if found is None else KeptReading(found.request_id, found.filed_as, found.heard, found.told)
        )
