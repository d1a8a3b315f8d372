"""Ctrl+C and SIGTERM end the program at once and quietly, also while it is still starting."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from nlu.model import HEADER

ROOT = Path(__file__).parents[2]


async def _started(folder: Path) -> asyncio.subprocess.Process:
    outside = {k: v for k, v in os.environ.items() if not k.startswith("LINYING_")}
    mine = {"LINYING_DATA_DIR": str(folder), "LINYING_PLAYGROUND_PORT": "0", "PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=outside | mine, stderr=asyncio.subprocess.PIPE
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.2, 0.5, 0.9, 1.6])
async def test_told_to_stop_while_it_starts(
    how: signal.Signals, after: float, tmp_path: Path, trained_model: Path
) -> None:
    (tmp_path / "model").symlink_to(trained_model)
    process = await _started(tmp_path)
    assert process.stderr
    try:
        # Wherever in its start that is on this machine: each of them must be a good moment.
        await asyncio.sleep(after)
        process.send_signal(how)
        said = await asyncio.wait_for(process.stderr.read(), 90)
        assert await process.wait() in (0, -how)
        assert b"Traceback" not in said
    finally:
        if process.returncode is None:
            process.kill()


async def test_told_to_stop_in_the_first_lesson(tmp_path: Path) -> None:
    """Training the reader takes half a minute; nobody waits for its end, and it does not go on alone."""
    process = await _started(tmp_path)
    try:
        async with asyncio.timeout(90):
            bot = psutil.Process(process.pid)
            while not (bot.children() and (tmp_path / "linying.db-wal").exists()):
                assert process.returncode is None
                await asyncio.sleep(0.05)
        (lesson,) = bot.children()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 60) == 0
        await asyncio.to_thread(psutil.wait_procs, [lesson], 30)
        assert not lesson.is_running()
        assert not list((tmp_path / "model").rglob(HEADER))
    finally:
        if process.returncode is None:
            process.kill()
