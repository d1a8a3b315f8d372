"""What the program shows of itself: health, readiness, figures; and that none of it tells of a person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from bot import app as program
from bot.faults import Fault
from bot.playground.server import Playground
from bot.settings import Settings
from bot.watching.door import beside, check_door, routes
from bot.watching.figures import KEEP_GLANCE
from bot.watching.health import MOST_STILL
from bot.watching.sight import Sight, Spread, kind_of
from bot.webhook import SECRET_HEADER, listen, make_app
from tests.bot.station import Station
from tests.bot.test_delivery_in import HELP

PHONE, ROOM, WORDS = "13812345678", "1907", "厨房水龙头关不死一直滴水"
KEY = "a-key-of-sixteen-letters"


@asynccontextmanager
async def watched(station: Station, key: str = "") -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """The routes as on a door of their own."""
    app = web.Application()
    routes(station.app.db, station.app.frame, key)(app)
    async with TestClient(TestServer(app)) as client:
        yield client


async def figures(client: TestClient[web.Request, web.Application]) -> dict[str, float]:
    """Every sample of a scrape by name and labels, as Prometheus reads it."""
    async with client.get("/metrics") as response:
        assert response.status == 200
        text = await response.text()
    return {
        sample.name + "".join(f" {value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_a_story_is_counted(station: Station) -> None:
    async with watched(station) as client:
        before = await figures(client)
        assert before["linying_updates_total message handled"] == 0
        await station.say(f"{WORDS}，11号楼4单元{ROOM}，电话{PHONE}，明天上午")
        await station.go()
        await station.press("提交")
        await station.handle()
        station.forward(int(KEEP_GLANCE) + 3600)
    async with watched(station) as client:
        unsent = await figures(client)
        assert unsent["linying_outbox_pending"] > 0
        assert unsent["linying_outbox_age_seconds"] >= 3600
        await station.send()
        station.app.frame.sight.draining = True
    async with watched(station) as client:
        after = await figures(client)
    assert after["linying_updates_total message handled"] == 1
    assert after["linying_updates_total callback_query handled"] == 1
    assert after["linying_updates_received_total new"] == 2
    assert after["linying_handling_seconds_count message"] == 1
    assert after["linying_inbox_wait_seconds_count"] == 2
    assert after["linying_reader_seconds_count"] >= 1
    assert after["linying_reader_confidence_count"] >= 1
    assert sum(v for k, v in after.items() if k.startswith("linying_reader_decisions_total")) >= 1
    assert after["linying_sends_total SendMessage sent"] >= 1
    assert (
        after["linying_messenger_calls_total ok SendMessage"] >= after["linying_sends_total SendMessage sent"]
    )
    assert after["linying_outbox_pending"] == 0
    assert after["linying_outbox_age_seconds"] == 0
    assert sum(v for k, v in after.items() if k.startswith("linying_requests ")) == 1
    assert after["linying_database_up"] == 1
    assert after["linying_draining"] == 1
    assert {after["linying_on_duty send"], after["linying_on_duty line"]} <= {0.0, 1.0}
    assert after["process_resident_memory_bytes"] > 1e6


async def test_figures_tell_of_nobody(station: Station) -> None:
    await station.say(f"{WORDS}，11号楼4单元{ROOM}，电话{PHONE}")
    await station.go()
    async with watched(station) as client, client.get("/metrics") as response:
        page = await response.text()
    for secret in (PHONE, ROOM, WORDS, "1001", "滴水"):
        assert secret not in page


async def test_many_scrapes_are_one_look(station: Station) -> None:
    async with watched(station) as client:
        await asyncio.gather(*(figures(client) for _ in range(5)))
        await station.say("你好")
        await station.app.poller.fetch()
        # What came in since is not seen yet: the database is asked every few seconds only.
        assert (await figures(client))["linying_inbox_pending"] == 0
    async with watched(station) as client:
        assert (await figures(client))["linying_inbox_pending"] == 1


async def test_ready_says_what_is_missing(station: Station) -> None:
    async def look() -> tuple[int, dict[str, object]]:
        async with watched(station) as client, client.get("/readyz") as response:
            return response.status, await response.json()

    sight, seat = station.app.frame.sight, station.app.frame.seat
    assert (await look())[1]["running"] == "starting"
    sight.turn("worker-0")
    assert await look() == (200, {"ok": True, "running": "ok", "database": "ok", "model": "ok"})
    seat.ready.clear()
    assert await look() == (503, {"ok": False, "running": "ok", "database": "ok", "model": "loading"})
    seat.ready.set()
    sight.draining = True
    status, told = await look()
    assert (status, told["running"]) == (503, "draining")


async def test_a_database_that_is_away_is_told(
    tmp_path: Path, playground: Playground, station: Station
) -> None:
    from bot.communities import load_community

    gone = f"postgresql+asyncpg://nobody@127.0.0.1:{_nobody()}/nothing"
    settings = station.app.settings.model_copy(update={"database_url": gone, "data_dir": tmp_path})
    app = program.build(settings, load_community("fenghe")[0])
    station.app.db, db = app.db, station.app.db
    station.app.frame.sight.turn("worker-0")
    async with watched(station) as client:
        async with client.get("/readyz") as response:
            assert response.status == 503
            assert (await response.json())["database"] not in ("ok", "")
        page = await figures(client)
    assert page["linying_database_up"] == 0
    assert "linying_inbox_pending" not in page
    station.app.db = db
    await app.messenger.bot.session.close()


def _nobody() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_failed_statement_is_counted(station: Station) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError):
        async with station.app.db.transaction("x") as uow:
            await uow._scope.connection.execute(text("SELECT * FROM no_such_table"))
    assert sum(station.app.frame.sight.database_errors.values()) == 1


async def test_a_loop_that_stands_still_is_named(station: Station) -> None:
    sight = station.app.frame.sight
    sight.now = lambda: 1000.0
    sight.turn("sender")
    sight.turn("jobs")
    sight.now = lambda: 1000.0 + MOST_STILL + 1
    sight.turn("jobs")
    async with watched(station) as client:
        async with client.get("/healthz") as response:
            assert (response.status, await response.json()) == (503, {"ok": False, "sender": "still"})
        sight.turn("sender")
        for path in ("/healthz", "/health"):
            async with client.get(path) as response:
                assert (response.status, await response.json()) == (200, {"ok": True})


async def test_every_loop_shows_that_it_turns(station: Station) -> None:
    app = station.app
    loops = [asyncio.create_task(part.run()) for part in (app.worker, app.sender, app.jobs)]
    try:
        async with asyncio.timeout(30):
            for loop in ("worker-0", "sender", "jobs"):
                while loop not in app.frame.sight.turns:  # noqa: ASYNC110 - nothing tells of a turn
                    await asyncio.sleep(0.01)
    finally:
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)


async def test_figures_are_for_this_machine_or_who_has_the_key(station: Station) -> None:
    async def ask(client: TestClient[web.Request, web.Application], **headers: str) -> int:
        async with client.get("/metrics", headers=headers) as response:
            return response.status

    async with watched(station) as client:
        assert await ask(client) == 200
        assert await ask(client, **{"X-Forwarded-For": "203.0.113.9"}) == 403
        assert await ask(client, Forwarded="for=203.0.113.9") == 403
    async with watched(station, KEY) as client:
        assert await ask(client) == 403
        assert await ask(client, Authorization="Bearer wrong") == 403
        assert await ask(client, Authorization=f"Bearer {KEY}", **{"X-Forwarded-For": "203.0.113.9"}) == 200


def test_a_wide_door_needs_a_key(playground: Playground) -> None:
    wide = Settings(metrics_port=0, metrics_host="0.0.0.0")
    with pytest.raises(Fault, match="LINYING_METRICS_KEY"):
        check_door(wide)
    check_door(wide.model_copy(update={"metrics_key": KEY}))
    check_door(Settings(metrics_port=0))
    check_door(Settings(metrics_host="0.0.0.0"))


async def test_the_door_opens_beside_the_program_and_closes_with_it(station: Station) -> None:
    settings = station.app.settings.model_copy(update={"metrics_port": 0})
    async with beside(settings, station.app.watch) as address:
        async with station.http.get(f"{address}/healthz") as response:
            assert response.status == 200
        taken = settings.model_copy(update={"metrics_port": int(address.rsplit(":", 1)[1])})
        with pytest.raises(Fault, match="LINYING_METRICS_PORT"):
            async with beside(taken, station.app.watch):
                pass
    async with beside(station.app.settings, station.app.watch) as nothing:
        assert nothing == ""


async def test_the_webhook_port_has_them_too(station: Station) -> None:
    app = make_app("/hook", "geheim", station.app.receive, station.app.watch)
    async with TestClient(TestServer(app)) as client:
        for path in ("/health", "/healthz", "/metrics"):
            async with client.get(path) as response:
                assert response.status == 200


async def test_what_ends_says_so_and_takes_in_what_still_comes(station: Station) -> None:
    """A proxy may go on sending here for a second: nothing of it is lost."""
    app = station.app
    port = _nobody()
    app.settings = app.settings.model_copy(
        update={
            "webhook_url": f"http://127.0.0.1:{port}/hook",
            "webhook_secret": "geheim",
            "webhook_port": port,
        }
    )
    app.frame.sight.turn("worker-0")
    app.hook = await listen(app.settings, app.receive, app.watch)
    async with app.db.transaction(app.frame.community.id) as uow:
        await uow.outbox.add(1001, "SendMessage", {"chat_id": 1001, "text": "好"})
        await uow.commit()
    await station.control("faults", kind="slow", method="sendMessage", seconds=1.0)
    app.tasks = [asyncio.create_task(part.run()) for part in (app.worker, app.sender)]
    async with asyncio.timeout(30):
        while not station.playground.world.faults.done:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)
        ending = asyncio.create_task(program._end(app))
        await asyncio.sleep(0)
        async with station.http.get(f"http://127.0.0.1:{port}/readyz") as response:
            assert (response.status, (await response.json())["running"]) == (503, "draining")
        update = {"update_id": 70, "message": HELP}
        headers = {SECRET_HEADER: "geheim"}
        async with station.http.post(app.settings.webhook_url, json=update, headers=headers) as response:
            assert response.status == 200
        assert not ending.done()
        await ending
    assert [row.update_id for row in await station.inbox(status="pending")] == [70]
    assert [row.status for row in await station.outbox()] == ["sent"]


def test_spreads_count_as_prometheus_wants_it() -> None:
    spread = Spread((1.0, 5.0))
    for value in (0.5, 1.0, 3.0, 99.0):
        spread.add(value)
    assert spread.buckets() == [("1.0", 2.0), ("5.0", 3.0), ("+Inf", 4.0)]
    assert spread.total == 103.5


def test_unknown_kinds_are_one_kind() -> None:
    sight = Sight()
    for kind in ("poll", "business_message", "never_heard_of"):
        sight.handled({"update_id": 1, kind: {}}, "handled", 0.1, 0.1)
    assert sight.updates == {("other", "handled"): 3}
    assert kind_of({"update_id": 1, "message": {}}) == "message"
