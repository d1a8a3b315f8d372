"""A model on its way to other machines: its files packed into one, unpacked beside those that are there."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
import zlib
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from nlu import versions
from nlu.model import ARRAYS, HEADER, ModelError
from nlu.versions import CARD, VERSIONS, Pointer

_FILES = (ARRAYS, HEADER, CARD)
#: No model of ours is a tenth of that.
_LARGEST = 1 << 30


def facts_of(folder: Path, pointer: Pointer) -> dict[str, Any]:
    """By what others know the model in use: since when it counts, why, its number, its digests."""
    card = versions.card(versions.place(folder, pointer.version))
    return {"at": pointer.at, "why": pointer.why, "version": pointer.version, "digests": card.digests}


def pack(folder: Path, version: int) -> bytes:
    """Its files in one; takes a second or two."""
    where, packed = versions.place(folder, version), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for name in _FILES:
            if (where / name).exists():
                bundle.write(where / name, name)
    return packed.getvalue()


def have(folder: Path, facts: dict[str, Any]) -> int | None:
    """The number under which the same model lies here already."""
    for path in sorted((folder / VERSIONS).glob("[0-9]*")):
        digests = versions.card(path).digests
        if path.name.isdecimal() and digests and digests == facts["digests"]:
            return int(path.name)
    return None


def use_own(folder: Path, version: int, facts: dict[str, Any]) -> Pointer:
    """Use a model that is here, as another machine does."""
    with versions.alone(folder, patient=True):
        return versions.use(folder, version, facts["why"], facts["at"])


def unpack(folder: Path, content: bytes, facts: dict[str, Any]) -> Pointer:
    """Put a model of another machine beside ours and use it. Raises ModelError where it is no good."""
    with versions.alone(folder, patient=True):
        root = folder / VERSIONS
        root.mkdir(parents=True, exist_ok=True)
        part = root / f".new-{os.getpid()}"
        part.mkdir(exist_ok=True)
        try:
            _write(part, content)
            versions.load(part)
            version = _number(root, int(facts["version"]))
            card = replace(versions.card(part), version=version)
            versions.write(part / CARD, asdict(card))
            part.rename(versions.place(folder, version))
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return versions.use(folder, version, facts["why"], facts["at"])


def _write(part: Path, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            for name in _FILES:
                member = bundle.getinfo(name)
                if member.file_size > _LARGEST:
                    raise ModelError("别的机器给的模型太大。")
                (part / name).write_bytes(bundle.read(member))
    except (zipfile.BadZipFile, zlib.error, KeyError) as error:
        raise ModelError("别的机器给的模型坏了。") from error


def _number(root: Path, theirs: int) -> int:
    """The same number as there while it is free, so that people speak of one model."""
    taken = {int(path.name) for path in root.glob("[0-9]*") if path.name.isdecimal()}
    return theirs if theirs > max(taken, default=0) else max(taken) + 1
