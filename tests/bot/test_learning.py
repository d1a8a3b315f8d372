"""The running program and its models: taken without a restart, refused when damaged, learned from chat."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.learning import Learner
from bot.reading import _usable
from casework.lessons import Lesson, LessonSource, LessonState
from nlu import learning, lessons, versions
from nlu.model import ARRAYS
from tests.bot.station import WORKER, Station
from tests.unit.nlu.small import RIGHT, small_data, small_tests

CORRECTED = "那个送来的盒子里头老是凉的能不能换一家"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small messages, tests, and two models that learned from them."""
    root = tmp_path_factory.mktemp("school")
    small_tests(root / "tests", RIGHT)
    learn(root)
    return root


def learn(desk: Path) -> learning.Outcome:
    data = desk / "data"
    return learning.learn(
        desk / "model", data=data if data.exists() else small_data(data), tests=[desk / "tests"]
    )


@pytest.fixture
async def learner(station: Station, school: Path, tmp_path: Path) -> AsyncIterator[Learner]:
    """The program's learner over a copy of the school; its reader has the first model."""
    desk = Path(shutil.copytree(school, tmp_path / "desk"))
    told = ("--data", str(desk / "data"), "--tests", str(desk / "tests"))
    app = station.app
    app.learner = Learner(app.db, app.frame, desk / "model", app.sender.wake.set, told)
    app.frame.learning = app.learner
    # The first model is what the program began with.
    pointer = versions.pointer(desk / "model")
    assert pointer
    app.frame.seat.serial = app.learner._told = pointer.serial
    yield app.learner
    running = app.learner._training
    if running is not None:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def desk_of(learner: Learner) -> Path:
    return learner._folder.parent


async def accept(station: Station, text: str, label: str) -> None:
    """A lesson that a worker has accepted."""
    community = station.app.frame.community.id
    now = station.app.frame.clock.now()
    async with station.app.db.transaction(community) as uow:
        source = LessonSource.CHOSEN
        lesson = Lesson(0, community, text, "eld_meal", "", label, source, "resident", now)
        await uow.lessons.add(lesson)
        kept = await uow.lessons.waiting(0)
        assert kept
        assert await uow.lessons.decide(kept, LessonState.ACCEPTED, label, now)
        await uow.commit()


async def told(station: Station) -> str:
    """Everything the worker has been told since the last message of their own."""
    await station.send()
    return "\n".join(await station.heard(WORKER))


async def test_a_new_model_is_taken_between_two_messages_and_told_once(
    station: Station, learner: Learner
) -> None:
    before = station.app.frame.seat.reader
    await learner.look()
    assert station.app.frame.seat.reader is before
    lessons.write(lessons.beside(learner._folder), [(CORRECTED, "env_pest")])
    await asyncio.to_thread(learn, desk_of(learner))
    another = Learner(station.app.db, station.app.frame, learner._folder, lambda: None)
    await learner.look()
    assert set(station.app.frame.seat.reader.model.items) == {"eld_meal", "hom_locks", "env_pest"}
    assert station.app.frame.seat.reader.compounds == station.app.frame.community.compounds
    await another.look()
    await learner.look()
    heard = await told(station)
    assert heard.count("阅读器换成了第 2 版") == 1
    assert "社工采纳的 1 句更正" in heard
    await station.say("家里有蟑螂")
    await station.go()
    assert "虫鼠害" in "\n".join(await station.heard())


async def test_messages_are_answered_while_a_model_is_loaded(station: Station, learner: Learner) -> None:
    await asyncio.to_thread(learn, desk_of(learner))
    beats: list[float] = []

    async def pulse() -> None:
        while True:
            beats.append(asyncio.get_running_loop().time())
            await asyncio.sleep(0)

    beating = asyncio.create_task(pulse())
    await learner.look()
    beating.cancel()
    assert station.app.frame.seat.serial == 2
    longest = max(after - before for before, after in pairwise(beats))
    # On a crowded machine everything takes longer; a load on the loop's own thread is one long gap.
    assert longest < max(0.25, (beats[-1] - beats[0]) / 2)


@pytest.mark.parametrize("how", ["truncated", "one bit", "no card", "gone"])
async def test_a_damaged_new_model_is_refused_and_the_old_one_stays(
    station: Station, learner: Learner, how: str
) -> None:
    folder = learner._folder
    before = station.app.frame.seat.reader
    where = versions.place(folder, 2)
    shutil.copytree(versions.place(folder, 1), where)
    content = (where / ARRAYS).read_bytes()
    if how == "truncated":
        (where / ARRAYS).write_bytes(content[: len(content) // 2])
    elif how == "gone":
        (where / ARRAYS).unlink()
    else:
        middle = len(content) // 2
        (where / ARRAYS).write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    if how == "no card":
        (where / versions.CARD).unlink()
    versions.use(folder, 2, versions.LEARNED)
    for _ in range(2):
        await learner.look()
    assert station.app.frame.seat.reader is before
    heard = await told(station)
    assert heard.count("新的阅读器没有换上") == 1
    assert "模型" in heard
    await station.say("你好")
    await station.go()
    assert await station.heard()


async def test_a_model_that_reads_otherwise_than_when_it_learned_is_refused(
    station: Station, learner: Learner
) -> None:
    folder = learner._folder
    model = versions.load(versions.in_use(folder))
    card = versions.Card(probes=[[text, "hom_locks"] for text, _ in RIGHT])
    versions.use(folder, versions.keep(folder, model, card), versions.LEARNED)
    await learner.look()
    assert station.app.frame.seat.serial == 1
    assert "读出来的和训练时不一样" in await told(station)


async def test_a_training_asked_for_in_chat_learns_what_was_accepted(
    station: Station, learner: Learner
) -> None:
    await accept(station, CORRECTED, "env_pest")
    await station.say("/model", WORKER)
    await station.go()
    first = (await station.heard(WORKER))[-1]
    assert "阅读器 · 第 1 版" in first
    assert "已采纳 1 条" in first
    assert "诉求归对 100" in first
    await station.press("重新学习", WORKER)
    await station.go()
    assert "阅读器正在学习" in (await station.heard(WORKER))[-1]
    await station.say("/model", WORKER)
    await station.go()
    await station.press("重新学习", WORKER)
    await station.go()
    assert "一次只能学一个" in "\n".join(await station.heard(WORKER)), "refused while one is running"
    assert learner._training
    await learner._training
    await station.go()
    heard = await station.heard(WORKER)
    assert any("学好了，已换上第 2 版" in text for text in heard)
    assert not any("▓" in text for text in heard), "the message that told how far it was tells the end now"
    assert station.app.frame.seat.serial == 2
    edits = await station.outbox(method="EditMessageText")
    assert any("%" in row.payload["text"] for row in edits)
    await station.say("/model", WORKER)
    await station.go()
    assert "换上了第 2 版" in (await station.heard(WORKER))[-1]
    await station.press("上次的比较", WORKER)
    await station.go()
    assert "更正过的话 0 → 100" in (await station.heard(WORKER))[-1]


async def test_a_training_that_made_it_worse_is_told_and_changes_nothing(
    station: Station, learner: Learner
) -> None:
    from nlu import corpus

    for example in corpus.read_file(desk_of(learner) / "data/items/hom_locks.yml")[:40]:
        await accept(station, example.text, "eld_meal")
    assert learner.begin(WORKER, None)
    assert learner._training
    await learner._training
    await station.send()
    assert "学完了，没有换" in (await station.heard(WORKER))[-1]
    assert station.app.frame.seat.serial == 1
    pointer = versions.pointer(learner._folder)
    assert pointer
    assert pointer.version == 1


async def test_a_training_that_fails_says_why(station: Station, learner: Learner) -> None:
    await accept(station, CORRECTED, "med_psych")
    assert learner.begin(WORKER, None)
    assert learner._training
    await learner._training
    await station.send()
    heard = (await station.heard(WORKER))[-1]
    assert "没有学成" in heard
    assert "corrections.yml 第 6 行：没有 med_psych 这一项" in heard


async def test_back_to_the_model_before_and_forth(station: Station, learner: Learner) -> None:
    await asyncio.to_thread(learn, desk_of(learner))
    await learner.look()
    await station.say("/model", WORKER)
    await station.go()
    await station.press("换回上一个", WORKER)
    await station.go()
    assert "换回第 1 版？" in (await station.heard(WORKER))[-1]
    await station.press("确定换回", WORKER)
    await station.go()
    assert "已换回第 1 版" in (await station.heard(WORKER))[-1]
    await learner.look()
    assert station.app.frame.seat.serial == 3
    assert "阅读器换回了第 1 版" in await told(station)


async def test_nothing_to_go_back_to_is_said(station: Station, learner: Learner) -> None:
    await station.say("/model", WORKER)
    await station.go()
    await station.press("换回上一个", WORKER)
    await station.go()
    await station.press("确定换回", WORKER)
    await station.go()
    assert "还没有上一个模型" in (await station.heard(WORKER))[-1]


async def test_who_ends_the_program_ends_the_training(station: Station, learner: Learner) -> None:
    running = asyncio.create_task(learner.run())
    assert learner.begin(WORKER, None)
    while not learner.school().done:  # noqa: ASYNC110 - what a child says sets no event
        await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    async with asyncio.timeout(10):
        while versions.busy(learner._folder):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert versions.card(versions.in_use(learner._folder)).version == 1


async def test_the_first_decisions_are_written_down_for_whoever_trains(
    station: Station, learner: Learner
) -> None:
    await accept(station, CORRECTED + " ***", "env_pest")
    assert await learner.export() == 1
    written = lessons.beside(learner._folder).read_text(encoding="utf-8")
    assert f"    - {CORRECTED}\n" in written


async def test_bot_learn_writes_and_trains(station: Station, learner: Learner, tmp_path: Path) -> None:
    """The command of whoever runs the program; its training fails here on a label the small data lacks."""
    await accept(station, CORRECTED, "med_psych")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "swap.yml").write_text("rows.top1: 3\n", encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "learn",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={
            "PATH": "",
            "LINYING_DATA_DIR": str(folder),
            "LINYING_DATABASE_URL": station.app.settings.database,
            "LINYING_SECRET_KEY": station.app.settings.secret_key,
        },
    )
    out, complaint = await process.communicate()
    assert process.returncode == 1
    assert "采纳的更正有 1 句" in out.decode()
    assert "swap.yml 第 1 行" in complaint.decode(), "found before the minute of training"
    assert "med_psych" in (folder / lessons.FILE).read_text(encoding="utf-8")


def test_a_damaged_model_at_the_start_is_named(
    trained_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And built anew, which takes too long for here; that it is built is shown with small data."""
    folder = tmp_path / "model"
    assert _usable(folder) is None
    assert capsys.readouterr().err == "", "a first start is no fault"
    shutil.copytree(trained_model, folder)
    assert _usable(folder) is not None
    (folder / ARRAYS).write_bytes(b"PK half")
    assert _usable(folder) is None
    assert "阅读器的模型坏了" in capsys.readouterr().err
