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
    from nlu.model import Model
    from nlu.reader import Reader

ROOT = Path(__file__).parent.parent

log = logging.getLogger(__name__)


class Loading(Future["Reader"]):
    """A reader that is on its way; `serial` tells which change of the model in use it has seen."""

    serial = 0


def load_reader(folder: Path, compounds: tuple[str, ...], *, talking: bool = True) -> tuple[Reader, int]:
    """The reader with the model in use, and its serial; training shows a progress bar. Raises Fault.

    `talking`: a dialogue will be held, which is made ready as well.
    """
    from nlu import versions
    from nlu.reader import Reader

    pointer = versions.pointer(folder)
    model = _usable(folder)
    if model is None:
        _train(folder)
        pointer = versions.pointer(folder)
        model = versions.load(versions.in_use(folder))
    reader = Reader(model, compounds=compounds)
    if talking:
        _warm_up_dialogue()
    return reader, pointer.serial if pointer else 0


def _usable(folder: Path) -> Model | None:
    """The model in use where it is whole and fits the messages; else it is said why not."""
    from nlu import corpus, versions
    from nlu.model import HEADER, ModelError

    where = versions.in_use(folder)
    try:
        model = versions.load(where)
    except ModelError as error:
        if (where / HEADER).exists():
            print(f"{error}现在重新学，请等一会儿。", file=sys.stderr, flush=True)  # noqa: T201 - to who started it
        log.info("no usable model in %s", where)
        return None
    return model if model.data == corpus.fingerprint() else None


def _warm_up_dialogue() -> None:
    """The first message would otherwise wait half a second for rasa-sdk, inside its transaction."""
    import_aiogram_lightly()
    from handlers.dialogue.engine import executor

    executor()


def _train(folder: Path) -> None:
    """In a process of its own: learning takes 300 MB which a long-lived one would never give back."""
    command = [sys.executable, "-m", "nlu", "train", "--rebuild", "--model", str(folder.resolve())]
    # Standard output is for the one line with the address.
    learning = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr.fileno())  # noqa: S603
    # Who stops the program in the first minute does not wait for the lesson to end.
    atexit.register(learning.kill)
    failed = learning.wait()
    atexit.unregister(learning.kill)
    if failed:
        raise Fault("阅读器没有训练成，原因写在上面。")


def begin_loading(folder: Path, compounds: tuple[str, ...], *, talking: bool = True) -> Loading:
    """Load in a thread of its own, while the rest of the program starts; its end waits for no thread."""
    loading = Loading()

    def load() -> None:
        try:
            reader, loading.serial = load_reader(folder, compounds, talking=talking)
            loading.set_result(reader)
        except BaseException as error:  # noqa: BLE001 - who waits for the reader hears of it
            loading.set_exception(error)

    threading.Thread(target=load, name="reader", daemon=True).start()
    return loading


async def take_seat(seat: ReaderSeat, loading: Loading) -> None:
    """Put the reader where the worker waits for it."""
    reader = await asyncio.wrap_future(loading)
    seat.seat(reader, loading.serial)
