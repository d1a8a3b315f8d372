"""/desk, /help, /pause and /resume; and what a worker's command hears in a group."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject, invert_f
from aiogram.types import CallbackQuery, Message

from casework.use_cases.organisations import PauseIntake
from casework.use_cases.reading import ListLate, ListTriage
from handlers.admin.commands import ADMIN_COMMANDS, COMMAND_GROUPS
from handlers.admin.desk import Desk, Pressed, Step
from handlers.kit.audience import IsPrivate
from handlers.kit.buttons import button
from handlers.kit.callbacks import (
    CallCD,
    DeskCD,
    EvaluationCD,
    GivingCD,
    JointCD,
    LedgerCD,
    MeetingCD,
    ModelCD,
    OrganisationCD,
    PageCD,
    TeachCD,
)
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_LONGEST_REASON = 200


async def on_elsewhere(message: Message, desk: Desk) -> None:
    """Names, phones and doors are not for a group."""
    await desk.say("admin-only-private")


async def on_desk(message: Message, desk: Desk) -> None:
    """Everything at a glance, one tap away."""
    text, keyboard = await overview(desk)
    await desk.show(text, keyboard)


async def overview(desk: Desk) -> tuple[Markup, Keyboard]:
    """What waits, and the way to everything."""
    waiting = await desk.context.cases(ListTriage)(desk.actor)
    late = await desk.context.cases(ListLate)(desk.actor)
    paused = await desk.context.uow.community.intake_paused()
    text = desk.texts(
        "admin-desk",
        community=desk.context.community.short_name,
        emergencies=len(waiting.emergencies),
        waiting=len(waiting.waiting),
        reopen=len(waiting.reopen),
        late=len(late),
        dead=len(await desk.context.uow.inbox.dead()),
    )
    calls = await desk.context.uow.calls.counts(desk.context.now)
    if calls.now:
        text = Markup(f"{text}\n{desk.texts('day-calls', count=calls.now)}")
    if paused is not None:
        text = Markup(f"{text}\n{desk.texts('admin-desk-paused', reason=paused)}")
    return text, _keyboard(desk, paused is not None)


def _keyboard(desk: Desk, paused: bool) -> Keyboard:
    def press(action: str) -> Button:
        return button(desk.texts, f"admin-{action}", DeskCD(action=action))

    page = button(desk.texts, "admin-triage", PageCD(list="triage", page=0))
    late = button(desk.texts, "admin-late", PageCD(list="late", page=0))
    orgs = button(desk.texts, "admin-orgs", OrganisationCD(action="list"))
    return [
        [page, late],
        [press("find"), orgs],
        [press("stats"), press("export")],
        [press("template"), press("broadcast")],
        [
            button(desk.texts, "teach-list", TeachCD(action="next")),
            button(desk.texts, "model-show", ModelCD(action="show")),
        ],
        [
            button(desk.texts, "call-list", CallCD(action="list")),
            button(desk.texts, "ledger-open", LedgerCD(action="show", book="n")),
        ],
        [
            button(desk.texts, "desk-meeting", MeetingCD(action="desk")),
            button(desk.texts, "desk-backlog", GivingCD(action="backlog")),
        ],
        [
            button(desk.texts, "desk-joint", JointCD(action="list")),
            button(desk.texts, "judging-evaluate", EvaluationCD(action="show")),
        ],
        [press("resume" if paused else "pause"), press("help")],
    ]


def help_text(desk: Desk) -> Markup:
    """The commands in their groups."""
    lines: list[str] = [desk.texts("admin-help-head")]
    for group, commands in COMMAND_GROUPS.items():
        lines += ["", desk.texts(f"admin-group-{group}")]
        lines += [
            desk.texts("admin-help-line", name=c, what=desk.texts(f"admin-command-{c}")) for c in commands
        ]
    return Markup("\n".join([*lines, "", desk.texts("admin-help-foot")]))


async def on_help(event: Message, desk: Desk) -> None:
    """What a worker can do."""
    await desk.show(help_text(desk))


async def on_help_button(callback: CallbackQuery, desk: Desk) -> None:
    """The same as a new message, so that the desk stays."""
    await desk.aside().show(help_text(desk))


async def on_pause(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/pause [reason]`: new requests wait."""
    await _pause(desk, (command.args or "").strip())


async def on_pause_button(callback: CallbackQuery, desk: Desk) -> None:
    """Without a reason of one's own."""
    await _pause(desk.aside(), "")


async def _pause(desk: Desk, reason: str) -> None:
    if len(reason) > _LONGEST_REASON:
        await desk.say("admin-pause-too-long", limit=_LONGEST_REASON)
        return
    reason = reason or desk.texts.plain("admin-pause-reason")
    await desk.wait_for(Step.sure_pause, reason=reason)
    yes = button(desk.texts, "admin-yes", DeskCD(action="pause_yes"))
    no = button(desk.texts, "cancel", DeskCD(action="keep"))
    await desk.say("sure-pause", [[yes, no]], reason=reason)


async def on_pause_yes(callback: CallbackQuery, desk: Desk) -> None:
    """确定, for the reason that was shown last."""
    data = await desk.waited_for(Step.sure_pause)
    if data is None:
        await desk.toast("sure-expired-toast")
        await desk.show(desk.texts("sure-expired"))
        return
    await desk.context.cases(PauseIntake)(desk.actor, data["reason"])
    back = button(desk.texts, "admin-resume", DeskCD(action="resume"))
    await desk.show(desk.texts("admin-paused", reason=data["reason"]), [[back]])


async def on_keep(callback: CallbackQuery, desk: Desk) -> None:
    """取消, below any question: nothing happens."""
    await desk.state.clear()
    await desk.show(desk.texts("sure-kept"))


async def on_resume(event: Message | CallbackQuery, desk: Desk) -> None:
    """Open again; what came meanwhile waits in triage."""
    if await desk.context.uow.community.intake_paused() is None:
        await desk.aside().say("admin-not-paused")
        return
    await desk.context.cases(PauseIntake)(desk.actor, None)
    page = button(desk.texts, "admin-triage", PageCD(list="triage", page=0))
    await desk.say("admin-resumed", [[page]])


def make_elsewhere() -> Router:
    """For commands that were given in a group."""
    router = Router(name="admin.elsewhere")
    router.message.register(on_elsewhere, invert_f(IsPrivate()), Command(*ADMIN_COMMANDS))
    return router


def make_router() -> Router:
    """The desk."""
    router = Router(name="admin.menu")
    router.message.register(on_desk, Command("desk"))
    router.message.register(on_help, Command("help"))
    router.message.register(on_pause, Command("pause"))
    router.message.register(on_resume, Command("resume"))
    router.callback_query.register(on_help_button, Pressed(DeskCD, "help"))
    router.callback_query.register(on_pause_button, Pressed(DeskCD, "pause"))
    router.callback_query.register(on_pause_yes, Pressed(DeskCD, "pause_yes"))
    router.callback_query.register(on_keep, Pressed(DeskCD, "keep"))
    router.callback_query.register(on_resume, Pressed(DeskCD, "resume"))
    return router
