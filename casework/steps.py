"""Steps of a request's history that move nothing: it stands where it stood, yet somebody did something."""

from __future__ import annotations

from datetime import datetime

from casework.entities import HistoryEntry, Request
from casework.permissions import Actor, Role

URGE = "urge"
CHANGE = "change"
SPLIT = "split"
PROPOSE_SPLIT = "propose_split"
PROPOSE_HAND_ON = "propose_hand_on"
REFUSE_HAND_ON = "refuse_hand_on"


def unmoved(
    request: Request, action: str, actor: Actor, role: Role, at: datetime, reason: str = ""
) -> HistoryEntry:
    """The history row of such a step."""
    return HistoryEntry(
        request.id,
        request.community_id,
        at,
        action,
        request.status,
        request.status,
        role.value,
        actor.person_id,
        reason,
    )
