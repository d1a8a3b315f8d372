"""Faults that a test orders: the next calls of a method fail in a chosen way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.playground.errors import ApiError, ControlError, Json, bad_request, too_many


class FaultKind(StrEnum):
    """`refuse` and `timeout` come before the call takes effect, `drop` and `slow` do not stop it."""

    TOO_MANY = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    BAD_REQUEST = "400"
    FORBIDDEN = "403"
    TIMEOUT = "timeout"
    SLOW = "slow"
    REFUSE = "refuse"
    DROP = "drop"


@dataclass(slots=True)
class Fault:
    """The next `times` calls of `method` ("*" is any), to one chat or to all."""

    kind: FaultKind
    method: str = "*"
    times: int = 1
    chat_id: int | None = None
    seconds: float = 5.0
    description: str | None = None

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
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None
