"""What leads, workers, experts and residents hear of the judgement of organisations."""

from __future__ import annotations

from casework.entities import Organisation
from casework.judging.evaluation import Result
from casework.judging.judgement_events import (
    DormantFound,
    ListingAnswered,
    ListingRemoved,
    ListingUpheld,
    NoticeReady,
    OrganisationListed,
    ResidentQuestioned,
    RoundClosed,
    RoundOpened,
    RoundStillOpen,
    SpotCheckRecorded,
    SpotChecksDrawn,
    StandingChanged,
)
from casework.judging.register import ListKind
from casework.use_cases.evaluation import ANSWERS
from handlers.announce.telling import Handlers, Telling, joined
from handlers.judging.words import grade_words, month_words, points_words, standing_words, verdict_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import AnswerCD, AppealCD, EvaluationCD, ListingCD, NoticeCD, ScoreCD
from handlers.kit.texts import Markup

#: Names that one message tells; the rest is a number.
_MOST_NAMES = 15


async def on_opened(tell: Telling, event: RoundOpened) -> None:
    """Experts are asked to score."""
    people = await tell.context.uow.people.many(event.experts)
    chats = [p.chat_id for p in people if p.chat_id is not None and p.reachable]
    text = tell.texts("judging-please-score", title=event.round.title)
    start = button(tell.texts, "judging-start", ScoreCD(action="list"))
    await tell.say(chats, text, [[start]], f"round/{event.round.id}/experts")


async def on_questioned(tell: Telling, event: ResidentQuestioned) -> None:
    """One short question, three buttons."""
    person = await tell.context.uow.people.get(event.person_id)
    if person is None or person.chat_id is None or not person.reachable:
        return
    text = tell.texts("judging-question", organisation=event.organisation.name)
    row = [
        button(
            tell.texts,
            f"judging-answer-{score}",
            AnswerCD(round=event.round.id, id=event.organisation.id, score=score),
        )
        for score in ANSWERS
    ]
    await tell.say([person.chat_id], text, [row], f"round/{event.round.id}/{event.organisation.id}/asked")


async def on_still_open(tell: Telling, event: RoundStillOpen) -> None:
    """Experts who have not finished, and the workers, who may close it."""
    people = await tell.context.uow.people.many(event.experts)
    chats = [p.chat_id for p in people if p.chat_id is not None and p.reachable]
    once, title = f"round/{event.round.id}/open/{event.days}", event.round.title
    start = button(tell.texts, "judging-start", ScoreCD(action="list"))
    await tell.say(chats, tell.texts("judging-still-to-score", title=title), [[start]], f"{once}/experts")
    text = tell.texts("judging-still-open", title=title, days=event.days, waiting=len(event.experts))
    show = button(tell.texts, "judging-evaluate", EvaluationCD(action="show"))
    await tell.admins(text, [[show]], once=once)


async def on_closed(tell: Telling, event: RoundClosed) -> None:
    """Each organisation of which anything was said hears its own result, the other workers that there are
    results."""
    for organisation, result in event.results:
        if not result.voices:
            continue
        once = f"round/{event.round.id}/{organisation.id}/result"
        await tell.organisation(organisation, _result(tell, event, organisation, result), once=once)
    text = tell.texts("judging-results-there", title=event.round.title, ranked=event.ranked)
    show = button(tell.texts, "judging-results", EvaluationCD(action="results", id=event.round.id))
    closer = next(iter(tell.context.acting), None)
    await tell.admins(text, [[show]], once=f"round/{event.round.id}/closed", skip=closer)


def _result(tell: Telling, event: RoundClosed, organisation: Organisation, result: Result) -> Markup:
    texts, title = tell.texts, event.round.title
    if result.total is None or result.grade is None:
        head = texts("judging-result-none", title=title, organisation=organisation.name)
    else:
        head = texts(
            "judging-result",
            title=title,
            organisation=organisation.name,
            total=f"{result.total:g}",
            rank=result.rank,
            of=event.ranked,
            grade=grade_words(texts, result.grade),
        )
    least = tell.context.community.policy.judging.yearly_services
    few = texts("judging-result-few", services=result.services, least=least) if result.few else None
    effect = f"judging-result-then-{result.grade}"
    then = texts(effect) if texts.has(effect) else None
    return joined(head, points_words(texts, result), few, then)


async def on_listed(tell: Telling, event: OrganisationListed) -> None:
    """Good news or a notice with the right to answer; who cannot be told here must be rung up."""
    listing, organisation = event.listing, event.organisation
    name = tell.texts.plain(f"judging-list-{listing.kind}")
    text = tell.texts(
        f"judging-listed-{listing.kind}",
        organisation=organisation.name,
        list=name,
        reason=listing.reason,
        until=tell.when(listing.answer_due),
    )
    answer = button(tell.texts, "judging-appeal", AppealCD(action="answer", id=listing.id))
    keyboard = None if listing.kind is ListKind.RED else [[answer]]
    once = f"listing/{listing.id}/listed"
    if not await tell.organisation(organisation, text, keyboard, once=once):
        await _call(tell, organisation, once)


async def _call(tell: Telling, organisation: Organisation, once: str) -> None:
    phone = organisation.phone or tell.texts.plain("announce-no-phone")
    text = tell.texts("judging-call", organisation=organisation.name, phone=phone)
    await tell.admins(text, once=f"{once}/call")


async def on_answered(tell: Telling, event: ListingAnswered) -> None:
    """The workers weigh it."""
    listing = event.listing
    text = tell.texts(
        "judging-answered",
        organisation=event.organisation.name,
        list=tell.texts.plain(f"judging-list-{listing.kind}"),
        reason=listing.reason,
        answer=listing.answer,
    )
    show = button(tell.texts, "judging-show-listing", ListingCD(action="show", id=listing.id))
    moment = listing.answered_at.isoformat() if listing.answered_at else ""
    await tell.admins(text, [[show]], once=f"listing/{listing.id}/answered/{moment}")


async def on_upheld(tell: Telling, event: ListingUpheld) -> None:
    """The entry stays."""
    name = tell.texts.plain(f"judging-list-{event.listing.kind}")
    text = tell.texts("judging-upheld", organisation=event.organisation.name, list=name)
    await tell.organisation(event.organisation, text, once=f"listing/{event.listing.id}/upheld")


async def on_removed(tell: Telling, event: ListingRemoved) -> None:
    """It is off the list."""
    name = tell.texts.plain(f"judging-list-{event.listing.kind}")
    why = event.listing.removed_why
    text = tell.texts("judging-removed", organisation=event.organisation.name, list=name, why=why)
    await tell.organisation(event.organisation, text, once=f"listing/{event.listing.id}/removed")


async def on_standing(tell: Telling, event: StandingChanged) -> None:
    """The organisation, and the workers once for all that changed this day."""
    organisation = event.organisation
    day = tell.context.now.date().isoformat()
    key = f"judging-standing-{organisation.standing}"
    text = tell.texts(key, organisation=organisation.name, cause=_cause(tell, event))
    await tell.organisation(organisation, text, once=f"standing/{organisation.id}/{day}")
    changes = [other for other in tell.events if isinstance(other, StandingChanged)]
    if event is not changes[0]:
        return
    lines: list[str] = [tell.texts("judging-standings-changed", count=len(changes))]
    for change in changes[:_MOST_NAMES]:
        named = {"name": change.organisation.name, "cause": _cause(tell, change)}
        standing = standing_words(tell.texts, change.organisation.standing)
        lines.append(tell.texts("judging-standings-line", standing=standing, **named))
    top = button(tell.texts, "judging-register", ListingCD(action="top"))
    await tell.admins(Markup("\n".join(lines)), [[top]], once=f"standings/{day}")


def _cause(tell: Telling, event: StandingChanged) -> str:
    return tell.texts.plain(f"judging-cause-{event.cause}")


async def on_dormant(tell: Telling, event: DormantFound) -> None:
    """Workers may ask what is the matter; nothing is done by itself."""
    names = "、".join(organisation.name for organisation in event.organisations[:_MOST_NAMES])
    days = tell.context.community.policy.judging.dormant_days
    text = tell.texts("judging-dormant", count=len(event.organisations), days=days, names=names)
    show = button(tell.texts, "judging-dormant", ListingCD(action="list", value="dormant"))
    await tell.admins(text, [[show]], once=f"dormant/{event.day}")


async def on_drawn(tell: Telling, event: SpotChecksDrawn) -> None:
    """Whom to look at this week."""
    names = "、".join(organisation.name for _, organisation in event.checks)
    text = joined(
        tell.texts("judging-drawn", names=names),
        tell.texts("judging-drawn-left", left=event.left) if event.left else None,
    )
    rows = [
        [button(tell.texts, "judging-check", ListingCD(action="check", id=check.id), name=organisation.name)]
        for check, organisation in event.checks
    ]
    await tell.admins(text, rows, once=f"checks/{event.week}")


async def on_checked(tell: Telling, event: SpotCheckRecorded) -> None:
    """The organisation hears what was found."""
    check = event.check
    if check.verdict is None:
        return
    text = joined(
        tell.texts(
            "judging-checked",
            organisation=event.organisation.name,
            verdict=verdict_words(tell.texts, check.verdict),
        ),
        tell.texts("judging-checked-words", words=check.words) if check.words else None,
    )
    await tell.organisation(event.organisation, text, once=f"check/{check.id}")


async def on_notice(tell: Telling, event: NoticeReady) -> None:
    """A month can be published."""
    text = tell.texts("judging-notice-ready", month=month_words(tell.texts, event.month))
    draft = NoticeCD(action="draft", value=event.month.replace("-", ""))
    await tell.admins(text, [[button(tell.texts, "judging-draft", draft)]], once=f"notice/{event.month}")


HANDLERS: Handlers = {
    RoundOpened: on_opened,
    ResidentQuestioned: on_questioned,
    RoundStillOpen: on_still_open,
    RoundClosed: on_closed,
    OrganisationListed: on_listed,
    ListingAnswered: on_answered,
    ListingUpheld: on_upheld,
    ListingRemoved: on_removed,
    StandingChanged: on_standing,
    DormantFound: on_dormant,
    SpotChecksDrawn: on_drawn,
    SpotCheckRecorded: on_checked,
    NoticeReady: on_notice,
}
