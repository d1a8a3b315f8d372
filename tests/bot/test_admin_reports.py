"""Numbers, ledgers, messages to everybody, the desk."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.charts import ChildCharts
from casework.errors import NotAllowed
from casework.statuses import RequestStatus, TriageReason
from casework.use_cases.reading import MarkUnreachable
from handlers.admin.commands import ADMIN_COMMANDS
from handlers.kit.callbacks import DeskCD
from storage.database import Database
from storage.tables_delivery import outbox
from tests.bot.admin_house import Office, open_office, said
from tests.bot.lead_house import ADMIN, LEAD, PHONE, RESIDENT, buttons


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


@pytest.mark.parametrize("span", ["", "7", "30", "30天", "week", "本周", "month", "本月", "400"])
async def test_stats_tells_numbers_at_once_and_draws_later(office: Office, span: str) -> None:
    await office.house.file("eld_haircut", "hom_plumbing")
    await office.house.sent()
    numbers, row = await office.write(f"/stats {span}")
    assert "收到 <b>2</b> 件" in numbers["text"]
    # Who was asked a moment ago may still answer in time.
    assert "响应率：<b>—</b>（0/0）" in numbers["text"]
    assert "老有所依 1" in numbers["text"]
    delivery = await office.deferred(row)
    assert delivery.method == "SendPhoto"
    [chart] = office.charts.drawn
    assert chart.figures[0] == ("2", "收到")
    assert sum(n for _, n in chart.days) == 2
    assert dict(chart.groups)["老有所依"] == 1
    assert chart.rates[0] == ("响应率", 0, 0)
    assert len(chart.days) <= 35


async def test_the_drawn_chart_is_a_picture(office: Office) -> None:
    await office.house.file()
    await office.house.sent()
    _, row = await office.write("/stats")
    office.charts.draw = ChildCharts().draw  # type: ignore[method-assign]
    delivery = await office.deferred(row)
    assert delivery.file
    assert delivery.file[2].startswith(b"\x89PNG")


async def test_without_requests_there_are_no_numbers_to_draw(office: Office) -> None:
    [only] = await office.write("/stats")
    assert "没有收到诉求" in only["text"]
    assert {"7 天", "30 天", "本周", "本月"} <= buttons(only).keys()
    assert "本月" in said(await office.tap([only], "本月"))


@pytest.mark.parametrize("typed", ["0", "-3", "很久", "99999", "1e3", "七", "²"])
async def test_wrong_days_are_answered_with_an_example(office: Office, typed: str) -> None:
    assert "/stats 7" in said(await office.write(f"/stats {typed}"))
    assert "/export 30" in said(await office.write(f"/export {typed}"))


async def test_the_exported_ledger_agrees_with_the_numbers(office: Office) -> None:
    requests = [await office.house.file("eld_haircut") for _ in range(3)]
    await office.house.sent()
    wait, row = await office.write("/export 7")
    assert "正在做" in wait["text"]
    delivery = await office.deferred(row)
    assert delivery.file
    book = load_workbook(io.BytesIO(delivery.file[2]))
    ledger, history = book["诉求台账"], book["办理过程"]
    numbers = [c.value for c in ledger["A"][1:]]
    assert numbers == [r.number for r in requests]
    assert {c.value for c in history["A"][1:]} == set(numbers)
    head = [c.value for c in ledger[1]]
    assert ledger.cell(2, head.index("联系电话") + 1).value == PHONE
    assert "共 3 件" in delivery.payload["caption"]


async def test_what_was_deferred_is_not_made_for_somebody_who_is_no_worker_any_more(office: Office) -> None:
    await office.house.file()
    await office.house.sent()
    rows = [(await office.write(c))[-1] for c in ("/stats", "/export", "/import")]
    for row in rows:
        with pytest.raises(NotAllowed):
            await office.deferred({**row, "actor": LEAD})


async def test_broadcast_is_previewed_confirmed_and_sent_once_to_each(
    office: Office, second_connection: AsyncEngine
) -> None:
    await office.house.run(MarkUnreachable, None, LEAD, reachable=False)
    await office.house.sent()
    shown = await office.write("/broadcast 周六 <停水> & 请储水")
    assert "周六 &lt;停水&gt; &amp; 请储水" in said(shown)
    assert "发给 <b>5</b> 个人" in said(shown)
    assert await office.house.sent() == []
    assert "开始发了" in said(await office.tap(shown, "发给 5 个人"))
    assert "已经发过" in said(await office.tap(shown, "发给 5 个人"))
    async with second_connection.connect() as connection:
        rows = (await connection.execute(select(outbox).where(outbox.c.key.like("broadcast:%")))).all()
    assert len(rows) == len({r.chat_id for r in rows}) == 5
    assert LEAD not in {r.chat_id for r in rows}
    assert {r.key for r in rows} == {f"broadcast:{rows[0].key.split(':')[1]}:{r.chat_id}" for r in rows}
    assert "停水" in await office.house.words(RESIDENT)


async def test_broadcast_goes_on_where_it_stopped(office: Office, second_connection: AsyncEngine) -> None:
    await office.tap(await office.write("/broadcast 停水"), "发给")
    ours = outbox.c.key.like("broadcast:%")
    async with second_connection.begin() as connection:
        await connection.execute(
            update(outbox).where(ours, outbox.c.chat_id == RESIDENT).values(status="sent")
        )
        await connection.execute(update(outbox).where(ours, outbox.c.chat_id == LEAD).values(status="dead"))
    text = said(await office.write("/broadcast status"))
    assert "已发 <b>1</b> 人，等着发 4 人，发不到 1 人" in text
    number = text.split("第 ")[1].split(" ")[0]
    assert "已发 <b>1</b> 人" in said(await office.write(f"/broadcast 进度 {number}"))
    assert "没有找到" in said(await office.write("/broadcast status 4711"))


async def test_broadcast_asks_and_can_be_left(office: Office) -> None:
    assert "没有找到" in said(await office.write("/broadcast status"))
    assert "要通知大家什么" in said(await office.write("/broadcast"))
    shown = await office.write("停电")
    assert "没有发" in said(await office.tap(shown, "取消"))
    assert "已经发过" in said(await office.tap(shown, "发给"))
    assert "太长了" in said(await office.write("/broadcast " + "长" * 3501))
    assert await office.house.sent(RESIDENT) == []


async def test_an_older_preview_does_not_send_the_newer_text(office: Office) -> None:
    first = await office.write("/broadcast 第一条")
    second = await office.write("/broadcast 第二条")
    await office.tap(first, "发给")
    assert await office.house.sent(RESIDENT) == []
    await office.tap(second, "发给")


async def test_pause_holds_new_requests_and_resume_opens_again(office: Office) -> None:
    asked = await office.write("/pause 台风<天>")
    assert "台风&lt;天&gt;" in said(asked)
    shown = await office.tap(asked, "确定")
    assert "台风&lt;天&gt;" in said(shown)
    request = await office.house.file()
    assert request.status is RequestStatus.TRIAGE
    assert request.triage_reason is TriageReason.INTAKE_PAUSED
    assert "现在暂停受理" in said(await office.write("/desk"))
    await office.house.sent()
    assert "已恢复受理" in said(await office.tap(shown, "恢复受理"))
    assert (await office.house.file()).status is RequestStatus.OFFERED
    await office.house.sent()
    assert "现在没有暂停" in said(await office.write("/resume"))
    assert "太长了" in said(await office.write("/pause " + "长" * 300))
    assert "暂停派单" in said(await office.press(DeskCD(action="pause")))


async def test_the_desk_counts_and_every_button_answers(office: Office) -> None:
    await office.house.emergency()
    await office.house.sent()
    [desk] = await office.write("/desk")
    assert "紧急求助：<b>1</b>" in desk["text"]
    for data in buttons(desk).values():
        assert await office.press(data), data


async def test_help_tells_every_command_in_groups(office: Office) -> None:
    text = said(await office.write("/help"))
    assert all(f"/{command}　" in text for command in ADMIN_COMMANDS)
    assert said(await office.press(DeskCD(action="help"))) == text


async def test_in_a_group_nothing_is_told(office: Office) -> None:
    await office.house.file()
    await office.house.sent()
    for command in ADMIN_COMMANDS:
        await office.house.write(ADMIN, f"/{command}", chat=-100500)
        assert await office.house.words(-100500, ADMIN) == (
            "这条命令会显示居民的电话和住址，请在和我的私聊里用。"
        )
