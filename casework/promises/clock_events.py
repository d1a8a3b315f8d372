"""What time alone made happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.entities import Organisation
from casework.events import Event


@dataclass(frozen=True, slots=True)
class AnswerAwaited(Event):
    """The resident has not answered what the organisation asked, and is asked once more."""

    organisation: Organisation
    question: str


@dataclass(frozen=True, slots=True)
class WorkerReminded(Event):
    """Something waits for a worker. `why`: triage, reopen (to be decided by `due`), or late (since `due`);
    `step` counts the reminders."""

    why: str
    step: int
    due: datetime
    organisation: Organisation | None
