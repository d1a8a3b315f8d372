"""The control API for scripts and the page: people, clock, faults, logs, reset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.playground.acts import Acts
from bot.playground.errors import ControlError, Json
from bot.playground.people import ROLES, Group, Person
from bot.playground.web_json import act, look, person_of, whole
from bot.playground.world import World

GROUP_IDS_BELOW = -1001000000000


class Control:
    """Routes under `/control/`; bodies and answers are JSON."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._acts = Acts(world)

    def routes(self) -> list[web.RouteDef]:
        world = self._world
        looks: dict[str, Callable[[web.Request], Any]] = {
            "clock": lambda request: self._clock(),
            "faults": lambda request: [asdict(one) for one in world.faults.waiting],
            "faults/done": lambda request: dict(world.faults.done),
            "disorder": lambda request: world.disorder.shown(),
            "limits": lambda request: {"enabled": world.limits.enabled},
            "calls": lambda request: list(world.calls),
            "updates": lambda request: [one.shown() for one in world.queue.history],
            "commands": self._commands,
        }
        acts: dict[str, Callable[[Json], Any]] = {
            "clock": self._set_clock,
            "faults": lambda wish: asdict(world.faults.order(wish)),
            "faults/clear": self._clear_faults,
            "disorder": lambda wish: world.disorder.order(wish),
            "limits": self._set_limits,
            "persons": self._add_person,
            "groups": self._add_group,
            "reset": self._reset,
        }
        routes = [web.get(f"/control/{name}", look(answer)) for name, answer in looks.items()]
        routes += [web.post(f"/control/{name}", act(do)) for name, do in acts.items()]
        return routes

    def _clock(self) -> Json:
        return {"offset": self._world.clock.offset, "now": self._world.clock.now()}

    def _set_clock(self, wish: Json) -> Json:
        added = whole(wish, "add", 0)
        self._world.set_clock(whole(wish, "offset", self._world.clock.offset) + added)
        return self._clock()

    def _clear_faults(self, wish: Json) -> Json:
        self._world.faults.clear()
        return {}

    def _set_limits(self, wish: Json) -> Json:
        self._world.limits.enabled = bool(wish.get("enabled"))
        return {"enabled": self._world.limits.enabled}

    def _add_person(self, wish: Json) -> Json:
        role = str(wish.get("role", "resident"))
        if role not in ROLES:
            raise ControlError(f"role must be one of {', '.join(ROLES)}")
        base = (ROLES.index(role) + 1) * 1000 + 1
        free = next(one for one in range(base, base + 10**6) if one not in self._world.persons)
        person_id = whole(wish, "id", free)
        if person_id in self._world.persons or person_id <= 0:
            raise ControlError("this id is taken or not positive")
        name = str(wish.get("name") or "").strip()[:64]
        if not name:
            raise ControlError("a person needs a name")
        phone = str(wish.get("phone") or f"139{person_id % 10**8:08d}")
        person = Person(
            person_id,
            name,
            role,
            phone,
            username=wish.get("username"),
            language=str(wish.get("language", "zh-hans")),
            started=bool(wish.get("started", True)),
        )
        self._world.persons[person_id] = person
        self._world.tell_people()
        return asdict(person)

    def _add_group(self, wish: Json) -> Json:
        members = [person_of(self._world, one).id for one in wish.get("members", [])]
        title = str(wish.get("title") or "").strip()[:128]
        if not title or not members:
            raise ControlError("a group needs a title and members")
        group_id = whole(wish, "id", min(self._world.groups, default=GROUP_IDS_BELOW) - 1)
        if group_id in self._world.groups or group_id >= 0:
            raise ControlError("this id is taken or not negative")
        group = Group(group_id, title, members, sees_all=bool(wish.get("sees_all")))
        self._world.groups[group_id] = group
        self._world.tell_people()
        first = self._world.persons[members[0]]
        status = "administrator" if group.sees_all else "member"
        update = self._acts.membership(group, first, ("left", "member"))
        return asdict(group) | {"status": status, "update_id": update}

    def _reset(self, wish: Json) -> Json:
        self._world.reset()
        return {}

    def _commands(self, request: web.Request) -> list[Json]:
        person = person_of(self._world, request.query.get("person"))
        chat = whole(request.query, "chat", person.id)
        return self._world.profile.commands_in(chat, person.id, person.language)
