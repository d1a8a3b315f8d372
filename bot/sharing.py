"""One replica learns and all read better: the model in use travels through the database.

Each machine keeps its models in its own data folder. Whoever has learned, or went back to the model before,
gives it; the others look every few seconds and take it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlu.versions import Pointer
    from storage.database import Database

log = logging.getLogger(__name__)

#: Which of the given models, and which change of our own, we have seen.
_SEEN = "shared.json"


class Sharing:
    """Gives and takes for one data folder."""

    def __init__(self, db: Database, community_id: str, folder: Path) -> None:
        self._db = db
        self._community = community_id
        self._folder = folder

    async def take(self) -> None:
        """Use what was learned elsewhere, from the next look at the pointer on."""
        async with self._db.transaction(self._community, read_only=True) as uow:
            newest = await uow.models.serial()
        if newest > self._seen()[0]:
            await self._take(newest)

    async def give(self, pointer: Pointer) -> None:
        """Let the others have what was learned here and has proven itself here; a repeat gives nothing."""
        from nlu import sharing, versions

        if pointer.serial <= self._seen()[1] or pointer.why == versions.BUILT:
            return
        facts = await asyncio.to_thread(sharing.facts_of, self._folder, pointer)
        content = await asyncio.to_thread(sharing.pack, self._folder, pointer.version)
        async with self._db.transaction(self._community) as uow:
            serial = await uow.models.give(facts, content)
            await uow.commit()
        self._saw(serial, pointer.serial)
        log.info("model %d was given to the other replicas", pointer.version)

    async def _take(self, serial: int) -> None:
        from nlu import sharing, versions
        from nlu.model import ModelError

        async with self._db.transaction(self._community, read_only=True) as uow:
            facts = await uow.models.facts()
            here = await asyncio.to_thread(sharing.have, self._folder, facts)
            content = b"" if here else await uow.models.content()
        try:
            if here:
                pointer = await asyncio.to_thread(sharing.use_own, self._folder, here, facts)
            else:
                pointer = await asyncio.to_thread(sharing.unpack, self._folder, content, facts)
        except ModelError:
            # Of a program of another version; ours stays, and it is not asked for again.
            log.exception("the model of another replica is refused")
            ours = versions.pointer(self._folder)
            self._saw(serial, ours.serial if ours else 0)
            return
        self._saw(serial, pointer.serial)
        log.info("model %d of another replica is in use", pointer.version)

    def _seen(self) -> tuple[int, int]:
        try:
            seen = json.loads((self._folder / _SEEN).read_text(encoding="utf-8"))
            return int(seen["given"]), int(seen["own"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, 0

    def _saw(self, given: int, own: int) -> None:
        from nlu import versions

        versions.write(self._folder / _SEEN, {"given": given, "own": own})
