"""The tables of the judgement of organisations: rounds, the register, spot checks, disclosure."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.schema import community, metadata, partial_index, reference, row_id
from storage.tables import offers
from storage.types import UTC, Id, JsonText, Sealed, Words

experts = Table(
    "experts",
    metadata,
    community(),
    Column("person_id", BigInteger, nullable=False),
    Column("name", Sealed("experts.name"), nullable=False),
    Column("since", UTC, nullable=False),
    PrimaryKeyConstraint("community_id", "person_id"),
)

expert_invites = Table(
    "expert_invites",
    metadata,
    Column("token_hash", Text, primary_key=True),
    community(),
    Column("name", Sealed("expert_invites.name"), nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("expires_at", UTC, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", UTC),
)

rounds = Table(
    "evaluation_rounds",
    metadata,
    row_id(),
    community(),
    Column("title", Words, nullable=False),
    Column("since", UTC, nullable=False),
    Column("opened_at", UTC, nullable=False),
    Column("opened_by", BigInteger, nullable=False),
    Column("closed_at", UTC),
    Index("ix_evaluation_rounds_closed", "community_id", "closed_at"),
)
round_open = rounds.c.closed_at.is_(None)
partial_index("uq_evaluation_rounds_open", rounds.c.community_id, where=round_open, unique=True)

forms = Table(
    "evaluation_forms",
    metadata,
    community(),
    reference("round_id", "evaluation_rounds.id"),
    reference("organisation_id", "organisations.id"),
    Column("party", Text, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("scores", JsonText, nullable=False),
    Column("at", UTC, nullable=False),
    PrimaryKeyConstraint("round_id", "organisation_id", "party", "person_id"),
)

results = Table(
    "evaluation_results",
    metadata,
    community(),
    reference("round_id", "evaluation_rounds.id"),
    reference("organisation_id", "organisations.id"),
    Column("points", JsonText, nullable=False),
    Column("voices", JsonText, nullable=False),
    Column("total", Float),
    Column("rank", Integer),
    Column("grade", Text),
    Column("services", Integer, nullable=False),
    Column("few", Boolean, nullable=False),
    PrimaryKeyConstraint("round_id", "organisation_id"),
)

listings = Table(
    "listings",
    metadata,
    row_id(),
    community(),
    reference("organisation_id", "organisations.id"),
    Column("kind", Text, nullable=False),
    Column("reason", Sealed("listings.reason"), nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("at", UTC, nullable=False),
    Column("answer_due", UTC, nullable=False),
    Column("answer", Sealed("listings.answer"), nullable=False),
    Column("answered_by", BigInteger),
    Column("answered_at", UTC),
    Column("upheld_at", UTC),
    Column("removed_at", UTC),
    Column("removed_by", BigInteger),
    Column("removed_why", Sealed("listings.removed_why"), nullable=False),
)
listing_stands = listings.c.removed_at.is_(None)
partial_index(
    "uq_listings_standing",
    listings.c.community_id,
    listings.c.organisation_id,
    listings.c.kind,
    where=listing_stands,
    unique=True,
)
Index("ix_listings_organisation", listings.c.community_id, listings.c.organisation_id, listings.c.id)

spot_checks = Table(
    "spot_checks",
    metadata,
    row_id(),
    community(),
    reference("organisation_id", "organisations.id"),
    # The Monday, as an ISO date.
    Column("week", Text, nullable=False),
    Column("drawn_at", UTC, nullable=False),
    Column("checked_at", UTC),
    Column("by", BigInteger),
    Column("verdict", Text),
    Column("words", Sealed("spot_checks.words"), nullable=False),
    Index("uq_spot_checks_week", "community_id", "week", "organisation_id", unique=True),
    Index("ix_spot_checks_newest", "community_id", "id"),
)

presences = Table(
    "organisation_presences",
    metadata,
    Column("organisation_id", Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False),
    community(),
    Column("first_seen_at", UTC, nullable=False),
    Column("last_sign_at", UTC),
    Column("dormant_since", UTC),
    Column("cause", Text, nullable=False),
    Column("changed_at", UTC),
)

donations = Table(
    "donations",
    metadata,
    row_id(),
    community(),
    Column("donor", Sealed("donations.donor"), nullable=False),
    Column("gift", Sealed("donations.gift"), nullable=False),
    Column("purpose", Sealed("donations.purpose"), nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("at", UTC, nullable=False),
    Column("withdrawn_at", UTC),
    Index("ix_donations_at", "community_id", "at"),
)

prices = Table(
    "prices",
    metadata,
    row_id(),
    community(),
    reference("organisation_id", "organisations.id"),
    Column("item", Text, nullable=False),
    Column("words", Words, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("at", UTC, nullable=False),
    Column("ended_at", UTC),
)
price_stands = prices.c.ended_at.is_(None)
partial_index(
    "uq_prices_standing",
    prices.c.community_id,
    prices.c.organisation_id,
    prices.c.item,
    where=price_stands,
    unique=True,
)

notices = Table(
    "public_notices",
    metadata,
    community(),
    # YYYY-MM
    Column("month", Text, nullable=False),
    Column("figures", JsonText, nullable=False),
    Column("published_at", UTC, nullable=False),
    Column("published_by", BigInteger, nullable=False),
    PrimaryKeyConstraint("community_id", "month"),
)

#: When somebody of an organisation last said yes or no: read once a day for every organisation.
offer_answered = offers.c.decided_by.is_not(None)
partial_index(
    "ix_offers_answered",
    offers.c.community_id,
    offers.c.organisation_id,
    offers.c.decided_at,
    where=offer_answered,
)
