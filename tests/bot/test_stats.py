"""/stats through the real dispatcher: each number leads to its requests, each picture to its lists."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.charts import ChildCharts
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer, CompleteWork, WorkReport
from casework.use_cases.residents import ConfirmSolved
from handlers.kit.callbacks import ReportCD
from storage.database import Database
from tests.bot.admin_house import Office, open_office, said
from tests.bot.lead_house import LEAD, RESIDENT, SUMMARY, WORDS, buttons
from tests.casework.world import DETAILS

PICTURES = ["走势", "大类", "类别", "组织", "小区", "热力图", "各组织三率"]


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    """One confirmed haircut in 丰和家园, two that are offered, and one of another group nobody can do."""
    office = await open_office(db, second_connection)
    drafts = [Draft(item, WORDS, SUMMARY, DETAILS) for item in ("eld_haircut",) * 3 + ("law_aid",)]
    first, *_ = await office.house.run(FileRequests, RESIDENT, drafts)
    await office.house.run(AcceptOffer, LEAD, (await office.house.offer(first)).id)
    await office.house.run(CompleteWork, LEAD, first.id, WorkReport(1, 2, "剪好了"))
    await office.house.run(ConfirmSolved, RESIDENT, first.id)
    await office.house.sent()
    return office


def pressed(messages: list[dict[str, Any]], word: str) -> ReportCD:
    every = {w: data for message in messages for w, data in buttons(message).items()}
    return ReportCD.unpack(next(data for words, data in every.items() if word in words))


async def test_every_number_opens_as_many_requests(office: Office) -> None:
    numbers = await office.write("/stats 7")
    text = said(numbers)
    assert "收到 <b>4</b> 件" in text
    assert "居民确认解决 <b>1</b> 件" in text
    assert "响应率：<b>100%</b>（1/1）" in text
    counted = {"全部 4": 4, "在办 3": 3, "已确认 1": 1, "响应 1/1": 1, "解决 1/1": 1}
    for word, count in counted.items():
        listed = await office.tap(numbers[:1], word)
        assert f"一共 {count} 件" in said(listed), word
        assert len([w for w in buttons(listed[0]) if re.fullmatch(r"\d{8}-\d{4}", w)]) == count
    card = await office.tap(await office.tap(numbers[:1], "已确认 1"), "-0001")
    assert "剪好了" in said(card)


async def test_long_lists_are_turned_in_one_message(office: Office) -> None:
    drafts = [Draft("eld_haircut", WORDS, SUMMARY, DETAILS) for _ in range(6)]
    await office.house.run(FileRequests, RESIDENT, drafts)
    await office.house.sent()
    [first] = await office.tap((await office.write("/stats 1"))[:1], "全部 10")
    assert "第 1 页，后面还有" in first["text"]
    assert first.get("message_id") is None
    [second] = await office.tap([first], "下一页")
    assert second["message_id"] == 77
    assert "一共 10 件" in second["text"]
    shown = [w for page in (first, second) for w in buttons(page) if re.fullmatch(r"\d{8}-\d{4}", w)]
    assert len(set(shown)) == 10
    [again] = await office.tap([second], "上一页")
    assert again["text"] == first["text"]


@pytest.mark.parametrize("picture", PICTURES)
async def test_each_picture_has_the_lists_behind_it_below(office: Office, picture: str) -> None:
    numbers = await office.write("/stats 30")
    [row] = await office.tap(numbers[:1], picture)
    delivery = await office.deferred(row)
    assert delivery.method == "SendPhoto"
    assert "最近" not in delivery.payload["caption"], "fixed days, whenever the button is pressed"
    assert "30 天" in delivery.payload["caption"]
    hung = [{**delivery.payload, "chat_id": row["chat_id"]}]
    for word in buttons(hung[0]):
        answer = await office.tap(hung, word)
        assert said(answer) or answer[0]["method"] == "Deferred", word
        assert "出了点问题" not in said(answer)


async def test_the_heat_map_counts_places_by_groups(office: Office) -> None:
    [row] = await office.write("/stats 7 热力图")
    delivery = await office.deferred(row)
    drawing: Any = office.charts.drawn[-1]
    place, group = drawing.rows.index("丰和家园"), drawing.columns.index("老有所依")
    assert drawing.counts[place][group] == 3
    assert sum(map(sum, drawing.counts)) == 4
    hung = [{**delivery.payload}]
    listed = await office.tap(hung, "丰和家园·老有所依 3")
    assert "丰和社区 · 丰和家园 · 老有所依" in said(listed)
    assert "一共 3 件" in said(listed)
    groups = await office.tap(hung, "🏘 丰和家园")
    assert "• 老有所依：收到 <b>3</b>，确认解决 1，超时 0" in said(groups)


async def test_the_rates_of_each_organisation_open_its_numbers(office: Office) -> None:
    [row] = await office.write("/stats 7 三率")
    delivery = await office.deferred(row)
    drawing: Any = office.charts.drawn[-1]
    assert drawing.rates[0] == ((1, 1), (1, 1), (0, 0))
    organisation = office.house.organisations[0].name
    numbers = await office.tap([delivery.payload], organisation)
    assert f"丰和社区 · {escape(organisation)} · 7 天" in said(numbers)
    assert "响应率：<b>100%</b>（1/1）" in said(numbers)
    table = await office.tap([delivery.payload], "全部列出来")
    assert "响应 1/1，解决 1/1，满意 0/0" in said(table)
    assert "按派单次数算" in said(await office.tap(numbers, "响应 1/1"))


async def test_the_trend_by_day_leads_to_each_day(office: Office) -> None:
    [row] = await office.write("/stats 30 走势")
    delivery = await office.deferred(row)
    drawing: Any = office.charts.drawn[-1]
    assert len(drawing.points) == 30
    assert drawing.points[-1][1:] == (4, 1, 0)
    table = await office.tap([delivery.payload], "全部列出来")
    listed = await office.tap(table, " 4")
    assert "一共 4 件" in said(listed)
    [by_week] = await office.tap([delivery.payload], "按周")
    await office.deferred(by_week)
    weeks: Any = office.charts.drawn[-1]
    assert 5 <= len(weeks.points) <= 6
    assert sum(point[1] for point in weeks.points) == 4


@pytest.mark.parametrize(
    ("typed", "title", "count"),
    [
        ("30 老有所依", "丰和社区 · 老有所依 · 最近 30 天", 3),
        ("本月 丰和家园", "丰和社区 · 丰和家园 · 本月", 4),
        ("丰和家园 法律援助", "丰和社区 · 丰和家园 · 法律援助", 1),
        ("今年 互助类", "丰和社区 · 互助类 · 今年", 3),
        ("其他地方", "丰和社区 · 其他地方", 0),
    ],
)
async def test_a_cut_may_be_typed(office: Office, typed: str, title: str, count: int) -> None:
    text = said((await office.write(f"/stats {typed}"))[:1])
    assert title in text
    assert (f"收到 <b>{count}</b> 件" if count else "没有收到诉求") in text


async def test_other_days_keep_the_cut(office: Office) -> None:
    numbers = await office.write("/stats 7 老有所依")
    other = await office.tap(numbers[:1], "今年")
    assert "丰和社区 · 老有所依 · 今年" in said(other)
    assert len(other) == 1, "the overview picture is of everything"


@pytest.mark.parametrize("typed", ["老鼠大队", "7 老鼠大队", "13月", "2-30", "2026-11-15 2026-11-01"])
async def test_what_is_not_understood_is_answered_with_examples(office: Office, typed: str) -> None:
    assert "/stats 本月" in said(await office.write(f"/stats {typed}"))


async def test_what_nobody_has_comes_last_and_is_no_organisation(office: Office) -> None:
    numbers = said((await office.write("/stats 7"))[:1])
    assert "社工办或未派" not in numbers
    [row] = await office.write("/stats 7 组织")
    delivery = await office.deferred(row)
    drawing: Any = office.charts.drawn[-1]
    assert drawing.rows[-1][:2] == ("社工办或未派", 1)
    assert "一共 1 件" in said(await office.tap([delivery.payload], "社工办或未派 1"))


async def test_a_button_of_days_long_gone_shows_those_days(office: Office) -> None:
    numbers = await office.write("/stats 7")
    press = pressed(numbers[:1], "全部")
    before = press.model_copy(update={"first": press.first - 400})
    assert "一件也没有" in said(await office.press(before))


async def test_the_drawn_pictures_are_pictures(office: Office) -> None:
    rows = [(await office.write(f"/stats 7 {what}"))[0] for what in ("热力图", "走势", "组织", "三率")]
    office.charts.draw = ChildCharts().draw  # type: ignore[method-assign,assignment]
    for row in rows:
        delivery = await office.deferred(row)
        assert delivery.file
        assert delivery.file[2].startswith(b"\x89PNG")
