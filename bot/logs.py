"""How the program writes its log: plain lines or JSON, each with the id of what is worked on.

No line carries a message's text, a phone number, a door or a name; ids of updates, messages, requests only.
"""

from __future__ import annotations

import logging
from typing import TextIO

from bot.settings import Settings
from storage.tracing import trace

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(about)s%(message)s"
#: Told at INFO for every update, which our own lines say better.
_QUIET = ("aiogram.event", "rasa_sdk", "alembic.runtime.plugins")
#: At DEBUG these tell what is written into the database, and into requests to the messenger.
_TALKATIVE = ("aiosqlite", "sqlalchemy", "asyncio", "aiohttp")


def start_logging(settings: Settings) -> None:
    """Write to standard error as the settings say. Called once, by the command line."""
    handler = make_handler(settings.log_format)
    # In the playground a newcomer should see the one line with the address.
    logging.basicConfig(
        level=settings.log_level or ("INFO" if settings.token else "WARNING"), handlers=[handler]
    )
    hush()


def hush() -> None:
    """No library may tell of people, at no level."""
    for name in (*_QUIET, *_TALKATIVE):
        logging.getLogger(name).setLevel(logging.WARNING)


def make_handler(form: str, stream: TextIO | None = None) -> logging.Handler:
    """One that writes `text` or `json`, to standard error unless told otherwise."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_add_trace)
    handler.setFormatter(_formatter(form))
    return handler


def _formatter(form: str) -> logging.Formatter:
    if form == "text":
        return logging.Formatter(_TEXT)
    from pythonjsonlogger.core import RESERVED_ATTRS
    from pythonjsonlogger.json import JsonFormatter

    return JsonFormatter(
        ["asctime", "levelname", "name", "message", "trace", "process"],
        rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
        datefmt="%Y-%m-%dT%H:%M:%S%z",
        json_ensure_ascii=False,
        reserved_attrs=[*RESERVED_ATTRS, "about"],
    )


def _add_trace(record: logging.LogRecord) -> bool:
    """The id of what is worked on, bare and as the beginning of a text line."""
    followed = trace.get()
    record.__dict__.update(trace=followed, about=f"[{followed}] " if followed else "")
    return True
