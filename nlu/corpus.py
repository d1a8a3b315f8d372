"""Reads the training messages (Rasa's YAML) and says exactly where a mistake is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
FOLDERS = ("items", "acts", "emergencies", "needs")
NOT_YAML = "YAML 写得不对，请看看这一行附近的缩进、引号和冒号"
AND = "+"
"""Joins the items of one message, as in Rasa's multi-intents."""
EMERGENCY, LOOKALIKE, ANSWER = "emergency", "not_emergency", "answer"


class CorpusError(Exception):
    """A training file is wrong: `path`, `line` (1-based) and `reason`, in plain Chinese."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path} 第 {line} 行：{reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass(frozen=True, slots=True)
class Example:
    """One training message with its label, who speaks, the emergency numbers, and where it stands."""

    text: str
    label: str
    voice: str
    path: Path
    line: int
    hotlines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All training messages: services wanted, other dialogue acts, emergencies with their look-alikes.

    `needs` are messages that want several services, or seem to: their labels are joined by `AND`.
    """

    items: tuple[Example, ...]
    acts: tuple[Example, ...]
    emergencies: tuple[Example, ...]
    needs: tuple[Example, ...] = ()

    def __iter__(self) -> Iterator[Example]:
        yield from self.items
        yield from self.acts
        yield from self.emergencies
        yield from self.needs


def load(root: Path = DATA) -> Corpus:
    """Read the FOLDERS under `root`. Raises CorpusError at the first mistake."""
    return Corpus(
        *(
            tuple(e for path in sorted((root / folder).glob("*.yml")) for e in read_file(path))
            for folder in FOLDERS
        )
    )


def files(root: Path = DATA) -> list[Path]:
    """Every file that decides what a trained model knows (thresholds act later and are not among them)."""
    folders = (*FOLDERS, "rules")
    return sorted([*root.glob("*.txt"), *(p for folder in folders for p in (root / folder).glob("*.yml"))])


def fingerprint(root: Path = DATA) -> str:
    """A hash (hex, 16 characters) of the training data; line ends do not matter."""
    digest = hashlib.sha256()
    for path in files(root):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def read_file(path: Path) -> list[Example]:
    """The messages of one file, in order. Raises CorpusError with the line and the reason."""
    import yaml

    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise CorpusError(path, 1, "文件不是 UTF-8 编码") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CorpusError(path, line, NOT_YAML) from error
    except yaml.YAMLError as error:
        raise CorpusError(path, 1, NOT_YAML) from error
    blocks = _field(path, root, "nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        raise CorpusError(path, _line(blocks), "nlu 下面应是一条条的 intent")
    return [example for block in blocks.value for example in _block(path, block)]


def _block(path: Path, block: Any) -> Iterator[Example]:
    intent = _text(path, _field(path, block, "intent"), "intent")
    metadata = _field(path, block, "metadata")
    voice = _text(path, _field(path, metadata, "voice"), "voice")
    hotline = _field(path, metadata, "hotline", required=False)
    hotlines = tuple(_text(path, hotline, "hotline").split("|")) if hotline is not None else ()
    if intent == EMERGENCY and not hotlines:
        raise CorpusError(path, _line(metadata), '紧急情况要写明求助电话，例如 hotline: "120"')
    examples = _field(path, block, "examples")
    if examples.style != "|":
        raise CorpusError(path, _line(examples), "examples 后面要写一个竖线（examples: |），例句另起一行")
    for number, raw in enumerate(examples.value.splitlines(), start=_line(examples) + 1):
        if not raw.strip():
            continue
        if not raw.startswith("- "):
            raise CorpusError(path, number, "例句要用“- ”开头")
        text = raw[2:].strip()
        if not text:
            raise CorpusError(path, number, "例句是空的")
        if any(mark in text for mark in "[]\\"):
            raise CorpusError(path, number, "例句里不能有方括号和反斜杠（Rasa 会当成标注）")
        yield Example(text, intent, voice, path, number, hotlines)


def _field(path: Path, node: Any, key: str, *, required: bool = True) -> Any:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise CorpusError(path, _line(node), f"这里应有几个字段，其中要有 {key}")
    for name, value in node.value:
        if name.value == key:
            return value
    if required:
        raise CorpusError(path, _line(node), f"缺少 {key}")
    return None


def _text(path: Path, node: Any, what: str) -> str:
    if not isinstance(node.value, str) or not node.value.strip():
        raise CorpusError(path, _line(node), f"{what} 应是一个词")
    return str(node.value).strip()


def _line(node: Any) -> int:
    return node.start_mark.line + 1 if node is not None else 1
