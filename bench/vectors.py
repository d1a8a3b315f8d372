"""Makes nlu/data/vectors from the source archive of foolnltk 0.1.7: the commoner words, a byte a number.

usage: pip download --no-deps --no-binary :all: foolnltk==0.1.7; python bench/vectors.py FILE.tar.gz
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np

HOME = Path(__file__).parents[1] / "nlu" / "data" / "vectors"
ALL, SIZE, KEPT = 141_470, 100, 60_000
TENSOR_AT = 143
"""Where the raw float32 rows begin in pos.pb, whose first node is the table of words."""


def main(archive: Path) -> None:
    """Write words.txt (a word a line, commonest first) and vectors.npy (a row a word)."""
    with tarfile.open(archive) as files:
        raw = _read(files, "data/pos.pb")
        with zipfile.ZipFile(io.BytesIO(_read(files, "data/map.zip"))) as maps:
            places: dict[str, int] = json.loads(maps.read("all_map.json"))["word_map"]
    rows = np.frombuffer(raw, dtype="<f4", count=ALL * SIZE, offset=TENSOR_AT).reshape(ALL, SIZE)
    words = [w for w, place in sorted(places.items(), key=lambda pair: pair[1]) if 2 < place < KEPT]
    words = [w for w in words if any("一" <= c <= "鿿" for c in w)]
    kept = rows[[places[w] for w in words]]
    scale = np.abs(kept).max(axis=1, keepdims=True) / 127
    HOME.mkdir(parents=True, exist_ok=True)
    (HOME / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    np.save(HOME / "vectors.npy", np.round(kept / np.maximum(scale, 1e-9)).astype(np.int8))
    print(f"{len(words)} words")


def _read(files: tarfile.TarFile, name: str) -> bytes:
    member = next(m for m in files if m.name.endswith(name))
    found = files.extractfile(member)
    assert found
    return found.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
