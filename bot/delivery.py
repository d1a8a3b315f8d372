"""Sends one outbox row and says what became of it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot import errors
from bot.backoff import delay
from bot.messenger import Answer, File, Messenger, MessengerError, Unanswered

log = logging.getLogger(__name__)


class Fate(Enum):
    """What became of a row."""

    SENT = "sent"
    LATER = "later"
    DEAD = "dead"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`wait` is the pause in seconds before the next try, `moved_to` a group's new chat id, `message_id` what
    the messenger calls the message that was sent."""

    fate: Fate
    error: str = ""
    wait: float = 0.0
    rest_chat: bool = False
    moved_to: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent. `attempts` counts this try too; `optional`: a refusal is no loss."""

    chat_id: int
    method: str
    payload: dict[str, Any]
    file: File | None
    attempts: int
    optional: bool = False


#: Makes the real letter of a deferred row.
Develop = Callable[[dict[str, Any]], Awaitable[tuple[str, dict[str, Any], File | None]]]
DEFERRED = "Deferred"
#: About an hour of tries. A row that fails so often while the messenger takes others is at fault itself.
MOST_TRIES = 120
#: Meanwhile the claim of the row is renewed, so that no other replica begins to send it as well.
SEND_SECONDS = 45
_MOST_TRIES_TO_DEVELOP = 3

_EDITS = frozenset({"EditMessageText", "EditMessageCaption", "EditMessageReplyMarkup"})
_ALREADY_SO = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


async def deliver(messenger: Messenger, letter: Letter, develop: Develop) -> Outcome:
    """Never raises: network, refusals and faults of our own all have their outcome."""
    method, payload, file = letter.method, letter.payload, letter.file
    try:
        if method == DEFERRED:
            method, payload, file = await develop(payload)
        answer = await messenger.call(method, payload, file, timeout=SEND_SECONDS)
    except Unanswered as error:
        return _once_more(messenger, letter, error)
    except MessengerError as error:
        return await _refused(messenger, letter, (method, payload, file), error)
    except Exception as error:  # noqa: BLE001 - making a chart or a file may fail in any way
        from storage.outages import is_outage

        log.error("a letter could not be made: %s", errors.trace(error))
        if letter.attempts >= _MOST_TRIES_TO_DEVELOP and not is_outage(error):
            return Outcome(Fate.DEAD, errors.trace(error))
        return Outcome(Fate.LATER, errors.trace(error), delay(letter.attempts))
    return Outcome(Fate.SENT, message_id=_message_id(answer))


def _message_id(answer: Answer) -> int | None:
    """What the messenger calls the message; None where it says none."""
    found = answer.result.get("message_id") if isinstance(answer.result, dict) else None
    return found if isinstance(found, int) else None


def _once_more(messenger: Messenger, letter: Letter, error: Exception) -> Outcome:
    if letter.attempts >= MOST_TRIES and messenger.answers():
        return Outcome(Fate.DEAD, str(error))
    return Outcome(Fate.LATER, str(error), delay(letter.attempts, most=30))


async def _refused(
    messenger: Messenger,
    letter: Letter,
    sent: tuple[str, dict[str, Any], File | None],
    error: MessengerError,
) -> Outcome:
    method, payload, file = sent
    words = error.description.lower()
    if error.moved_to is not None:
        return await _again(
            messenger, letter, method, payload | {"chat_id": error.moved_to}, file, error.moved_to
        )
    if error.code == 429 or error.retry_after:
        return Outcome(Fate.LATER, str(error), max(1.0, error.retry_after), rest_chat=True)
    if error.code >= 500:
        return _once_more(messenger, letter, error)
    if letter.optional and error.code in (400, 404):
        return Outcome(Fate.SENT)
    if error.code in (401, 404):
        # A revoked token is the operator's to mend; until then everything waits.
        return Outcome(Fate.LATER, str(error), delay(letter.attempts, most=30))
    if error.code == 403:
        return Outcome(Fate.BLOCKED if letter.chat_id > 0 else Fate.DEAD, str(error))
    if method in _EDITS and _ALREADY_SO in words:
        return Outcome(Fate.SENT)
    if method in _EDITS and any(gone in words for gone in _GONE):
        if method != "EditMessageText":
            return Outcome(Fate.SENT)
        fresh = {name: value for name, value in payload.items() if name != "message_id"}
        return await _again(messenger, letter, "SendMessage", fresh, None)
    return Outcome(Fate.DEAD, str(error))


async def _again(
    messenger: Messenger,
    letter: Letter,
    method: str,
    payload: dict[str, Any],
    file: File | None,
    moved_to: int | None = None,
) -> Outcome:
    """The second form of a letter; what becomes of it is final or waits for another round."""
    try:
        answer = await messenger.call(method, payload, file, timeout=SEND_SECONDS)
    except MessengerError as error:
        if error.code == 403:
            return Outcome(Fate.BLOCKED if letter.chat_id > 0 else Fate.DEAD, str(error))
        if error.code != 429 and error.code < 500:
            return Outcome(Fate.DEAD, str(error))
        return Outcome(Fate.LATER, str(error), max(1.0, error.retry_after), rest_chat=True)
    except Unanswered as error:
        return Outcome(Fate.LATER, str(error), delay(letter.attempts, most=30))
    return Outcome(Fate.SENT, moved_to=moved_to, message_id=_message_id(answer))
