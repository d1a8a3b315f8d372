"""The steps of a request as workers read them, on cards and in ledgers: every reason, no codes."""

from __future__ import annotations

from casework.entities import HistoryEntry
from casework.statuses import TriageReason
from casework.transitions import Action
from handlers.kit.cards import Cards

#: Steps that different people can take; the names of the others tell who it was.
_WHO_SHOWN = frozenset({Action.COMPLETE.value, Action.CONFIRM.value, Action.CANCEL.value})


class WorkerCards(Cards):
    """Cards whose time line tells every reason."""

    def reason(self, entry: HistoryEntry) -> str:
        """Who acted, and the words behind the step."""
        why = self.why(entry)
        if entry.action not in _WHO_SHOWN:
            return why
        who = self.texts.plain(f"role-{entry.actor_role}")
        return self.texts.plain("admin-step-by", who=who, why=why) if why else who

    def why(self, entry: HistoryEntry) -> str:
        """The words behind the step; codes are put into words."""
        if entry.action == Action.TRIAGE.value and entry.reason in set(TriageReason):
            return self.texts.plain(f"triage-why-{entry.reason}")
        if entry.action == Action.RECATEGORISE.value:
            change, _, words = entry.reason.partition(" ")
            return f"{'→'.join(self._item_name(code) for code in change.split('→'))} {words}".strip()
        if entry.action == Action.OFFER.value and entry.reason == "emergency":
            return self.texts.plain("admin-step-emergency")
        return entry.reason

    def _item_name(self, code: str) -> str:
        catalogue = self.community.catalogue
        return catalogue.item(code).name if code in catalogue else code
