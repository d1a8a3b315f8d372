"""A small reader that is trained in a second, for tests of learning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from nlu import corpus

#: Files of the program's own messages, and how many lines of each.
_FILES = {
    "items/eld_meal": 60,
    "items/hom_locks": 60,
    "items/env_pest": 60,
    "acts/greet": 40,
    "acts/thanks": 40,
    "emergencies/emergency": 60,
    "emergencies/lookalike": 60,
}


def small_data(root: Path) -> Path:
    """A few messages of a few items, acts and emergencies, as a training folder."""
    for name, many in _FILES.items():
        blocks = corpus.read_file(corpus.DATA / f"{name}.yml")
        # Every hotline has a message, whatever the order in the file.
        step = max(1, len(blocks) // many)
        lines = ["nlu:\n"]
        for example in blocks[::step][:many]:
            hotline = f', hotline: "{"|".join(example.hotlines)}"' if example.hotlines else ""
            lines.append(f"- intent: {example.label}\n  metadata: {{voice: {example.voice}{hotline}}}\n")
            lines.append(f"  examples: |\n    - {example.text}\n")
        to = root / f"{name}.yml"
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text("".join(lines), encoding="utf-8")
    return root


def small_tests(folder: Path, rows: Sequence[tuple[str, str]]) -> Path:
    """A folder of tests: (text, item or act)."""
    folder.mkdir(parents=True, exist_ok=True)
    labels = [
        {"text": text, "act": "request" if "_" in label else label, "item": label if "_" in label else ""}
        for text, label in rows
    ]
    lines = [json.dumps(label, ensure_ascii=False) + "\n" for label in labels]
    (folder / "rows.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


#: Messages that the small reader reads right.
RIGHT = (
    ("给我妈送午饭,她做不了饭", "eld_meal"),
    ("老人想订社区食堂的饭", "eld_meal"),
    ("钥匙丢了进不了家门", "hom_locks"),
    ("纱窗坏了想换", "hom_locks"),
    ("家里好多蟑螂", "env_pest"),
    ("厨房有老鼠", "env_pest"),
    ("你好", "greet"),
    ("谢谢啊", "thanks"),
)
