"""One id along a message's way: set where work begins, kept in each outbox row, told by each log line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: `u<update_id>`, `t<timer>`, the kind of what is scheduled; None where no single thing is worked on.
trace: ContextVar[str | None] = ContextVar("trace", default=None)


@contextmanager
def following(name: str | None) -> Iterator[None]:
    """All that is done inside belongs to that id."""
    token = trace.set(name)
    try:
        yield
    finally:
        trace.reset(token)
