"""Which model is in use: each lies in a folder of its own, and one small file names the one that counts.

`folder/versions/<number>/` holds a model with its card, `folder/in_use.json` the pointer. Replacing the
pointer is one rename, so that every process sees the old model or the new one, never half. A model that lies
in `folder` itself (as `nlu.training.train` leaves it) is in use as long as there is no pointer.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nlu import corpus
from nlu.model import ARRAYS, CODE_VERSION, HEADER, Model, ModelError
from nlu.training import Progress, fit, model_folder

POINTER, CARD, VERSIONS, LAST, LOCK = "in_use.json", "card.json", "versions", "last.json", "training.lock"
#: So many models are kept: the one in use, the one before it, and one more.
KEPT = 3

BUILT, LEARNED, ROLLED_BACK = "built", "learned", "rolled back"


class Busy(ModelError):
    """Another process is learning."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one model. `at` is ISO UTC; `corrections` counts the messages workers accepted,
    `probes` are messages with the intent it must read in them, `digests` the SHA-256 of its files."""

    version: int = 0
    at: str = ""
    messages: int = 0
    corrections: int = 0
    figures: dict[str, float] = field(default_factory=dict)
    probes: list[list[str]] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version counts since `at`, which counted before (0: none), and why it changed.

    `serial` grows with every change.
    """

    version: int
    previous: int
    serial: int
    at: str
    why: str


def pointer(folder: Path) -> Pointer | None:
    """The pointer; None where there is none, or none that can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        return Pointer(**json.loads((folder / POINTER).read_text(encoding="utf-8")))
    return None


def place(folder: Path, version: int) -> Path:
    """Where a version lies; version 0 is the model in `folder` itself."""
    return folder / VERSIONS / f"{version:04d}" if version else folder


def in_use(folder: Path) -> Path:
    """The folder of the model that counts."""
    found = pointer(folder)
    return place(folder, found.version if found else 0)


def card(where: Path) -> Card:
    """The card of the model that lies there; an empty one where there is none."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        return Card(**json.loads((where / CARD).read_text(encoding="utf-8")))
    return Card()


def card_of_old(folder: Path, *, count: bool = True) -> Card:
    """What can be told of a model without a card, as older programs left it; counting its messages takes a
    quarter of a second."""
    header = folder / HEADER
    if not header.exists():
        return Card()
    at = datetime.fromtimestamp(header.stat().st_mtime, UTC).isoformat(timespec="seconds")
    if not count:
        return Card(at=at)
    current = json.loads(header.read_text(encoding="utf-8")).get("data") == corpus.fingerprint()
    return Card(at=at, messages=len(list(corpus.load())) if current else 0)


def load(where: Path) -> Model:
    """The model that lies there, whole and of this code. Raises ModelError in one plain Chinese sentence."""
    if not (where / HEADER).exists() or not (where / ARRAYS).exists():
        raise ModelError(f"{where} 里没有阅读器的模型。")
    for name, digest in card(where).digests.items():
        if _digest(where / name) != digest:
            raise ModelError(f"阅读器的模型坏了：{where / name} 和训练时写下的不一样。")
    try:
        return Model.load(where)
    except ModelError as error:
        if _code(where) not in (CODE_VERSION, None):
            raise ModelError(f"{where} 里的模型是别的版本的程序训练的，这个程序用不了。") from error
        raise ModelError(f"阅读器的模型坏了：{where} 里的文件读不出来，或不是阅读器的模型。") from error


def _code(where: Path) -> str | None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        told = json.loads((where / HEADER).read_text(encoding="utf-8")).get("code")
        return None if told is None else str(told)
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def ready(folder: Path | None = None, *, data: Path = corpus.DATA, progress: Progress | None = None) -> Model:
    """The model in use where it is whole and fits code and data; otherwise one that is trained now."""
    folder = folder or model_folder()
    return _fitting(folder, data) or build(folder, data=data, progress=progress)


def _fitting(folder: Path, data: Path) -> Model | None:
    """The model in use, where it is whole and fits code and data."""
    with contextlib.suppress(ModelError):
        model = load(in_use(folder))
        if model.data == corpus.fingerprint(data):
            return model
    return None


def build(folder: Path, *, data: Path = corpus.DATA, progress: Progress | None = None) -> Model:
    """Train from the messages and what workers accepted, and use it without comparing: nothing else is there.

    Raises CorpusError before anything is replaced.
    """
    from nlu import comparing, lessons
    from nlu.reader import Reader

    before = pointer(folder)
    with alone(folder, patient=True):
        # Somebody else may have built one while we waited.
        if pointer(folder) != before and (built := _fitting(folder, data)):
            return built
        messages = corpus.load(data)
        further = lessons.read(lessons.beside(folder), messages)
        model = fit(lessons.joined(messages, further), corpus.fingerprint(data), progress)
        reader, tests = Reader(model), comparing.read_tests()
        told = Card(
            messages=len(list(messages)),
            corrections=len(further),
            figures=comparing.measure(reader, tests),
            probes=comparing.probes(reader, tests),
        )
        use(folder, keep(folder, model, told), BUILT)
    return model


def keep(folder: Path, model: Model, told: Card) -> int:
    """Write a model under the next number, without using it yet; returns the number."""
    root = folder / VERSIONS
    root.mkdir(parents=True, exist_ok=True)
    for left in root.glob(".new-*"):
        # Of a process that was killed while it wrote; who writes now is alone.
        shutil.rmtree(left, ignore_errors=True)
    part = root / f".new-{os.getpid()}"
    model.save(part)
    found = pointer(folder)
    version = max([0 if found is None else found.version, *_numbers(root)]) + 1
    digests = {name: _digest(part / name) for name in (ARRAYS, HEADER)}
    told = replace(told, version=version, at=told.at or now(), digests=digests)
    write(part / CARD, asdict(told))
    part.rename(place(folder, version))
    return version


def use(folder: Path, version: int, why: str, at: str = "") -> Pointer:
    """From now on (or since `at`, on another machine) this version counts. What is older than the one before
    may go."""
    before = pointer(folder)
    previous = before.version if before else 0
    new = Pointer(version, previous, (before.serial if before else 0) + 1, at or now(), why)
    write(folder / POINTER, asdict(new))
    kept = {version, previous}
    for number in sorted(_numbers(folder / VERSIONS), reverse=True):
        if number not in kept and len(kept) >= KEPT:
            shutil.rmtree(place(folder, number), ignore_errors=True)
        kept.add(number)
    return new


def roll_back(folder: Path) -> Pointer:
    """Use the model that was in use before; doing it again undoes it. Raises ModelError in plain Chinese."""
    with alone(folder):
        found = pointer(folder)
        if found is None or not (place(folder, found.previous) / HEADER).exists():
            raise ModelError("还没有上一个模型，换不回去。")
        earlier = load(place(folder, found.previous))
        if _data(place(folder, found.version)) not in (earlier.data, None):
            raise ModelError("上一个模型是照旧例句学的，程序升级后用不了。")
        return use(folder, found.previous, ROLLED_BACK)


def _data(where: Path) -> str | None:
    with contextlib.suppress(ModelError):
        return load(where).data
    return None


@contextlib.contextmanager
def alone(folder: Path, *, patient: bool = False) -> Iterator[None]:
    """Nobody else trains or changes what is in use meanwhile. Raises Busy unless told to wait.

    The system lets go of the lock whatever the process dies of.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as file:
        try:
            import fcntl
        except ImportError:
            # Windows has no such lock.
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
        except OSError:
            raise Busy("阅读器正在学习，一次只能有一个。请等它学完再试。") from None
        yield


def busy(folder: Path) -> bool:
    """Whether somebody is learning now."""
    try:
        with alone(folder):
            return False
    except Busy:
        return True


def _numbers(root: Path) -> list[int]:
    return [int(path.name) for path in root.glob("[0-9]*") if path.name.isdecimal()]


def now() -> str:
    """The present as ISO UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def write(path: Path, document: dict[str, Any]) -> None:
    """Whole or not at all, also when the power fails."""
    part = path.with_name(path.name + ".new")
    with part.open("w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
