"""How entries of the audit hang together: each hash is over the entry and the hash before it.

With a key nobody can make a hash who has the database alone; without one the chain still shows a change
that was not carried through to its end.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC

from casework.audit import AuditEntry

#: What the first entry follows.
BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class ChainKeys:
    """Keys by id; the one called `writing` makes new hashes. Without any, hashes are bare."""

    keys: Mapping[str, bytes]
    writing: str = ""

    def link(self, community: str, entry: AuditEntry, previous: str, key_id: str) -> str:
        """The hash of an entry, in hexadecimal. Raises KeyError for an unknown key."""
        said = [
            community,
            entry.seq,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.act,
            entry.actor_id,
            entry.role,
            entry.request_id,
            dict(entry.facts),
            key_id,
            previous,
        ]
        text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
        if not key_id:
            return hashlib.sha256(text).hexdigest()
        return hmac.digest(self.keys[key_id], text, "sha256").hex()


NO_KEYS = ChainKeys({})


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is stored."""

    entry: AuditEntry
    key_id: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at a whole chain found.

    `broken_at` is the first `seq` that is not as it was written (None: none), `why` says how: `changed`,
    `missing`, `unlinked`, `unkeyed` (a bare hash after keyed ones), `cut` (the end is gone), `moved` (it does
    not hold what an anchor told). `unreadable` counts entries whose key is not here; `seq` and `hash` are
    the end.
    """

    community: str
    seq: int
    hash: str
    broken_at: int | None = None
    why: str = ""
    unreadable: int = 0


async def verify(
    community: str,
    links: AsyncIterator[Link],
    head: tuple[int, str] | None,
    keys: ChainKeys,
    anchor: tuple[int, str] | None = None,
) -> Verdict:
    """Walk a chain from its beginning. `head` and `anchor` are (seq, hash) told by other places."""
    seq, last, keyed, unreadable = 0, BEGINNING, False, 0
    async for link in links:
        why = _wrong(community, link, seq, last, keyed, keys)
        if not why and anchor and anchor[0] == link.entry.seq and anchor[1] != link.hash:
            why = "moved"
        if why:
            return Verdict(community, seq, last, seq + 1, why, unreadable)
        keyed = keyed or bool(link.key_id)
        unreadable += link.key_id not in {"", *keys.keys}
        seq, last = link.entry.seq, link.hash
    ends = [end for end in (head, anchor) if end is not None]
    if any(end[0] > seq for end in ends):
        return Verdict(community, seq, last, seq + 1, "cut", unreadable)
    if head is not None and head != (seq, last):
        return Verdict(community, seq, last, seq + (head[0] < seq), "moved", unreadable)
    if head is None and seq:
        return Verdict(community, seq, last, seq, "moved", unreadable)
    return Verdict(community, seq, last, None, "", unreadable)


def _wrong(community: str, link: Link, seq: int, last: str, keyed: bool, keys: ChainKeys) -> str:
    if link.entry.seq != seq + 1:
        return "missing"
    if link.previous != last:
        return "unlinked"
    if keyed and not link.key_id:
        return "unkeyed"
    if link.key_id and link.key_id not in keys.keys:
        return ""
    made = keys.link(community, link.entry, link.previous, link.key_id)
    return "" if hmac.compare_digest(made, link.hash) else "changed"
