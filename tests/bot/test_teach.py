"""/teach in a worker's chat: one card at a time, decided, taken back, or taught as something else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.lessons import Lesson, Reading
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.teaching import DecideLesson, ListAccepted
from handlers.kit.callbacks import TeachCD
from handlers.ports import School
from nlu.near import Near, Twin
from nlu.reader import Reader
from nlu.versions import Card
from storage.database import Database
from tests.bot.admin_house import Office, open_office, said
from tests.bot.lead_house import ADMIN, DETAILS, GROUP, RESIDENT, buttons

KNOWN = Near([("下水道堵得死死的怎么通都通不开", "hom_plumbing"), ("老奶奶一个人住想有人来看看她", "")])


@dataclass
class Nearness:
    """The part of a Learner that /teach uses, over a few known messages."""

    changed: int = 0
    begun: list[int] = field(default_factory=list)

    async def near(self, text: str) -> Twin | None:
        return KNOWN.find(text)

    def lessons_changed(self) -> None:
        self.changed += 1

    def school(self) -> School:
        return School(Card(), None, None, {})


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    office = await open_office(db, second_connection)
    office.house.frame.learning = Nearness()  # type: ignore[assignment]
    return office


async def misread(office: Office, *texts: str, heard: str = "env_pest") -> None:
    """Residents chose the haircut where something else was heard."""
    for text in texts:
        draft = Draft("eld_haircut", text, text, DETAILS, reading=Reading(text, heard, "hom_leak"))
        await office.house.run(FileRequests, RESIDENT, [draft])
    await office.house.sent()


async def accepted(office: Office) -> list[tuple[str, str]]:
    found: list[Lesson] = await office.house.run(ListAccepted, ADMIN)
    return [(lesson.text, lesson.label) for lesson in found]


def words(messages: list[dict[str, Any]]) -> list[str]:
    return [w for message in messages for w in buttons(message)]


async def test_nothing_waits(office: Office) -> None:
    shown = await office.write("/teach")
    assert "没有等您看的更正" in said(shown)
    assert words(shown) == []


async def test_a_card_tells_what_was_read_and_what_was_meant(office: Office) -> None:
    await misread(office, "头发<b>长了&")
    shown = await office.write("/teach")
    text = said(shown)
    assert "头发&lt;b&gt;长了&amp;" in text
    assert "虫鼠害防治（也想过：房屋渗漏与公共维修）" in text
    assert "居民改选了：<b>上门理发</b>" in text
    assert "还有 <b>1</b> 条" in text
    assert [w.split(" ")[1] for w in words(shown)] == ["采纳", "不采纳", "换成别的", "下一条"]


async def test_decisions_go_on_to_the_next_and_can_be_taken_back(office: Office) -> None:
    await misread(office, "第一句话", "第二句话", "第三句话")
    shown = await office.write("/teach")
    shown = await office.tap(shown, "✅ 采纳")
    assert "采纳了：上门理发" in said(shown)
    assert "第二句话" in said(shown)
    assert "已采纳 1 条" in said(shown)
    assert {m["method"] for m in shown} == {"EditMessageText"}
    shown = await office.tap(shown, "不采纳")
    assert "没有采纳" in said(shown)
    assert "第三句话" in said(shown)
    shown = await office.tap(shown, "撤销")
    assert "撤销了" in said(shown)
    assert "第二句话" in said(shown)
    assert "没采纳 0 条" in said(shown)
    shown = await office.tap(shown, "下一条")
    assert "第三句话" in said(shown)
    shown = await office.tap(shown, "下一条")
    assert "第二句话" in said(shown), "from the beginning again"
    assert await accepted(office) == [("第一句话", "eld_haircut")]
    assert office.house.frame.learning.changed == 3  # type: ignore[union-attr]


async def test_something_else_is_chosen_by_group_or_as_no_request(office: Office) -> None:
    await misread(office, "第一句话", "第二句话")
    shown = await office.write("/teach")
    shown = await office.tap(shown, "换成别的")
    assert "哪一大类" in said(shown)
    assert len(words(shown)) == 14
    shown = await office.tap(shown, "住有所居")
    shown = await office.tap(shown, "开锁")
    assert "采纳了：开锁与门窗" in said(shown)
    shown = await office.tap(shown, "换成别的")
    shown = await office.tap(shown, "不是诉求")
    assert len(words(shown)) == 21
    shown = await office.tap(shown, "回到这一条")
    assert "第二句话" in said(shown)
    shown = await office.tap(shown, "换成别的")
    shown = await office.tap(shown, "不是诉求")
    shown = await office.tap(shown, "闲聊")
    assert await accepted(office) == [("第一句话", "hom_locks"), ("第二句话", "chitchat")]
    assert "没有等您看的更正" in said(shown)


async def test_near_copies_are_said(office: Office) -> None:
    await misread(
        office,
        "下水道堵得死死的，怎么通都通不开！",
        "老奶奶一个人住，想有人来看看她",
        "哪句都不像",
        heard="env_waste",
    )
    shown = await office.write("/teach")
    assert "却是水管与下水维修" in said(shown)
    shown = await office.tap(shown, "下一条")
    assert "和考阅读器的题几乎一样" in said(shown)
    shown = await office.tap(shown, "下一条")
    assert "几乎一样" not in said(shown)


async def test_two_workers_at_once(office: Office) -> None:
    await misread(office, "第一句话", "第二句话")
    shown = await office.write("/teach")
    lesson = (await office.house.run(ListAccepted, ADMIN)) or None
    assert lesson is None
    first = next(iter(buttons(shown[-1]).values())).split(":")[2]
    await office.house.run(DecideLesson, ADMIN, int(first), accept=False)
    shown = await office.tap(shown, "✅ 采纳")
    assert office.house.answers[-1]["text"] == "这条已经有人看过了"
    assert "第二句话" in said(shown)
    assert await accepted(office) == []


@pytest.mark.parametrize("value", ["request", "emergency", "nothing", "eld_"])
async def test_a_forged_label_is_not_taught(office: Office, value: str) -> None:
    await misread(office, "第一句话")
    shown = await office.write("/teach")
    lesson = int(next(iter(buttons(shown[-1]).values())).split(":")[2])
    await office.press(TeachCD(action="label", id=lesson, value=value))
    assert await accepted(office) == []
    assert "不" in said(await office.press(TeachCD(action="yes", id=10**12)) or [{"text": "不"}])
    assert await accepted(office) == []


async def test_words_of_residents_are_not_for_a_group(office: Office) -> None:
    await misread(office, "第一句话")
    await office.house.write(ADMIN, "/teach", GROUP)
    assert "第一句话" not in await office.house.words(GROUP, ADMIN)


async def test_a_request_refiled_in_chat_waits_with_what_else_the_reader_thought_of(
    office: Office, reader: Reader
) -> None:
    office.house.frame.seat.seat(reader)
    request = await office.house.file()
    await office.house.sent()
    shown = await office.write(f"/recategorise {request.number} 水管")
    shown = await office.tap(shown, "水管")
    await office.tap(shown, "确定")
    text = said(await office.write("/teach"))
    assert "阅读器听成：上门理发（也想过：" in text
    assert "社工换成了：<b>水管与下水维修</b>" in text
    assert "138" not in text
