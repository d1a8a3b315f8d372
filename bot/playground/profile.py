"""What the bot says about itself: name, descriptions, command lists by scope, menu buttons."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playground.errors import Json


@dataclass(slots=True)
class Profile:
    """The bot's own account. Texts are kept by language code ("" is for everybody)."""

    id: int
    username: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.names.get("") or "邻应"

    def as_user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def commands_in(self, chat_id: int, person_id: int, language: str) -> list[Json]:
        """The list that this person sees in this chat: the narrowest scope that has one."""
        scopes = [f"chat_member:{chat_id}:{person_id}", f"chat:{chat_id}"]
        scopes += ["all_private_chats" if chat_id > 0 else "all_group_chats", "default"]
        for scope in scopes:
            for code in (language.split("-")[0], ""):
                if found := self.commands.get(f"{scope}|{code}"):
                    return found
        return []


def scope_key(scope: Json | None, language: str | None) -> str:
    """One key for a BotCommandScope and a language."""
    scope = scope or {"type": "default"}
    parts = [scope["type"], *(str(scope[name]) for name in ("chat_id", "user_id") if name in scope)]
    return f"{':'.join(parts)}|{language or ''}"
