"""Workers look after organisations: lists, cards, invites, leads, and lists from Excel."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.errors import InviteInvalid
from casework.statuses import Fee
from casework.use_cases.leads import AcceptOffer
from casework.use_cases.organisations import JoinOrganisation
from handlers.admin.sheets.packing import pack, unpack
from handlers.kit.callbacks import DeskCD, OrganisationCD
from storage.database import Database
from tests.bot.admin_house import Office, open_office, said
from tests.bot.lead_house import COLLEAGUE, LEAD, STRANGER, buttons

FIRST = "巧手<b>理发&队"
HEAD = ["组织名称", "类别", "服务项目", "收费", "电话"]


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


def xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(HEAD)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def category(office: Office) -> str:
    return office.house.frame.community.categories[0]


async def names(office: Office) -> dict[str, Any]:
    async with office.house.db.transaction(office.house.community_id, read_only=True) as uow:
        return {o.name: o for o in await uow.organisations.all()}


async def test_orgs_lists_by_category_with_load_and_leads_to_cards(office: Office) -> None:
    request = await office.house.file()
    await office.house.run(AcceptOffer, LEAD, (await office.house.offer(request)).id)
    await office.house.sent()
    shown = await office.write("/orgs")
    assert "共 3 家组织" in said(shown)
    assert "• 巧手&lt;b&gt;理发&amp;队　手上 1/10" in said(shown)
    assert "派过 1 次，接了 1 次" in said(await office.tap(shown, FIRST))


async def test_long_lists_have_pages(office: Office) -> None:
    rows = [[f"组织{n:02}", category(office)] for n in range(12)]
    await office.send_file("a.xlsx", xlsx(*rows))
    await office.house.sent()
    async with office.house.db.transaction(office.house.community_id) as uow:
        from casework.entities import Organisation

        for name, kind in rows:
            await uow.organisations.save(Organisation(0, office.house.community_id, name, kind))
        await uow.commit()
    shown = await office.write("/orgs")
    assert "第 1/2 页" in said(shown)
    assert "第 2/2 页" in said(await office.tap(shown, "下一页"))


async def test_org_by_name_part_and_id(office: Office) -> None:
    ids = office.house.organisations
    assert "0431-222" in said(await office.write("/org 银发"))
    assert "0431-333" in said(await office.write(f"/org {ids[2].id}"))
    several = await office.write("/org 理发")
    assert "有 2 家" in said(several)
    assert "0431-111" in said(await office.tap(several, FIRST))
    assert "没有叫“&lt;火星” 的组织".replace(" ", "") in said(await office.write("/org <火星"))
    assert "请在命令后面写组织的名字" in said(await office.write("/org"))


async def test_an_organisation_is_paused_and_back(office: Office) -> None:
    first = office.house.organisations[0]
    card = await office.write(f"/org {first.id}")
    paused = await office.sure(await office.tap(card, "暂停接单"))
    assert "已暂停接单" in said(paused)
    assert not (await names(office))[FIRST].active
    await office.tap(paused, "恢复接单")
    assert (await names(office))[FIRST].active


async def test_a_lead_is_removed_after_a_question(office: Office) -> None:
    first = office.house.organisations[0]
    asked = await office.press(OrganisationCD(action="drop", id=first.id, value=str(COLLEAGUE)))
    assert "要移除" in said(asked)
    after = await office.tap(asked, "确定")
    assert "已移除" in said(after)
    assert f"id={COLLEAGUE}" not in said(after)
    assert f"id={LEAD}" in said(after)
    assert "已经不是负责人" in said(await office.tap(asked, "确定"))
    gone = await office.house.press(901, OrganisationCD(action="show", id=4711))
    assert "没有找到" in gone["text"]


async def test_an_invite_is_shown_once_and_works_once(office: Office) -> None:
    text = said(await office.write("/invite 银发"))
    token = re.search(r"https://t\.me/linying_bot\?start=lead_([\w-]+)", text)
    assert token
    assert f"?startgroup=lead_{token[1]}" in text
    assert "只能用一次" in text
    joined = await office.house.run(JoinOrganisation, STRANGER, token[1])
    assert joined.name == "银发理发站"
    with pytest.raises(InviteInvalid):
        await office.house.run(JoinOrganisation, LEAD, token[1])
    assert "请写要邀请哪家" in said(await office.write("/invite"))
    assert "没有叫" in said(await office.write("/invite 火星"))
    first = office.house.organisations[0]
    assert "start=lead_" in said(await office.press(OrganisationCD(action="invite", id=first.id)))


async def test_import_hands_out_a_template_that_comes_back(office: Office) -> None:
    how, row = await office.write("/import")
    assert "模板" in how["text"]
    delivery = await office.deferred(row)
    assert delivery.method == "SendDocument"
    assert delivery.file
    assert delivery.file[1].endswith(".xlsx")
    book = load_workbook(io.BytesIO(delivery.file[2]))
    book["组织名单"].append(["新来的队", category(office)])
    out = io.BytesIO()
    book.save(out)
    assert "新增 <b>1</b> 家" in await office.send_file("名单.xlsx", out.getvalue())


async def test_a_list_is_taken_in_once_after_confirmation(office: Office) -> None:
    item = office.house.frame.community.catalogue.item("hom_plumbing").name
    content = xlsx(
        ["新来的队", category(office), item, "低偿", 13800001111],
        ["银发理发站", category(office), "", "", ""],
    )
    office.files.content = content
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "a.xlsx", "file_size": len(content)}
    preview = await office.write(document=document)
    assert "新增 <b>1</b> 家，更新 <b>1</b> 家" in said(preview)
    assert len(await names(office)) == 3
    old = (await names(office))["银发理发站"]
    assert "收好了：新增 1 家，更新 1 家" in said(await office.tap(preview, "收进去"))
    after = await names(office)
    assert len(after) == 4
    new = after["新来的队"]
    assert (new.fee, new.phone, new.items) == (Fee.LOW, "13800001111", frozenset({"hom_plumbing"}))
    assert after["银发理发站"].id == old.id
    assert "已经处理过" in said(await office.tap(preview, "收进去"))
    assert len(await names(office)) == 4


async def test_a_list_can_be_left_and_an_import_keeps_a_pause(office: Office) -> None:
    second = office.house.organisations[1]
    await office.sure(await office.press(OrganisationCD(action="pause", id=second.id)))
    office.files.content = xlsx(["银发理发站", category(office)])
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "a.xlsx", "file_size": 9}
    preview = await office.write(document=document)
    assert "没有收进去" in said(await office.tap(preview, "取消"))
    await office.tap(preview, "收进去")
    preview = await office.write(document=document)
    await office.tap(preview, "收进去")
    assert not (await names(office))["银发理发站"].active


async def test_one_wrong_row_keeps_everything_out(office: Office) -> None:
    rows = [[f"组织{n}", category(office)] for n in range(30)] + [["坏行", "没有这类"]]
    text = await office.send_file("a.xlsx", xlsx(*rows))
    assert "有 1 处要改" in text
    assert "第 32 行“类别”" in text
    assert len(await names(office)) == 3


async def test_many_problems_are_shortened(office: Office) -> None:
    text = await office.send_file("a.xlsx", xlsx(*[[f"组织{n}", "<错>"] for n in range(60)]))
    assert "有 60 处要改" in text
    assert "还有 35 处" in text
    assert "&lt;错&gt;" in text


@pytest.mark.parametrize(
    ("name", "content", "size", "words"),
    [
        ("名单.xls", None, 100, "“另存为”.xlsx"),
        ("名单.csv", None, 100, "“另存为”.xlsx"),
        ("名单.xlsx", b"name,category", None, "不是 Excel"),
        ("名单.XLSX", b"PK\x03\x04 broken", None, "文件坏了"),
        ("名单.xlsx", None, 60 * 1024 * 1024, "超过 5 MB"),
        ("名单.xlsx", None, 1000, "再发一次"),
    ],
)
async def test_a_bad_file_is_answered(
    office: Office, name: str, content: bytes | None, size: int | None, words: str
) -> None:
    assert words in await office.send_file(name, content, size)
    assert len(await names(office)) == 3


async def test_other_files_are_not_for_us_unless_a_list_is_waited_for(office: Office) -> None:
    assert await office.send_file("photo.pdf", b"x") == ""
    assert office.missed == [""]
    await office.press(DeskCD(action="template"))
    assert "不是 Excel" in await office.send_file("photo.pdf", b"x")


async def test_a_waiting_list_lies_small_in_memory(office: Office) -> None:
    organisations = [
        *office.house.organisations,
        *(o for n in range(5_000) for o in [office.house.organisations[n % 3]]),
    ]
    packed = pack(organisations)
    assert len(packed) < 300_000
    assert unpack(packed, office.house.community_id) == organisations


async def test_buttons_stay_within_what_a_phone_shows(office: Office) -> None:
    shown = await office.write("/orgs")
    codes = [data for m in shown for data in buttons(m).values()]
    assert codes
    assert all(len(data.encode()) <= 64 for data in codes)
