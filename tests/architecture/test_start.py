"""Importing the program does nothing: no bot, no engine, no thread, no file, no model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, name, python_files

#: Imported where they are used, because each costs a tenth of a second or more at every start.
HEAVY = ("jieba", "matplotlib", "openpyxl", "opencc", "sklearn")

LOOK = """
import gc, importlib, json, sys, threading
for module in json.loads(sys.argv[1]):
    importlib.import_module(module)
import aiogram
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine
from bot.settings import Settings
kinds = (aiogram.Bot, aiogram.Dispatcher, Engine, AsyncEngine, Settings)
print(json.dumps({
    "alive": sorted({type(o).__name__ for o in gc.get_objects() if issubclass(type(o), kinds)}),
    "heavy": sorted(set(json.loads(sys.argv[2])) & set(sys.modules)),
    "threads": threading.active_count(),
}))
"""


def _modules() -> list[str]:
    paths = [path for path in python_files(*PACKAGES) if "migrations" not in path.parts]
    names = [name(path).removesuffix(".py").removesuffix("/__init__") for path in paths]
    return [n.replace("/", ".") for n in names]


def test_importing_every_module_does_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(_modules()), json.dumps(HEAVY)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"alive": [], "heavy": [], "threads": 1}
    assert list(tmp_path.iterdir()) == []


ASK = """
import json, sys
from bot.demo import is_playground
from bot.settings import Settings
asked = Settings(token="1000000001:a-token-of-the-real-messenger", api_base="http://127.0.0.1:8081")
print(json.dumps([is_playground(asked), "bot.playground.server" in sys.modules]))
"""


def test_a_real_bot_does_not_load_the_playground() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [False, False]
