"""Messages that people corrected, in Rasa's training format in a file beside the model."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from nlu import corpus
from nlu.corpus import Corpus, CorpusError, Example
from nlu.details.masking import HIDDEN

FILE = "corrections.yml"
VOICE = "correction"


def beside(folder: Path) -> Path:
    """The file that belongs to the model in `folder`."""
    return folder.parent / FILE


def write(path: Path, taught: Iterable[tuple[str, str]]) -> int:
    """Write (text, label) pairs, whole or not at all; returns how many could be written."""
    blocks: dict[str, list[str]] = {}
    for text, label in taught:
        plain = clean(text)
        if plain:
            lines = blocks.setdefault(label, [])
            lines += [] if plain in lines else [plain]
    parts = ['version: "3.1"\n', "nlu:\n" if blocks else "nlu: []\n"]
    for label, lines in sorted(blocks.items()):
        parts.append(f"- intent: {label}\n  metadata: {{voice: {VOICE}}}\n  examples: |\n")
        parts += [f"    - {line}\n" for line in lines]
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two threads may write at once: each its own part, the last one stays.
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f"{path.name}.", suffix=".new", delete=False
    ) as part:
        part.write("".join(parts))
    Path(part.name).replace(path)
    return sum(map(len, blocks.values()))


def clean(text: str) -> str:
    """The words without what was blacked out, and without what the format cannot hold."""
    kept = "".join(c if c.isprintable() else " " for c in text.replace(HIDDEN, ""))
    return " ".join(kept.translate(_INSTEAD).split())


_INSTEAD = str.maketrans({"[": "（", "]": "）", "\\": "、"})


def read(path: Path, messages: Corpus) -> list[Example]:
    """The messages of the file; none where there is no file. Raises CorpusError also for an unknown label."""
    if not path.exists():
        return []
    known = {e.label for e in (*messages.items, *messages.acts)}
    found = corpus.read_file(path)
    for example in found:
        if example.label not in known:
            raise CorpusError(path, example.line, f"没有 {example.label} 这一项，也没有这种说话")
    return found


def joined(messages: Corpus, further: Sequence[Example]) -> Corpus:
    """The program's own messages with the further ones among them."""
    if not further:
        return messages
    items = {e.label for e in messages.items}
    return replace(
        messages,
        items=(*messages.items, *(e for e in further if e.label in items)),
        acts=(*messages.acts, *(e for e in further if e.label not in items)),
    )
