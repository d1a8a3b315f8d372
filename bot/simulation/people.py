"""Made-up people: residents with a home each, organisations with a lead of some temper each, workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING

from casework.catalogue import Community, Item
from casework.entities import Address, Details, Organisation, Person
from casework.use_cases.filing import Draft

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

FIRST_RESIDENT, FIRST_LEAD, WORKERS = 100_001, 200_001, (300_001, 300_002)
#: What nobody could take for the item alone; neighbours' words for one thing resemble each other.
_BEGINNINGS = ("麻烦帮忙看看", "想问一下", "家里老人需要", "我们这边要", "请尽快安排")
_ENDINGS = ("", "，已经好几天了", "，谢谢", "，白天都在家", "，越快越好", "，邻居也在说")
_DANGERS = (("老人在家摔倒了起不来", ("120",)), ("厨房着火了", ("119", "120")), ("有人晕倒了", ("120",)))


class Temper(StrEnum):
    """How somebody mostly behaves."""

    PROMPT = "prompt"
    CHOOSY = "choosy"
    SLEEPY = "sleepy"
    LATE = "late"
    BOASTFUL = "boastful"


#: A lead's temper, and how many of ten have it.
LEADS = [Temper.PROMPT] * 5 + [Temper.CHOOSY] * 2 + [Temper.SLEEPY, Temper.LATE, Temper.BOASTFUL]


@dataclass(frozen=True, slots=True)
class Resident:
    """Who lives where. `talks` is the chance (0..1) that they answer what they are asked."""

    id: int
    home: Details
    talks: float


class Town:
    """The people of a community, all drawn by `lot`."""

    def __init__(self, community: Community, residents: int, lot: Random) -> None:
        self.community = community
        self.lot = lot
        self.residents = [self._resident(n) for n in range(residents)]
        self.by_id = {resident.id: resident for resident in self.residents}
        self.tempers: dict[int, Temper] = {}
        self.leads: dict[int, int] = {}
        self._items = list(community.catalogue)
        #: Some needs are everyday, others come once in a year.
        self._often = [lot.paretovariate(1.1) for _ in self._items]

    def _resident(self, n: int) -> Resident:
        lot = self.lot
        address = Address(
            lot.choice(self.community.compounds),
            str(lot.randint(1, 20)),
            str(lot.randint(1, 4)),
            f"{lot.randint(1, 18)}0{lot.randint(1, 4)}",
        )
        phone = f"139{n:08d}"
        return Resident(FIRST_RESIDENT + n, Details(address, phone), lot.choice((0.95, 0.9, 0.8, 0.6, 0.2)))

    def drafts(self, who: Resident) -> list[Draft]:
        """What somebody files at once: mostly one need, sometimes two."""
        many = 2 if self.lot.random() < 0.04 else 1
        return [self._draft(who, item) for item in self.lot.choices(self._items, weights=self._often, k=many)]

    def _draft(self, who: Resident, item: Item) -> Draft:
        lot = self.lot
        words = f"{lot.choice(_BEGINNINGS)}{item.name}{lot.choice(_ENDINGS)}"
        details = replace(who.home, time_expr="明天上午", recipient="自己")
        return Draft(item.code, words, words, details, confident=lot.random() < 0.92)

    def danger(self) -> tuple[str, tuple[str, ...]]:
        """Words of somebody in danger, and whom to ring."""
        return self.lot.choice(_DANGERS)

    async def settle(
        self, uow: UnitOfWork, organisations: Sequence[Organisation], count: int, now: datetime
    ) -> None:
        """Put everybody into an empty database; `count` organisations, each with its lead."""
        name = self.community.id
        for n, one in enumerate(_so_many(organisations, count)):
            kept = await uow.organisations.save(replace(one, community_id=name))
            lead = FIRST_LEAD + n
            await uow.people.save(Person(lead, name, f"负责人{n + 1}", lead, consented_at=now))
            await uow.organisations.add_lead(kept.id, lead, now)
            self.leads[kept.id] = lead
            self.tempers[kept.id] = self.lot.choice(LEADS)
        for n, resident in enumerate(self.residents):
            who = Person(resident.id, name, f"居民{n + 1}", resident.id, consented_at=now)
            await uow.people.save(who)
        for worker in WORKERS:
            await uow.people.save(Person(worker, name, f"社工{worker}", worker, consented_at=now))


def _so_many(organisations: Sequence[Organisation], count: int) -> Iterator[Organisation]:
    """As many as wanted: those of the profile, then others like them."""
    for n, one in zip(range(count), cycle(organisations), strict=False):
        again = n // len(organisations)
        yield one if not again else replace(one, name=f"{one.name}（第{again + 1}分队）", sample=True)
