"""Anybody does anything in any order on both databases, and the rules of a request hold after every step.

`LINYING_TEST_LONG=1` plays ten times as long.
"""

from __future__ import annotations

import asyncio
import itertools
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import URL

from casework.entities import Details
from casework.errors import CaseworkError
from casework.permissions import Actor
from casework.statuses import CLOSED
from casework.statuses import RequestStatus as S
from casework.use_cases.filing import FileEmergency, FileRequests
from casework.use_cases.organisations import PauseIntake, SetOrganisationActive
from storage.database import Database
from tests.casework.lifecycle.acts import Act, Try, all_acts, candidates, who_may
from tests.casework.lifecycle.house import ITEMS, RESIDENTS, WORKERS, Picture, draft, make_house
from tests.casework.lifecycle.judging import judge
from tests.conftest import fresh_database

_T = TypeVar("_T")
NUMBER = st.integers(0, 59)
ACTING = st.lists(st.tuples(st.integers(0, 999), NUMBER), min_size=2, max_size=8)
SPANS = [
    timedelta(minutes=3),
    timedelta(minutes=40),
    timedelta(hours=5),
    timedelta(days=1),
    timedelta(days=9),
]
LONG = 10 if os.environ.get("LINYING_TEST_LONG") else 1
MOST_REQUESTS = 6
ACTS = all_acts()
BY_NAME = {act.name: act for act in ACTS}
DONE = "done"


class LifecycleMachine(RuleBasedStateMachine):
    """What people can do stands in the tables `lifecycle/acts_*.py`; here is in which ways it is mixed."""

    runner: ClassVar[asyncio.Runner]
    db: ClassVar[Database]
    names: ClassVar[Iterator[int]] = itertools.count()
    outcomes: ClassVar[Counter[tuple[str, str]]]

    def run(self, work: Awaitable[_T]) -> _T:
        """Await something on the loop of all examples."""

        async def awaited() -> _T:
            return await work

        return self.runner.run(awaited())

    @initialize()
    def move_in(self) -> None:
        self.house = self.run(make_house(self.db, f"run{next(self.names)}"))
        self.picture = self.run(self.house.look())
        self.fired: dict[tuple[Any, ...], int] = {}
        self.run(self._file(RESIDENTS[0], ITEMS[0], confident=True))
        self._judge()

    @rule(n=NUMBER, item=st.sampled_from(ITEMS), confident=st.booleans())
    def file(self, n: int, item: str, confident: bool) -> None:
        if len(self.picture.requests) < MOST_REQUESTS:
            self.run(self._file(RESIDENTS[n % len(RESIDENTS)], item, confident=confident))
            self._judge()

    @rule(n=NUMBER)
    def cry_for_help(self, n: int) -> None:
        if len(self.picture.requests) < MOST_REQUESTS:
            call = (FileEmergency, RESIDENTS[n % len(RESIDENTS)], "aid_rescue", "着火了", "着火了")
            self.run(self.house.stage.act(*call, Details(phone="13912340000"), ("119",)))
            self._judge()

    @rule(span=st.sampled_from(SPANS), replicas=st.booleans())
    def wait(self, span: timedelta, replicas: bool) -> None:
        """The program stands still for so long; then what has come due is done, by one replica or two."""

        async def both() -> bool:
            return any(await asyncio.gather(self.house.stage.fire(), self.house.second.fire()))

        self.house.clock.move_to(self.house.now + span)
        self._fire(both if replicas else self.house.stage.fire, closely=replicas)

    @rule(n=NUMBER, active=st.booleans(), reason=st.sampled_from([None, "停水"]))
    def workers_switch(self, n: int, active: bool, reason: str | None) -> None:
        """An organisation, or the intake, off and on."""
        known = sorted(self.picture.loads)
        switch = self.house.stage.act
        if n % 4:
            which = known[n % len(known)]
            self.run(switch(SetOrganisationActive, WORKERS[0], which, active=active))
        else:
            self.run(switch(PauseIntake, WORKERS[0], reason))

    @rule(first=st.sampled_from(list(BY_NAME)), other=st.sampled_from(list(BY_NAME)), n=NUMBER)
    def two_at_once(self, first: str, other: str, n: int) -> None:
        """Two people do something with the same request at the same moment, on two replicas."""
        ids = candidates(BY_NAME[first], self.picture)
        request_id = ids[n % len(ids)]
        pair = ((BY_NAME[first], self.house.stage), (BY_NAME[other], self.house.second))

        async def both() -> list[Any]:
            tries = [self._try(act, request_id, n + i, stage) for i, (act, stage) in enumerate(pair)]
            return await asyncio.gather(*tries, return_exceptions=True)

        note(f"{first} and {other} at once: {self.picture.requests[request_id].number}")
        for outcome in self.run(both()):
            if isinstance(outcome, BaseException) and not isinstance(outcome, CaseworkError):
                raise outcome
        self._judge()

    @rule(acts=ACTING)
    def people_act(self, acts: list[tuple[int, int]]) -> None:
        """One after another, each does something that has sense as things stand."""
        self._people_act(acts)

    @rule(acts=ACTING, span=st.sampled_from(SPANS[:3]))
    def people_act_after_a_while(self, acts: list[tuple[int, int]], span: timedelta) -> None:
        """Nothing may be due after that yet, or much."""
        self.wait(span, False)
        self._people_act(acts)

    @rule(acts=ACTING, item=st.sampled_from(ITEMS))
    def people_act_on_something_new(self, acts: list[tuple[int, int]], item: str) -> None:
        """Each on what was filed last."""
        self.file(0, item, True)
        self._people_act([(k, len(self.picture.requests) - 1) for k, _ in acts])

    def _people_act(self, acts: list[tuple[int, int]]) -> None:
        for k, n in acts:
            ids = sorted(self.picture.requests)
            request = self.picture.requests[ids[n % len(ids)]]
            likely = [act for act in ACTS for _ in range(act.weight) if request.status in act.at] or ACTS
            self._act(likely[k % len(likely)], n, [request.id])

    @rule(act=st.sampled_from(list(BY_NAME)), n=NUMBER)
    def people_act_out_of_place(self, act: str, n: int) -> None:
        """An act on a request wherever it stands, as by an old button."""
        self._act(BY_NAME[act], n, sorted(self.picture.requests))

    @rule(act=st.sampled_from(list(BY_NAME)), n=NUMBER)
    def outsiders_act(self, act: str, n: int) -> None:
        """Who has nothing to do with a request must be refused."""
        if BY_NAME[act].outsiders_refused:
            self._act(BY_NAME[act], n, candidates(BY_NAME[act], self.picture), outsider=True)

    def _act(self, act: Act, n: int, ids: list[int], *, outsider: bool = False) -> None:
        request = self.picture.requests[ids[n % len(ids)]]
        who = self.house.outsider(self.picture, request, n) if outsider else None
        try:
            self.run(self._try(act, request.id, n, self.house.stage, who))
            outcome = DONE
        except CaseworkError as refused:
            outcome = refused.code
        self.outcomes[act.name, outcome] += 1
        note(f"{act.name} {request.number} by {who.person_id if who else act.who}: {outcome}")
        assert not (outsider and outcome == DONE), f"{act.name} was done by {who}"
        self._judge()

    async def _try(self, act: Act, request_id: int, n: int, stage: Any, who: Actor | None = None) -> None:
        request = self.picture.requests[request_id]
        actor = who or self.house.actor(who_may(act, request, self.picture, n))
        await act.run(Try(stage, actor, request, self.picture, n))

    async def _file(self, resident: int, item: str, *, confident: bool) -> None:
        self.house.filed += 1
        await self.house.stage.act(
            FileRequests, resident, [draft(resident, self.house.filed, item, confident=confident)]
        )

    def _fire(self, fire: Callable[[], Awaitable[bool]], *, closely: bool) -> None:
        for _ in range(500):
            if not self.run(fire()):
                break
            if closely:
                self._judge()
        else:
            raise AssertionError("timers set each other without end")
        self._judge()
        for stage in (self.house.stage, self.house.second):
            assert not stage.faults, stage.faults

    def _judge(self) -> None:
        before, self.picture = self.picture, self.run(self.house.look())
        judge(before, self.picture)
        self._fired_once(before, self.picture)

    def _fired_once(self, before: Picture, after: Picture) -> None:
        """The same timer does not go off again unless its request has moved meanwhile."""
        known = {t.id: t.fired_at for t in before.timers}
        for timer in after.timers:
            if timer.fired_at is None or known.get(timer.id) is not None:
                continue
            key = (timer.kind, timer.request_id, timer.offer_id, timer.step)
            steps = len(after.histories[timer.request_id])
            assert self.fired.get(key, -1) < steps, f"{timer.kind} went off twice"
            self.fired[key] = steps

    def teardown(self) -> None:
        """Left to itself for two months everything is closed, or with somebody who knows it."""
        if not hasattr(self, "house"):
            return
        for _ in range(6):
            self.house.clock.move_to(self.house.now + timedelta(days=10))
            self._fire(self.house.stage.fire, closely=False)
        self.settled(self.picture)

    def settled(self, picture: Picture) -> None:
        """An organisation that never answered has lost it by now."""
        left = [r for r in picture.requests.values() if r.status not in CLOSED]
        assert not [r.number for r in left if r.status is S.OFFERED and not r.urgent], "offered for ever"


def test_any_acts_in_any_order(server: URL | None, tmp_path: Path) -> None:
    bounds = settings(
        max_examples=(12 if server is None else 4) * LONG,
        stateful_step_count=25,
        deadline=None,
        derandomize=LONG == 1,
        suppress_health_check=list(HealthCheck),
        # Making a story shorter takes minutes: only where somebody waits for it.
        phases=[Phase.generate, *([Phase.shrink] if LONG > 1 else [])],
        report_multiple_bugs=False,
    )
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        async def open_it() -> Database:
            db = Database(await stack.enter_async_context(fresh_database(server, tmp_path)))
            await db.open()
            stack.push_async_callback(db.close)
            return db

        machine: type[LifecycleMachine] = type("Machine", (LifecycleMachine,), {})
        machine.runner, machine.db, machine.outcomes = runner, runner.run(open_it()), Counter()
        try:
            run_state_machine_as_test(machine, settings=bounds)
        finally:
            runner.run(stack.aclose())
    # What is never done cannot be judged.
    never = [act.name for act in ACTS if not machine.outcomes[act.name, DONE]]
    if LONG > 1 or server is None:
        assert len(never) <= len(ACTS) // (6 if LONG > 1 else 2), never
