"""Who may do what. A use case declares one permission; none declared means denied."""

from dataclasses import dataclass
from enum import StrEnum

from casework.errors import NotAllowed


class Role(StrEnum):
    """What somebody is to the community at this moment; a person may be several."""

    RESIDENT = "resident"
    LEAD = "lead"
    ADMIN = "admin"
    EXPERT = "expert"
    SYSTEM = "system"


class Permission(StrEnum):
    """What a use case may require."""

    FILE = "file"
    OWN_REQUEST = "own_request"
    JOIN = "join"
    ANSWER_OFFER = "answer_offer"
    DO_WORK = "do_work"
    TAKE_EMERGENCY = "take_emergency"
    SEE_REQUEST = "see_request"
    TRIAGE = "triage"
    MANAGE_ORGANISATIONS = "manage_organisations"
    READ_REPORTS = "read_reports"
    BROADCAST = "broadcast"
    TEACH = "teach"
    SCORE = "score"
    RECTIFY = "rectify"
    GET_LETTERS = "get_letters"
    RUN_TIMERS = "run_timers"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RESIDENT: frozenset(
        {Permission.FILE, Permission.OWN_REQUEST, Permission.JOIN, Permission.SEE_REQUEST}
    ),
    Role.LEAD: frozenset(
        {
            Permission.ANSWER_OFFER,
            Permission.DO_WORK,
            Permission.TAKE_EMERGENCY,
            Permission.SEE_REQUEST,
            Permission.RECTIFY,
            Permission.GET_LETTERS,
        }
    ),
    Role.ADMIN: frozenset(
        {
            Permission.TRIAGE,
            Permission.TAKE_EMERGENCY,
            Permission.SEE_REQUEST,
            Permission.MANAGE_ORGANISATIONS,
            Permission.READ_REPORTS,
            Permission.BROADCAST,
            Permission.TEACH,
            Permission.SCORE,
            Permission.RECTIFY,
            Permission.GET_LETTERS,
        }
    ),
    Role.EXPERT: frozenset({Permission.SCORE}),
    Role.SYSTEM: frozenset({Permission.RUN_TIMERS}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. `organisation_ids` are those the person leads."""

    person_id: int | None
    community_id: str
    roles: frozenset[Role]
    organisation_ids: frozenset[int] = frozenset()

    def may(self, permission: Permission) -> bool:
        """Whether any of the actor's roles grants the permission."""
        return any(permission in GRANTS[role] for role in self.roles)

    def is_admin(self) -> bool:
        """Whether the actor is a community worker."""
        return Role.ADMIN in self.roles

    def leads(self, organisation_id: int | None) -> bool:
        """Whether the actor is a lead of this organisation."""
        return Role.LEAD in self.roles and organisation_id in self.organisation_ids


def system(community_id: str) -> Actor:
    """The actor behind timers and follow-up steps."""
    return Actor(None, community_id, frozenset({Role.SYSTEM}))


def require(actor: Actor, permission: Permission | None) -> None:
    """Raise NotAllowed unless the actor holds the permission; a missing permission is never held."""
    if permission is None or not actor.may(permission):
        raise NotAllowed(permission=permission or "")
