"""Shows Rasa 3.6 at work with our action server, once, and records what it asked of it.

usage: python -m bench.rasa.show --rasa PYTHON [--each N] [--model FILE.tar.gz] [--record FILE.jsonl]

Trains the project of deploy/rasa on N messages an intent (or takes a trained model), starts the action server
with an empty database, a recorder before it and Rasa on loopback, and talks as a resident does through Rasa's
REST channel: files a request, asks after it, urges it, takes it back, and calls for help. Prints the talk.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path
from typing import Any

import aiohttp

from bench.processes import ROOT, end, first_line, launch, lend_model
from bench.rasa.recorder import Recorder
from deploy.rasa.training_data import as_yaml, messages, sample

PROJECT = ROOT / "deploy" / "rasa"
#: (sender, words), or (sender, [words on the button]); a button with "?" is pressed only where it is shown.
TALK: tuple[tuple[str, str | list[str]], ...] = (
    ("anna", "你好啊"),
    ("anna", "卫生间下水不通"),
    ("anna", "3号楼2单元501"),
    ("anna", ["随时都行"]),
    ("anna", "13812345678"),
    ("anna", ["提交"]),
    ("anna", "几时来呀"),
    ("anna", ["催办"]),
    ("anna", "帮我撤单吧"),
    ("anna", ["是的"]),
    ("anna", ["恢复"]),
    # Trained on a small sample, DIET is often in doubt.
    ("carl", "厕所马桶堵了，冲不下去"),
    ("carl", ["水管与下水维修?"]),
    ("carl", "/my"),
    ("carl", "我爸突然晕倒了叫不醒"),
    ("carl", "8栋1单元302"),
    ("carl", "13987654321"),
    ("carl", "你好啊"),
)


async def main() -> None:
    """Train, start, talk, stop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rasa", type=Path, required=True, metavar="PYTHON")
    parser.add_argument("--each", type=int, default=20, metavar="N")
    parser.add_argument("--model", type=Path, metavar="FILE.tar.gz")
    parser.add_argument("--record", type=Path, metavar="FILE.jsonl")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = folder / "rasa"
        shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__", "models"))
        model = options.model or await _train(options.rasa, project, options.each)
        await _show(
            options.rasa, project, model.resolve(), options.record or folder / "calls.jsonl", folder / "bot"
        )


async def _train(python: Path, project: Path, each: int) -> Path:
    chosen = {intent: sample(examples, each) for intent, examples in messages().items()}
    (project / "data" / "nlu.yml").write_text(as_yaml(chosen), encoding="utf-8")
    started = time.perf_counter()
    await _rasa(python, project, "train", "--fixed-model-name", "linying", wait=True)
    print(f"trained on {sum(map(len, chosen.values()))} messages in {time.perf_counter() - started:.0f} s")
    return project / "models" / "linying.tar.gz"


async def _rasa(python: Path, project: Path, *arguments: str, wait: bool = False) -> Process:
    quiet = {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "RASA_TELEMETRY_ENABLED": "false",
    }
    process = await asyncio.create_subprocess_exec(
        str(python),
        "-m",
        "rasa",
        *arguments,
        cwd=project,
        env={**os.environ, **quiet},
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    if wait and await process.wait():
        raise SystemExit(f"rasa {arguments[0]} failed; run it in {PROJECT} to see why")
    return process


async def _show(python: Path, project: Path, model: Path, record: Path, data: Path) -> None:
    _furnish(data)
    actions = await launch(["-m", "bot", "actions"], data, LINYING_ACTIONS_PORT="0", LINYING_ADMINS="3001")
    line = await first_line(actions)
    recorder = Recorder(line[line.index("http") : line.index("/webhook")], record)
    at, port = _free_port(), _free_port()
    await recorder.start(at)
    endpoints = project / "endpoints.yml"
    endpoints.write_text(endpoints.read_text(encoding="utf-8").replace(":5055", f":{at}"), encoding="utf-8")
    rasa = await _rasa(python, project, "run", "-i", "127.0.0.1", "-p", str(port), "--model", str(model))
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
            await _ready(http, rasa)
            await _talk(http)
    finally:
        await end(rasa)
        await recorder.stop()
        await end(actions)


def _furnish(data: Path) -> None:
    data.mkdir()
    lend_model(data)


async def _ready(http: aiohttp.ClientSession, rasa: Process) -> None:
    started = time.perf_counter()
    while rasa.returncode is None:
        try:
            async with http.get("/") as response:
                if response.status == 200:
                    print(f"Rasa answers after {time.perf_counter() - started:.0f} s")
                    return
        except aiohttp.ClientError:
            await asyncio.sleep(0.2)
    raise SystemExit("Rasa ended before it could be asked")


async def _talk(http: aiohttp.ClientSession) -> None:
    shown: dict[str, str] = {}
    for sender, said in TALK:
        words = said if isinstance(said, str) else _payload(said[0], shown)
        if words is None:
            continue
        print(f"{sender}> {said if isinstance(said, str) else f'[{said[0]}]'}")
        async with http.post("/webhooks/rest/webhook", json={"sender": sender, "message": words}) as response:
            answers: list[dict[str, Any]] = await response.json()
        for answer in answers:
            print("   ", answer.get("text", "").replace("\n", "\n    "))
            buttons = answer.get("buttons", [])
            if buttons:
                print("    " + " ".join(f"[{b['title']}]" for b in buttons))
                shown.update((b["title"], b["payload"]) for b in buttons)


def _payload(title: str, shown: dict[str, str]) -> str | None:
    found = next((payload for words, payload in shown.items() if title.rstrip("?") in words), None)
    if found is None and not title.endswith("?"):
        raise SystemExit(f"there is no button {title}, only {' '.join(shown)}")
    return found


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


if __name__ == "__main__":
    asyncio.run(main())
