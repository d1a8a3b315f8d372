"""The faults themselves, each a small function of the scene. What it did is counted by its name."""

from __future__ import annotations

import asyncio
import errno
import json
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.faulting.replicas import Replica, until
from bench.faulting.scene import Scene

DAY = 86400
Strike = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True)
class Attack:
    """`lane`: attacks of one lane come one after another, the lanes side by side. `share`: how many for
    each hundred kills. `engine`: where it makes sense; empty for everywhere.
    """

    name: str
    lane: str
    share: float
    strike: Strike
    engine: str = ""


# ---- processes

#: A program that is up is left alone for up to so many seconds.
_LIFE = 3.0


async def _choose(scene: Scene) -> Replica:
    """Mostly one of those that run while most do, else any: it may be in the middle of its start."""
    if scene.dice.random() < 0.8:
        most = max(1, len(scene.replicas) - 1)

        async def most_are_up() -> bool:
            return sum(replica.ready.is_set() for replica in scene.replicas) >= most

        await until(most_are_up)
        # On a machine where a start takes long, work gets its time as well.
        slow = max(replica.start_seconds for replica in scene.replicas)
        await asyncio.sleep(scene.dice.uniform(0, max(_LIFE, slow)))
        ready = [replica for replica in scene.replicas if replica.ready.is_set()]
        return scene.dice.choice(ready or scene.replicas)
    await asyncio.sleep(scene.dice.uniform(0, 1.5))
    return scene.dice.choice(scene.replicas)


async def _end_one(scene: Scene, how: signal.Signals) -> bool:
    return await (await _choose(scene)).end(how)


async def kill(scene: Scene) -> None:
    await until(lambda: _end_one(scene, signal.SIGKILL))


async def kill_all(scene: Scene) -> None:
    """The whole machine is gone. Each of them counts as a kill."""
    await _choose(scene)
    await asyncio.gather(*(replica.end(signal.SIGKILL) for replica in scene.replicas))


async def terminate(scene: Scene) -> None:
    await until(lambda: _end_one(scene, signal.SIGTERM))


async def freeze(scene: Scene) -> None:
    """It stands still for some seconds, as a machine that swaps, and goes on believing what it believed."""
    await (await _choose(scene)).freeze(scene.dice.uniform(1, 15))


# ---- PostgreSQL and the way to it


async def restart_server(scene: Scene) -> None:
    assert scene.server is not None
    await scene.server.restart("fast", scene.dice.uniform(0, 3))


async def crash_server(scene: Scene) -> None:
    assert scene.server is not None
    await scene.server.restart("immediate", scene.dice.uniform(0, 3))


async def cut(scene: Scene) -> None:
    assert scene.wire is not None
    scene.wire.cut()


async def cut_off(scene: Scene) -> None:
    assert scene.wire is not None
    scene.wire.closed = True
    scene.wire.cut()
    await asyncio.sleep(scene.dice.uniform(1, 12))
    scene.wire.closed = False


async def tear(scene: Scene) -> None:
    assert scene.wire is not None
    scene.wire.tear(scene.dice)


async def slow_down(scene: Scene) -> None:
    assert scene.wire is not None
    scene.wire.delay = scene.dice.uniform(0.01, 0.1)
    await asyncio.sleep(scene.dice.uniform(2, 8))
    scene.wire.delay = 0.0


async def silence(scene: Scene) -> None:
    assert scene.wire is not None
    scene.wire.silence()


# ---- SQLite


async def fill_disk(scene: Scene) -> None:
    if scene.disk is None:
        raise NotHere("no file system can be mounted here")
    filler = scene.disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
    await asyncio.sleep(scene.dice.uniform(1, 6))
    filler.unlink()


async def lock(scene: Scene) -> None:
    await _lock(scene, scene.dice.uniform(0.5, 5))


async def lock_long(scene: Scene) -> None:
    """Longer than anybody waits."""
    await _lock(scene, 33)


async def _lock(scene: Scene, seconds: float) -> None:
    other = sqlite3.connect(urlsplit(scene.url).path[1:], isolation_level=None)
    try:
        while True:
            try:
                other.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError:
                await asyncio.sleep(0.01)
        await asyncio.sleep(seconds)
        other.execute("ROLLBACK")
    finally:
        other.close()


# ---- the messenger


def _weather(kind: str, chance: float, seconds: tuple[float, float], pause: tuple[float, float]) -> Strike:
    """For some seconds each call of any method is hit by chance; `seconds` is the fault's own time."""

    async def strike(scene: Scene) -> None:
        await scene.messenger.post(
            "faults", kind=kind, times=10**6, chance=chance, seconds=scene.dice.uniform(*seconds)
        )
        await asyncio.sleep(scene.dice.uniform(*pause))
        await scene.messenger.post("faults/clear")

    return strike


async def hang(scene: Scene) -> None:
    """A few calls that take effect and are never answered: the bot's own patience must end them."""
    await scene.messenger.post("faults", kind="late", method="sendMessage", times=2, seconds=90)


# ---- updates and people


async def disorder(scene: Scene) -> None:
    await scene.messenger.post("disorder", late=0.3, unheard=0.3, twice=0.3, seconds=2)
    await asyncio.sleep(scene.dice.uniform(3, 8))
    await scene.messenger.post("disorder", late=0, unheard=0, twice=0)


async def poison(scene: Scene) -> None:
    """An update that has a number and no sense."""
    shapes = (
        {"message": {"text": "没有头也没有尾"}},
        {"message": {"message_id": "x", "date": [], "chat": {"id": scene.residents[0].phone.who}}},
        {"callback_query": {"id": 5, "from": 7, "chat_instance": {}}},
        {"my_chat_member": []},
        {"message": "一句话"},
    )
    number = 2_000_000_000 + len(scene.poisoned)
    body = json.dumps({"update_id": number, **scene.dice.choice(shapes)}).encode()
    await _throw_in(scene, body, range(200, 201))
    scene.poisoned.add(number)


async def rubbish(scene: Scene) -> None:
    """What is no update at all is refused for good, so that no messenger would send it again."""
    shapes = (b"", b"{", b"[]", b"null", b'{"update_id": "x"}', b"\xff\xfe", b"[" * 50_000)
    await _throw_in(scene, scene.dice.choice(shapes), range(400, 500))


async def _throw_in(scene: Scene, body: bytes, right: range) -> None:
    """Again while nobody is there to take it. Raises AssertionError for a wrong answer."""
    assert scene.proxy is not None
    proxy = scene.proxy
    statuses: list[int] = []

    async def answered() -> bool:
        statuses.append(await proxy.throw_in(body))
        return statuses[-1] < 500

    await until(answered, 0.5)
    if statuses[-1] not in right:
        raise AssertionError(f"what is no good update was answered {statuses[-1]}")


async def block(scene: Scene) -> None:
    """Somebody blocks the bot, and is back after a while."""
    who = scene.dice.choice([r.phone.who for r in scene.residents] + [lead.phone.who for lead in scene.leads])
    scene.blocked.add(who)
    await scene.messenger.post("block", **{"from": who, "blocked": True})
    await asyncio.sleep(scene.dice.uniform(1, 8))
    await scene.messenger.post("block", **{"from": who, "blocked": False})


# ---- clocks


async def shift_clock(scene: Scene) -> None:
    """One machine's clock is a day wrong for a while."""
    replica = scene.dice.choice(scene.replicas)
    replica.clock_file.write_text(str(scene.dice.choice((-DAY, DAY))))
    await asyncio.sleep(scene.dice.uniform(3, 10))
    replica.clock_file.unlink()


class NotHere(Exception):
    """This machine has not what the attack needs."""


PG, LITE = "postgresql", "sqlite"
#: 100 of the first two lines are kills; the others come beside them.
ATTACKS = (
    Attack("kill -9", "processes", 94, kill),
    Attack("kill -9 of all at once", "processes", 2, kill_all, PG),
    Attack("SIGTERM", "operators", 12, terminate),
    Attack("process stands still", "machines", 4, freeze),
    Attack("PostgreSQL restarted", "database", 3, restart_server, PG),
    Attack("PostgreSQL crashed", "database", 3, crash_server, PG),
    Attack("connections cut", "database", 8, cut, PG),
    Attack("cut off for seconds", "database", 5, cut_off, PG),
    Attack("connections torn in an answer", "database", 8, tear, PG),
    Attack("slow network", "database", 4, slow_down, PG),
    Attack("connections silently dead", "database", 3, silence, PG),
    Attack("disk full", "database", 20, fill_disk, LITE),
    Attack("database locked", "database", 20, lock, LITE),
    Attack("database locked for 33 s", "database", 2, lock_long, LITE),
    Attack("429 storm", "messenger", 6, _weather("429", 0.7, (1, 3), (2, 6))),
    Attack("500 storm", "messenger", 4, _weather("500", 0.7, (1, 1), (2, 6))),
    Attack("502 storm", "messenger", 4, _weather("502", 0.7, (1, 1), (2, 6))),
    Attack("slow answers", "messenger", 4, _weather("slow", 0.5, (0.5, 4), (2, 6))),
    Attack("silence before the effect", "messenger", 4, _weather("timeout", 0.4, (1, 4), (2, 6))),
    Attack("silence after the effect", "messenger", 4, _weather("late", 0.4, (1, 4), (2, 6))),
    Attack("answer never comes", "messenger", 2, hang),
    Attack("answers torn", "messenger", 4, _weather("torn", 0.5, (1, 1), (2, 6))),
    Attack("connection cut after the effect", "messenger", 4, _weather("drop", 0.5, (1, 1), (2, 6))),
    Attack("messenger gone", "messenger", 3, _weather("refuse", 1.0, (1, 1), (2, 6))),
    Attack("updates twice, unheard, out of order", "updates", 12, disorder, PG),
    Attack("poisoned update", "updates", 12, poison, PG),
    Attack("rubbish at the webhook", "updates", 12, rubbish, PG),
    Attack("bot blocked and unblocked", "people", 16, block),
    Attack("clock a day wrong", "clocks", 6, shift_clock),
)
