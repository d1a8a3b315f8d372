"""What one replica has learned, all read by; each machine has a data folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.sharing import Sharing
from nlu import lessons, sharing, versions
from nlu.model import ModelError
from storage.database import Database
from tests.bot.test_learning import CORRECTED, learn
from tests.unit.nlu.small import RIGHT, small_tests

HOME = "fenghe"


@pytest.fixture(scope="module")
def lectures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one model."""
    root = tmp_path_factory.mktemp("lectures")
    small_tests(root / "tests", RIGHT)
    learn(root)
    return root


def _machine(lectures: Path, folder: Path) -> Path:
    shutil.copytree(lectures, folder)
    return folder / "model"


def _digests(folder: Path) -> dict[str, str]:
    return versions.card(versions.in_use(folder)).digests


async def _round(*replicas: Sharing) -> None:
    """Each looks once, and gives what it has."""
    for replica in replicas:
        await replica.take()
        pointer = versions.pointer(replica._folder)
        assert pointer is not None
        await replica.give(pointer)


async def test_a_model_goes_round_and_so_does_the_way_back(
    db: Database, lectures: Path, tmp_path: Path
) -> None:
    first, second = _machine(lectures, tmp_path / "a"), _machine(lectures, tmp_path / "b")
    new = tmp_path / "c" / "model"
    replicas = [Sharing(db, HOME, folder) for folder in (first, second)]
    await _round(*replicas)
    before = _digests(first)
    lessons.write(lessons.beside(first), [(CORRECTED, "env_pest")])
    learn(first.parent)
    assert _digests(first) != before
    await _round(*replicas)
    assert _digests(second) == _digests(first)
    # Their numbers are the same, so that people speak of one model.
    ours, theirs = versions.pointer(first), versions.pointer(second)
    assert ours is not None
    assert theirs is not None
    assert (ours.version, ours.at, ours.why) == (theirs.version, theirs.at, theirs.why)
    # A machine that joins has it at once.
    newcomer = Sharing(db, HOME, new)
    await newcomer.take()
    assert _digests(new) == _digests(first)
    async with db.transaction(HOME, read_only=True) as uow:
        given = await uow.models.serial()
    await _round(*replicas, newcomer)
    async with db.transaction(HOME, read_only=True) as uow:
        assert await uow.models.serial() == given
    versions.roll_back(second)
    await _round(*reversed(replicas))
    assert _digests(first) == _digests(second) == before


async def test_a_model_that_is_no_good_is_left_and_not_asked_for_again(
    db: Database, lectures: Path, tmp_path: Path
) -> None:
    folder = _machine(lectures, tmp_path / "a")
    before = _digests(folder)
    facts = {"at": "2026-11-22T00:00:00+00:00", "why": versions.LEARNED, "version": 9, "digests": {"x": "y"}}
    pointer = versions.pointer(folder)
    assert pointer is not None
    broken = bytearray(sharing.pack(folder, pointer.version))
    broken[len(broken) // 2] ^= 0xFF
    for content in (b"no model", bytes(broken)):
        with pytest.raises(ModelError):
            sharing.unpack(folder, content, facts)
        async with db.transaction(HOME) as uow:
            await uow.models.give(facts, content)
            await uow.commit()
        replica = Sharing(db, HOME, folder)
        await replica.take()
        assert _digests(folder) == before
        assert not list((folder / "versions").glob(".new-*"))
        async with db.transaction(HOME, read_only=True) as uow:
            assert replica._seen()[0] == await uow.models.serial()
