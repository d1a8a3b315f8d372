"""A simulated month leaves nothing unexplained, and would say so if it did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import main
from bot.communities import load_community
from bot.simulation import report
from bot.simulation.accounting import Account, Fate, Forgotten, account
from bot.simulation.running import Month, Outcome, Wishes
from casework.books.rates import Rates
from casework.entities import Request
from casework.reports import RequestFilter
from casework.statuses import RequestStatus
from casework.use_cases.leads import AskResident
from storage.database import Database
from tests.casework.world import World, make_world

SMALL = Wishes(seed=3, days=2, after=12, residents=30, organisations=12, a_day=5)


async def play(db: Database, name: str, wishes: Wishes = SMALL) -> Outcome:
    community, organisations = load_community("fenghe")
    return await Month(db, replace(community, id=name), organisations, wishes).play(lambda _: None)


async def test_what_became_of_every_request_is_known(db: Database) -> None:
    outcome = await play(db, "fenghe")
    async with db.transaction("fenghe") as uow:
        kept = [r async for page in uow.requests.pages(RequestFilter()) for r in page]
    assert outcome.account.total == len(kept) >= SMALL.days * SMALL.a_day
    assert outcome.account.fates[Fate.CONFIRMED] == sum(r.status is RequestStatus.CONFIRMED for r in kept) > 0
    assert outcome.account.forgotten == []
    assert outcome.faults == []
    assert "每一件都有着落" in report.words(outcome)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")
async def test_the_same_seed_is_the_same_month(db: Database) -> None:
    short = replace(SMALL, after=4)
    one, other = [await play(db, name, short) for name in ("fenghe", "honglian")]
    assert (one.account, one.done, one.refused) == (other.account, other.done, other.refused)
    assert (await play(db, "weibin", replace(short, seed=4))).done != one.done


async def fate(world: World) -> Account:
    async with world.transaction() as uow:
        return await account(uow)


async def test_what_nobody_would_be_reminded_of_is_unexplained(db: Database) -> None:
    world = await make_world(db)
    request: Request = await world.accepted()
    assert (await fate(world)).fates == {Fate.WITH_ORGANISATION: 1}
    await world.run(AskResident, world.lead, request.id, "几点？")
    assert (await fate(world)).fates == {Fate.WITH_RESIDENT: 1}
    async with world.transaction() as uow:
        await uow.timers.clear(request.id)
    forgotten = await fate(world)
    assert forgotten.fates == {Fate.UNEXPLAINED: 1}
    assert [one.number for one in forgotten.forgotten] == [request.number]


async def test_the_report_names_what_is_unexplained() -> None:
    lost = Forgotten("20260901-0007", "offered", SMALL.begin, "submit offer")
    seen = Account(forgotten=[lost])
    seen.fates[Fate.UNEXPLAINED] = 1
    outcome = Outcome(SMALL, seen, Rates(), {}, {}, 0)
    assert not outcome.good
    assert "20260901-0007 offered" in report.words(outcome)
    assert "结论：有问题" in report.words(outcome)


def test_the_command_writes_report_picture_and_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = ["--days", "1", "--after", "1", "--residents", "10", "--organisations", "8", "--a-day", "2"]
    assert main(["simulate", *wishes, "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("模拟 1 天")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8").startswith("模拟 1 天")
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "simulation.db").exists()


def test_a_count_of_nothing_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["simulate", "--days", "0"])
    assert "1 以上" in capsys.readouterr().err
