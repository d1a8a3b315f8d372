"""The keyring: what is sealed opens with its key and for its purpose only."""

from __future__ import annotations

import pytest

from storage.sealing import BYTES_MARK, MARK, KeyMissing, Keyring, SealBroken, key_of

PHONE, NAME = b"requests.phone", b"people.name"
OLD, NEW = Keyring(["an old secret"]), Keyring(["a new secret"])
BOTH = Keyring(["a new secret", "an old secret"])


@pytest.mark.parametrize("text", ["13812345678", "一", "厨房水管漏水" * 500, "\U0001f600\n", MARK])
def test_what_is_sealed_comes_back(text: str) -> None:
    sealed = OLD.seal(text, PHONE)
    assert text not in sealed[len(MARK) :]
    assert OLD.unseal(sealed, PHONE) == text
    assert BOTH.unseal(sealed, PHONE) == text
    assert key_of(sealed) == OLD.first_id


def test_the_same_text_never_looks_the_same() -> None:
    assert OLD.seal("13812345678", PHONE) != OLD.seal("13812345678", PHONE)


def test_the_first_key_seals() -> None:
    assert key_of(BOTH.seal("x", PHONE)) == NEW.first_id
    assert BOTH.ids == (NEW.first_id, OLD.first_id)


def test_nothing_and_open_text_stay_as_they_are() -> None:
    assert OLD.seal("", PHONE) == OLD.unseal("", PHONE) == ""
    assert OLD.unseal("13812345678", PHONE) == "13812345678"
    assert key_of("13812345678") is None


def test_a_key_that_is_not_given_is_named() -> None:
    with pytest.raises(KeyMissing) as missing:
        NEW.unseal(OLD.seal("x", PHONE), PHONE)
    assert missing.value.key_id == OLD.first_id


def test_it_opens_for_its_purpose_only() -> None:
    with pytest.raises(SealBroken, match=r"people\.name"):
        OLD.unseal(OLD.seal("x", PHONE), NAME)


def _changed(sealed: str, at: int) -> str:
    other = "A" if sealed[at] != "A" else "B"
    return sealed[:at] + other + sealed[at + 1 :]


@pytest.mark.parametrize("at", [13, 20, 30, 40, -3])
def test_a_change_shows(at: int) -> None:
    sealed = OLD.seal("13812345678", PHONE)
    with pytest.raises(SealBroken):
        OLD.unseal(_changed(sealed, at), PHONE)


@pytest.mark.parametrize("cut", [13, 14, 20, 40])
def test_a_cut_shows(cut: int) -> None:
    with pytest.raises(SealBroken):
        OLD.unseal(OLD.seal("13812345678", PHONE)[:cut], PHONE)


def test_files() -> None:
    content = bytes(range(256)) * 20
    sealed = OLD.seal_bytes(content, PHONE)
    assert content[:16] not in sealed
    assert BOTH.unseal_bytes(sealed, PHONE) == content
    assert key_of(sealed) == OLD.first_id
    assert OLD.unseal_bytes(b"PK\x03\x04", PHONE) == b"PK\x03\x04"
    with pytest.raises(SealBroken):
        OLD.unseal_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]), PHONE)
    with pytest.raises(KeyMissing):
        NEW.unseal_bytes(sealed, PHONE)
    with pytest.raises(SealBroken):
        OLD.unseal_bytes(BYTES_MARK + OLD.first_id.encode() + b"short", PHONE)


def test_search_keys_are_the_same_for_the_same_text_key_and_purpose() -> None:
    assert OLD.find_key("13812345678", PHONE) == OLD.find_key("13812345678", PHONE)
    assert BOTH.find_keys("1", PHONE) == [NEW.find_key("1", PHONE), OLD.find_key("1", PHONE)]
    others = {OLD.find_key("2", PHONE), OLD.find_key("1", NAME), NEW.find_key("1", PHONE)}
    assert OLD.find_key("1", PHONE) not in others
    assert len(others) == 3


@pytest.mark.parametrize("secrets", [[], [""], ["a", ""]])
def test_there_is_no_ring_without_a_secret(secrets: list[str]) -> None:
    with pytest.raises(ValueError):
        Keyring(secrets)
