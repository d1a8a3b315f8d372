"""Learning anew: what was accepted is learned, what got worse is left, and what is in use is never half."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from nlu import comparing, corpus, learning, lessons, versions
from nlu.corpus import CorpusError
from nlu.learning import Outcome, learn
from nlu.model import ARRAYS, HEADER, ModelError
from nlu.near import Near
from nlu.reader import Reader
from tests.unit.nlu.small import RIGHT, small_data, small_tests

CORRECTED = "那个送来的盒子里头老是凉的能不能换一家"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small messages, tests, and a model that learned from them."""
    root = tmp_path_factory.mktemp("school")
    small_tests(root / "tests", RIGHT)
    learn(root / "model", data=small_data(root / "data"), tests=[root / "tests"])
    return root


@pytest.fixture
def desk(school: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(school, tmp_path / "desk"))


def again(desk: Path) -> Outcome:
    return learn(desk / "model", data=desk / "data", tests=[desk / "tests"])


def reads(desk: Path, text: str) -> str:
    reader = Reader(versions.load(versions.in_use(desk / "model")))
    return comparing.intent_of(reader, text)


def files(folder: Path) -> dict[str, bytes]:
    """Everything in it but the lock."""
    every = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != versions.LOCK)
    return {str(p.relative_to(folder)): p.read_bytes() for p in every}


def test_the_first_model_is_taken_without_a_comparison(school: Path) -> None:
    outcome = learning.last(school / "model")
    assert outcome
    assert (outcome.taken, outcome.version, outcome.before) == (True, 1, 0)
    assert "没有阅读器的模型" in outcome.why_no_comparison
    assert {row.before for row in outcome.comparison.rows} == {None}
    card = versions.card(versions.in_use(school / "model"))
    assert card.messages == len(list(corpus.load(school / "data")))
    assert card.figures["rows.top1"] == 100.0
    assert card.probes


def test_what_was_accepted_is_learned_and_can_be_rolled_back(desk: Path) -> None:
    before = reads(desk, CORRECTED)
    assert before != "env_pest", "else this test shows nothing"
    lessons.write(desk / lessons.FILE, [(CORRECTED, "env_pest")])
    outcome = again(desk)
    assert (outcome.taken, outcome.version, outcome.before, outcome.corrections) == (True, 2, 1, 1)
    assert reads(desk, CORRECTED) == "env_pest"
    assert learning.last(desk / "model") == outcome
    figures = {row.figure: (row.before, row.after) for row in outcome.comparison.rows}
    assert figures["lessons.right"] == (0.0, 100.0)
    assert versions.roll_back(desk / "model").version == 1
    assert reads(desk, CORRECTED) == before
    assert versions.roll_back(desk / "model").version == 2, "again undoes it"
    assert reads(desk, CORRECTED) == "env_pest"


def test_a_model_that_got_worse_is_not_taken(desk: Path) -> None:
    locks = corpus.read_file(desk / "data/items/hom_locks.yml")
    lessons.write(desk / lessons.FILE, [(e.text, "eld_meal") for e in locks])
    before = files(desk / "model")
    outcome = again(desk)
    assert not outcome.taken
    assert outcome.version == 0
    assert "诉求归对" in outcome.comparison.forbidding
    after = files(desk / "model")
    assert after.pop(versions.LAST) != before.pop(versions.LAST)
    assert after == before, "the model in use and its pointer are untouched"
    assert reads(desk, "钥匙丢了进不了家门") == "hom_locks"


def test_a_communitys_own_limits_count(desk: Path) -> None:
    locks = corpus.read_file(desk / "data/items/hom_locks.yml")
    lessons.write(desk / lessons.FILE, [(e.text, "eld_meal") for e in locks])
    (desk / "swap.yml").write_text("rows.top1: {name: 归对, worse: never}\n", encoding="utf-8")
    assert again(desk).taken


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("nlu:\n- intent: eld_meal\n  metadata: {voice: correction}\n  examples: |\n    饭\n", 5, "例句要用"),
        (
            "nlu:\n- intent: no_such\n  metadata: {voice: correction}\n  examples: |\n    - 饭\n",
            5,
            "没有 no_such",
        ),
        ("nlu: [\n", 2, "YAML 写得不对"),
    ],
)
def test_a_mistake_is_named_and_changes_nothing(desk: Path, content: str, line: int, reason: str) -> None:
    path = desk / lessons.FILE
    path.write_text(content, encoding="utf-8")
    before = files(desk / "model")
    with pytest.raises(CorpusError) as caught:
        again(desk)
    assert str(caught.value).startswith(f"{path} 第 {line} 行：{reason}")
    assert files(desk / "model") == before


def test_a_correction_that_is_nearly_a_test_is_left_out(desk: Path) -> None:
    lessons.write(desk / lessons.FILE, [("给我妈送午饭，她做不了饭呀", "env_pest"), (CORRECTED, "env_pest")])
    outcome = again(desk)
    assert (outcome.left_out, outcome.corrections) == (1, 1)
    assert reads(desk, "给我妈送午饭,她做不了饭") == "eld_meal"


def _truncate(where: Path) -> None:
    content = (where / ARRAYS).read_bytes()
    (where / ARRAYS).write_bytes(content[: len(content) // 2])


def _flip_a_digit(where: Path) -> None:
    told = json.loads((where / HEADER).read_text(encoding="utf-8"))
    told["temperature"] += 5
    (where / HEADER).write_text(json.dumps(told), encoding="utf-8")


def _no_arrays(where: Path) -> None:
    (where / ARRAYS).unlink()


def _nonsense(where: Path) -> None:
    (where / ARRAYS).write_bytes(b"PK\x03\x04 shopping list")
    (where / HEADER).write_text("[]", encoding="utf-8")
    (where / versions.CARD).unlink()


def _foreign(where: Path) -> None:
    told = json.loads((where / HEADER).read_text(encoding="utf-8"))
    (where / HEADER).write_text(json.dumps({**told, "code": "other"}), encoding="utf-8")
    (where / versions.CARD).unlink()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_truncate, "坏了"),
        (_flip_a_digit, "坏了"),
        (_no_arrays, "没有阅读器的模型"),
        (_nonsense, "坏了"),
        (_foreign, "别的版本的程序"),
    ],
)
def test_a_damaged_or_foreign_model_is_refused_in_words_and_rebuilt(
    desk: Path, harm: object, said: str
) -> None:
    where = versions.in_use(desk / "model")
    harm(where)  # type: ignore[operator]
    with pytest.raises(ModelError, match=said):
        versions.load(where)
    lessons.write(desk / lessons.FILE, [(CORRECTED, "env_pest")])
    steps: list[float] = []
    versions.ready(desk / "model", data=desk / "data", progress=lambda _, done: steps.append(done))
    assert steps[-1] == 1.0, "it was trained with a word on how far it is"
    assert reads(desk, CORRECTED) == "env_pest", "with what workers had accepted"
    found = versions.pointer(desk / "model")
    assert found
    assert (found.version, found.why) == (2, versions.BUILT)
    steps.clear()
    versions.ready(desk / "model", data=desk / "data", progress=lambda _, done: steps.append(done))
    assert not steps
    with pytest.raises(ModelError, match=said):
        versions.roll_back(desk / "model")


def test_a_pointer_that_cannot_be_read_is_none(desk: Path) -> None:
    (desk / "model" / versions.POINTER).write_text('{"version": ', encoding="utf-8")
    assert versions.pointer(desk / "model") is None
    versions.ready(desk / "model", data=desk / "data")
    assert reads(desk, "你好") == "greet"


def test_nothing_to_go_back_to(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="还没有上一个模型"):
        versions.roll_back(tmp_path)


def test_only_one_learns_at_a_time_whatever_the_process(desk: Path) -> None:
    holding = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from nlu import versions\n"
            "with versions.alone(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)",
            str(desk / "model"),
        ],
        stdout=subprocess.PIPE,
    )
    try:
        assert holding.stdout
        assert holding.stdout.readline() == b"held\n"
        assert versions.busy(desk / "model")
        with pytest.raises(versions.Busy, match="正在学习"):
            again(desk)
    finally:
        holding.kill()
        holding.wait()
    assert not versions.busy(desk / "model"), "the system lets go of the lock"


def test_what_a_killed_training_left_is_swept_away_and_old_models_go(desk: Path) -> None:
    half = desk / "model" / versions.VERSIONS / ".new-1"
    half.mkdir()
    (half / ARRAYS).write_bytes(b"half")
    model = versions.load(versions.in_use(desk / "model"))
    for _ in range(4):
        versions.use(desk / "model", versions.keep(desk / "model", model, versions.Card()), versions.LEARNED)
    kept = sorted(p.name for p in (desk / "model" / versions.VERSIONS).iterdir())
    assert kept == ["0003", "0004", "0005"]


@pytest.mark.parametrize(
    "text",
    [
        "- 饭",
        "[北京](city)",
        "a\\b",
        "第一行\n第二行",
        "\x07\x00饭\u2028",
        "***饭",
        "{饭: 1}",
        "#饭 |",
        "饭\ud800",
    ],
)
def test_whatever_people_wrote_comes_back_as_one_message(tmp_path: Path, desk: Path, text: str) -> None:
    path = tmp_path / lessons.FILE
    assert lessons.write(path, [(text, "eld_meal"), ("***", "eld_meal"), (text, "eld_meal")]) == 1
    (found,) = lessons.read(path, corpus.load(desk / "data"))
    assert found.label == "eld_meal"
    assert found.text == lessons.clean(text)
    assert "***" not in found.text


def test_no_corrections_are_an_empty_file(tmp_path: Path, desk: Path) -> None:
    assert lessons.write(tmp_path / lessons.FILE, []) == 0
    assert lessons.read(tmp_path / lessons.FILE, corpus.load(desk / "data")) == []


def test_the_carried_tests_cover_everything_and_nothing_is_trained_on_them() -> None:
    carried = comparing.read_tests([comparing.CARRIED])
    messages = corpus.load()
    asked = Counter(label["item"] or label["act"] for label in carried["rows"])
    assert set(asked) == {e.label for e in (*messages.items, *messages.acts)}
    assert min(asked.values()) >= 2
    assert set(carried) == set(comparing.KINDS)
    assert {h for label in carried["urgent"] for h in label["hotline"].split("|")} >= {"120", "119", "110"}
    known = Near([(e.text, e.label) for e in messages])
    copies = [label["text"] for labels in carried.values() for label in labels if known.find(label["text"])]
    assert copies == []


def test_every_figure_that_can_forbid_is_measured(reader: Reader) -> None:
    limits = comparing.read_limits()
    assert limits["urgent.recall"].worse == 0
    measured = comparing.measure(reader, comparing.read_tests([comparing.CARRIED]))
    assert set(measured) == set(limits)


@pytest.mark.parametrize(("lost", "forbids"), [(0, False), (1, False), (2, True)])
def test_one_message_is_no_difference_two_emergencies_are(lost: int, forbids: bool) -> None:
    tests = {"urgent": [{"text": str(n), "urgent": True, "hotline": "120"} for n in range(150)]}
    before, after = {"urgent.recall": 94.0}, {"urgent.recall": round(94.0 - lost * 100 / 150, 1)}
    told = comparing.compare(before, after, comparing.read_limits(), tests)
    assert bool(told.forbidding) is forbids


def test_what_is_better_low_may_not_rise(reader: Reader) -> None:
    tests = comparing.read_tests([comparing.CARRIED])
    before = comparing.measure(reader, tests)
    worse = {**before, "urgent.false alarms": before["urgent.false alarms"] + 20}
    told = comparing.compare(before, worse, comparing.read_limits(), tests)
    assert told.forbidding == ("误报紧急",)
    assert comparing.compare(worse, before, comparing.read_limits(), tests).better == ("误报紧急",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "一行一项"),
        ("rows.top1: 3", "要写明 name"),
        ("rows.top1: {name: 归对, worse: -1}", "不小于 0"),
        ("rows.top1: {name: 归对, worse: 1, better: more}", "higher 或 lower"),
        ("rows.top1: {", "YAML"),
    ],
)
def test_limits_with_a_mistake_are_named(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "swap.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=reason):
        comparing.read_limits(path)


def test_tests_with_a_mistake_are_named(tmp_path: Path) -> None:
    for content, reason in (("{", "不是 JSON"), ("{}", "缺少 text"), ('{"text": "饭"}', "缺少 act")):
        (tmp_path / "rows.jsonl").write_text("\n" + content, encoding="utf-8")
        with pytest.raises(CorpusError, match=f"第 2 行：.*{reason}"):
            comparing.read_tests([tmp_path])
