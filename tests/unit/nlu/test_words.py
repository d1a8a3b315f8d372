"""The frozen dictionary cuts as jieba does, and jieba itself stays away from the running program."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from nlu import corpus
from nlu.features import simplify
from nlu.normalise import normalise
from nlu.reader import Reader
from nlu.words import Unfreezable, frozen, jieba_with_domain
from tests.architecture.source import ROOT

LOOK = """
import json, sys
from datetime import datetime
from pathlib import Path
from nlu.model import Model
from nlu.reader import Reader
Reader(Model.load(Path(sys.argv[1]))).understand("3号楼漏水了", datetime(2026, 11, 21, 10))
print(json.dumps(sorted({"jieba", "scipy", "sklearn"} & set(sys.modules))))
"""


def test_cuts_every_message_as_jieba_does(reader: Reader) -> None:
    jieba = jieba_with_domain()
    said = [simplify(normalise(example.text)) for example in corpus.load()]
    choose = random.Random(0)
    words = list(jieba.FREQ)
    mixed = ["".join(choose.choices(words, k=choose.randint(1, 8))) for _ in range(5000)]
    scattered = ["".join(choose.choices("".join(said[:3000]), k=20)) for _ in range(3000)]
    for text in ["", " ", "a", "1个b2", "x-1 +%", "𠮷野家", *said, *mixed, *scattered]:
        assert reader.model.words.cut(text) == jieba.lcut(text, HMM=False), text


def test_of_two_equal_ways_the_longer_first_word_is_taken() -> None:
    words = frozen({"三": 10, "三月": 10, "月天": 10, "天": 10}, 100)
    assert words.cut("三月天") == ["三月", "天"]


def test_the_beginning_of_a_word_is_no_word() -> None:
    words = frozen({"水": 0, "水管": 0, "水管工": 5}, 5)
    assert words.cut("水管工水管") == ["水管工", "水", "管"]


def test_words_that_cannot_be_told_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlu.words._FACTOR", 0)
    with pytest.raises(Unfreezable):
        frozen({"水": 1, "电": 1}, 2)


def test_a_running_reader_needs_neither_jieba_nor_what_training_needs(trained_model: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(trained_model)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == []
