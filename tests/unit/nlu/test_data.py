"""The training messages: complete, without repeats, and apart from the test set."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from nlu import corpus, linting
from nlu.corpus import CorpusError

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests" / "data"
GOOD = """version: "3.1"
nlu:
- intent: {intent}
  metadata: {{voice: elder}}
  examples: |
{lines}
"""


def codes(name: str, column: str) -> set[str]:
    with (ROOT / "communities" / name).open(encoding="utf-8") as file:
        return {row[column] for row in csv.DictReader(file)}


def test_the_training_messages_are_without_fault() -> None:
    acts = codes("acts.csv", "act") - {"request"}
    found = linting.lint(corpus.DATA, codes("catalogue.csv", "code"), acts, TESTS)
    assert not found, "\n".join(map(str, found))


def write(root: Path, intent: str, *texts: str) -> Path:
    folder = root / "items"
    folder.mkdir(exist_ok=True)
    path = folder / f"{intent}.yml"
    path.write_text(
        GOOD.format(intent=intent, lines="\n".join(f"    - {t}" for t in texts)), encoding="utf-8"
    )
    return path


def test_lint_finds_repeats_unknown_codes_and_thin_files(tmp_path: Path) -> None:
    write(tmp_path, "made_up", "家里的水管漏了三天", "家裡的水管漏了三天", "楼上一直在敲")
    found = [str(c) for c in linting.lint(tmp_path, {"hom_plumbing"}, set())]
    assert any("unknown code 'made_up'" in c for c in found)
    assert any("made_up.yml:7: the same message as made_up.yml:6" in c for c in found)
    assert any("'hom_plumbing' has 0 messages" in c for c in found)


def test_lint_finds_a_copy_of_a_test_message(tmp_path: Path) -> None:
    write(tmp_path, "made_up", "厨房的水龙头一直滴水关不住,请来修一下")
    tests = tmp_path / "held_out"
    tests.mkdir()
    (tests / "rows.jsonl").write_text('{"text": "厨房的水龙头一直滴水关不住,请来修一下吧"}', encoding="utf-8")
    found = [str(c) for c in linting.lint(tmp_path, {"made_up"}, set(), tests)]
    assert any(c.endswith("made_up.yml:6: nearly a message of the test set") for c in found)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (
            "version: 3\nnlu:\n- intent: a\n  metadata: {voice: elder}\n  examples: |\n    - 好\n    坏了\n",
            7,
            "- ",
        ),
        ("nlu:\n- intent: a\n  examples: |\n    - 好\n", 2, "缺少 metadata"),
        (
            "nlu:\n- intent: a\n  metadata: {voice: elder}\n  examples: |\n    - 去[北京](city)\n",
            5,
            "方括号",
        ),
        ("nlu: [\n", 2, "YAML 写得不对"),
        (
            "nlu:\n- intent: emergency\n  metadata: {voice: elder}\n  examples: |\n    - 着火了\n",
            3,
            "求助电话",
        ),
        ("", 1, "几个字段"),
    ],
)
def test_a_mistake_names_file_line_and_reason(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "wrong.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        corpus.read_file(path)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert reason in caught.value.reason


def test_the_fingerprint_follows_the_messages_only(tmp_path: Path) -> None:
    path = write(tmp_path, "a", "水管漏了")
    before = corpus.fingerprint(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert corpus.fingerprint(tmp_path) == before
    write(tmp_path, "a", "水管又漏了")
    assert corpus.fingerprint(tmp_path) != before
