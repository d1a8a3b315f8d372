"""People who speak through another program, which fetches what is said to them; no messenger knows them."""

from __future__ import annotations

from hashlib import sha256

#: Ids from here on are no messenger's (those stay below 2**52); a signed 64-bit column holds them.
FIRST = 2**62


def person_of(program: str, sender: str) -> int:
    """The id of somebody whom another program calls `sender`: always the same, never a messenger's.

    Whoever writes a messenger's id as their name does not become that person.
    """
    digest = sha256(f"{program}\n{sender}".encode(errors="surrogatepass")).digest()
    return FIRST + int.from_bytes(digest[:8], "big") % FIRST


def is_elsewhere(chat_id: int) -> bool:
    """Whether this chat is fetched by another program."""
    return chat_id >= FIRST
