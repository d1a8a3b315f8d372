"""The network before PostgreSQL: a proxy whose connections can be cut, torn, slowed and silenced."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from pathlib import Path

_CHUNK = 65536


@dataclass(eq=False)
class _Pair:
    """One connection through the proxy: the bot's end and the server's."""

    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    #: Bytes that may still come back from the server before the connection tears; None: all.
    left: int | None = None
    silent: bool = False

    def cut(self) -> None:
        for writer in (self.near, self.far):
            if writer.transport is not None:
                writer.transport.abort()


@dataclass
class Wire:
    """Listens on loopback and leads to the server's socket file."""

    server: Path
    port: int = 0
    #: Seconds that every piece of data takes.
    delay: float = 0.0
    closed: bool = False
    _pairs: set[_Pair] = field(default_factory=set)
    _listener: asyncio.Server | None = None

    async def start(self) -> None:
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._listener is not None
        self._listener.close()
        self.cut()

    def cut(self) -> int:
        """End all connections at once; returns how many there were."""
        pairs = list(self._pairs)
        for pair in pairs:
            pair.cut()
        return len(pairs)

    def tear(self, dice: random.Random) -> None:
        """Each connection ends somewhere within its next answers."""
        for pair in self._pairs:
            pair.left = dice.randrange(2000)

    def silence(self) -> None:
        """The server forgets the connections; the bot is not told and waits for answers that never come."""
        for pair in list(self._pairs):
            pair.silent = True
            pair.far.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.closed:
                raise ConnectionError
            far_reader, far = await asyncio.open_unix_connection(self.server)
        except OSError:
            writer.transport.abort()
            return
        pair = _Pair(writer, far)
        self._pairs.add(pair)
        ways = [
            asyncio.create_task(self._carry(pair, reader, far)),
            asyncio.create_task(self._carry(pair, far_reader, writer, back=True)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            if pair.silent:
                # Until the bot itself gives up.
                await ways[0]
        finally:
            for way in ways:
                way.cancel()
            self._pairs.discard(pair)
            pair.cut()

    async def _carry(
        self, pair: _Pair, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, back: bool = False
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(_CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if pair.silent:
                    continue
                if back and pair.left is not None:
                    data, pair.left = data[: pair.left], pair.left - len(data)
                writer.write(data)
                if pair.left is not None and pair.left <= 0:
                    return
                await writer.drain()
