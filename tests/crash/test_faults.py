"""The fault campaign of bench/faults.py in small: nothing is lost and nothing is done twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.faulting.campaign import campaign
from bench.faulting.scene import Cast

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
