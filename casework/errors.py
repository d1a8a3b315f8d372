"""One root error with a code and facts; the sentence for a code is chosen where people are answered."""


class CaseworkError(Exception):
    """Something a use case will not do. `code` names a text, `facts` fill it."""

    code = "error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class NotAllowed(CaseworkError):
    """The actor lacks the permission, or the thing belongs to somebody else."""

    code = "not-allowed"


class NotFound(CaseworkError):
    """No such thing in this community (or none this actor may know of)."""

    code = "not-found"


class WrongState(CaseworkError):
    """The request is not where this action starts from. Facts: number, status, action."""

    code = "wrong-state"


class AlreadyTaken(CaseworkError):
    """Another organisation was faster. Facts: number."""

    code = "already-taken"


class PartsOpen(CaseworkError):
    """Helpers of a team still owe their part. Facts: number, count."""

    code = "parts-open"


class TooLate(CaseworkError):
    """What could be changed for a while is settled by now. Facts: number."""

    code = "too-late"


class Conflict(CaseworkError):
    """The row changed between reading and writing; the caller reads again."""

    code = "conflict"


class InviteInvalid(CaseworkError):
    """An invite that is unknown, used or expired; which of these is not told."""

    code = "invite-invalid"


class SamePerson(CaseworkError):
    """Somebody else has to look at what one did oneself."""

    code = "same-person"


class NeighboursObject(CaseworkError):
    """Somebody who follows the request says that it is not solved; a worker looks first. Facts: number."""

    code = "neighbours-object"


class Incomplete(CaseworkError):
    """A field that this item needs is missing. Facts: fields."""

    code = "incomplete"


class TooFast(CaseworkError):
    """More came from one person within a minute than anybody can mean."""

    code = "too-fast"


class BadValue(CaseworkError):
    """A value out of its range. Facts: field."""

    code = "bad-value"


class NotConsented(CaseworkError):
    """The resident has not agreed to how data is kept."""

    code = "not-consented"
