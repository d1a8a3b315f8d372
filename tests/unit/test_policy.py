"""The `policy:` section of a profile."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from bot.communities import load_community
from bot.faults import Fault
from casework.policy import Mode, Policy, Promise, QuietHours, ServiceClass
from tests.unit.test_communities import GOOD

SECTION = """
policy:
  promises:
    general: {resolve_hours: 72}
  classes: {eld_haircut: complex}
  modes: {eld_haircut: pool}
  quiet: {start: 22:00, end: "6:30"}
  weights: {fit: 0.30, fairness: 0.15}
  sameness: {days: 3, likeness: 0.5}
  judging: {workers: 0.5, experts: 0.2, residents: 0.3, spot_checks: 5}
  retention: {requests: 180, inbox: 7}
  addressees: {water: 0431-96188}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "lane.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_profile_without_the_section_has_the_defaults(tmp_path: Path) -> None:
    assert load_community(written(tmp_path, GOOD))[0].policy == Policy()


def test_everything_in_the_section_is_heard(tmp_path: Path) -> None:
    policy = load_community(written(tmp_path, GOOD + SECTION))[0].policy
    assert policy.promise(ServiceClass.GENERAL) == Promise(24, 72)
    assert policy.class_of("eld_haircut", urgent=False) is ServiceClass.COMPLEX
    assert policy.class_of("eld_haircut", urgent=True) is ServiceClass.EMERGENCY
    assert policy.mode_of("eld_haircut") is Mode.POOL
    assert policy.quiet == QuietHours(time(22), time(6, 30))
    assert (policy.weights["fit"], policy.weights["load"]) == (0.30, 0.15)
    assert (policy.sameness.days, policy.sameness.joint) == (3, 5)
    assert (policy.judging.workers, policy.judging.spot_checks) == (0.5, 5)
    assert (policy.retention.requests, policy.retention.inbox, policy.retention.saved) == (180, 7, 365)
    assert policy.addressees == {"water": "0431-96188"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("general:", "normal:", "没有这一类"),
        ("72", "-3", "要大于 0"),
        ("72", "很快", "应是数字"),
        ("eld_haircut: complex", "eld_hat: complex", "没有项目"),
        ("complex", "slow", "只能是"),
        ("pool", "lottery", "只能是"),
        ('"6:30"', '"26:30"', "应是钟点"),
        ("0.30", "0.40", "等于 1"),
        ("fairness:", "luck:", "没有这一项"),
        ("likeness: 0.5", "likeness: 1.5", "不能大于 1"),
        ("days: 3", "days: 2.5", "应是整数"),
        ("spot_checks", "spots", "没有这样的项"),
        ("experts: 0.2", "experts: 0.3", "等于 1"),
        ("water:", "wells:", "没有这一家"),
        ("inbox: 7", "inbox: 1", "至少要 2 天"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in SECTION
    text = GOOD + SECTION.replace(old, new, 1)
    with pytest.raises(Fault) as told:
        load_community(written(tmp_path, text))
    first = GOOD.count("\n") + 2
    assert words in str(told.value)
    assert any(f"第 {line} 行" in str(told.value) for line in range(first, first + 12))
