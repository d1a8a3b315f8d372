"""Where the keys that seal personal data come from: the environment, else a file made once."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from bot.faults import Fault
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.sealing import Keyring

#: Shorter secrets can be guessed: 16 random letters and digits are more than 80 bits.
SHORTEST = 16
_BYTES = 32


def key_file(settings: Settings) -> Path | None:
    """Where one machine alone keeps its key; None with a database server, whose replicas share one."""
    return None if settings.database_file is None else settings.data_dir / "secret.key"


def make_keyring(settings: Settings) -> Keyring | None:
    """The keys of this installation: the first one of LINYING_SECRET_KEY seals, all others open.

    For SQLite a key is made when none is given; what it sealed stays readable when one is given later.
    None with a database server and no key: nothing is sealed then. Raises Fault.
    """
    found = list(settings.secrets)
    path = key_file(settings)
    if path is not None:
        try:
            kept = _read(path) if found else _read(path) or _make(path)
        except OSError:
            raise Fault(
                f"密钥文件 {path} 读不了或写不了。请检查权限和磁盘，或用 LINYING_DATA_DIR 换一个目录。"
            ) from None
        if kept and kept not in found:
            found.append(kept)
    if not found:
        return None
    from storage.sealing import Keyring

    return Keyring(found)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise Fault(f"密钥文件 {path} 坏了。请把原来的文件放回去。") from None


def _make(path: Path) -> str:
    """A file that nobody else can read and that is there as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    file = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, secrets.token_hex(_BYTES).encode() + b"\n")
        os.fsync(file)
    finally:
        os.close(file)
    try:
        # Never over one that another process has just made.
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
    return _read(path)
