"""/callback: whom to ring up, what to ask, and buttons for what was said."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.books.calls import Call, CallOutcome
from casework.use_cases.calls import (
    LONGEST_WORDS,
    CallView,
    HearSolved,
    HearUnsolved,
    ListCalls,
    MissCall,
    NoteCall,
    RateByCall,
    SeeCall,
)
from handlers.admin.desk import Desk, Pressed, heard
from handlers.kit.buttons import button
from handlers.kit.callbacks import CallCD
from handlers.kit.cards import Cards
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_SHOWN = 10


class Ringing(StatesGroup):
    """What a worker's next words are: what is not solved, or a remark."""

    unsolved = State()
    note = State()


def _press(desk: Desk, word: str, action: str, call_id: int, value: str = "", **args: object) -> Button:
    return button(desk.texts, word, CallCD(action=action, id=call_id, value=value), **args)


def _onward(desk: Desk) -> list[Button]:
    return [_press(desk, "call-next", "list", 0)]


async def on_command(message: Message, desk: Desk) -> None:
    """`/callback`"""
    await _list(desk)


async def on_list(callback: CallbackQuery, desk: Desk) -> None:
    """From the desk, a morning's word, or the last call."""
    await _list(desk.aside())


async def _list(desk: Desk) -> None:
    due, counts = await desk.context.cases(ListCalls)(desk.actor)
    if not due:
        key = "call-nothing-now" if counts.later else "call-nothing"
        await desk.show(desk.texts(key, later=counts.later))
        return
    cards = Cards(desk.texts, desk.context.community, "admin")
    lines = [desk.texts("call-head", now=counts.now), desk.texts("call-legend")]
    rows = []
    for call, request in due[:_SHOWN]:
        organisation = await desk.context.uow.organisations.get(request.organisation_id or 0)
        item = desk.context.community.catalogue.item(request.item).name
        tries = desk.texts.plain("call-tries", tries=call.tries) if call.tries else ""
        lines.append(
            desk.texts(
                "call-line",
                reason=desk.texts.plain(f"call-mark-{call.reason}"),
                number=request.number,
                item=item,
                organisation=organisation.name if organisation else desk.texts.plain("call-by-worker"),
                when=cards.when(request.done_at or request.updated_at, desk.context.now),
                tries=tries,
            )
        )
        rows.append([_press(desk, "call-open", "show", call.id, number=request.number[-4:], item=item)])
    await desk.show(Markup("\n".join(lines)), rows)


async def on_show(callback: CallbackQuery, pressed: CallCD, desk: Desk) -> None:
    """Everything whoever rings up has to know, and what to ask."""
    await _card(desk.aside(), pressed.id)


async def _card(desk: Desk, call_id: int) -> None:
    view = await desk.context.cases(SeeCall)(desk.actor, call_id)
    call = view.call
    if call.outcome is not None:
        await desk.show(_decided(desk, call), [_onward(desk)])
        return
    rows: Keyboard = [
        [_press(desk, f"call-{word}", word, call.id) for word in ("solved", "unsolved")],
        [_press(desk, "call-missed", "missed", call.id), *_onward(desk)],
    ]
    await desk.show(_words(desk, view), rows)


def _decided(desk: Desk, call: Call) -> Markup:
    return desk.texts("call-decided", outcome=desk.texts.plain(f"call-outcome-{call.outcome}"))


def _words(desk: Desk, view: CallView) -> Markup:
    texts, request, call = desk.texts, view.request, view.call
    cards = Cards(texts, desk.context.community, "admin")
    item = desk.context.community.catalogue.item(request.item).name
    organisation = view.organisation.name if view.organisation else texts.plain("call-by-worker")
    said = view.report.words if view.report else ""
    address = cards.address(request.details.address)
    done_at = request.done_at or request.updated_at
    blocked = view.resident is not None and not view.resident.reachable
    lines: list[str] = [
        texts("call-card-head", number=request.number, item=item),
        texts("call-why-blocked" if blocked else f"call-why-{call.reason}"),
        texts(
            "call-who",
            name=(view.resident.name if view.resident else "") or texts.plain("role-resident"),
            phone=request.details.phone or texts.plain("call-no-phone"),
        ),
    ]
    lines += [texts("call-where", address=address)] if address else []
    lines.append(texts("card-wiped") if request.wiped_at else texts("call-words", words=request.description))
    lines.append(
        texts(
            "call-done",
            organisation=organisation,
            when=cards.when(done_at, desk.context.now),
            report=texts.plain("call-report", words=said) if said else "",
        )
    )
    lines += [texts("call-tried", tries=call.tries)] if call.tries else []
    community = desk.context.community.name
    script = texts("call-script", community=community, item=item, organisation=organisation)
    return Markup("\n".join([*lines, "", script]))


async def _waits(desk: Desk, call_id: int) -> bool:
    """Whether nobody has decided yet; else it is said how it ended."""
    call = (await desk.context.cases(SeeCall)(desk.actor, call_id)).call
    if call.outcome is None:
        return True
    await desk.toast("admin-moved-on")
    await desk.show(_decided(desk, call), [_onward(desk)])
    return False


async def on_solved(callback: CallbackQuery, pressed: CallCD, desk: Desk) -> None:
    """解决了: counted at once, then the stars."""
    if not await _waits(desk, pressed.id):
        return
    await desk.context.cases(HearSolved)(desk.actor, pressed.id)
    stars = [_press(desk, "call-stars", "stars", pressed.id, str(n), stars=n) for n in range(1, 6)]
    none = _press(desk, "call-no-stars", "stars", pressed.id)
    await desk.show(desk.texts("call-heard-solved"), [stars, [none]])


async def on_stars(callback: CallbackQuery, pressed: CallCD, desk: Desk) -> None:
    """How content they are; then remarks."""
    rows = [[_press(desk, "call-note", "note", pressed.id)], _onward(desk)]
    call = (await desk.context.cases(SeeCall)(desk.actor, pressed.id)).call
    if pressed.value not in ("1", "2", "3", "4", "5") or call.outcome is not CallOutcome.SOLVED:
        await desk.show(desk.texts("call-heard-note"), rows)
        return
    stars = int(pressed.value)
    rating = await desk.context.cases(RateByCall)(desk.actor, pressed.id, stars)
    key = "call-heard-stars" if rating.stars == stars else "call-own-stars"
    await desk.show(desk.texts(key, stars=rating.stars), rows)


async def on_note(callback: CallbackQuery, pressed: CallCD, desk: Desk) -> None:
    """The next words are a remark."""
    await desk.context.cases(SeeCall)(desk.actor, pressed.id)
    await desk.wait_for(Ringing.note, call=pressed.id)
    await desk.aside().say("call-ask-note")


async def on_note_words(message: Message, desk: Desk) -> None:
    """What else was said."""
    got = await heard(desk, message, Ringing.note)
    if got is None:
        return
    words, data = got
    if len(words) > LONGEST_WORDS:
        await desk.wait_for(Ringing.note, call=data["call"])
        await desk.say("call-words-too-long", limit=LONGEST_WORDS)
        return
    await desk.context.cases(NoteCall)(desk.actor, data["call"], words)
    await desk.say("call-heard-note", [_onward(desk)])


async def on_unsolved(callback: CallbackQuery, pressed: CallCD, desk: Desk) -> None:
    """没解决: what the resident said, and who does it anew."""
    if not await _waits(desk, pressed.id):
        return
    await desk.wait_for(Ringing.unsolved, call=pressed.id, words="")
    await desk.show(desk.texts("call-ask-unsolved"), _who(desk, pressed.id))


def _who(desk: Desk, call_id: int) -> Keyboard:
    return [[_press(desk, "call-other", "other", call_id), _press(desk, "call-same", "same", call_id)]]


async def on_unsolved_words(message: Message, desk: Desk) -> None:
    """What the resident said, shown with the buttons that are still to be pressed."""
    got = await heard(desk, message, Ringing.unsolved)
    if got is None:
        return
    words, data = got
    words = words[:LONGEST_WORDS]
    await desk.wait_for(Ringing.unsolved, call=data["call"], words=words)
    await desk.show(desk.texts("call-unsolved-words", words=words), _who(desk, data["call"]))


async def on_again(callback: CallbackQuery, pressed: CallCD, desk: Desk) -> None:
    """换一家再办 or 请原来的再去."""
    if not await _waits(desk, pressed.id):
        return
    data = await desk.waited_for(Ringing.unsolved) or {}
    words = str(data.get("words", "")) if data.get("call") == pressed.id else ""
    hear, same = desk.context.cases(HearUnsolved), pressed.action == "same"
    request = await hear(desk.actor, pressed.id, words, same=same)
    await desk.show(desk.texts("call-heard-unsolved", number=request.number), [_onward(desk)])


async def on_missed(callback: CallbackQuery, pressed: CallCD, desk: Desk) -> None:
    """没打通: again tomorrow, or never."""
    if not await _waits(desk, pressed.id):
        return
    call = await desk.context.cases(MissCall)(desk.actor, pressed.id)
    key = "call-missed-last" if call.outcome else "call-missed-again"
    await desk.show(desk.texts(key, tries=call.tries), [_onward(desk)])


def make_router() -> Router:
    """The telephone."""
    router = Router(name="admin.calling")
    router.message.register(on_command, Command("callback"))
    router.message.register(on_note_words, StateFilter(Ringing.note))
    router.message.register(on_unsolved_words, StateFilter(Ringing.unsolved))
    for action, handler in (
        ("list", on_list),
        ("show", on_show),
        ("solved", on_solved),
        ("stars", on_stars),
        ("note", on_note),
        ("unsolved", on_unsolved),
        ("missed", on_missed),
    ):
        router.callback_query.register(handler, Pressed(CallCD, action))
    router.callback_query.register(on_again, Pressed(CallCD, "other", "same"))
    return router
