"""Loads the reader, training it first where there is no model or the messages have changed."""

from __future__ import annotations

import asyncio
import atexit
import logging
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from bot.faults import Fault
from bot.light_import import import_aiogram_lightly

if TYPE_CHECKING:
    from bot.frame import ReaderSeat
    from nlu.reader import Reader

_ROOT = Path(__file__).parent.parent

log = logging.getLogger(__name__)


def load_reader(folder: Path, compounds: tuple[str, ...]) -> Reader:
    """The reader with the model in `folder`; training shows a progress bar. Raises Fault."""
    from nlu import corpus
    from nlu.model import Model, ModelError
    from nlu.reader import Reader

    model: Model | None = None
    try:
        model = Model.load(folder)
    except ModelError as error:
        log.info("no usable model: %s", type(error).__name__)
    if model is None or model.data != corpus.fingerprint():
        _train(folder)
        model = Model.load(folder)
    reader = Reader(model, compounds=compounds)
    _warm_up_dialogue()
    return reader


def _warm_up_dialogue() -> None:
    """The first message would otherwise wait half a second for rasa-sdk, inside its transaction."""
    import_aiogram_lightly()
    from handlers.dialogue.engine import executor

    executor()


def _train(folder: Path) -> None:
    """In a process of its own: learning takes 300 MB which a long-lived one would never give back."""
    command = [sys.executable, "-m", "nlu", "train", "--model", str(folder.resolve())]
    # Standard output is for the one line with the address.
    learning = subprocess.Popen(command, cwd=_ROOT, stdout=sys.stderr.fileno())  # noqa: S603
    # Who stops the program in the first minute does not wait for the lesson to end.
    atexit.register(learning.kill)
    failed = learning.wait()
    atexit.unregister(learning.kill)
    if failed:
        raise Fault("阅读器没有训练成，原因写在上面。")


def begin_loading(folder: Path, compounds: tuple[str, ...]) -> Future[Reader]:
    """Load in a thread of its own, while the rest of the program starts; its end waits for no thread."""
    future: Future[Reader] = Future()

    def load() -> None:
        try:
            future.set_result(load_reader(folder, compounds))
        except BaseException as error:  # noqa: BLE001 - who waits for the reader hears of it
            future.set_exception(error)

    threading.Thread(target=load, name="reader", daemon=True).start()
    return future


async def take_seat(seat: ReaderSeat, loading: Future[Reader]) -> None:
    """Put the reader where the worker waits for it."""
    seat.seat(await asyncio.wrap_future(loading))
