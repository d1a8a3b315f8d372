"""Our reader and Rasa's DIET on the same messages in one run; called by `bench/reader.py --rasa PYTHON`.

Both learn the same sample of nlu/data (services and dialogue acts, N messages an intent) and read the rows
of tests/data/held_out as intents: the item of a request, else the act. Our urgency learns its own besides.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from deploy.rasa.training_data import as_yaml, sample
from nlu import corpus

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "deploy" / "rasa" / "config.yml"
ROWS = ("rows_elder", "rows_young", "rows_formal", "rows_none")
NOW = datetime.fromisoformat("2026-11-21T10:00")
#: One core for whoever reads; training may use what is there.
_ONE_CORE = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
_FIGURES = ("accuracy, %", "macro-F1, %", "p50, ms", "p99, ms", "cold start, s", "memory, MB", "training, s")


def compare(rasa_python: Path, each: int) -> str:
    """A Markdown table of both. Takes Rasa's training time, minutes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = _write(folder, each)
        ours = _figures(truth, *_both([sys.executable, "-m", "bench.rasa.compare"], folder, each))
        diet = [str(rasa_python), str(ROOT / "bench" / "rasa" / "diet.py")]
        theirs = _figures(truth, *_both(diet, folder, each))
    learned = sum(len(found) for found in sampled(each).values())
    lines = [f"{learned} messages learned ({each} an intent at most), {len(truth)} read", ""]
    lines += ["| figure | our reader | Rasa DIET |", "|---|---|---|"]
    lines += [
        f"| {name} | {one} | {other} |" for name, one, other in zip(_FIGURES, ours, theirs, strict=True)
    ]
    return "\n".join(lines)


def sampled(each: int) -> dict[str, list[corpus.Example]]:
    """The sample that both learn, by intent."""
    messages = corpus.load()
    by_intent: dict[str, list[corpus.Example]] = {}
    for example in (*messages.items, *messages.acts):
        by_intent.setdefault(example.label, []).append(example)
    return {intent: sample(examples, each) for intent, examples in by_intent.items()}


def _write(folder: Path, each: int) -> list[str]:
    (folder / "nlu.yml").write_text(as_yaml(sampled(each)), encoding="utf-8")
    rows = [json.loads(line) for name in ROWS for line in _lines(name)]
    (folder / "rows.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in rows), encoding="utf-8")
    return [row["item"] if row["act"] == "request" else row["act"] for row in rows]


def _lines(name: str) -> list[str]:
    path = ROOT / "tests" / "data" / "held_out" / f"{name}.jsonl"
    return path.read_text(encoding="utf-8").splitlines()


def _both(command: list[str], folder: Path, each: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Training and reading, each in a process of its own, so that memory and start are theirs alone."""
    told = [str(CONFIG), str(folder / "nlu.yml"), str(folder)]
    if command[0] == sys.executable:
        told = [str(each), str(folder)]
    learned = _run([*command, "train", *told], {})
    one_core = dict.fromkeys(_ONE_CORE, "1")
    read = _run([*command, "read", str(folder), str(folder / "rows.jsonl"), str(time.time())], one_core)
    return learned, read


def _run(command: list[str], more: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _figures(truth: list[str], learned: dict[str, Any], read: dict[str, Any]) -> list[float]:
    from sklearn.metrics import accuracy_score, f1_score

    times = sorted(read["times"])
    # Of the intents that are asked for; a wrong answer outside of them costs recall.
    macro = f1_score(truth, read["labels"], average="macro", labels=sorted(set(truth)), zero_division=0)
    return [
        round(100 * accuracy_score(truth, read["labels"]), 1),
        round(100 * macro, 1),
        round(times[len(times) // 2], 2),
        round(times[int(len(times) * 0.99)], 2),
        round(read["cold"], 1),
        read["memory"],
        learned["training"],
    ]


def _train(each: str, folder: str) -> dict[str, float]:
    from nlu.training import fit

    found = sampled(int(each))
    whole = corpus.load()
    items = {example.label for example in whole.items}
    messages = corpus.Corpus(
        _joined(found, items), _joined(found, {e.label for e in whole.acts}), whole.emergencies
    )
    started = time.perf_counter()
    fit(messages, corpus.fingerprint()).save(Path(folder) / "ours")
    return {"training": round(time.perf_counter() - started, 1)}


def _joined(found: dict[str, list[corpus.Example]], labels: Iterable[str]) -> tuple[corpus.Example, ...]:
    return tuple(example for label in sorted(labels) for example in found[label])


def _read(folder: str, rows: str, started: str) -> dict[str, Any]:
    from bench.rasa.diet import resident
    from nlu.reader import Reader

    reader = Reader.load(Path(folder) / "ours")
    texts = [json.loads(line)["text"] for line in Path(rows).read_text(encoding="utf-8").splitlines()]
    reader.understand(texts[0], NOW)
    cold = time.time() - float(started)
    times, labels = [], []
    for text in texts:
        before = time.perf_counter()
        found = reader.understand(text, NOW)
        times.append((time.perf_counter() - before) * 1000)
        labels.append(found.ranking[0].item if found.act == "request" else found.act)
    return {"cold": cold, "memory": resident(), "times": times, "labels": labels}


if __name__ == "__main__":
    job, *given = sys.argv[1:]
    print(json.dumps(_train(*given) if job == "train" else _read(*given)))
