"""The steps of a request as workers read them, on cards and in ledgers: every reason, no codes."""

from __future__ import annotations

from collections.abc import Mapping

from casework.catalogue import Community
from casework.entities import HistoryEntry
from casework.permissions import Role
from casework.statuses import TriageReason
from casework.steps import CHANGE, PROPOSE_HAND_ON, REFUSE_HAND_ON
from casework.transitions import Action
from handlers.kit.cards import Cards
from handlers.kit.reasons import decline_reason
from handlers.kit.texts import Texts

#: Steps that different people can take; the names of the others tell who it was.
_WHO_SHOWN = frozenset({Action.COMPLETE.value, Action.CONFIRM.value, Action.CANCEL.value})
_REFUSALS = frozenset(
    {Action.REFUSE.value, Action.LAPSE.value, Action.HAND_BACK.value, PROPOSE_HAND_ON, REFUSE_HAND_ON}
)
#: Whose names stand behind their steps; a resident is named once on the card.
_NAMED = frozenset({Role.LEAD.value, Role.ADMIN.value})


class WorkerCards(Cards):
    """Cards whose time line tells every reason, and by name who took a step. `names` are by person's id."""

    def __init__(
        self, texts: Texts, community: Community, voice: str = "", names: Mapping[int, str] | None = None
    ) -> None:
        super().__init__(texts, community, voice)
        self.names = names or {}

    def reason(self, entry: HistoryEntry) -> str:
        """Who acted, and the words behind the step."""
        said = self.why(entry)
        if entry.action in _WHO_SHOWN:
            who = self.texts.plain(f"role-{entry.actor_role}")
            said = self.texts.plain("admin-step-by", who=who, why=said) if said else who
        name = self.names.get(entry.actor_id or 0, "") if entry.actor_role in _NAMED else ""
        return self.texts.plain("admin-named", words=said, name=name) if name else said

    def why(self, entry: HistoryEntry) -> str:
        """The words behind the step; codes are put into words."""
        if entry.action == Action.SUBMIT.value and entry.reason:
            return self.texts.plain("timeline-split-of", number=entry.reason)
        if entry.action == CHANGE:
            fields = [f for f in entry.reason.split(",") if f]
            return "、".join(self.texts.plain(f"changed-field-{f}") for f in fields)
        if entry.action == Action.TRIAGE.value and entry.reason in set(TriageReason):
            return self.texts.plain(f"triage-why-{entry.reason}")
        if entry.action == Action.RECATEGORISE.value:
            change, _, words = entry.reason.partition(" ")
            return f"{'→'.join(self._item_name(code) for code in change.split('→'))} {words}".strip()
        if entry.action in _REFUSALS:
            organisation, _, reason = entry.reason.partition("\n")
            why = decline_reason(self.texts, reason)
            return self.texts.plain("admin-step-by", who=organisation, why=why) if why else organisation
        if entry.action == Action.OFFER.value and entry.reason == "emergency":
            return self.texts.plain("admin-step-emergency")
        return entry.reason

    def _item_name(self, code: str) -> str:
        catalogue = self.community.catalogue
        return catalogue.item(code).name if code in catalogue else code
