"""Stretches of a message are scored as if each were a message, from one pass over the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlu import features, reading
from nlu.clauses import clauses, within
from nlu.normalise import normalise
from nlu.reader import Reader
from nlu.spans import Boost

TEXT = "楼道灯坏了三天了,顺便问问老年大学的书法班还收人吗"


def read(reader: Reader, text: str) -> reading.Reading:
    return reading.read(reader.model, (), normalise(text))


def test_the_whole_is_scored_as_the_model_scores_it(reader: Reader) -> None:
    # No character twice: only repeats are weighed otherwise along the message.
    told = read(reader, "厨房水管漏")
    whole = np.exp(told.spans.chances([(0, len(told.simple))])[0])
    assert np.abs(whole - told.scores.intents).max() < 0.01


@pytest.mark.parametrize("clause", ["楼道灯坏了三天了", "问问老年大学的书法班还收人吗"])
def test_a_clause_says_what_it_says_alone(reader: Reader, clause: str) -> None:
    told = read(reader, TEXT)
    begin = told.simple.index(clause)
    inside = told.spans.chances([(begin, begin + len(clause))])[0]
    alone = read(reader, clause).scores.intents
    assert int(np.argmax(inside)) == int(np.argmax(alone))
    assert np.exp(inside).sum() == pytest.approx(1, abs=1e-4)


def test_a_rule_counts_only_where_its_words_stand(reader: Reader) -> None:
    told = read(reader, TEXT)
    comma = told.simple.index(",")
    column = reader.model.place["way_elevator"]
    boost = [Boost(0, 4, column, 12.0)]
    first, second = told.spans.chances([(0, comma), (comma + 1, len(told.simple))], boost)
    assert int(np.argmax(first)) == column
    assert int(np.argmax(second)) != column


def test_many_stretches_at_once_are_as_one_by_one(reader: Reader) -> None:
    told = read(reader, TEXT * 3)
    size = len(told.simple)
    stretches = [(a, min(size, a + 7)) for a in range(0, size - 1)]
    together = told.spans.chances(stretches)
    for stretch, row in zip(stretches[::9], together[::9], strict=True):
        assert np.allclose(told.spans.chances([stretch])[0], row, atol=1e-3)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.sampled_from(list("楼道灯坏3 05,.?!aBİ栋、我妈ﬁ")), max_size=900))
def test_every_feature_has_its_place(reader: Reader, text: str) -> None:
    plain = normalise(text)
    simple = features.simplify(plain)
    found, places = features.locate(simple, reader.model.words)
    assert found == features.find(plain, reader.model.words, normalised=True)
    assert list(map(len, places)) == list(map(len, found))
    assert all(0 <= at < len(simple) for block in places for at in block)
    origins = list(features.origins(plain, simple))
    assert len(origins) == len(simple)
    assert origins == sorted(origins)
    assert all(0 <= at < max(1, len(plain)) for at in origins)
    for word, at in zip(found.bare, places.bare, strict=True):
        assert simple[at : at + len(word)] == word


def test_long_clauses_are_looked_at_word_by_word() -> None:
    text = "孩子放学没人接想找个托管班老人也没人做饭"
    (whole,) = clauses(text)
    pieces = within(whole, range(0, len(text), 2))
    assert {b - a for a, b in pieces} <= set(range(4, 15))
    assert all(whole[0] <= a < b <= whole[1] for a, b in pieces)
    assert max(b for _, b in pieces) == len(text)
