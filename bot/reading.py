"""Loads the reader, training it first where there is no model or the messages have changed."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from bot.frame import ReaderSeat

if TYPE_CHECKING:
    from nlu.reader import Reader

log = logging.getLogger(__name__)


def load_reader(folder: Path, compounds: tuple[str, ...]) -> Reader:
    """The reader with the model in `folder`; training shows a progress bar. Raises nlu.corpus.CorpusError."""
    from nlu import corpus
    from nlu.model import Model, ModelError
    from nlu.reader import Reader

    model: Model | None = None
    try:
        model = Model.load(folder)
    except ModelError as error:
        log.info("no usable model: %s", type(error).__name__)
    if model is None or model.data != corpus.fingerprint():
        from nlu.progress import progress_bar
        from nlu.training import train

        with progress_bar() as progress:
            model = train(folder, progress=progress)
    return Reader(model, compounds=compounds)


def begin_loading(folder: Path, compounds: tuple[str, ...]) -> Future[Reader]:
    """Load in a thread of its own, while the rest of the program starts."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="reader")
    future = pool.submit(load_reader, folder, compounds)
    pool.shutdown(wait=False)
    return future


async def take_seat(seat: ReaderSeat, loading: Future[Reader]) -> None:
    """Put the reader where the worker waits for it."""
    seat.seat(await asyncio.wrap_future(loading))
