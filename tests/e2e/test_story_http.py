"""The whole story over HTTP against the real process."""

from __future__ import annotations

import io
import json
import re

from tests.e2e.house import LEAD, RESIDENT, WORKER, House

HAIRCUT = (
    "我妈一个人住，头发长得不行了，腿脚不好出不了门，能不能来个人给剪剪，8号楼2单元501，我电话13812345678"
)
NUMBER = re.compile(r"\d{8}-\d{4}")


def number_in(text: str) -> str:
    found = NUMBER.search(text)
    assert found, text
    return found.group()


async def filed(house: House, person: int, words: str, *answers: str) -> str:
    """File by words and answers; the request's number."""
    for line in (words, *answers):
        await house.say(person, line)
    await house.see(person, "[提交]")
    await house.press(person, "提交")
    return number_in(await house.see(person, "编号"))


async def exported(house: House) -> dict[str, dict[str, object]]:
    lines = (await house.command("export", "requests", "--format", "jsonl")).splitlines()
    return {row["number"]: row for row in map(json.loads, lines)}


async def test_a_residents_words_become_a_finished_and_rated_request(house: House) -> None:
    await house.say(RESIDENT, HAIRCUT)
    asked = await house.see(RESIDENT, "上门理发 · 老有所依")
    assert "什么时候" in asked
    assert "独居" not in asked
    await house.say(RESIDENT, "明天上午")
    card = await house.see(RESIDENT, "[提交]")
    assert all(fact in card for fact in ("8号楼2单元501", "13812345678", "明天上午", "[换一项]", "[取消]"))
    await house.press(RESIDENT, "提交")
    receipt = await house.see(RESIDENT, "互助类")
    number = number_in(receipt)
    assert "前给您答复" in receipt

    task = await house.see(LEAD, number)
    assert "[接单]" in task
    assert "13812345678" not in task
    assert "501" not in task
    await house.press(LEAD, "接单")
    taken = await house.see(LEAD, "13812345678", "501")
    assert taken
    await house.see(RESIDENT, "接单了")
    await house.press(LEAD, "开始")
    await house.see(RESIDENT, "开始办了")
    await house.press(LEAD, "完成")
    for words in ("1小时", "2人"):
        await house.see(LEAD, f"[{words}]")
        await house.press(LEAD, words)
    await house.see(LEAD, "[跳过]")
    await house.say(LEAD, "头发剪好了，老人很高兴")
    await house.see(RESIDENT, "[已解决] [没解决]")
    await house.press(RESIDENT, "已解决")
    await house.see(RESIDENT, "5 ⭐")
    await house.press(RESIDENT, "5 ⭐")
    await house.see(RESIDENT, "[态度好]")
    await house.press(RESIDENT, "态度好")

    await house.say(RESIDENT, "/my")
    await house.see(RESIDENT, number)
    row = (await exported(house))[number]
    assert row["status"] == "confirmed"
    assert row["item"] == "eld_haircut"
    assert row["category"] == "互助类"
    assert row["address"] == {"compound": "", "building": "8", "unit": "2", "room": "501"}
    assert row["phone"] == "13812345678"
    steps = [step["to"] for step in row["history"]]  # type: ignore[attr-defined]
    assert steps == ["submitted", "offered", "accepted", "in_progress", "done", "confirmed"]


async def test_declined_then_silent_then_a_worker_assigns_and_recategorises(house: House) -> None:
    person = await house.person("resident", "赵叔")
    number = await filed(house, person, "厨房水龙头关不死一直滴水，3号楼1单元202", "13900001111", "明天下午")
    first = await house.see(LEAD, number)
    await house.press(LEAD, "婉拒")
    await house.see(LEAD, "[人手不够]")
    await house.press(LEAD, "人手不够")
    second = await house.see(LEAD, number)
    assert first != second
    await house.forward(hours=25)
    await house.say(WORKER, f"/request {number}")
    await house.see(WORKER, number)
    rows = await exported(house)
    assert [s["to"] for s in rows[number]["history"]].count("offered") >= 3  # type: ignore[attr-defined]

    await house.say(WORKER, f"/why {number}")
    why = await house.see(WORKER, "人手不够")
    assert number in why
    await house.say(WORKER, f"/recategorise {number}")
    await house.see(WORKER, number)
    await house.say(WORKER, f"/assign {number}")
    await house.see(WORKER, "派单")


async def test_unsolved_becomes_a_reopen_request_that_a_worker_decides(house: House) -> None:
    person = await house.person("resident", "孙姨")
    number = await filed(house, person, "马桶堵了，5号楼2单元301，电话13900002222", "随时都行")
    await house.see(LEAD, number)
    await house.press(LEAD, "接单")
    await house.see(person, "接单了")
    await house.press(LEAD, "完成")
    for words in ("0.5小时", "1人", "跳过"):
        await house.see(LEAD, f"[{words}]")
        await house.press(LEAD, words)
    await house.see(person, "[没解决]")
    await house.press(person, "没解决")
    await house.see(WORKER, "[同意重开]")
    await house.press(WORKER, "同意重开")
    await house.see(person, number)
    row = (await exported(house))[number]
    assert "reopen_requested" in [s["to"] for s in row["history"]]  # type: ignore[attr-defined]
    assert row["status"] in {"offered", "triage"}


async def test_danger_is_answered_before_anything_else_and_called_out_until_taken(house: House) -> None:
    person = await house.person("resident", "小周")
    await house.say(person, "我家厨房着火了！快来人")
    await house.see(person, "119")
    assert "119" in (await house.everything(person))[0]
    await house.see(LEAD, "[我来处理]")
    await house.see(WORKER, "[我来处理]")
    await house.say(person, "8号楼2单元501")
    await house.see(WORKER, "8号楼2单元501")
    await house.forward(minutes=5)
    await house.see(WORKER, "[我来处理]")
    await house.press(WORKER, "我来处理")
    await house.see(person, "有人来了")
    said = len(await house.everything(WORKER))
    await house.forward(hours=1)
    await house.say(WORKER, "/late")
    await house.see(WORKER, "")
    later = [text for text in (await house.everything(WORKER))[said:] if "[我来处理]" in text]
    assert later == []


async def test_an_invite_works_once_and_the_new_lead_gets_tasks(house: House) -> None:
    await house.say(WORKER, "/invite 大家乐文体协会")
    text = await house.see(WORKER, "start=lead_")
    payload = re.search(r"start=(lead_[\w-]+)", text)
    assert payload
    new, late = await house.person("lead", "何队长"), await house.person("lead", "马队长")
    await house.open_link(new, payload.group(1))
    await house.see(new, "大家乐文体协会")
    await house.say(new, "/tasks")
    await house.see(new, "任务")
    await house.open_link(late, payload.group(1))
    await house.see(late, "邀请")
    await house.say(late, "/tasks")
    assert "大家乐文体协会" not in "".join(await house.everything(late))


async def test_two_leads_press_at_once_and_one_is_told_kindly(house: House) -> None:
    await house.say(WORKER, "/invite 好邻居互助队")
    payload = re.search(r"start=(lead_[\w-]+)", await house.see(WORKER, "start=lead_"))
    assert payload
    twin = await house.person("lead", "双胞")
    await house.open_link(twin, payload.group(1))
    await house.see(twin, "好邻居互助队")
    person = await house.person("resident", "钱奶奶")
    await house.say(person, "想请人上门给我剪头发，7号楼1单元101，13900003333，明天上午")
    await house.say(person, "我自己")
    await house.see(person, "[提交]")
    await house.press(person, "提交")
    receipt = await house.see(person, "编号")
    if "好邻居互助队" not in receipt:
        await house.say(WORKER, f"/assign {number_in(receipt)} 好邻居互助队")
        await house.see(WORKER, "[派单")
        await house.press(WORKER, "派单")
    number = number_in(receipt)
    await house.see(twin, number)
    await house.see(LEAD, number)
    await house.press(twin, "接单")
    await house.press(LEAD, "接单")
    await house.see(person, "接单了")
    rows = await exported(house)
    assert [s["to"] for s in rows[number]["history"]].count("accepted") == 1  # type: ignore[attr-defined]


async def test_the_menu_leads_from_groups_to_who_offers_it(house: House) -> None:
    person = await house.person("resident", "李婶")
    await house.say(person, "/menu")
    await house.see(person, "老有所依")
    await house.press(person, next(b for b in await buttons(house, person) if "老有所依" in b))
    await house.see(person, "上门理发")
    await house.press(person, next(b for b in await buttons(house, person) if "上门理发" in b))
    card = await house.see(person, "免费")
    assert "好邻居互助队" in card


async def buttons(house: House, chat: int) -> list[str]:
    return re.findall(r"\[([^\]]+)\]", (await house.everything(chat))[-1])


async def test_organisations_go_out_as_a_template_and_come_in_all_or_not_at_all(house: House) -> None:
    from openpyxl import load_workbook

    await house.say(WORKER, "/import")
    await house.see(WORKER, "<document>")
    template = load_workbook(io.BytesIO(await house.document(WORKER)))
    sheet = template.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    category = columns["类别"]
    for row, (title, kind) in enumerate((("晨光理发队", "互助类"), ("坏的队", "没有这类")), start=2):
        sheet.cell(row, columns["组织名称"]).value, sheet.cell(row, category).value = title, kind
        sheet.cell(row, columns["服务项目"]).value = "上门理发"
    await house.upload(WORKER, "组织.xlsx", saved(template))
    report = await house.see(WORKER, "没有这类")
    assert "3" in report
    await house.say(WORKER, "/org 晨光理发队")
    await house.see(WORKER, "没有")
    sheet.cell(3, category).value = "互助类"
    await house.upload(WORKER, "组织.xlsx", saved(template))
    await house.see(WORKER, "[收进去]")
    await house.press(WORKER, "收进去")
    await house.see(WORKER, "新增 2 家")
    await house.say(WORKER, "/org 晨光理发队")
    await house.see(WORKER, "互助类")
    await house.upload(WORKER, "坏.xlsx", b"this is no workbook")
    await house.see(WORKER, "不是 Excel")


def saved(workbook: object) -> bytes:
    out = io.BytesIO()
    workbook.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


async def test_reports_come_as_words_pictures_and_sheets(house: House) -> None:
    from openpyxl import load_workbook

    await house.say(WORKER, "/stats")
    await house.see(WORKER, "<photo>")
    await house.say(WORKER, "/export")
    await house.see(WORKER, "<document>")
    ledger = load_workbook(io.BytesIO(await house.document(WORKER)), read_only=True)
    numbers = {str(c) for sheet in ledger for row in sheet.iter_rows(values_only=True) for c in row if c}
    assert set(await exported(house)) <= numbers


async def test_a_broadcast_reaches_everybody_once(house: House) -> None:
    await house.say(WORKER, "/broadcast 明天上午八点到十点停水")
    preview = await house.see(WORKER, "停水", "个人]")
    await house.press(WORKER, next(b for b in re.findall(r"\[([^\]]+)\]", preview) if "发给" in b))
    await house.see(RESIDENT, "停水")
    await house.say(RESIDENT, "/help")
    await house.see(RESIDENT, "/my")
    assert sum("停水" in text for text in await house.everything(RESIDENT)) == 1


async def test_odd_input_always_gets_a_clear_answer(house: House) -> None:
    person = await house.person("resident", "<b>小&明</b>")

    async def answered() -> None:
        before = house.seen.get(person, 0)
        await house.see(person, "")
        assert house.seen[person] > before

    await house.say(person, "啊" * 100_000, raw=True)
    await answered()
    for words in ("😂😂😂", "<b>&*_`[", "\u200b", "/nosuchcommand"):
        await house.say(person, words, raw=True)
        await answered()
    await house.post("send", **{"from": person, "kind": "sticker", "file": {"name": "s.webp", "size": 10}})
    await answered()
    await house.post("send", **{"from": person, "kind": "voice", "file": {"name": "v.ogg", "size": 10}})
    await answered()
    await house.post(
        "send", **{"from": WORKER, "kind": "document", "file": {"name": "大.xlsx", "size": 60_000_000}}
    )
    await house.see(WORKER, "太大")
    for data in ("o:accept:1:", "t:assign:1:1", "e:1", "k:export:", "r:cancel_yes:1", "x:y", "d:submit:99:"):
        await house.post("forge", **{"from": person, "data": data})
    await house.say(person, "你好")
    await answered()
    rows = await exported(house)
    assert all(row["status"] != "cancelled" for row in rows.values())


async def test_the_program_remembers_after_a_restart(tmp_path, trained_model) -> None:
    from tests.e2e.house import running

    data = tmp_path / "data"
    async with running(data, trained_model) as house:
        await house.say(RESIDENT, "洗衣机不脱水了，1号楼2单元203")
        await house.see(RESIDENT, "家电与小物件维修", "方便")
    async with running(data, trained_model) as house:
        await house.say(RESIDENT, "13755001122")
        await house.say(RESIDENT, "后天下午")
        await house.see(RESIDENT, "1号楼2单元203", "[提交]")
