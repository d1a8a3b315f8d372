"""The real process while the model in use changes under it: taken, or refused when it is damaged."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from nlu import comparing, versions
from nlu.model import ARRAYS
from nlu.reader import Reader
from tests.e2e.house import RESIDENT, WORKER, House, running


async def test_a_running_program_takes_a_new_model_and_refuses_a_damaged_one(
    tmp_path: Path, trained_model: Path
) -> None:
    folder = tmp_path / "data" / "model"
    shutil.copytree(trained_model, folder)
    async with running(tmp_path / "data", trained_model) as house:
        await house.say(WORKER, "/model")
        await house.see(WORKER, "最早的一版", "还没有考过试")
        await asyncio.to_thread(_learned_elsewhere, folder)
        told = await house.see(WORKER, "阅读器换成了第 1 版")
        assert "/model" in told
        await _is_understood(house)
        await asyncio.to_thread(_damaged, folder)
        await house.see(WORKER, "新的阅读器没有换上")
        await _is_understood(house)
        every = "\n".join(await house.everything(WORKER))
        assert every.count("阅读器换成了") == every.count("没有换上") == 1
    # The next start finds the damaged one, says so, and would build anew; going back spares the minute.
    assert await asyncio.to_thread(versions.roll_back, folder)
    async with running(tmp_path / "data", trained_model) as house:
        await _is_understood(house)
        await house.say(WORKER, "/model")
        await house.see(WORKER, "阅读器 · 第 1 版")


async def _is_understood(house: House) -> None:
    await house.say(RESIDENT, "谢谢你们")
    await house.see(RESIDENT, "不客气")


def _learned_elsewhere(folder: Path) -> None:
    """As `python -m nlu train` leaves it, without the minute it takes."""
    model = versions.load(versions.in_use(folder))
    tests = comparing.read_tests([comparing.CARRIED])
    reader = Reader(model)
    card = versions.Card(
        messages=3, figures=comparing.measure(reader, tests), probes=comparing.probes(reader, tests)
    )
    versions.use(folder, versions.keep(folder, model, card), versions.LEARNED)


def _damaged(folder: Path) -> None:
    where = versions.place(folder, 2)
    shutil.copytree(versions.place(folder, 1), where)
    content = (where / ARRAYS).read_bytes()
    (where / ARRAYS).write_bytes(content[: len(content) // 2])
    versions.use(folder, 2, versions.LEARNED)
