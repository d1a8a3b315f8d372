"""The command lists people see in the messenger's menu: residents', leads', workers'."""

from __future__ import annotations

import logging
from typing import Any

from bot.messenger import Messenger, MessengerError, Unanswered
from casework.permissions import Actor, Role
from handlers.admin.commands import ADMIN_COMMANDS
from handlers.kit.context import Context
from handlers.kit.memory import Memory
from handlers.kit.texts import Texts

log = logging.getLogger(__name__)

RESIDENT = ("menu", "my", "notice", "human", "help", "privacy")
LEAD = ("tasks", "rectify", "letters")
EXPERT = ("score",)
#: Where a chat remembers which list it was given.
_KEY = "commands"


def listed(texts: Texts, names: tuple[str, ...], prefix: str = "command") -> list[dict[str, str]]:
    """Commands as the Bot API takes them; each description is the text `<prefix>-<name>`."""
    return [{"command": name, "description": texts.plain(f"{prefix}-{name}")} for name in names]


def list_for(texts: Texts, actor: Actor) -> list[dict[str, str]]:
    """A person's own list; what they are most comes first."""
    own: list[dict[str, str]] = []
    if actor.is_admin():
        own += listed(texts, ADMIN_COMMANDS, "admin-command")
    if Role.LEAD in actor.roles:
        own += listed(texts, LEAD)
    if Role.EXPERT in actor.roles:
        own += listed(texts, EXPERT)
    return own + listed(texts, RESIDENT)


async def introduce(messenger: Messenger, texts: Texts) -> None:
    """Tell the messenger the list for everybody. A refusal only leaves the old one."""
    calls: list[tuple[str, dict[str, Any]]] = [
        ("SetMyCommands", {"commands": listed(texts, RESIDENT), "scope": {"type": "all_private_chats"}}),
        ("SetChatMenuButton", {"menu_button": {"type": "commands"}}),
    ]
    for method, payload in calls:
        try:
            await messenger.call(method, payload)
        except (MessengerError, Unanswered) as error:
            log.warning("%s was not taken: %s", method, error)


async def keep_current(context: Context, memory: Memory, actor: Actor, chat_id: int) -> None:
    """Give a private chat its own list when the person's roles have changed."""
    role = "+".join(sorted(role.value for role in actor.roles - {Role.RESIDENT}))
    document = await memory.of(chat_id)
    if document.get(_KEY, "") == role:
        return
    document[_KEY] = role
    scope = {"type": "chat", "chat_id": chat_id}
    payload = {"commands": list_for(context.texts, actor), "scope": scope}
    await context.uow.outbox.add(chat_id, "SetMyCommands", payload)
