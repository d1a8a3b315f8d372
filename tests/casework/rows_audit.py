"""Who may run which use case: the audit, and taking back what leads were shown."""

from __future__ import annotations

from casework.use_case import UseCase
from casework.use_cases import auditing, folding
from tests.casework.tries import SYSTEM, WORKER, Try, accepted

ROWS: dict[type[UseCase], Try] = {
    auditing.ReadAudit: Try(WORKER, accepted, lambda c, a, t, w: c(a, t.id)),
    folding.FoldShowings: Try(SYSTEM, accepted, lambda c, a, t, w: c(a, frozenset())),
}
