"""The fault campaign of bench/faults.py in small: nothing is lost and nothing is done twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from bench.faulting.campaign import LONGEST_END, campaign
from bench.faulting.scene import Cast, stage

SEED = 20261122
#: Of attacks; what is begun by then is told to its end.
SECONDS = 12


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("cast", "kills"),
    [(Cast("postgresql", replicas=2, residents=6, leads=4), 4), (Cast("sqlite", residents=6, leads=4), 4)],
    ids=["postgresql", "sqlite"],
)
async def test_faults_lose_nothing_and_do_nothing_twice(cast: Cast, kills: int, trained_model: Path) -> None:
    report = await campaign(cast, kills, seed=SEED, seconds=SECONDS, model=trained_model)
    print(report)  # noqa: T201 - what was done, for who runs it with -s
    assert report.verdict.words == []
    assert report.good
    # That the auditor had something to look at.
    assert report.kills["SIGKILL"] >= 1
    assert report.stories[0] >= 1
    assert report.verdict.counts["messages promised"] > 10


@pytest.mark.crash
@pytest.mark.timeout(300)
async def test_a_silent_database_keeps_nobody_from_ending(trained_model: Path) -> None:
    async with stage(Cast("postgresql", replicas=1, residents=1, leads=2), trained_model, SEED) as scene:
        await scene.begin()
        assert scene.wire is not None
        scene.wire.silence()
        [replica] = scene.replicas
        await replica.end(signal.SIGTERM, for_good=True)
        assert replica.ends == {0: 1}
        assert replica.slowest_end < LONGEST_END
