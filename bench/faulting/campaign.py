"""One campaign from start to verdict: attacks in lanes beside each other, calm, the auditor, a report."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bench.faulting.attacks import ATTACKS, Attack, NotHere
from bench.faulting.audit import FORBIDDEN, LOST, MISSING, TWICE, Verdict
from bench.faulting.replicas import until
from bench.faulting.scene import Cast, Scene, stage

#: Seconds between two attacks of a lane, at most.
_PAUSE = 3.0
#: Seconds that a program may take to end after SIGTERM.
LONGEST_END = 10.0
#: The lane that sets the pace for all others.
_PACE = "processes"


@dataclass
class Report:
    """What one engine went through."""

    engine: str
    seconds: float
    attacks: Counter[str]
    not_here: Counter[str]
    kills: Counter[str]
    at_work: int
    fallen: Counter[int]
    starts: int
    ends: Counter[int]
    slowest_end: float
    stories: tuple[int, int]
    hits: dict[str, int]
    verdict: Verdict

    @property
    def good(self) -> bool:
        """Nothing found, and everybody ended in time and cleanly."""
        # Before it listens to signals a program dies of them, which is as good an end.
        clean = self.ends.keys() <= {0, -signal.SIGTERM}
        return clean and not self.verdict.found and self.slowest_end < LONGEST_END

    def __str__(self) -> str:
        """Markdown."""
        lines = [f"### {self.engine}", "", "| fault | times |", "|---|---:|"]
        lines += [f"| {name} | {times} |" for name, times in self.attacks.items()]
        lines += [f"| {name}: not possible here | 0 |" for name in self.not_here]
        killed = self.kills["SIGKILL"]
        lines += [f"| processes killed -9 in all / of these up and at work | {killed} / {self.at_work} |"]
        lines += [
            f"| calls of the messenger or webhook hit: {kind} | {times} |"
            for kind, times in self.hits.items()
        ]
        done, given_up = self.stories
        lines += ["", "| what the auditor looked at | |", "|---|---:|"]
        lines += [f"| {name} | {times} |" for name, times in self.verdict.counts.items()]
        lines += [
            f"| stories told to their end / given up | {done} / {given_up} |",
            f"| starts of the program / ends nobody asked for | {self.starts} / {self.fallen.total()} |",
            f"| ends after SIGTERM / the slowest | {self.ends.total()} / {self.slowest_end:.1f} s |",
            f"| took | {self.seconds:.0f} s |",
            "",
            "| found | |",
            "|---|---:|",
            f"| messages lost | {self.verdict.found[LOST]} |",
            f"| acts done twice | {self.verdict.found[TWICE]} |",
            f"| forbidden transitions | {self.verdict.found[FORBIDDEN]} |",
            f"| promised messages missing | {self.verdict.found[MISSING]} |",
            "",
            *(f"- {words}" for words in self.verdict.words),
        ]
        return "\n".join(lines)


async def campaign(
    cast: Cast,
    kills: int,
    *,
    seed: int,
    seconds: float,
    model: Path,
    only: str = "",
    keep: bool = False,
) -> Report:
    """One engine from start to verdict; `model`: the reader's folder, absolute; `seconds`: of attacks."""
    async with stage(cast, model, seed) as scene:
        started = time.monotonic()
        with _bar() as bar:
            storm = _Storm(scene, plan(scene, kills, only), bar, seconds)
            await scene.begin()
            await storm.blow()
            storm.say("calming down")
            await scene.calm()
        hits = await scene.messenger.get("faults/done")
        hits |= (await scene.messenger.get("disorder"))["done"]
        verdict = await scene.judge()
        if keep or verdict.found:
            _keep(scene)
        return _report(scene, storm, hits, verdict, time.monotonic() - started)


class _Storm:
    """Attacks of one lane come one after another, the lanes side by side."""

    def __init__(self, scene: Scene, attacks: list[Attack], bar: Progress, seconds: float) -> None:
        self._scene = scene
        self._bar = bar
        self._seconds = seconds
        self._until = 0.0
        self._task: TaskID = bar.add_task(f"{scene.cast.engine}: starting", total=len(attacks))
        self._lanes: dict[str, list[Attack]] = {}
        for attack in attacks:
            self._lanes.setdefault(attack.lane, []).append(attack)
        self._progress = dict.fromkeys(self._lanes, 0.0)
        self.done = Counter[str]()
        self.not_here = Counter[str]()

    async def blow(self) -> None:
        """Until all is done or the time is up; what has begun then is brought to its end."""
        self._until = time.monotonic() + self._seconds
        async with asyncio.TaskGroup() as ways:
            for name, lane in self._lanes.items():
                ways.create_task(self._run(name, lane))

    def say(self, words: str) -> None:
        self._bar.update(self._task, description=f"{self._scene.cast.engine}: {words}")

    async def _run(self, name: str, lane: list[Attack]) -> None:
        for n, attack in enumerate(lane):
            await asyncio.sleep(self._scene.dice.uniform(0, 0 if name == _PACE else _PAUSE))
            await self._in_step(n / len(lane))
            if self._over:
                return
            self.say(attack.name)
            try:
                await attack.strike(self._scene)
                self.done[attack.name] += 1
            except NotHere:
                self.not_here[attack.name] += 1
            self._bar.advance(self._task)
            self._progress[name] = (n + 1) / len(lane)

    async def _in_step(self, share: float) -> None:
        """No lane runs ahead of the killing, so that everything happens during everything else."""

        async def caught_up() -> bool:
            return self._over or self._progress.get(_PACE, 1.0) >= share

        await until(caught_up, 0.2)

    @property
    def _over(self) -> bool:
        return time.monotonic() > self._until


def _report(scene: Scene, storm: _Storm, hits: dict[str, int], verdict: Verdict, seconds: float) -> Report:
    return Report(
        scene.cast.engine,
        seconds,
        Counter({a.name: storm.done[a.name] for a in ATTACKS if storm.done[a.name]}),
        storm.not_here,
        sum((r.kills for r in scene.replicas), Counter[str]()),
        sum(r.at_work for r in scene.replicas),
        sum((r.fallen for r in scene.replicas), Counter[int]()),
        sum(r.starts for r in scene.replicas),
        sum((r.ends for r in scene.replicas), Counter[int]()),
        max(r.slowest_end for r in scene.replicas),
        (sum(r.finished for r in scene.residents), sum(r.given_up for r in scene.residents)),
        {kind: times for kind, times in hits.items() if times},
        verdict,
    )


def plan(scene: Scene, kills: int, only: str = "") -> list[Attack]:
    """All attacks in the order of their lanes, shuffled by the seed."""
    attacks: list[Attack] = []
    for attack in ATTACKS:
        if attack.engine in ("", scene.cast.engine) and only in attack.name:
            attacks += [attack] * max(1, round(attack.share * kills / 100))
    scene.dice.shuffle(attacks)
    return attacks


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def _keep(scene: Scene) -> None:
    kept = Path.cwd() / f"faults-{scene.cast.engine}-{int(time.time())}"
    kept.mkdir()
    for replica in scene.replicas:
        shutil.copy(replica.log_file, kept / f"{replica.folder.name}.log")
    print(f"the logs are in {kept.name}", file=sys.stderr)
