"""The tables of casework: requests and all that hangs on them, organisations, people."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from casework.statuses import OfferStatus, RequestStatus
from storage.schema import community, metadata, one_of, partial_index, reference, row_id
from storage.types import UTC, Id, JsonText, Key, Sealed, SealedJson, SearchKey, Words, found_by

organisations = Table(
    "organisations",
    metadata,
    row_id(),
    community(),
    Column("name", Words, nullable=False),
    Column("category", Text, nullable=False),
    Column("items", JsonText, nullable=False),
    Column("areas", JsonText, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("fee", Text, nullable=False),
    Column("phone", Words, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("emergency", Boolean, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("group_chat_id", BigInteger),
    Column("intro", Words, nullable=False),
    Column("hours", Words, nullable=False, server_default=""),
    Column("standing", Text, nullable=False, server_default="normal"),
    UniqueConstraint("community_id", "name"),
)

# Running totals: matching needs them for every organisation at every dispatch, and adding up
# half a million offers each time would take longer than everything else together.
records = Table(
    "organisation_records",
    metadata,
    Column("organisation_id", Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False),
    community(),
    Column("offered", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("confirmed", Integer, nullable=False),
    Column("rating_sum", Integer, nullable=False),
    Column("rating_count", Integer, nullable=False),
    Column("last_offer_at", UTC),
    # Offers whose end is known, those of them answered in time, and ratings of four stars and more.
    Column("ended", Integer, nullable=False, server_default="0"),
    Column("in_time", Integer, nullable=False, server_default="0"),
    Column("satisfied", Integer, nullable=False, server_default="0"),
    # How promptly offers were answered, added up, and how many came lately; see casework.matching.
    Column("promptness", Float, nullable=False, server_default="0"),
    Column("lately", Float, nullable=False, server_default="0"),
)

people = Table(
    "people",
    metadata,
    community(),
    Column("id", BigInteger, nullable=False),
    Column("name", Sealed("people.name"), nullable=False),
    Column("chat_id", BigInteger),
    Column("reachable", Boolean, nullable=False),
    Column("consented_at", UTC),
    Column("saved", SealedJson("people.saved"), nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("seen_at", UTC),
    Column("consent_asked_at", UTC),
    PrimaryKeyConstraint("community_id", "id"),
)

leads = Table(
    "leads",
    metadata,
    community(),
    reference("organisation_id", "organisations.id"),
    Column("person_id", BigInteger, nullable=False),
    Column("since", UTC, nullable=False),
    PrimaryKeyConstraint("organisation_id", "person_id"),
    Index("ix_leads_person", "community_id", "person_id"),
)

invites = Table(
    "invites",
    metadata,
    Column("token_hash", Text, primary_key=True),
    community(),
    reference("organisation_id", "organisations.id"),
    Column("created_by", BigInteger, nullable=False),
    Column("expires_at", UTC, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", UTC),
)

requests = Table(
    "requests",
    metadata,
    row_id(),
    community(),
    Column("number", Key, nullable=False),
    Column("resident_id", BigInteger, nullable=False),
    Column("item", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("description", Sealed("requests.description"), nullable=False),
    Column("summary", Sealed("requests.summary"), nullable=False),
    Column("status", Text, nullable=False),
    Column("compound", Words, nullable=False),
    Column("building", Words, nullable=False),
    Column("unit", Sealed("requests.unit"), nullable=False),
    Column("room", Sealed("requests.room"), nullable=False),
    Column("place", Sealed("requests.place"), nullable=False, server_default=""),
    Column("phone", Sealed("requests.phone"), nullable=False),
    Column("time_expr", Sealed("requests.time_expr"), nullable=False),
    Column("time_start", Text, nullable=False),
    Column("recipient", Sealed("requests.recipient"), nullable=False),
    Column("age", Integer),
    Column("created_at", UTC, nullable=False),
    Column("updated_at", UTC, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("hotlines", JsonText, nullable=False),
    reference("organisation_id", "organisations.id", nullable=True),
    Column("triage_reason", Text),
    Column("answer_due", UTC),
    Column("resolve_due", UTC),
    Column("started_at", UTC),
    Column("done_at", UTC),
    Column("taken_by", BigInteger),
    Column("bundle", Text, nullable=False),
    Column("urges", Integer, nullable=False),
    Column("followers", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("service_class", Text, nullable=False, server_default="general"),
    Column("mode", Text, nullable=False, server_default="direct"),
    Column("stopped_at", UTC),
    Column("merged_into", Id),
    Column("parent_id", Id),
    Column("reopened", Integer, nullable=False, server_default="0"),
    Column("escalation", Integer, nullable=False, server_default="0"),
    Column("phone_key", SearchKey("requests.phone", digits=True)),
    # From when the request counts as late; NULL while nobody can be. Written with every save.
    Column("late_from", UTC),
    # Since when it is closed; NULL while it is not, and in rows that an earlier program closed.
    Column("closed_at", UTC),
    # Since when words, door and phone are blanked; see `storage.personal`. No save changes it.
    Column("wiped_at", UTC),
    UniqueConstraint("community_id", "number"),
)
_r = requests.c
#: The partial index on phones; a bare name, because a sealed column is compared with nothing but this.
has_phone: ColumnElement[bool] = literal_column("phone") != literal_column("''")
phone_found_by = found_by(_r.phone_key, _r.phone)
unanswered = one_of(_r.status, {RequestStatus.SUBMITTED, RequestStatus.OFFERED, RequestStatus.TRIAGE})
# The bare name is the one spelling of a true boolean that both engines know.
untaken = literal_column("urgent") & _r.taken_by.is_(None) & unanswered
Index("ix_requests_newest", _r.community_id, _r.id)
Index("ix_requests_resident", _r.community_id, _r.resident_id, _r.id)
Index("ix_requests_created", _r.community_id, _r.created_at, _r.id)
Index("ix_requests_status", _r.community_id, _r.status, _r.created_at)
Index("ix_requests_organisation", _r.community_id, _r.organisation_id, _r.status, _r.created_at)
Index("ix_requests_item", _r.community_id, _r.item, _r.id)
Index("ix_requests_compound", _r.community_id, _r.compound, _r.created_at)
partial_index("ix_requests_late", _r.community_id, _r.late_from, where=_r.late_from.is_not(None))
partial_index("ix_requests_untaken", _r.community_id, _r.created_at, where=untaken)
partial_index("ix_requests_phone_key", _r.community_id, phone_found_by, where=has_phone)

history = Table(
    "history",
    metadata,
    row_id(),
    community(),
    reference("request_id", "requests.id"),
    Column("at", UTC, nullable=False),
    Column("action", Text, nullable=False),
    Column("from_status", Text),
    Column("to_status", Text, nullable=False),
    Column("actor_role", Text, nullable=False),
    Column("actor_id", BigInteger),
    Column("reason", Sealed("history.reason"), nullable=False),
    Index("ix_history_request", "request_id", "id"),
)

offers = Table(
    "offers",
    metadata,
    row_id(),
    community(),
    reference("request_id", "requests.id"),
    reference("organisation_id", "organisations.id"),
    Column("status", Text, nullable=False),
    Column("offered_at", UTC, nullable=False),
    Column("expires_at", UTC, nullable=False),
    Column("score", Float, nullable=False),
    Column("parts", JsonText, nullable=False),
    Column("decided_at", UTC),
    Column("decided_by", BigInteger),
    Column("reason", Sealed("offers.reason"), nullable=False),
    Index("ix_offers_request", "request_id", "id"),
)
offer_open = one_of(offers.c.status, {OfferStatus.OPEN})
partial_index("ix_offers_open", offers.c.community_id, offers.c.organisation_id, where=offer_open)

counters = Table(
    "counters",
    metadata,
    community(),
    Column("day", Text, nullable=False),
    Column("value", Integer, nullable=False),
    PrimaryKeyConstraint("community_id", "day"),
)
