"""Faults that a test orders: the next calls of a method fail in a chosen way."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from bot.playground.errors import ApiError, ControlError, Json, bad_request, too_many


class FaultKind(StrEnum):
    """The refusals, `refuse` and `timeout` come before the call takes effect; the others do not stop it.

    After the effect, `drop` cuts the connection at once, `late` is silent for some seconds before that, and
    `torn` sends half of the answer.
    """

    TOO_MANY = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    BAD_REQUEST = "400"
    FORBIDDEN = "403"

    TIMEOUT = "timeout"
    SLOW = "slow"
    REFUSE = "refuse"
    DROP = "drop"
    LATE = "late"
    TORN = "torn"


@dataclass(slots=True)
class Fault:
    """The next `times` calls of `method` ("*" is any), to one chat or to all; each is hit by `chance`."""

    kind: FaultKind
    method: str = "*"
    times: int = 1
    chat_id: int | None = None
    seconds: float = 5.0
    description: str | None = None
    chance: float = 1.0

    def error(self) -> ApiError | None:
        """The refusal to answer with, if this kind is one."""
        if self.kind is FaultKind.TOO_MANY:
            return too_many(max(1, round(self.seconds)))
        if self.kind is FaultKind.SERVER_ERROR:
            return ApiError(500, self.description or "Internal Server Error")
        if self.kind is FaultKind.BAD_GATEWAY:
            return ApiError(502, self.description or "Bad Gateway")
        if self.kind is FaultKind.FORBIDDEN:
            return ApiError(403, self.description or "Forbidden: bot was blocked by the user")
        if self.kind is FaultKind.BAD_REQUEST:
            return bad_request(self.description or "ordered by the playground")
        return None


class Faults:
    """Ordered faults, first come first served."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.done: Counter[str] = Counter()
        self._dice = random.Random(0)  # noqa: S311 - nothing secret hangs on it

    def clear(self) -> None:
        """No more of what was ordered."""
        self.waiting.clear()

    def order(self, wish: Json) -> Fault:
        """Add one from the control API. Raises ControlError."""
        try:
            kind = FaultKind(str(wish.get("kind")))
        except ValueError:
            kinds = ", ".join(FaultKind)
            raise ControlError(f"kind must be one of {kinds}") from None
        fault = Fault(
            kind,
            method=str(wish.get("method", "*")),
            times=int(wish.get("times", 1)),
            chat_id=int(wish["chat"]) if wish.get("chat") is not None else None,
            seconds=float(wish.get("seconds") or wish.get("retry_after") or 5),
            description=wish.get("description"),
            chance=float(wish.get("chance", 1)),
        )
        self.waiting.append(fault)
        return fault

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this call, counted down."""
        for fault in self.waiting:
            if fault.method.lower() not in ("*", method.lower()):
                continue
            if fault.chat_id is not None and fault.chat_id != chat_id:
                continue
            if fault.chance < 1 and self._dice.random() >= fault.chance:
                continue
            self.done[fault.kind] += 1
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None


@dataclass(slots=True)
class Disorder:
    """How updates go astray on their way to the webhook; the first three are chances.

    `late`: the later ones of its chat overtake it. `unheard`: the bot's 2xx gets lost, so it comes again.
    `twice`: it comes again although it was heard. `seconds` is the longest delay.
    """

    late: float = 0.0
    unheard: float = 0.0
    twice: float = 0.0
    seconds: float = 2.0
    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("late", "unheard", "twice"), 0))

    def order(self, wish: Json) -> Json:
        """Change what the control API names. Raises ControlError."""
        try:
            for name in ("late", "unheard", "twice", "seconds"):
                setattr(self, name, float(wish.get(name, getattr(self, name))))
        except (TypeError, ValueError):
            raise ControlError("late, unheard, twice and seconds are numbers") from None
        return self.shown()

    def shown(self) -> Json:
        return asdict(self)
