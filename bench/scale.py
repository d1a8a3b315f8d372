"""A city of ten million on paper: simulates the queues of one database shard in its busiest hour.

usage: python -m bench.scale [--cpu-ms 5] [--communities 50] [--seed 1]

Residents write as they do during the day, and then something happens: the heating fails in one community, or
a storm hits the whole city, and many write at once. Updates
wait for their chat and for a free replica (one processor each, in the order of arrival), replies wait for the
limits of their bot (one a community) and of their chat. Prints waiting times by number of replicas.
"""

from __future__ import annotations

import argparse
import heapq
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.limits import PRIVATE, Bucket

#: A street office of the design: 7 communities, 300,000 residents, 5,000 requests a day.
RESIDENTS = 300_000 // 7
REQUESTS_A_DAY = 5_000 / 7
#: Updates that one request causes, from the first word to the last star, and messages that go out for it.
UPDATES_A_REQUEST, MESSAGES_AN_UPDATE = 12.0, 1.5
#: Share of a day that falls into its busiest hour.
BUSIEST_HOUR = 0.12
HOUR = 3600.0
#: Something happens: a share of the residents writes within so many seconds, so much each. With the storm's
#: share a street office gets the 20 updates a second that it was designed for.
WITHIN, WORDS_EACH = 600.0, 4
#: How uneven messages are: the standard deviation of the logarithm of their cost.
UNEVEN = 0.6
BOT_A_SECOND = 30.0


@dataclass(frozen=True)
class Event:
    """What happens: in how many communities, and which share of their residents writes about it."""

    name: str
    communities: int
    share: float


@dataclass(frozen=True)
class Updates:
    """One row an update, in the order of arrival: when (s), which chat, which community, cost (s)."""

    at: np.ndarray
    chat: np.ndarray
    community: np.ndarray
    cost: np.ndarray


def hour(communities: int, event: Event, cpu_ms: float, seed: int) -> Updates:
    """The busiest hour of a shard, with the event after twenty minutes."""
    random = np.random.default_rng(seed)
    usual = random.poisson(communities * REQUESTS_A_DAY * BUSIEST_HOUR)
    struck = random.poisson(event.communities * RESIDENTS * event.share)
    # A request's updates are not all in this hour; as many of other requests are.
    first = _talks(random, random.uniform(0, HOUR, usual), int(UPDATES_A_REQUEST), communities)
    second = _talks(random, HOUR / 3 + random.uniform(0, WITHIN, struck), WORDS_EACH, event.communities)
    at = np.concatenate([first[0], second[0]])
    chat = np.concatenate([first[1], usual + second[1]])
    where = np.concatenate([first[2], second[2]])
    mean = np.log(cpu_ms / 1000) - UNEVEN**2 / 2
    order = np.argsort(at)
    return Updates(at[order], chat[order], where[order], random.lognormal(mean, UNEVEN, len(at)))


def _talks(
    random: np.random.Generator, begin: np.ndarray, words: int, communities: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """When, who and where: each talk is so many updates with pauses of some twenty seconds."""
    pauses = random.exponential(20.0, (len(begin), words)).cumsum(axis=1)
    where = random.integers(0, communities, len(begin))
    return (
        (begin[:, None] + pauses).ravel(),
        np.repeat(np.arange(len(begin)), words),
        np.repeat(where, words),
    )


def handled(updates: Updates, replicas: int) -> np.ndarray:
    """When each update has been handled: a chat's in their order, others as soon as a replica is free."""
    free = [0.0] * replicas
    chats: dict[int, float] = {}
    done = np.empty_like(updates.at)
    for n, (at, chat, cost) in enumerate(zip(updates.at, updates.chat, updates.cost, strict=True)):
        start = max(at, heapq.heappop(free), chats.get(int(chat), 0.0))
        done[n] = chats[int(chat)] = start + cost
        heapq.heappush(free, start + cost)
    return done


def sent(updates: Updates, done: np.ndarray) -> np.ndarray:
    """When the first reply to each update goes out, within the limits of its bot and its chat."""
    bots: dict[int, Bucket] = {}
    chats: dict[int, Bucket] = {}
    gone = np.empty_like(done)
    more = 0.0
    for n in np.argsort(done, kind="stable"):
        now, bot, chat = float(done[n]), int(updates.community[n]), int(updates.chat[n])
        of_bot = bots.setdefault(bot, Bucket(BOT_A_SECOND, BOT_A_SECOND / 2, 0.0))
        of_chat = chats.setdefault(chat, Bucket(*PRIVATE, now))
        gone[n] = max(now, of_bot.free_at(now), of_chat.free_at(now))
        of_chat.take(now)
        more += MESSAGES_AN_UPDATE
        while more >= 1:
            of_bot.take(now)
            more -= 1
    return gone


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cpu-ms", type=float, default=5.0, help="mean cost of an update (bench.pipeline)")
    parser.add_argument("--communities", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    for event in (
        Event("the heating fails in one community", 1, 0.02),
        Event("a storm over the whole city", wanted.communities, 0.01),
    ):
        show(event, hour(wanted.communities, event, wanted.cpu_ms, wanted.seed), wanted.communities)


def show(event: Event, updates: Updates, communities: int) -> None:
    """A table of the waiting times."""
    table = Table(
        title=f"{communities * RESIDENTS:,} residents in {communities} communities, {event.name}: "
        f"{len(updates.at):,} updates, {_peak(updates.at):.0f} a second in the worst minute"
    )
    for name in ("replicas", "busy % at the worst", "reply p50 ms", "p95", "p99", "longest wait s"):
        table.add_column(name, justify="right")
    for replicas in track((1, 2, 3, 4, 6), console=Console(stderr=True), transient=True):
        done = handled(updates, replicas)
        waits = np.maximum(sent(updates, done), done) - updates.at
        busy = 100 * _peak(updates.at) * updates.cost.mean() / replicas
        p50, p95, p99 = (1000 * np.quantile(waits, q) for q in (0.5, 0.95, 0.99))
        table.add_row(
            str(replicas), f"{busy:.0f}", f"{p50:.0f}", f"{p95:.0f}", f"{p99:.0f}", f"{waits.max():.1f}"
        )
    Console().print(table)


def _peak(at: np.ndarray) -> float:
    return float(np.bincount((at // 60).astype(int)).max() / 60)


if __name__ == "__main__":
    main()
