"""What the replicas of one community tell each other: wake-ups, and who does what only one may do at a time.

On PostgreSQL one connection a process listens, rings, and holds the locks of duties; when the connection
goes, the server gives the duties to another replica. SQLite has one program, which is always on duty.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

log = logging.getLogger(__name__)

#: A duty that became free is taken, and a connection that was cut is noticed, within about so many seconds.
LOOK_EVERY = 1.0
#: An answer that takes longer will not come.
_PATIENCE = 5.0
#: Rung when a duty is given back, so that the others need not find out.
_FREED = "duty"
#: By this name the server lists the connection that each replica keeps.
REPLICA = "linying-replica"
#: The server lets go of a replica whose machine has vanished after some 20 seconds.
_VANISHED = {
    "application_name": REPLICA,
    "tcp_keepalives_idle": "8",
    "tcp_keepalives_interval": "4",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
_LOCK = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
#: Whoever is on duty says something every second. One that stands still while its connection is kept
#: open is relieved after so many seconds; the others look every few.
STANDS_STILL, _LOOK_FOR_IT_EVERY = 20.0, 5.0
_RELIEVE = """
    SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND datname = current_database()
       AND (classid::bigint << 32) | objid::bigint = hashtextextended($1, 0)
       AND database = datid AND state_change < now() - make_interval(secs => $2)
"""


@dataclass(slots=True)
class Duty:
    """What one replica does at a time. `held` says whether it is this one; `on_change` is called then."""

    name: str
    held: bool = False
    on_change: Callable[[], None] = field(default=lambda: None)

    def give(self, held: bool) -> None:
        """Ours from now on, or no longer."""
        if held != self.held:
            self.held = held
            self.on_change()


class Alone:
    """For a database that one program works on: always on duty, and nobody to wake."""

    def __init__(self) -> None:
        self.connected = True

    def duty(self, name: str) -> Duty:
        """Ours for good."""
        return Duty(name, held=True)

    def hear(self, bell: str, call: Callable[[], None]) -> None:
        """Nobody rings."""

    def ring(self, bell: str) -> None:
        """Nobody listens."""

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.Event().wait()


class Replicas:
    """The line between the replicas of one community on PostgreSQL. `run` keeps it."""

    def __init__(self, url: URL, community_id: str) -> None:
        self._url = url
        self._community = community_id
        digest = hashlib.sha256(community_id.encode()).hexdigest()[:24]
        self._channel = f"linying_{digest}"
        self._duties: list[Duty] = []
        self._calls: dict[str, list[Callable[[], None]]] = {}
        self._rung: set[str] = set()
        self._wake = asyncio.Event()
        self._looked_for_it = 0.0
        #: Whether the line is up; without it everybody still looks by themselves, only later.
        self.connected = False

    def duty(self, name: str) -> Duty:
        """To be asked for before `run`."""
        made = Duty(name)
        self._duties.append(made)
        return made

    def hear(self, bell: str, call: Callable[[], None]) -> None:
        """Call it when another replica rings that bell, and when the line is back after it was down."""
        self._calls.setdefault(bell, []).append(call)

    def ring(self, bell: str) -> None:
        """Wake the other replicas soon; what is rung several times meanwhile is heard once.

        Never part of a transaction: those that notify commit one after another.
        """
        self._rung.add(bell)
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled, through every outage."""
        engine = create_async_engine(
            self._url, poolclass=NullPool, connect_args={"timeout": _PATIENCE, "server_settings": _VANISHED}
        )
        told = False
        while True:
            started = time.monotonic()
            try:
                await self._keep(engine)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it was, the line is built again
                if not told:
                    log.warning("the line to the other replicas is down: %s", type(error).__name__)
            # One that was up for a while is news when it goes again.
            told = time.monotonic() - started < _PATIENCE
            await asyncio.sleep(LOOK_EVERY)

    async def _keep(self, engine: AsyncEngine) -> None:
        raw = await engine.raw_connection()
        line: Any = raw.driver_connection
        try:
            line.add_termination_listener(self._lost)
            await line.add_listener(self._channel, self._heard)
            self.connected = True
            log.info("the line to the other replicas is up")
            for calls in self._calls.values():
                # Nobody knows what was rung while it was down.
                _call(calls)
            await self._look_on(line)
        finally:
            try:
                await self._give_back(line)
            finally:
                raw.invalidate()
                line.terminate()

    async def _look_on(self, line: Any) -> None:
        while True:
            self._wake.clear()
            if line.is_closed():
                raise ConnectionError
            for bell in self._take_rung():
                await line.execute("SELECT pg_notify($1, $2)", self._channel, bell, timeout=_PATIENCE)
            waiting = [duty for duty in self._duties if not duty.held]
            if not waiting:
                await line.execute("SELECT 1", timeout=_PATIENCE)
            for duty in waiting:
                held = await line.fetchval(_LOCK, self._key(duty), timeout=_PATIENCE)
                if held:
                    log.info("this replica is on duty: %s", duty.name)
                duty.give(bool(held))
            await self._relieve(line)
            await self._rest()

    async def _relieve(self, line: Any) -> None:
        """Take the duty from a replica that stands still."""
        waiting = [duty for duty in self._duties if not duty.held]
        if not waiting or time.monotonic() - self._looked_for_it < _LOOK_FOR_IT_EVERY:
            return
        self._looked_for_it = time.monotonic()
        for duty in waiting:
            if await line.fetch(_RELIEVE, self._key(duty), STANDS_STILL, timeout=_PATIENCE):
                log.warning("a replica that stood still was relieved of its duty: %s", duty.name)

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY):
                await self._wake.wait()
        except TimeoutError:
            return

    def _take_rung(self) -> list[str]:
        rung, self._rung = sorted(self._rung), set()
        return rung

    async def _give_back(self, line: Any) -> None:
        """The locks go with the connection; while it still works, the others hear of it at once."""
        self.connected = False
        held = [duty for duty in self._duties if duty.held]
        for duty in held:
            duty.give(False)
        if held and not line.is_closed():
            with _whatever():
                await line.execute("SELECT pg_advisory_unlock_all()", timeout=1)
                await line.execute("SELECT pg_notify($1, $2)", self._channel, _FREED, timeout=1)

    def _key(self, duty: Duty) -> str:
        return f"{self._community}/{duty.name}"

    def _heard(self, line: Any, pid: int, _channel: str, bell: object) -> None:
        if pid == line.get_server_pid():
            return
        if bell == _FREED:
            self._wake.set()
        _call(self._calls.get(str(bell), []))

    def _lost(self, _line: Any) -> None:
        """The locks are gone with the connection: whoever still acts on them stops now."""
        for duty in self._duties:
            duty.give(False)
        self._wake.set()


def _call(calls: list[Callable[[], None]]) -> None:
    for call in calls:
        call()


@contextmanager
def _whatever() -> Iterator[None]:
    """The connection may go in the middle of it; it has to go anyway."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - see above
        log.debug("%s while a duty was given back", type(error).__name__)


def replicas_of(url: URL, community_id: str) -> Alone | Replicas:
    """What fits the database."""
    return Alone() if url.get_backend_name() == "sqlite" else Replicas(url, community_id)
