"""What the bot is and where: its account, texts, commands, menu buttons, chats and members."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.calls import Call, number_of
from bot.playground.errors import Json, bad_request
from bot.playground.people import Group
from bot.playground.profile import scope_key
from bot.playground.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(world: World, call: Call) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.profile.as_user() | abilities


def set_my_commands(world: World, call: Call) -> bool:
    commands: list[Json] = call.params["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not _COMMAND.fullmatch(str(one.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(one.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile.commands[_scope(world, call)] = commands
    world.feed.publish("profile")
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    return world.profile.commands.get(_scope(world, call), [])


def delete_my_commands(world: World, call: Call) -> bool:
    world.profile.commands.pop(_scope(world, call), None)
    world.feed.publish("profile")
    return True


def _scope(world: World, call: Call) -> str:
    scope = call.get("scope")
    if scope and "chat_id" in scope:
        world.holder(number_of(scope["chat_id"], "chat_id"))
    return scope_key(scope, call.get("language_code"))


def set_chat_menu_button(world: World, call: Call) -> bool:
    chat = str(call.get("chat_id", ""))
    world.profile.menu_buttons[chat] = call.get("menu_button") or {"type": "default"}
    world.feed.publish("profile")
    return True


def get_chat_menu_button(world: World, call: Call) -> Json:
    buttons = world.profile.menu_buttons
    return buttons.get(str(call.get("chat_id", ""))) or buttons.get("") or {"type": "commands"}


def _texts(world: World, kind: str) -> dict[str, str]:
    texts: dict[str, str] = getattr(world.profile, kind)
    return texts


def _setter(kind: str, parameter: str, most: int) -> Any:
    def set_text(world: World, call: Call) -> bool:
        text = str(call.get(parameter, ""))
        if len(text) > most:
            raise bad_request(f"bot {parameter.replace('_', ' ')} is too long")
        _texts(world, kind)[str(call.get("language_code", ""))] = text
        world.feed.publish("profile")
        return True

    return set_text


def _getter(kind: str, parameter: str) -> Any:
    def get_text(world: World, call: Call) -> Json:
        texts = _texts(world, kind)
        found = texts.get(str(call.get("language_code", ""))) or texts.get("")
        fallback = world.profile.name if kind == "names" else ""
        return {parameter: found or fallback}

    return get_text


def get_chat(world: World, call: Call) -> Json:
    chat = world.holder(call.chat_id).as_chat()
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def _group(world: World, call: Call) -> Group | None:
    holder = world.reachable(call.chat_id)
    return holder if isinstance(holder, Group) else None


def get_chat_member(world: World, call: Call) -> Json:
    group, user_id = _group(world, call), call.number("user_id")
    if user_id == world.profile.id:
        return {"status": "member", "user": world.profile.as_user()}
    person = world.persons.get(user_id)
    inside = person is not None and (user_id in group.members if group else user_id == call.chat_id)
    if person is None:
        raise bad_request("member not found")
    return {"status": "member" if inside else "left", "user": person.as_user()}


def get_chat_member_count(world: World, call: Call) -> int:
    group = _group(world, call)
    return len(group.members) + 1 if group else 2


def leave_chat(world: World, call: Call) -> bool:
    group = _group(world, call)
    if group is None:
        raise bad_request("chat member status can't be changed in private chats")
    group.blocked = True
    world.tell_people()
    return True


METHODS: dict[str, Any] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyName": _setter("names", "name", 64),
    "getMyName": _getter("names", "name"),
    "setMyDescription": _setter("descriptions", "description", 512),
    "getMyDescription": _getter("descriptions", "description"),
    "setMyShortDescription": _setter("short_descriptions", "short_description", 120),
    "getMyShortDescription": _getter("short_descriptions", "short_description"),
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
