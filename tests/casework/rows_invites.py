"""Who may run which use case: invites."""

from __future__ import annotations

from casework.use_case import UseCase
from casework.use_cases.invites import RevokeInvites
from tests.casework.tries import WORKER, Try, invite

ROWS: dict[type[UseCase], Try] = {
    RevokeInvites: Try(WORKER, invite, lambda c, a, t, w: c(a, w.first.id)),
}
