"""Lets aiogram complete its models when they are first used, not all at import.

aiogram rebuilds its 400 pydantic models while it is imported: about 2 s and 100 MB, of which a bot
needs a tenth. Must run before aiogram is imported anywhere; without it everything works, only slower.
"""

from __future__ import annotations

import sys
import threading
from typing import Any

_importing = threading.Lock()


def import_aiogram_lightly() -> None:
    """Import aiogram with its model building put off; later calls do nothing. Threads may race."""
    with _importing:
        if "aiogram" not in sys.modules:
            _import()


def _import() -> None:
    from pydantic import BaseModel

    rebuild: Any = BaseModel.__dict__["model_rebuild"].__func__
    names: dict[str, Any] = {}
    importing = True

    def model_rebuild(
        cls: Any,
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Any = None,
    ) -> bool | None:
        if cls.__module__.startswith("aiogram."):
            if importing and _types_namespace is not None:
                names.update(_types_namespace)
                return None
            _types_namespace = _types_namespace or names
        return rebuild(  # type: ignore[no-any-return]
            cls,
            force=force,
            raise_errors=raise_errors,
            _parent_namespace_depth=_parent_namespace_depth + 1,
            _types_namespace=_types_namespace,
        )

    BaseModel.model_rebuild = classmethod(model_rebuild)  # type: ignore[assignment]
    import aiogram  # noqa: F401

    importing = False
