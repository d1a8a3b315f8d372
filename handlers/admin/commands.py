"""The workers' commands, in the groups in which /help tells of them."""

from __future__ import annotations

#: group → commands; the texts are `admin-group-<group>` and `admin-command-<command>`.
COMMAND_GROUPS: dict[str, tuple[str, ...]] = {
    "daily": ("desk", "triage", "late", "find", "request", "callback"),
    "dispatch": (
        "assign",
        "pool",
        "team",
        "meeting",
        "backlog",
        "recategorise",
        "split",
        "merge",
        "unmerge",
        "joint",
        "why",
    ),
    "decide": ("confirm", "close", "decline", "problem", "mute", "unmute"),
    "organisations": ("orgs", "org", "invite", "import"),
    "reports": ("stats", "ledger", "export", "letters", "audit"),
    "judging": ("evaluate", "register", "checks", "publish", "donation", "price"),
    "reader": ("teach", "model"),
    "everybody": ("broadcast", "pause", "resume"),
}
ADMIN_COMMANDS: tuple[str, ...] = tuple(name for names in COMMAND_GROUPS.values() for name in names)
