"""What is attacked: the messenger, the replicas, the database and the way to it, and the people who go on."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from bench.faulting.audit import Heard, Told, Verdict, audit
from bench.faulting.people import Lead, Phone, Resident
from bench.faulting.proxy import Proxy
from bench.faulting.replicas import (
    Messenger,
    Replica,
    free_port,
    profile_without_quiet_hours,
    until,
)
from bench.faulting.server import Server
from bench.faulting.wire import Wire
from bot.clock import SystemClock
from bot.communities import load_community
from bot.seeding import seed
from casework.entities import Person
from storage.database import Database
from storage.engine import address, make_engine
from storage.sealing import Keyring
from storage.tables_delivery import PENDING, inbox, outbox

SECRET = "faults-0123456789abcdef0123456789"
WORKER = 3001
FIRST_RESIDENT, FIRST_LEAD = 1101, 2101
#: Room for the database of a campaign, and little enough to fill it quickly.
_DISK = "96m"


@dataclass(frozen=True)
class Cast:
    """How much there is of everything."""

    engine: str = "postgresql"
    replicas: int = 3
    residents: int = 20
    leads: int = 10
    patience: float = 300.0


@dataclass
class Scene:
    """Everything that runs. `url` leads to the database past the proxy."""

    cast: Cast
    dice: random.Random
    folder: Path
    url: str
    messenger: Messenger
    replicas: list[Replica]
    proxy: Proxy | None = None
    wire: Wire | None = None
    server: Server | None = None
    #: A file system of its own for the database, which can be filled; None where none can be mounted.
    disk: Path | None = None
    residents: list[Resident] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    poisoned: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    _people: list[asyncio.Task[None]] = field(default_factory=list)

    async def begin(self) -> None:
        """People take up their phones, the replicas start."""
        for who in range(FIRST_RESIDENT, FIRST_RESIDENT + self.cast.residents):
            await self.messenger.post("persons", id=who, name=f"居民{who}", role="resident")
            self.residents.append(Resident(self._phone(who), who, self.cast.patience))
        for who in range(FIRST_LEAD, FIRST_LEAD + self.cast.leads):
            await self.messenger.post("persons", id=who, name=f"负责人{who}", role="lead")
            self.leads.append(Lead(self._phone(who)))
        for replica in self.replicas:
            replica.start()
        await asyncio.gather(*(replica.up() for replica in self.replicas))
        self._people = [asyncio.create_task(lead.live(self.over)) for lead in self.leads]
        self._people += [asyncio.create_task(resident.live(self.enough)) for resident in self.residents]

    def _phone(self, who: int) -> Phone:
        return Phone(self.messenger, who, random.Random(self.dice.random()))

    async def calm(self) -> None:
        """End what still disturbs, and let everybody finish. Raises TimeoutError when it does not settle."""
        await self.messenger.post("faults/clear")
        await self.messenger.post("disorder", late=0, unheard=0, twice=0)
        await self.messenger.post("clock", offset=0)
        for who in sorted(self.blocked):
            await self.messenger.post("block", **{"from": who, "blocked": False})
        for replica in self.replicas:
            replica.clock_file.unlink(missing_ok=True)
        if self.wire is not None:
            self.wire.delay, self.wire.closed = 0.0, False
        self.enough.set()
        await asyncio.wait_for(asyncio.gather(*self._people[len(self.leads) :]), 600)
        self.over.set()
        await asyncio.gather(*self._people[: len(self.leads)])
        await self._settle(240)

    async def _settle(self, seconds: float) -> None:
        """Until the messenger has nothing to hand over and the database nothing to do."""
        deadline = time.monotonic() + seconds

        async def settled() -> bool:
            return time.monotonic() > deadline or not await self.waiting()

        await until(settled, 0.5)

    async def waiting(self) -> int:
        """How many updates and messages wait for something to happen to them."""
        updates = await self.messenger.get("updates")
        waiting = sum(not one["acknowledged"] for one in updates)
        engine = make_engine(address(self.url), read_only=True)
        try:
            async with engine.connect() as connection:
                for table in (inbox, outbox):
                    query = select(func.count()).where(table.c.status == PENDING)
                    if table is outbox:
                        query = query.where(
                            (table.c.not_before.is_(None))
                            | (table.c.attempts > 0)
                            | (table.c.not_before <= SystemClock().now())
                        )
                    waiting += await connection.scalar(query) or 0
        except DBAPIError:
            return waiting + 1
        finally:
            await engine.dispose()
        return waiting

    async def judge(self) -> Verdict:
        """End the replicas as an operator would, and compare."""
        import signal

        await asyncio.gather(*(r.end(signal.SIGTERM, for_good=True) for r in self.replicas))
        told = Told(
            [contact for r in self.residents for contact in r.filed],
            [contact for r in self.residents for contact in r.begun],
            frozenset(self.poisoned),
        )
        heard = Heard(await self.messenger.get("updates"), (await self.messenger.get("transcript"))["chats"])
        return await audit(self.url, heard, told, Keyring([SECRET]))

    async def close(self) -> None:
        """Whatever state it is in."""
        for task in self._people:
            task.cancel()
        await asyncio.gather(*self._people, return_exceptions=True)
        for replica in self.replicas:
            await replica.close()


@contextlib.asynccontextmanager
async def stage(cast: Cast, model: Path, seed_: int) -> AsyncIterator[Scene]:
    """Everything set up but nothing begun; taken down afterwards. `model` is the reader's, absolute."""
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="linying-faults-")))
        messenger = await Messenger.start(folder)
        stack.push_async_callback(messenger.stop)
        settings = {
            "LINYING_TOKEN": messenger.token,
            "LINYING_API_BASE": messenger.api_base,
            "LINYING_ADMINS": str(WORKER),
            "LINYING_COMMUNITY": str(profile_without_quiet_hours(folder)),
            "LINYING_MESSAGES_PER_SECOND": "1000",
            "LINYING_SECRET_KEY": SECRET,
            "LINYING_LOG_LEVEL": "INFO",
        }
        scene = Scene(cast, random.Random(seed_), folder, "", messenger, [])
        if cast.engine == "postgresql":
            await _grown(scene, settings, stack)
        else:
            _small(scene, settings, stack)
        for replica in scene.replicas:
            replica.folder.mkdir()
            (replica.folder / "model").symlink_to(model)
        await _furnish(scene)
        stack.push_async_callback(scene.close)
        yield scene


async def _grown(scene: Scene, settings: dict[str, str], stack: contextlib.AsyncExitStack) -> None:
    scene.server = Server()
    await scene.server.start()
    stack.push_async_callback(scene.server.stop)
    scene.url = scene.server.url().render_as_string(hide_password=False)
    scene.wire = Wire(scene.server.socket)
    await scene.wire.start()
    stack.push_async_callback(scene.wire.stop)
    ports = [free_port() for _ in range(scene.cast.replicas)]
    scene.proxy = Proxy(ports, SECRET)
    await scene.proxy.start()
    stack.push_async_callback(scene.proxy.stop)
    settings |= {
        "LINYING_DATABASE_URL": scene.server.url_through(scene.wire.port),
        "LINYING_WEBHOOK_URL": scene.proxy.url,
        "LINYING_WEBHOOK_SECRET": SECRET,
    }
    for n, port in enumerate(ports):
        own = settings | {"LINYING_WEBHOOK_PORT": str(port)}
        scene.replicas.append(Replica(scene.folder / f"replica{n + 1}", own))


def _small(scene: Scene, settings: dict[str, str], stack: contextlib.AsyncExitStack) -> None:
    scene.disk = _mount(scene.folder / "disk", stack)
    file = (scene.disk or scene.folder) / "linying.db"
    scene.url = f"sqlite+aiosqlite:///{file}"
    scene.replicas.append(Replica(scene.folder / "bot", settings | {"LINYING_DATABASE_URL": scene.url}))


def _mount(folder: Path, stack: contextlib.AsyncExitStack) -> Path | None:
    """A small file system in memory; None where this user may not mount one."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if mount is None or unmount is None:
        return None
    folder.mkdir()
    order = [mount, "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(folder)]
    if subprocess.run(order, capture_output=True, check=False).returncode:
        return None
    stack.callback(subprocess.run, [unmount, "-l", str(folder)], capture_output=True, check=False)
    return folder


async def _furnish(scene: Scene) -> None:
    """Organisations with two leads each, who will press at the same time."""
    community, organisations = load_community("fenghe")
    database = Database(scene.url)
    await database.open()
    now = SystemClock().now()
    leads = range(FIRST_LEAD, FIRST_LEAD + scene.cast.leads)
    async with database.transaction(community.id) as uow:
        await seed(uow, community, organisations)
        for who in leads:
            await uow.people.save(Person(who, community.id, f"负责人{who}", who))
        for n, organisation in enumerate(await uow.organisations.all()):
            for lead in {leads[n * 7 % len(leads)], leads[(n * 7 + 1) % len(leads)]}:
                await uow.organisations.add_lead(organisation.id, lead, now)
        await uow.commit()
    await database.close()
