"""Results, the register and the notice as pictures and as forms to print."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.charts import ChildCharts
from bot.forms import ChildForms
from casework.judging.register import ListKind
from casework.use_cases.evaluation import OpenRound
from casework.use_cases.experts import InviteExpert, JoinAsExpert
from casework.use_cases.register import AnswerListing, EnterInRegister, RemoveFromRegister
from handlers.admin.deferred import DEFERRED
from handlers.kit.callbacks import EvaluationCD, ListingCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.judging_house import chats, open_ahead, running_month, score
from tests.bot.lead_house import ADMIN, LEAD, STRANGER
from tests.bot.whole_house import Town


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    return await open_ahead(db, second_connection, reader)


async def rated(town: Town) -> None:
    """A closed round: the first organisation is good, the second is not."""
    token, _ = await town.house.run(InviteExpert, ADMIN, "周老师")
    await town.house.run(JoinAsExpert, STRANGER, token)
    await town.house.run(OpenRound, ADMIN, "冬季评价")
    first, second = (o.id for o in town.house.organisations[:2])
    for who, good, bad in ((ADMIN, "4444", "1111"), (STRANGER, "5554", "1121")):
        await score(town, who, first, good)
        await score(town, who, second, bad)
    await chats(town, ADMIN, EvaluationCD(action="close_yes"))


async def test_the_pictures_are_drawn_from_what_was_said(town: Town) -> None:
    await rated(town)
    await chats(town, ADMIN, "/donation 丰和超市 2000元 助老餐")
    deferred = [row for row in await _everything(town) if row["method"] == "Deferred"]
    drafted = await chats(town, ADMIN, f"/publish {running_month(town)}")
    deferred += [row for row in drafted if row["method"] == "Deferred"]
    assert [row["kind"] for row in deferred] == ["evaluation_picture", "notice_draft_picture"]
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        context = replace(town.house.frame.context(uow), charts=ChildCharts())
        for row in deferred:
            delivery = await DEFERRED[row["kind"]](row, context)
            assert delivery.method == "SendPhoto"
            assert delivery.file
            assert delivery.file[2].startswith(b"\x89PNG")


async def _everything(town: Town) -> list[dict[str, Any]]:
    town.house._read.clear()
    return await town.house.sent()


async def test_results_and_register_as_an_office_prints_them(town: Town) -> None:
    await rated(town)
    first = town.house.organisations[0].id
    listing = await town.house.run(EnterInRegister, ADMIN, first, ListKind.BLACK, "两次爽约，还乱收费")
    await town.house.run(AnswerListing, LEAD, listing.id, "师傅病了，已经道歉")
    await town.house.run(RemoveFromRegister, ADMIN, listing.id, "整改好了")
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        latest = await uow.evaluations.latest_closed()
    assert latest
    asked = await chats(town, ADMIN, EvaluationCD(action="form", id=latest.id))
    asked += await chats(town, ADMIN, ListingCD(action="form"))
    rows = [row for row in asked if row["method"] == "Deferred"]
    assert [row["kind"] for row in rows] == ["evaluation_form", "register_form"]
    read = []
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        context = replace(town.house.frame.context(uow), forms=ChildForms())
        for row in rows:
            delivery = await DEFERRED[row["kind"]](row, context)
            assert delivery.file
            sheet = load_workbook(io.BytesIO(delivery.file[2])).active
            read.append(
                "\n".join(str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value)
            )
    assert "冬季评价" in read[0]
    assert "86.4" in read[0]
    assert "优 1，良 0，中 0，差 1" in read[0]
    assert "两次爽约，还乱收费" in read[1]
    assert "师傅病了，已经道歉" in read[1]
    assert "整改好了" in read[1]
