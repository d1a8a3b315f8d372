"""A request in words: the card that residents, leads and workers see, and its time line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.catalogue import Community
from casework.entities import Address, Details, HistoryEntry, Request
from casework.policy import ServiceClass
from casework.promises.deadlines import ROUND_THE_CLOCK
from casework.statuses import BEFORE_WORK, CLOSED, IN_WORK, RequestStatus
from casework.transitions import Action
from casework.use_cases.reading import RequestView
from handlers.kit.moments import in_words
from handlers.kit.texts import Markup, Texts

#: Phone and door have been given to whoever took it.
_DOOR_GIVEN = IN_WORK | {RequestStatus.DONE, RequestStatus.CONFIRMED, RequestStatus.REOPEN_REQUESTED}


class Cards:
    """Renders requests. A view that is masked shows no phone, door or full words.

    The words speak to the resident; a `voice` such as admin uses `admin-status-done` where there is one.
    """

    def __init__(self, texts: Texts, community: Community, voice: str = "") -> None:
        self.texts = texts
        self.community = community
        self.voice = voice

    def word(self, kind: str, code: str) -> str:
        """A status or action as this reader should hear it."""
        return self.texts.plain(self._voiced(f"{kind}-{code}"))

    def when(self, moment: datetime, now: datetime) -> str:
        """A moment in the community's time zone, in words."""
        return in_words(self.texts, moment, now, self.community.timezone)

    def item(self, code: str) -> str:
        """Such as 上门理发 · 老有所依."""
        item = self.community.catalogue.item(code)
        return f"{item.name} · {item.group_name}"

    def address(self, address: Address) -> str:
        """Such as 阳光花园8号楼2单元501室，三楼左手边; empty when nothing is known."""
        parts = (
            ("compound", address.compound),
            ("building", address.building),
            ("unit", address.unit),
            ("room", address.room),
        )
        numbers = "".join(self.texts.plain(f"address-{k}", value=v) for k, v in parts if v)
        if numbers and address.place:
            return self.texts.plain("address-with-place", numbers=numbers, place=address.place)
        return numbers or address.place

    def appointment(self, details: Details) -> str:
        """The wished time in the resident's words; the day beside it, for 明天 is soon another day."""
        try:
            day = datetime.fromisoformat(details.time_start).date()
        except ValueError:
            return details.time_expr
        plain = self.texts.plain
        named = plain("card-day", month=day.month, day=day.day, weekday=plain(f"weekday-{day.isoweekday()}"))
        return plain("card-time-on", expr=details.time_expr, day=named) if details.time_expr else named

    def line(self, request: Request, now: datetime) -> Markup:
        """One line for a list: number, item, status, time."""
        return self.texts(
            "card-line",
            mark=self.texts.plain("card-urgent") if request.urgent else "",
            number=request.number,
            item=self.community.catalogue.item(request.item).name,
            status=self.word("status", request.status),
            when=self.when(request.created_at, now),
        )

    def facts(self, request: Request, now: datetime, *, masked: bool) -> Markup:
        """Place, time, person, phone: a line for each that is known."""
        details = request.details
        age = self.texts.plain("card-age", age=details.age) if details.age is not None else ""
        known = (
            ("address", self.address(details.address)),
            ("time", self.appointment(details)),
            ("recipient", f"{details.recipient}{age}"),
            ("phone", details.phone),
        )
        lines = [self.texts(f"card-{k}", value=v) for k, v in known if v]
        if self.voice and not masked and self._door_unknown(request):
            lines.append(self.texts("card-no-door-phone" if details.phone else "card-no-door"))
        if masked:
            taken = request.status in _DOOR_GIVEN
            lines.append(self.texts("card-masked-taken" if taken else "card-masked"))
        return Markup("\n".join(lines))

    def _door_unknown(self, request: Request) -> bool:
        """Whether somebody is to come to a home whose door was not told."""
        return self.community.at_home(request.item) and not request.details.address.room

    def card(self, view: RequestView, now: datetime) -> Markup:
        """Everything this reader may see of a request, without the time line."""
        request = view.request
        head = self.texts(
            "card-head",
            mark=self.texts.plain("card-urgent") if request.urgent else "",
            number=request.number,
            item=self.item(request.item),
            category=request.category,
            status=self.word("status", request.status),
        )
        lines = [head, self.words(request)]
        facts = self.facts(request, now, masked=view.masked)
        if facts:
            lines.append(facts)
        if view.organisation:
            lines.append(self.texts("card-organisation", name=view.organisation.name))
        due = self.due(request, now)
        if due:
            lines.append(due)
        if self.voice and request.status not in CLOSED:
            lines.append(self.promise(request))
        return Markup("\n".join(lines))

    def words(self, request: Request) -> Markup:
        """What was written, or that it is forgotten."""
        if request.wiped_at is not None:
            return self.texts("card-wiped")
        return self.texts("card-words", words=request.description)

    def class_name(self, request: Request) -> str:
        """How pressing it is, such as 一般事项."""
        return self.texts.plain(f"class-{request.service_class}")

    def promise(self, request: Request) -> Markup:
        """Its class and what is promised for it."""
        promise = self.community.policy.promise(request.service_class)
        spans = [self._span(h, request.service_class) for h in (promise.answer_hours, promise.resolve_hours)]
        return self.texts("card-promise", kind=self.class_name(request), answer=spans[0], resolve=spans[1])

    def _span(self, hours: float, service_class: ServiceClass) -> str:
        """Such as 30分钟, 24小时, 7个工作日."""
        plain = self.texts.plain
        if service_class not in ROUND_THE_CLOCK and hours % 24 == 0:
            return plain("span-working-days", count=round(hours / 24))
        if hours < 1:
            return plain("span-minutes", count=round(hours * 60))
        return plain("span-hours", count=f"{hours:g}")

    def due(self, request: Request, now: datetime) -> Markup | None:
        """By when the next step is promised, or how it stands with a promise that was missed."""
        if request.urgent and request.status in BEFORE_WORK:
            return self._called(request, now)
        if request.status in CLOSED:
            return None
        if request.status is RequestStatus.WAITING_RESIDENT:
            return self.texts(self._voiced("card-clock-stopped"))
        key, moment = (
            ("card-resolve-due", request.resolve_due)
            if request.status in IN_WORK
            else ("card-answer-due", request.answer_due)
        )
        if moment is None or request.status not in IN_WORK | {request.status.OFFERED}:
            return None
        return self.texts(f"{key}-late" if moment < now else key, when=self.when(moment, now))

    def _called(self, request: Request, now: datetime) -> Markup:
        """Danger has no deadline to lean back on: the calls go on until a human comes."""
        if request.taken_by is not None:
            return self.texts("card-emergency-taken")
        return self.texts(self._voiced("card-emergency-waits"), when=self.when(request.created_at, now))

    def _voiced(self, key: str) -> str:
        own = f"{self.voice}-{key}"
        return own if self.voice and self.texts.has(own) else key

    def timeline(self, history: Iterable[HistoryEntry], now: datetime) -> Markup:
        """One line a step, oldest first."""
        return Markup("\n".join(self._step(entry, now) for entry in history))

    def _step(self, entry: HistoryEntry, now: datetime) -> Markup:
        reason = self.reason(entry)
        return self.texts(
            "timeline-step",
            when=self.when(entry.at, now),
            what=self.word("action", entry.action),
            reason=self.texts("timeline-reason", reason=reason) if reason else "",
        )

    def reason(self, entry: HistoryEntry) -> str:
        """The words behind a step that this reader is shown."""
        if entry.action == Action.SUBMIT.value and entry.reason:
            return self.texts.plain("timeline-split-of", number=entry.reason)
        return entry.reason if entry.action in _REASON_SHOWN else ""


#: Steps whose reason is for everybody's eyes: names of organisations and people's own words.
_REASON_SHOWN = frozenset(
    {
        Action.ACCEPT.value,
        Action.ASSIGN.value,
        Action.ASK.value,
        Action.COMPLETE.value,
        Action.DECLINE.value,
        Action.REQUEST_REOPEN.value,
        Action.REJECT_REOPEN.value,
    }
)
