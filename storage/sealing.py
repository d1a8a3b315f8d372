"""Personal data is sealed before it is stored, and opened only by whoever holds a key of the ring.

A sealed text reads `~s1:KEYID:BASE64`: the key's short id, then nonce and AES-256-GCM-SIV ciphertext, bound
to its purpose (`table.column`), so that a sealed phone cannot be passed off as a name. Text without the mark
was written before sealing and is read as it is. Why this cipher: docs/decisions.md; its cost:
docs/performance.md.
"""

from __future__ import annotations

import hmac
import os
from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = "~s1:"
BYTES_MARK = b"~s1\x00"
_NONCE = 12
#: Hex digits that tell a few keys apart and are easily read aloud.
_ID_DIGITS = 8
_START = len(MARK) + _ID_DIGITS + 1
_BYTES_START = len(BYTES_MARK) + _ID_DIGITS


class SealingError(Exception):
    """Something sealed cannot be read."""


class KeyMissing(SealingError):
    """It was sealed under a key that is not on the ring; `key_id` is that key's short id."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"sealed under key {key_id}, which is not given")
        self.key_id = key_id


class SealBroken(SealingError):
    """It was changed after it was sealed, or moved here from another column; `purpose` is the column."""

    def __init__(self, purpose: str) -> None:
        super().__init__(f"a sealed value of {purpose} does not open")
        self.purpose = purpose


@dataclass(frozen=True, slots=True)
class _Key:
    """What is derived from one secret."""

    id: str
    cipher: AESGCMSIV
    search: bytes


def _key(secret: str) -> _Key:
    # HKDF stretches nothing: the secret must be random itself (`openssl rand -hex 32`).
    def derive(info: bytes, length: int = 32) -> bytes:
        return HKDF(SHA256(), length, salt=None, info=b"linying/1/" + info).derive(secret.encode())

    return _Key(derive(b"id", _ID_DIGITS // 2).hex(), AESGCMSIV(derive(b"seal")), derive(b"search"))


class Keyring:
    """The keys made from an installation's secrets: the first one seals, every one of them opens.

    Raises ValueError without a secret.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets or not all(secrets):
            raise ValueError("a keyring needs at least one secret, and none may be empty")
        keys = [_key(secret) for secret in secrets]
        self._first = keys[0]
        self._by_id = {key.id: key for key in reversed(keys)}
        self._keys = tuple(dict.fromkeys(keys))
        self._prefix = f"{MARK}{self._first.id}:"
        self._bytes_prefix = BYTES_MARK + self._first.id.encode()

    @property
    def first_id(self) -> str:
        """The short id of the key that seals."""
        return self._first.id

    @property
    def ids(self) -> tuple[str, ...]:
        """The short ids of all keys, the first one first."""
        return tuple(key.id for key in self._keys)

    def seal(self, text: str, purpose: bytes) -> str:
        """The sealed text. Nothing stays nothing: an empty text is no secret."""
        if not text:
            return text
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._first.cipher.encrypt(nonce, text.encode(), purpose)
        return self._prefix + b2a_base64(sealed, newline=False).decode("ascii")

    def unseal(self, text: str, purpose: bytes) -> str:
        """The text that was sealed; text that never was is returned as it is. Raises SealingError."""
        if not text.startswith(MARK):
            return text
        try:
            sealed = a2b_base64(text[_START:])
        except NotBase64:
            raise SealBroken(purpose.decode()) from None
        return self._open(text[len(MARK) : _START - 1], sealed, purpose).decode()

    def seal_bytes(self, content: bytes, purpose: bytes) -> bytes:
        """The sealed content."""
        if not content:
            return content
        nonce = os.urandom(_NONCE)
        return self._bytes_prefix + nonce + self._first.cipher.encrypt(nonce, content, purpose)

    def unseal_bytes(self, content: bytes, purpose: bytes) -> bytes:
        """The content that was sealed, or as it is. Raises SealingError."""
        if not content.startswith(BYTES_MARK):
            return content
        key_id = content[len(BYTES_MARK) : _BYTES_START].decode("ascii", "replace")
        return self._open(key_id, content[_BYTES_START:], purpose)

    def find_keys(self, text: str, purpose: bytes) -> list[str]:
        """Under which search keys a text may be kept, that of the first key first."""
        return [_search_key(key, text, purpose) for key in self._keys]

    def find_key(self, text: str, purpose: bytes) -> str:
        """The search key under which a text is kept from now on: the same text, the same key."""
        return _search_key(self._first, text, purpose)

    def _open(self, key_id: str, sealed: bytes, purpose: bytes) -> bytes:
        key = self._by_id.get(key_id)
        if key is None:
            raise KeyMissing(key_id)
        try:
            return key.cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose)
        except (InvalidTag, ValueError):
            raise SealBroken(purpose.decode()) from None


def _search_key(key: _Key, text: str, purpose: bytes) -> str:
    mac = hmac.digest(key.search, purpose + b"\x00" + text.encode(), "sha256")
    # Half of it is more than enough among millions, and makes the index half as large.
    return mac[:16].hex()


def key_of(stored: str | bytes) -> str | None:
    """The short id of the key under which a stored value is sealed; None when it is not sealed."""
    if isinstance(stored, bytes):
        sealed = stored.startswith(BYTES_MARK)
        return stored[len(BYTES_MARK) : _BYTES_START].decode("ascii", "replace") if sealed else None
    return stored[len(MARK) : _START - 1] if stored.startswith(MARK) else None
