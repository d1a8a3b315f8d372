"""What is made public each month: counts, rates, prices, donations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Donation:
    """What somebody gave, and for what, in words."""

    id: int
    community_id: str
    donor: str
    gift: str
    purpose: str
    by: int
    at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What an organisation takes for an item, in words; one standing price an organisation and item."""

    id: int
    community_id: str
    organisation_id: int
    item: str
    words: str
    by: int
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of a month `YYYY-MM` as it was published: its figures do not change any more."""

    month: str
    community_id: str
    figures: Mapping[str, Any]
    published_at: datetime
    published_by: int


class Disclosures(Protocol):
    """Donations, prices and public notices."""

    async def add_donation(self, donation: Donation) -> Donation:
        """Insert (the id given is ignored)."""

    async def donation(self, donation_id: int) -> Donation | None: ...

    async def withdraw_donation(self, donation_id: int, at: datetime) -> bool:
        """It was a mistake; False when it is withdrawn already."""

    async def donations(self, since: datetime, until: datetime) -> list[Donation]:
        """Those that stand, oldest first."""

    async def set_price(self, price: Price) -> Price:
        """In the place of the one that stood; the old one is kept as ended."""

    async def price(self, price_id: int) -> Price | None: ...

    async def end_price(self, price_id: int, at: datetime) -> bool:
        """It is not taken any more; False when it is ended already."""

    async def prices(self) -> list[Price]:
        """Those that stand, by organisation and item."""

    async def publish(self, notice: Notice) -> bool:
        """False when the month is published already."""

    async def notice(self, month: str) -> Notice | None: ...

    async def published(self, limit: int = 24) -> list[str]:
        """Months, newest first."""
