"""The bot is killed more than fifty times while twenty residents and ten leads are busy; nothing is lost."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.communities import load_community
from bot.seeding import seed
from casework.entities import Person
from storage.database import Database
from tests.crash.audit import Audit
from tests.crash.people import Lead, Phone, Resident
from tests.crash.processes import Bot, Messenger

KILLS = 50
SEED = 20261121
RESIDENTS = range(1101, 1121)
LEADS = range(2101, 2111)
WORKER = 3001


async def _furnish(folder: Path) -> None:
    """Organisations with two leads each, who will press at the same time."""
    community, organisations = load_community("fenghe")
    database = Database(f"sqlite+aiosqlite:///{folder / 'linying.db'}")
    await database.open()
    now = SystemClock().now()
    async with database.transaction(community.id) as uow:
        await seed(uow, community, organisations)
        for who in LEADS:
            await uow.people.save(Person(who, community.id, f"负责人{who}", who))
        for n, organisation in enumerate(await uow.organisations.all()):
            for lead in (LEADS[n * 7 % len(LEADS)], LEADS[(n * 7 + 1) % len(LEADS)]):
                await uow.organisations.add_lead(organisation.id, lead, now)
        await uow.commit()
    await database.close()


async def _kill_often(bot: Bot, dice: random.Random) -> None:
    for n in range(KILLS):
        if dice.random() < 0.2:
            # Somewhere in its start, which includes taking up what was left.
            await asyncio.sleep(dice.uniform(0.2, 3))
        else:
            await bot.up()
            await asyncio.sleep(dice.uniform(0, 1.5))
        await bot.end(signal.SIGKILL if n % 2 else signal.SIGTERM)
        await bot.start()
    await bot.up()


@pytest.mark.crash
@pytest.mark.timeout(1800)
async def test_killed_fifty_times_nothing_is_lost(tmp_path: Path, trained_model: Path) -> None:
    (tmp_path / "model").symlink_to(trained_model)
    await _furnish(tmp_path)
    messenger = await Messenger.start(tmp_path)
    bot = Bot(tmp_path, messenger, str(WORKER))
    dice = random.Random(SEED)
    audit = Audit(tmp_path / "linying.db")
    try:
        for who in RESIDENTS:
            await messenger.post("persons", id=who, name=f"居民{who}", role="resident")
        for who in LEADS:
            await messenger.post("persons", id=who, name=f"负责人{who}", role="lead")

        def phone(who: int) -> Phone:
            return Phone(messenger, who, random.Random(dice.random()))

        residents = [Resident(phone(who), who) for who in RESIDENTS]
        leads = [Lead(phone(who)) for who in LEADS]
        enough, over = asyncio.Event(), asyncio.Event()
        await bot.start()
        async with asyncio.TaskGroup() as people:
            for lead in leads:
                people.create_task(lead.live(over))
            stories = [people.create_task(resident.live(enough)) for resident in residents]
            await _kill_often(bot, dice)
            enough.set()
            await asyncio.wait_for(asyncio.gather(*stories), 600)
            over.set()
        # What is still to be said goes out while the program is told to end.
        await bot.end(signal.SIGTERM)
        # The service file allows twenty seconds; the program itself wants nine of them at most.
        assert bot.slowest_end < 20

        chats = {}
        for one in [*(r.phone for r in residents), *(lead.phone for lead in leads), phone(WORKER)]:
            await one.look()
            chats[one.who] = one.texts()
        audit.nothing_waits_to_be_sent()
        audit.each_need_is_filed_once([contact for r in residents for contact in r.filed])
        audit.no_offer_is_accepted_twice()
        handled = audit.every_update_is_handled_once(await messenger.get("updates"))
        steps = audit.every_step_is_in_the_table()
        promised = audit.every_promise_arrived(chats)
        numbers = audit.numbers().values()
        heard = {who: "\n".join(texts) for who, texts in chats.items()}
        of_residents = "\n".join(heard[who] for who in RESIDENTS)
        of_leads = "\n".join(heard[who] for who in LEADS)
        assert [n for n in numbers if n not in of_residents or n not in of_leads] == []
        assert min(bot.kills.values()) >= KILLS // 2
        assert sum(r.finished for r in residents) == len(numbers) >= len(RESIDENTS)
        print(  # noqa: T201 - what was done, for who runs it with -s
            f"{sum(bot.kills.values())} kills, {handled} updates, {len(numbers)} requests, {steps} steps, "
            f"{promised} messages, slowest end {bot.slowest_end:.1f} s"
        )
    finally:
        audit.close()
        bot.close()
        await messenger.stop()
