"""Records the statements of this program, so that later programs can be held against them: docs/upgrading.md.

    python -m pytest -p tests.storage.recording --statements tests/storage/statements tests/casework …

One file a schema and engine, one line a statement with an example of its parameters.
"""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import alembic.op
import pytest
from sqlalchemy import Engine, event

_OURS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
_NOT_OURS = ("pg_catalog", "sqlite_master", "alembic_version", "pg_terminate_backend", "pragma_")
_NUMBER = re.compile(r"\$\d+|\b\d+\b")
#: Elements of lists, then rows of an INSERT: however many there are, it is one statement.
_REPEATED = (re.compile(r"((?:\$::[\w ]+|\?))(, (?:\$::[\w ]+|\?))+"), re.compile(r"(\([^()]*\))(, \1)+"))
#: Long examples say no more than short ones.
_LONGEST = 100

_seen: dict[str, dict[str, dict[str, Any]]] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to."""
    parser.addoption("--statements", required=True, help="folder to write to")


def pytest_configure(config: pytest.Config) -> None:
    """Listen to every engine."""
    event.listen(Engine, "before_cursor_execute", _note)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Write them down, in the order of their words, so that two recordings can be compared."""
    from storage.upgrade import newest

    folder = Path(config.getoption("--statements"))
    folder.mkdir(parents=True, exist_ok=True)
    for engine, statements in _seen.items():
        lines = [json.dumps(statements[key], sort_keys=True) for key in sorted(statements)]
        (folder / f"{newest()}.{engine}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _note(_connection: Any, _cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    # Migrations run once, before any program works.
    if (
        alembic.op._proxy is not None
        or not _OURS.match(statement)
        or any(word in statement for word in _NOT_OURS)
    ):
        return
    key = _NUMBER.sub("$", statement)
    for repeated in _REPEATED:
        key = repeated.sub(r"\1", key)
    engine = _seen.setdefault(context.dialect.name, {})
    if key not in engine or len(statement) < len(engine[key]["sql"]):
        example = parameters[0] if many else parameters
        engine[key] = {"sql": statement, "with": [written(value) for value in example]}


def written(value: Any) -> Any:
    """A parameter as JSON."""
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)[:_LONGEST]).decode()}
    if isinstance(value, str) and len(value) > _LONGEST:
        return "{}" if value.startswith("{") else value[:_LONGEST]
    return value


def read(value: Any) -> Any:
    """A parameter from JSON."""
    if isinstance(value, dict):
        if "time" in value:
            return datetime.fromisoformat(value["time"])
        return base64.b64decode(value["bytes"])
    return value
