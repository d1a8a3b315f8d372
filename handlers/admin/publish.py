"""/publish, /donation and /price: what the monthly public notice is made of, and its publishing."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.catalogue import Item
from casework.entities import Organisation
from casework.errors import BadValue, NotFound, TooLate
from casework.judging.disclosure import Donation
from casework.promises.moments import local
from casework.use_cases.disclosure import (
    DraftNotice,
    EndPrice,
    ListDonations,
    ListPrices,
    ListUnpriced,
    PublishNotice,
    RecordDonation,
    SetPrice,
    WithdrawDonation,
    month_before,
)
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed
from handlers.admin.named import named
from handlers.admin.sheets.columns import same
from handlers.announce.telling import joined
from handlers.judging.notice import notice_text
from handlers.judging.words import month_of, month_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import NoticeCD
from handlers.kit.outgoing import Button
from handlers.kit.texts import Markup

_MOST = 60
_MOST_NAMES = 20


def _press(desk: Desk, word: str, action: str, number: int = 0, value: str = "", **args: object) -> Button:
    return button(desk.texts, word, NoticeCD(action=action, id=number, value=value), **args)


async def on_publish(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/publish [2026-10]`: the draft of the last month, or of the one named."""
    typed = (command.args or "").strip()
    await _draft(desk, typed or month_before(desk.context.now, desk.context.community))


async def on_draft(callback: CallbackQuery, pressed: NoticeCD, desk: Desk) -> None:
    """From the message of the first of a month."""
    await _draft(desk.aside(), month_of(pressed.value))


async def _draft(desk: Desk, month: str) -> None:
    community = desk.context.community
    try:
        figures, published = await desk.context.cases(DraftNotice)(desk.actor, month)
    except BadValue:
        await desk.say("judging-month-please", example=month_before(desk.context.now, community))
        return
    text = notice_text(desk.texts, community, month, figures)
    running = local(desk.context.now, community).strftime("%Y-%m") == month
    rows: list[list[Button]] = []
    if published is not None:
        foot = desk.texts("judging-is-published")
    elif running:
        foot = desk.texts("judging-is-running")
    else:
        value = month.replace("-", "")
        foot, rows = desk.texts("judging-is-draft"), [[_press(desk, "judging-publish", "publish", 0, value)]]
    unpriced = [] if published else await desk.context.cases(ListUnpriced)(desk.actor)
    if unpriced:
        names = "、".join(organisation.name for organisation in unpriced[:_MOST_NAMES])
        foot = joined(desk.texts("judging-unpriced", names=names), foot)
    await desk.show(joined(text, foot), rows)
    await later(desk, "notice_draft_picture", month=month)


async def on_sure(callback: CallbackQuery, pressed: NoticeCD, desk: Desk) -> None:
    """A question first: published figures stay."""
    month = month_of(pressed.value)
    try:
        await desk.context.cases(DraftNotice)(desk.actor, month)
    except BadValue:
        await _draft(desk.aside(), month)
        return
    rows = [
        [
            _press(desk, "judging-publish-yes", "publish_yes", 0, pressed.value),
            _press(desk, "cancel", "draft", 0, pressed.value),
        ]
    ]
    text = desk.texts("judging-sure-publish", month=month_words(desk.texts, month))
    await desk.aside().show(text, rows)


async def on_yes(callback: CallbackQuery, pressed: NoticeCD, desk: Desk) -> None:
    """Everybody may read it from now on."""
    month = month_of(pressed.value)
    try:
        await desk.context.cases(PublishNotice)(desk.actor, month)
    except (BadValue, TooLate):
        await _draft(desk.aside(), month)
        return
    await desk.toast("admin-done")
    read = _press(desk, "judging-read", "read", 0, pressed.value)
    await desk.show(desk.texts("judging-published", month=month_words(desk.texts, month)), [[read]])


async def on_donation(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/donation <who> <what> [what for]`; alone: this month's list."""
    donor, _, rest = (command.args or "").strip().partition(" ")
    gift, _, purpose = rest.strip().partition(" ")
    if not donor:
        await _donations(desk)
        return
    try:
        donation = await desk.context.cases(RecordDonation)(desk.actor, donor, gift, purpose)
    except BadValue:
        await desk.say("judging-donation-please")
        return
    rows = [[_drop_donation(desk, donation, "judging-undo-donation")]]
    await desk.say("judging-donation-kept", rows, entry=_donation_words(desk, donation))


def _drop_donation(desk: Desk, donation: Donation, word: str) -> Button:
    return _press(desk, word, "donation_drop", donation.id, donor=donation.donor, gift=donation.gift)


def _donation_words(desk: Desk, donation: Donation) -> str:
    purpose = donation.purpose or desk.texts.plain("judging-no-purpose")
    return desk.texts.plain("judging-donation", donor=donation.donor, gift=donation.gift, purpose=purpose)


async def _donations(desk: Desk) -> None:
    given = await desk.context.cases(ListDonations)(desk.actor)
    lines: list[str] = [desk.texts("judging-donations" if given else "judging-donations-none"), ""]
    lines += [desk.texts("judging-item", words=_donation_words(desk, donation)) for donation in given[:_MOST]]
    rows = [[_drop_donation(desk, donation, "judging-drop-donation")] for donation in given[:_MOST]]
    await desk.show(Markup("\n".join([*lines, "", desk.texts("judging-donation-please")])), rows)


async def on_donation_drop(callback: CallbackQuery, pressed: NoticeCD, desk: Desk) -> None:
    """It was a mistake."""
    donation = await desk.context.cases(WithdrawDonation)(desk.actor, pressed.id)
    await desk.toast("admin-done")
    await desk.show(desk.texts("judging-donation-dropped", entry=_donation_words(desk, donation)))


async def on_price(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/price <organisation> <item> <words>`; alone: what stands."""
    organisation, _, rest = (command.args or "").strip().partition(" ")
    item, _, words = rest.strip().partition(" ")
    if not organisation:
        await _prices(desk)
        return
    found = await named(desk, organisation)
    items = _items(desk, item)
    if len(found) != 1 or len(items) != 1 or not words.strip():
        await desk.say(_wrong_price(found, items))
        return
    try:
        price = await desk.context.cases(SetPrice)(desk.actor, found[0].id, items[0].code, words)
    except BadValue:
        await desk.say("judging-price-please")
        return
    entry = _price_words(desk, found[0], items[0].name, price.words)
    undo = _press(desk, "judging-undo-price", "price_drop", price.id)
    await desk.say("judging-price-kept", [[undo]], entry=entry)


def _items(desk: Desk, typed: str) -> list[Item]:
    """The item of exactly this name alone, else all whose names hold the words."""
    wanted = same(typed)
    every = [item for item in desk.context.community.catalogue if wanted and wanted in same(item.name)]
    return [item for item in every if same(item.name) == wanted] or every


def _wrong_price(found: list[Organisation], items: list[Item]) -> str:
    """What to say when it is not clear which organisation or item is meant."""
    if len(found) != 1:
        return "judging-price-which-organisation"
    return "judging-price-which-item" if len(items) != 1 else "judging-price-please"


def _price_words(desk: Desk, organisation: Organisation, item: str, words: str) -> str:
    return desk.texts.plain("judging-price", organisation=organisation.name, item=item, words=words)


async def _prices(desk: Desk) -> None:
    catalogue = desk.context.community.catalogue
    entries = [
        (price, _price_words(desk, organisation, catalogue.item(price.item).name, price.words))
        for price, organisation in await desk.context.cases(ListPrices)(desk.actor)
        if price.item in catalogue
    ][:_MOST]
    lines: list[str] = [desk.texts("judging-prices" if entries else "judging-prices-none"), ""]
    lines += [desk.texts("judging-item", words=words) for _, words in entries]
    rows = [
        [_press(desk, "judging-drop-price", "price_drop", price.id, entry=words)] for price, words in entries
    ]
    await desk.show(Markup("\n".join([*lines, "", desk.texts("judging-price-please")])), rows)


async def on_price_drop(callback: CallbackQuery, pressed: NoticeCD, desk: Desk) -> None:
    """It is not taken any more."""
    price = await desk.context.cases(EndPrice)(desk.actor, pressed.id)
    organisation = await desk.context.uow.organisations.get(price.organisation_id)
    if organisation is None:
        raise NotFound(what="organisation", id=price.organisation_id)
    name = desk.context.community.catalogue.item(price.item).name
    await desk.toast("admin-done")
    entry = _price_words(desk, organisation, name, price.words)
    await desk.show(desk.texts("judging-price-dropped", entry=entry))


def make_router() -> Router:
    """The notice and what workers enter for it."""
    router = Router(name="admin.publish")
    router.message.register(on_publish, Command("publish"))
    router.message.register(on_donation, Command("donation"))
    router.message.register(on_price, Command("price"))
    press = router.callback_query.register
    press(on_draft, Pressed(NoticeCD, "draft"))
    press(on_sure, Pressed(NoticeCD, "publish"))
    press(on_yes, Pressed(NoticeCD, "publish_yes"))
    press(on_donation_drop, Pressed(NoticeCD, "donation_drop"))
    press(on_price_drop, Pressed(NoticeCD, "price_drop"))
    return router
