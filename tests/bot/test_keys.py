"""Where the keys come from, and what is said when they are wrong or change."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.checks.keys import check_keys
from bot.cli import main
from bot.faults import Fault
from bot.keys import make_keyring
from bot.settings import Settings
from casework.entities import Person
from storage.database import Database
from storage.sealing import Keyring

SERVER = "postgresql+asyncpg://a:b@127.0.0.1:1/c"
FIRST, SECOND = "0123456789abcdef", "fedcba9876543210"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command with a secret in the environment; its exit code and all it said."""
    monkeypatch.setenv("LINYING_DATA_DIR", str(tmp_path))

    def run(*words: str, secret: str = "") -> tuple[int, str]:
        monkeypatch.setenv("LINYING_SECRET_KEY", secret)
        code = main(words)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def _file(folder: Path) -> Path:
    return folder / "secret.key"


def test_one_machine_alone_makes_its_own_key_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with ThreadPoolExecutor() as pool:
        rings = list(pool.map(lambda _: make_keyring(settings), range(8)))
    assert {ring and ring.ids for ring in rings} == {rings[0] and rings[0].ids}
    (file,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text().strip()) == 64


def test_the_environment_comes_first_and_what_the_file_sealed_stays_readable(tmp_path: Path) -> None:
    alone = make_keyring(Settings(data_dir=tmp_path))
    given = make_keyring(Settings(data_dir=tmp_path, secret_key=f"{FIRST}，{SECOND},"))
    assert alone is not None
    assert given is not None
    assert given.ids == (*Keyring([FIRST, SECOND]).ids, alone.first_id)


def test_no_file_is_made_where_a_key_is_given_or_replicas_share_a_server(tmp_path: Path) -> None:
    assert make_keyring(Settings(data_dir=tmp_path, database_url=SERVER)) is None
    assert make_keyring(Settings(data_dir=tmp_path, secret_key=FIRST)) is not None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is None:
        _file(tmp_path).mkdir()
    else:
        _file(tmp_path).write_bytes(content)
    with pytest.raises(Fault, match=r"secret\.key"):
        make_keyring(Settings(data_dir=tmp_path))


def test_the_webhooks_secret_is_made_from_the_first(tmp_path: Path) -> None:
    hook = "https://example.org/hook"
    keys = [
        Settings(webhook_url=hook, secret_key=k).webhook_key for k in (FIRST, f"{FIRST},{SECOND}", SECOND)
    ]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(("secret", "good"), [("short", False), (FIRST, True), (f"{FIRST},short", True)])
def test_a_key_that_can_be_guessed_is_a_bad_finding(tmp_path: Path, secret: str, good: bool) -> None:
    found = list(check_keys(Settings(data_dir=tmp_path, secret_key=secret)))
    assert all(finding.good for finding in found) is good
    assert not any(secret in finding.words for finding in found)


def _write(folder: Path, secret: str | None) -> None:
    async def work() -> None:
        ring = None if secret is None else Keyring([secret])
        database = Database(f"sqlite:///{folder / 'linying.db'}", keyring=ring)
        await database.open()
        async with database.transaction("fenghe") as uow:
            await uow.people.save(Person(1, "fenghe", "欧阳绿萝", 1))
            await uow.commit()
        await database.close()

    asyncio.run(work())


def test_a_database_of_another_key_is_not_started_on(run: Run, tmp_path: Path) -> None:
    _write(tmp_path, FIRST)
    code, said = run("migrate", secret=SECOND)
    assert code == 1
    assert Keyring([FIRST]).first_id in said
    assert "LINYING_SECRET_KEY" in said
    assert FIRST not in said
    assert run("migrate", secret=f"{SECOND},{FIRST}")[0] == 0


def test_a_key_is_changed_step_by_step(run: Run, tmp_path: Path) -> None:
    _write(tmp_path, FIRST)
    code, said = run("rotate-keys", secret=f"{SECOND},{FIRST}")
    assert (code, "重启机器人" in said) == (1, True), "a bot that lacks the key could read nothing"
    assert run("migrate", secret=f"{SECOND},{FIRST}")[0] == 0
    code, said = run("rotate-keys", secret=f"{SECOND},{FIRST}")
    assert (code, "重新封存了 1 行" in said, Keyring([FIRST]).first_id in said) == (0, True, True)
    assert run("migrate", secret=SECOND)[0] == 0
    assert run("migrate", secret=FIRST)[0] == 1


def test_what_was_written_before_sealing_is_sealed(run: Run, tmp_path: Path) -> None:
    _write(tmp_path, None)
    assert run("migrate")[0] == 0
    assert "重新封存了 1 行" in run("rotate-keys")[1]
    assert "重新封存了 0 行" in run("rotate-keys")[1]
    for file in tmp_path.glob("linying.db*"):
        assert "欧阳绿萝".encode() not in file.read_bytes()


def test_without_any_key_nothing_can_be_sealed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINYING_DATABASE_URL", SERVER)
    code, said = run("rotate-keys")
    assert (code, "LINYING_SECRET_KEY" in said) == (1, True)
