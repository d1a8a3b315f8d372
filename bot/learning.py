"""Keeps the running bot's reader at the model in use, and lets it learn anew when a worker asks for it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot import errors
from bot.backoff import delay, woken
from bot.frame import Frame
from bot.reading import ROOT
from bot.sharing import Sharing
from casework.permissions import Actor, Role
from casework.use_cases.teaching import ListAccepted
from handlers.ports import School

if TYPE_CHECKING:
    from handlers.kit.context import Context
    from nlu.near import Near, Twin
    from nlu.reader import Reader
    from nlu.versions import Card, Pointer
    from storage.database import Database

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
#: A message may be edited about 20 times a minute.
_TELL_EVERY = 4.0
#: A change that was made longer ago is no news at a start.
_NEWS = timedelta(days=7)
#: Of the messages that a new model must know again, so many may be read otherwise: rules may have changed.
_MAY_DIFFER = 0.25
_LONGEST = 1800


class Learner:
    """Implements `handlers.ports.Learning`. `on_reply` is called after each commit; `arguments` are further
    ones for `python -m nlu train`."""

    def __init__(
        self,
        db: Database,
        frame: Frame,
        folder: Path,
        on_reply: Callable[[], None],
        arguments: tuple[str, ...] = (),
    ) -> None:
        self._db = db
        self._frame = frame
        self._folder = folder
        self._on_reply = on_reply
        self._arguments = arguments
        # One program alone has nobody to share with.
        alone = db.url.get_backend_name() == "sqlite"
        self._sharing = None if alone else Sharing(db, frame.community.id, folder)
        self._refused = 0
        self._told: int | None = None
        self._near: asyncio.Task[Near] | None = None
        self._old_card: Card | None = None
        self._training: asyncio.Task[None] | None = None
        self._step, self._done = "", 0.0
        #: How often the accepted lessons are still to be written down; twice, for the decision that woke us
        #: may not have been committed the first time.
        self._exports = 1
        self._wake = asyncio.Event()

    # What conversations ask for.

    def school(self) -> School:
        """As it stands now."""
        from nlu import comparing, learning, versions

        names = {figure: limit.name for figure, limit in comparing.limits_for(self._folder).items()}
        card = versions.card(versions.in_use(self._folder))
        if not card.at:
            card = self._old_card or versions.card_of_old(self._folder, count=False)
        pointer, last = versions.pointer(self._folder), learning.last(self._folder)
        return School(card, pointer, last, names, self._step, self._done)

    async def near(self, text: str) -> Twin | None:
        """The message of training or tests that is nearly this one; the first look takes half a second."""
        from nlu.near import Near

        if self._near is None:
            self._near = asyncio.create_task(asyncio.to_thread(Near.to_all))
        return (await asyncio.shield(self._near)).find(text)

    def begin(self, chat_id: int, message_id: int | None) -> bool:
        """Start a training; False while one is running, in this process or another."""
        from nlu import versions

        if self._training is not None or versions.busy(self._folder):
            return False
        self._training = asyncio.create_task(self._train(chat_id, message_id))
        return True

    async def roll_back(self) -> Pointer:
        """Use the model before this one. Raises nlu.model.ModelError."""
        from nlu import versions

        pointer = await asyncio.to_thread(versions.roll_back, self._folder)
        self._wake.set()
        return pointer

    def lessons_changed(self) -> None:
        """Write the accepted ones down soon."""
        self._exports = 2

    # What runs beside.

    async def run(self) -> None:
        """Until cancelled."""
        await self._frame.seat.ready.wait()
        failures = 0
        try:
            while True:
                self._wake.clear()
                try:
                    await self.look()
                    if self._exports:
                        await self.export()
                        self._exports -= 1
                    failures = 0
                except Exception as error:  # noqa: BLE001 - database or disk may be away; messages go on
                    failures += 1
                    log.error("the reader's lessons cannot be looked after: %s", errors.trace(error))
                await woken(self._wake, delay(failures, most=30) if failures else LOOK_EVERY)
        finally:
            if self._training is not None:
                self._training.cancel()
                await asyncio.gather(self._training, return_exceptions=True)

    async def export(self) -> int:
        """Write what workers accepted where a training finds it; returns how many messages."""
        from nlu import lessons

        community = self._frame.community
        worker = Actor(None, community.id, frozenset({Role.ADMIN}))
        async with self._db.transaction(community.id, read_only=True) as uow:
            found = await self._frame.context(uow).cases(ListAccepted)(worker)
        pairs = [(lesson.text, lesson.label) for lesson in found]
        return await asyncio.to_thread(lessons.write, lessons.beside(self._folder), pairs)

    async def look(self) -> None:
        """Take the model in use if it is another than ours, and tell the workers of it once."""
        from nlu import versions
        from nlu.model import ModelError

        if self._sharing is not None:
            await self._sharing.take()
        pointer = versions.pointer(self._folder)
        seat = self._frame.seat
        if pointer is None and self._old_card is None:
            self._old_card = await asyncio.to_thread(versions.card_of_old, self._folder)
        if pointer is None or pointer.serial == self._refused:
            return
        if pointer.serial != seat.serial:
            try:
                # Loading takes a tenth of a second, of which the loop never waits for more than a hundredth.
                reader = await asyncio.to_thread(self._load, pointer)
            except ModelError as error:
                log.error("model %d is refused, the old one stays", pointer.version)
                await self._tell_admins(pointer, refused=str(error))
                self._refused = pointer.serial
                return
            seat.seat(reader, pointer.serial)
            log.info("the reader uses model %d now", pointer.version)
        if self._told != pointer.serial:
            if pointer.why != versions.BUILT and _is_news(pointer):
                await self._tell_admins(pointer)
            self._told = pointer.serial
        if self._sharing is not None:
            await self._sharing.give(pointer)

    def _load(self, pointer: Pointer) -> Reader:
        """The reader with that model, known again by what it must read. Raises ModelError."""
        from nlu import comparing, versions
        from nlu.model import ModelError
        from nlu.reader import Reader

        where = versions.place(self._folder, pointer.version)
        model = versions.load(where)
        foreign = [item for item in model.items if item not in self._frame.community.catalogue]
        if foreign:
            raise ModelError(f"新模型认的服务项目和这个程序的不一样（{foreign[0]}）。")
        reader = Reader(model, compounds=self._frame.community.compounds)
        known = versions.card(where).probes
        wrong = sum(comparing.intent_of(reader, text) != intent for text, intent in known)
        if wrong > len(known) * _MAY_DIFFER:
            raise ModelError("新模型读出来的和训练时不一样。")
        return reader

    async def _tell_admins(self, pointer: Pointer, refused: str = "") -> None:
        from handlers.admin.model import news, refusal

        async with self._db.transaction(self._frame.community.id) as uow:
            context = self._frame.context(uow)
            text = refusal(context, refused) if refused else news(context, self.school())
            kind = "refused" if refused else "news"
            for admin in sorted(context.admins):
                # The key lets one of several processes tell it, and nobody twice after a restart.
                key = f"model/{kind}/{pointer.why}/{pointer.at}/{admin}"
                await context.out.send(admin, text, once=key)
            await uow.commit()
        self._on_reply()

    async def _train(self, chat_id: int, message_id: int | None) -> None:
        self._step, self._done = "准备", 0.0
        complaint = ""
        try:
            await self.export()
            async with asyncio.timeout(_LONGEST):
                complaint = await self._child(chat_id, message_id)
            await self.look()
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - whoever asked for it must hear of its end
            log.error("learning failed: %s", errors.trace(error))
            complaint = complaint or type(error).__name__
        finally:
            self._step, self._done = "", 0.0
            self._training = None
        await self._show(chat_id, message_id, complaint, over=True)

    async def _child(self, chat_id: int, message_id: int | None) -> str:
        """Run it below everything else; returns its complaint, empty when it went well."""
        command = ["-m", "nlu", "train", "--background", "--model", str(self._folder.resolve())]
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            *self._arguments,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert child.stdout
        assert child.stderr
        heard = asyncio.create_task(child.stderr.read())
        try:
            told_at = -_TELL_EVERY
            async for line in child.stdout:
                self._hear(line.decode(errors="replace"))
                now = asyncio.get_running_loop().time()
                if message_id is not None and now - told_at >= _TELL_EVERY:
                    told_at = now
                    await self._show(chat_id, message_id, "")
            code = await child.wait()
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
            lines = (await heard).decode(errors="replace").strip().splitlines()
        return "" if code == 0 else (lines[-1] if lines else str(code))

    def _hear(self, line: str) -> None:
        from nlu.learn_command import MARK

        mark, _, rest = line.strip().partition(" ")
        done, _, step = rest.partition(" ")
        if mark == MARK:
            with contextlib.suppress(ValueError):
                self._done, self._step = float(done), step

    async def _show(
        self, chat_id: int, message_id: int | None, complaint: str, *, over: bool = False
    ) -> None:
        from handlers.admin import model

        async with self._db.transaction(self._frame.community.id) as uow:
            context: Context = self._frame.context(uow)
            text, keyboard = model.lesson(context, self.school(), complaint, over=over)
            if message_id is None:
                await context.out.send(chat_id, text, keyboard)
            else:
                await context.out.edit(chat_id, message_id, text, keyboard)
            await uow.commit()
        self._on_reply()


def _is_news(pointer: Pointer) -> bool:
    with contextlib.suppress(ValueError):
        return datetime.now(UTC) - datetime.fromisoformat(pointer.at) < _NEWS
    return False
