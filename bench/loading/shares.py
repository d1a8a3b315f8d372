"""Small machines: a process gets no more than a part of a core, so that many can be compared on one machine.

It needs Linux's control groups (either version) and the right to make one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
#: Microseconds in which a share is counted: shorter than what a reply takes, or its waits would be measured.
_PERIOD = 10_000


@contextmanager
def limited(pids: Iterable[int], percent: float) -> Iterator[None]:
    """Each process has `percent` of a core while the block runs; 0 is no limit.

    Raises OSError where that is not allowed.
    """
    made: list[Path] = []
    try:
        for pid in pids if percent else ():
            group = (_GROUPS / "cpu" if (_GROUPS / "cpu").is_dir() else _GROUPS) / f"linying-bench-{pid}"
            group.mkdir()
            made.append(group)
            _limit(group, round(_PERIOD * percent / 100))
            (group / "cgroup.procs").write_text(str(pid))
        yield
    finally:
        for group in made:
            for left in (group / "cgroup.procs").read_text().split():
                (group.parent / "cgroup.procs").write_text(left)
            group.rmdir()


def _limit(group: Path, quota: int) -> None:
    if (group / "cpu.cfs_quota_us").exists():
        (group / "cpu.cfs_period_us").write_text(str(_PERIOD))
        (group / "cpu.cfs_quota_us").write_text(str(quota))
    else:
        (group / "cpu.max").write_text(f"{quota} {_PERIOD}")
