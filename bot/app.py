"""Wires one community's program together, starts it, and ends it without losing anything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot import commands, demo, webhook
from bot.answers import Answerer
from bot.attachments import Attachments
from bot.backoff import delay
from bot.clock import SystemClock
from bot.dispatch import make_bot, make_dispatcher
from bot.frame import Frame
from bot.jobs import Jobs
from bot.learning import Learner
from bot.limits import Limits
from bot.messenger import Messenger, MessengerError, Unanswered
from bot.opening import make_database, open_database, patiently
from bot.pace import Pace
from bot.poller import Poller
from bot.reading import Loading, take_seat
from bot.schedules import begin_schedules
from bot.sender import Sender
from bot.settings import Settings
from bot.sheets import ChildSheets
from bot.watching import door as watching
from bot.watching.door import Add
from bot.worker import Worker
from casework.catalogue import Community
from casework.entities import Organisation
from handlers.kit.texts import default_texts
from storage.replicas import Alone, Replicas, replicas_of

if TYPE_CHECKING:
    from aiohttp import web

    from storage.database import Database

log = logging.getLogger(__name__)

#: How long ending may take: the update in hand, then what the outbox still holds.
DRAIN_WORKER = 4.0
DRAIN_SENDER = 3.0
_LANES_POSTGRESQL = 4
#: What one replica tells the others: somebody should handle, or send.
INBOX, OUTBOX = "inbox", "outbox"


@dataclass(slots=True)
class App:
    """Everything that runs. Made by `build`, used by `run`."""

    settings: Settings
    db: Database
    frame: Frame
    messenger: Messenger
    answerer: Answerer
    worker: Worker
    sender: Sender
    jobs: Jobs
    poller: Poller
    learner: Learner
    #: Adds the routes of health and figures to a web application.
    watch: Add
    replicas: Alone | Replicas
    tasks: list[asyncio.Task[Any]] = field(default_factory=list)
    hook: web.AppRunner | None = None
    #: Keeps the line to the other replicas till the very end, for duties hang on it.
    line: asyncio.Task[None] | None = None

    async def receive(self, updates: list[dict[str, Any]]) -> int:
        """Commit raw updates and wake the worker."""
        return await _receive(self.db, self.frame, self.worker, self.replicas, updates)


async def _receive(
    db: Database, frame: Frame, worker: Worker, replicas: Alone | Replicas, updates: list[dict[str, Any]]
) -> int:
    new = await db.receive(updates, frame.community.id)
    frame.sight.received["new"] += new
    frame.sight.received["known"] += len(updates) - new
    if new:
        if not worker.has_room:
            replicas.ring(INBOX)
        worker.wake.set()
    return new


def build(settings: Settings, community: Community) -> App:
    """Make all parts. Opens nothing. Raises Fault for a database we do not serve."""
    clock = SystemClock()
    db = make_database(settings, clock)
    playing = demo.is_playground(settings)
    admins = settings.admins or (frozenset({demo.WORKER}) if playing else frozenset())
    frame = Frame(community, clock, default_texts(), admins)
    bot = make_bot(settings)
    messenger = Messenger(bot, frame.sight)
    db.on_error(frame.sight.database_error)
    answerer = Answerer(messenger)
    # A playground asked to be fast is fast in every chat.
    wide = max(1.0, settings.messages_per_second / 30) if playing else 1.0
    limits = Limits(settings.messages_per_second, asyncio.get_running_loop().time, wide)
    replicas = replicas_of(db.url, community.id)
    sending = replicas.duty("send")
    sender = Sender(db, frame, messenger, limits, duty=sending)

    def replied() -> None:
        if sending.held:
            sender.wake.set()
        else:
            replicas.ring(OUTBOX)

    worker = Worker(
        db,
        frame,
        bot,
        make_dispatcher(),
        answerer,
        Attachments(bot, ChildSheets(community).read),
        replied,
        pace=Pace(settings.updates_per_minute * wide, asyncio.get_running_loop().time),
        lanes=1 if settings.database.startswith("sqlite") else _LANES_POSTGRESQL,
    )
    poller = Poller(
        messenger,
        lambda updates: _receive(db, frame, worker, replicas, updates),
        clock=clock if playing else None,
        longest_pause=2 if playing else 60,
        duty=replicas.duty("poll"),
    )
    replicas.hear(INBOX, worker.wake.set)
    replicas.hear(OUTBOX, sender.wake.set)
    frame.sight.duties = {"send": lambda: sending.held, "line": lambda: replicas.connected}
    jobs = Jobs(db, frame, replied)
    learner = frame.learning = Learner(db, frame, settings.data_dir / "model", replied)
    watch = watching.routes(db, frame, settings.metrics_key)
    return App(
        settings, db, frame, messenger, answerer, worker, sender, jobs, poller, learner, watch, replicas
    )


async def run(
    app: App,
    organisations: list[Organisation],
    loading: Loading,
    stop: asyncio.Event,
    on_ready: Callable[[], None],
) -> None:
    """Run until `stop` is set or a part fails for good. `on_ready` is called once all parts are up."""
    async with watching.beside(app.settings, app.watch):
        await _run(app, organisations, loading, stop, on_ready)


async def _run(
    app: App,
    organisations: list[Organisation],
    loading: Loading,
    stop: asyncio.Event,
    on_ready: Callable[[], None],
) -> None:
    async def begin() -> None:
        await open_database(app.db)
        await furnish(app, organisations)

    done: set[asyncio.Task[Any]] = set()
    try:
        if not await patiently(app.db, begin, stop):
            return
        await _start(app)
        app.tasks.append(asyncio.create_task(_get_ready(app, loading, on_ready)))
        # None of them ends by itself unless it failed for good.
        stopping = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait([stopping, *app.tasks], return_when=asyncio.FIRST_COMPLETED)
        done.discard(stopping)
        stopping.cancel()
    finally:
        await _end(app)
    for task in done:
        # Whatever it died of ends the program, which its keeper starts again.
        task.result()


async def furnish(app: App, organisations: list[Organisation]) -> None:
    """Organisations of the profile, and what an earlier run left in hand."""
    from bot.seeding import seed

    frame = app.frame
    async with app.db.transaction(frame.community.id) as uow:
        # Replicas may start at the same moment.
        await uow.alone("start")
        added = await seed(uow, frame.community, organisations)
        if demo.is_playground(app.settings):
            await demo.give_leads(uow, frame.community, frame.clock)
            await demo.wake(uow, frame.community, frame.clock)
        await begin_schedules(uow, frame.clock, frame.community)
        if app.settings.database.startswith("sqlite"):
            # Nobody else works on this file, so whoever had claimed a message is gone.
            await uow.outbox.release()
        await uow.commit()
    if added:
        log.info("%d organisations of the profile were added", added)


async def _start(app: App) -> None:
    parts: list[Any] = [app.worker.run(), app.sender.run(), app.jobs.run(), app.learner.run()]
    if app.settings.webhook_url:
        parts.append(_hook(app))
    else:
        parts.append(app.poller.run())
    app.tasks = [asyncio.create_task(part) for part in parts]
    app.line = asyncio.create_task(app.replicas.run())


async def _hook(app: App) -> None:
    app.hook = await webhook.listen(app.settings, app.receive, app.watch)
    failures = 0
    while True:
        try:
            await webhook.announce(app.settings, app.messenger)
            break
        except (MessengerError, Unanswered) as error:
            failures += 1
            log.warning("the webhook could not be set: %s", error)
            await asyncio.sleep(max(delay(failures, most=30), getattr(error, "retry_after", 0)))
    await asyncio.Event().wait()


async def _get_ready(app: App, loading: Loading, on_ready: Callable[[], None]) -> None:
    """What may come a moment later: the reader, the bot's own name, the command lists."""
    await take_seat(app.frame.seat, loading)
    app.worker.wake.set()
    on_ready()
    failures = 0
    while not app.frame.username:
        try:
            me = (await app.messenger.call("GetMe", {})).result
            app.frame.username = str(me["username"])
        except (MessengerError, Unanswered) as error:
            failures += 1
            log.warning("the bot's name is not known yet: %s", error)
            await asyncio.sleep(delay(failures))
    await commands.introduce(app.messenger, app.frame.texts)
    await asyncio.Event().wait()


async def _end(app: App) -> None:
    """Take nothing new, finish what is in hand, send what is due, close."""
    app.frame.sight.draining = True
    for task in app.tasks[2:]:
        task.cancel()
    app.worker.stop()
    if app.tasks:
        worker, sender = app.tasks[:2]
        await _within(worker, DRAIN_WORKER)
        app.sender.stop()
        await _within(sender, DRAIN_SENDER)
        await app.sender.close()
    if app.hook is not None:
        # Until now it said that it is not ready; what came in all the same is kept for who comes next.
        await app.hook.cleanup()
    await asyncio.gather(*app.tasks, return_exceptions=True)
    if app.line is not None:
        app.line.cancel()
        await asyncio.gather(app.line, return_exceptions=True)
    await app.answerer.close()
    await app.messenger.bot.session.close()
    await app.db.close()


async def _within(task: asyncio.Task[Any], seconds: float) -> None:
    """Let it end; what takes longer is cut off, and its transaction rolls back."""
    await asyncio.wait([task], timeout=seconds)
    task.cancel()
